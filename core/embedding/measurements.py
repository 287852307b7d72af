"""What was measured on this machine, kept in the cache folder: how each encoder runs best, and how fast.

Any thread; losing the file costs a new measurement and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_FILE = "encoder_measurements.json"
_DTYPES = ("float32", "bfloat16", "float16", "int8")
_LARGEST_BATCH = 1024
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Plan:
    """How an image tower runs best on one device."""

    device: str
    """As torch names it: cpu, cuda, mps, xpu."""
    dtype: str
    """float32, bfloat16, float16 or int8; a program that does not know one of them finds its plan anew."""
    batch_size: int
    photos_per_s: float = 0.0
    """As the self-test measured it; 0: unknown."""
    stream_count: int = 1
    """Threads that each encode a piece of the batch; 1: torch shares every operation among the cores."""


class Measurements:
    """The measurements of this machine, by encoder fingerprint."""

    def __init__(self, cache: Path) -> None:
        self._path = cache / _FILE
        self._machine = machine()

    def plan(self, fingerprint: str, device: str) -> Plan | None:
        """The plan found for this encoder on a device (its full name, driver included), if any."""
        kept = self._entry(fingerprint).get("plans", {}).get(device)
        try:
            if kept and kept["dtype"] in _DTYPES and 1 <= int(kept["batch_size"]) <= _LARGEST_BATCH:
                speed = float(kept["photos_per_s"])  # a plan of before speeds were kept is found anew
                streams = min(max(1, int(kept["stream_count"])), _LARGEST_BATCH)
                return Plan(str(kept["device"]), kept["dtype"], int(kept["batch_size"]), speed, streams)
        except (KeyError, TypeError, ValueError):
            pass
        return None

    def keep_plan(self, fingerprint: str, device: str, plan: Plan) -> None:
        """Remember a plan."""
        self._change(fingerprint, lambda entry: entry.setdefault("plans", {}).__setitem__(device, asdict(plan)))

    def forget_plan(self, fingerprint: str, device: str) -> None:
        """Have the next use find a plan anew."""
        self._change(fingerprint, lambda entry: entry.get("plans", {}).pop(device, None))

    def photos_per_s(self, fingerprint: str) -> float | None:
        """The speed last measured for this encoder, without decoding."""
        speed = self._entry(fingerprint).get("photos_per_s")
        return float(speed) if isinstance(speed, int | float) else None

    def keep_photos_per_s(self, fingerprint: str, photos_per_s: float) -> None:
        """Remember a speed."""
        self._change(fingerprint, lambda entry: entry.__setitem__("photos_per_s", round(photos_per_s, 4)))

    def _entry(self, fingerprint: str) -> dict[str, Any]:
        entry = self._read().get(self._machine, {}).get(fingerprint, {})
        return entry if isinstance(entry, dict) else {}

    def _read(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {key: value for key, value in kept.items() if isinstance(value, dict)} if isinstance(kept, dict) else {}

    def _change(self, fingerprint: str, change: Any) -> None:
        with _LOCK, contextlib.suppress(OSError):  # a cache that cannot be written only costs time
            kept = self._read()
            entry = kept.setdefault(self._machine, {}).setdefault(fingerprint, {})
            change(entry)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=_FILE)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file, indent=1)
            Path(temporary).replace(self._path)


def machine() -> str:
    """This machine's processor and number of cores: the cache folder may be shared by several."""
    return f"{platform.system()} {platform.machine()} {_processor()} x{os.cpu_count()}"


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor()
