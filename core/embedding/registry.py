"""The encoders Recollect knows on this machine: what they are, whether they are installed, and how to get them.

Any thread. Imports nothing heavy: torch is loaded by fetching or importing, and by encoding in a process of its own.
"""

from __future__ import annotations

import difflib
import platform
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from core.embedding import (
    encoder_recipe,
    forwarded_encoder,
    installation,
    known_encoders,
    starter,
    trial,
    weights,
    weights_import,
)
from core.embedding.encoder import Encoder
from core.embedding.encoder_recipe import Recipe
from core.embedding.encoding_process import EncodingProcess
from core.embedding.forwarded_encoder import ForwardedEncoder
from core.embedding.measurements import Measurements
from core.embedding.spec import EncoderSpec
from core.errors import LibraryError
from core.jobs import JobControl

__all__ = ["EncoderRegistry", "EncoderSpec"]


class EncoderRegistry:
    """Known and installed encoders. `extra` ones count as installed; `endpoint` replaces the hub's address."""

    def __init__(
        self,
        encoders_folder: Path,
        cache: Path,
        extra: Sequence[tuple[EncoderSpec, Callable[[], Encoder]]] = (),
        endpoint: str | None = None,
        *,
        is_in_process: bool = False,
    ) -> None:
        """`is_in_process`: torch runs in this process, not in one of its own (for tests, and where one measures)."""
        self._folder = encoders_folder
        self._cache = cache
        self._extra = {spec.name: (spec, make) for spec, make in extra}
        self._endpoint = endpoint
        self._encoders: dict[str, Encoder] = {}
        self._broken: set[str] = set()
        self._process = None if is_in_process else EncodingProcess(self._broken.add)
        self._lock = threading.Lock()
        self._fetch_lock = threading.Lock()
        self._measurements = Measurements(cache)

    def specs(self) -> list[EncoderSpec]:
        """The starter, the open_clip encoders that can be fetched, imported ones, extras."""
        specs = {spec.name: spec for spec in (starter.SPEC, *known_encoders.KNOWN)}
        for installed in installation.find_all(self._folder):
            specs.setdefault(installed.spec.name, installed.spec)
        specs.update({name: spec for name, (spec, _) in self._extra.items()})
        return list(specs.values())

    def spec(self, name: str) -> EncoderSpec:
        """The encoder of that name. Raises LibraryError, listing near names."""
        specs = {spec.name: spec for spec in self.specs()}
        if name in specs:
            return specs[name]
        near = difflib.get_close_matches(name, specs, n=3, cutoff=0.4)
        near += [known for known in specs if name.lower() in known.lower() and known not in near][:3]
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Known are {', '.join(specs)}."
        raise LibraryError(f"There is no encoder named {name}.", hint=hint)

    def is_installed(self, name: str) -> bool:
        """Whether it can be used without fetching anything (it may still be damaged)."""
        return name == starter.NAME or name in self._extra or installation.find(self._folder, name) is not None

    def is_damaged(self, name: str) -> bool:
        """Whether an installed encoder's files are missing, have another size than recorded, or failed to load."""
        if name in self._broken:
            return True
        if name == starter.NAME:
            return _is_starter_damaged()
        installed = installation.find(self._folder, name)
        return installed is not None and installation.problem(installed) is not None

    def encoder(self, name: str) -> Encoder:
        """The encoder, always the same object. Raises LibraryError when it is unknown or not installed."""
        self.spec(name)
        with self._lock:
            if name not in self._encoders:
                self._encoders[name] = self._make(name)
            return self._encoders[name]

    def fetch(self, name: str, job: JobControl) -> None:
        """Download, verify and install; resumes an interrupted download. Reports bytes. Long.

        Raises LibraryError (no network, disk full, wrong checksum, not fetchable) and Cancelled; what was downloaded
        so far is kept for the next time.
        """
        spec = self.spec(name)
        if self.is_installed(name) and not self.is_damaged(name):
            return
        with self._fetch_lock:
            weights.fetch(spec, self._folder, self._cache, job, endpoint=self._endpoint)
        self._forget(name)

    def import_from(self, path: Path, job: JobControl, name: str | None = None) -> str:
        """Install a checkpoint file, or a folder as on the hub; returns the encoder's name. Reports bytes. Long.

        Raises LibraryError when it is not a checkpoint, is broken, does not fit its architecture, or `name` is needed.
        """
        reserved = {starter.NAME, *self._extra}
        installed = weights_import.import_from(path, self._folder, job, name=name, reserved=reserved)
        self._forget(installed.spec.name)
        return installed.spec.name

    def remove(self, name: str) -> None:
        """Delete an installed encoder's files. Raises LibraryError for the built-in ones."""
        self.spec(name)
        if name == starter.NAME or name in self._extra:
            raise LibraryError("The built-in encoder cannot be removed.")
        installation.remove(self._folder, name)
        weights.forget_download(self._cache, name)
        self._forget(name)

    def let_go(self, name: str) -> None:
        """Nobody asks this encoder any more for the time being: its memory goes back. Waits for a running batch."""
        with self._lock:
            encoder = self._encoders.get(name)
        if isinstance(encoder, ForwardedEncoder):
            encoder.let_go()

    def close(self) -> None:
        """End the process that encodes at once; whoever waits for it gets Cancelled."""
        if self._process is not None:
            self._process.close()

    def photos_per_s(self, name: str) -> float | None:
        """The speed last measured on this machine, without decoding, or None."""
        fingerprint = self._fingerprint(name)
        return self._measurements.photos_per_s(fingerprint) if fingerprint else None

    def measure(self, name: str) -> float:
        """Photos per second, without decoding, from a trial of a few seconds. Long. Raises LibraryError."""
        photos_per_s = trial.photos_per_s(self.encoder(name))
        self.keep_speed(name, photos_per_s)
        return photos_per_s

    def keep_speed(self, name: str, photos_per_s: float) -> None:
        """Remember how fast an encoder turned out to be on this machine."""
        self._measurements.keep_photos_per_s(self.encoder(name).fingerprint, photos_per_s)

    def device_kind(self) -> str:
        """`gpu` or `cpu`: what encodes here, guessed without loading torch."""
        is_apple = sys.platform == "darwin" and platform.machine() == "arm64"
        return "gpu" if is_apple or shutil.which("nvidia-smi") else "cpu"

    def _fingerprint(self, name: str) -> str | None:
        if name == starter.NAME:
            return starter.fingerprint()
        if name in self._extra:
            return self.encoder(name).fingerprint
        installed = installation.find(self._folder, name)
        return installed.fingerprint if installed is not None else None

    def _make(self, name: str) -> Encoder:
        if name in self._extra:
            return self._extra[name][1]()
        recipe = self._recipe(name)
        here = encoder_recipe.make(recipe, self._broken.add)
        return here if self._process is None else forwarded_encoder.forwarded(recipe, here, self._process)

    def _recipe(self, name: str) -> Recipe:
        if name == starter.NAME:
            return Recipe(name, starter.fingerprint(), self._cache, None)
        installed = installation.find(self._folder, name)
        if installed is None:
            raise LibraryError(
                f"The encoder {name} is not on this computer.",
                hint="Fetch it, or import it from a file.",
            )
        return Recipe(name, installed.fingerprint, self._cache, installed)

    def _forget(self, name: str) -> None:
        """The files of an encoder changed: build a new one for the next caller."""
        self.let_go(name)
        with self._lock:
            self._broken.discard(name)
            self._encoders.pop(name, None)


def _is_starter_damaged() -> bool:
    try:
        parts = (starter.heads(), starter.image_weights(), starter.text_weights(), starter.tokenizer())
    except LibraryError:
        return True
    return not all(part.is_file() for part in parts)
