"""What machine the figures come from, and how figures are summed up."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from time import perf_counter


def description() -> str:
    """Processor, cores, memory, system and the versions that matter, in one line."""
    processor = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    versions = " ".join(f"{name} {metadata.version(name)}" for name in ("torch", "apsw", "PySide6-Essentials", "numpy"))
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {versions}"


def timed_ms(work: Callable[[], object], runs: int, warm_up: int = 2) -> list[float]:
    """Milliseconds of each of `runs` calls, after some that do not count."""
    for _ in range(warm_up):
        work()
    samples = []
    for _ in range(runs):
        started_at = perf_counter()
        work()
        samples.append((perf_counter() - started_at) * 1000)
    return samples


def summary(samples: Sequence[float]) -> dict[str, float]:
    """Best, median, 95th percentile and worst; on a machine that others use as well, the best says most."""
    ordered = sorted(samples)
    return {
        "best": round(ordered[0], 2),
        "median": round(statistics.median(ordered), 2),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 2),
        "worst": round(ordered[-1], 2),
    }
