"""Encoders: fetched, imported, chosen, measured. Any thread."""

from __future__ import annotations

from pathlib import Path

from core.domain import (
    EncoderEntry,
)
from core.events import CatalogChanged
from core.jobs import JobControl
from core.library.parts import Parts
from core.search import (
    background_file,
    captioned_photos,
    cut_trial,
    encoder_trial,
)
from core.search.cut_trial import CutTrial
from core.search.encoder_trial import Evaluation


class EncoderVerbs(Parts):
    """Encoders."""

    def encoders(self) -> list[EncoderEntry]:
        """Every known encoder with where it stands."""
        return self._choice.entries()

    def fetch_encoder(self, name: str, job: JobControl) -> None:
        """Download, verify and install; resumes an interrupted one. Long. Raises LibraryError, Cancelled."""
        self._registry.fetch(name, job)
        self.events.publish(CatalogChanged(encoders=True))

    def import_encoder(self, path: Path, job: JobControl, name: str | None = None) -> str:
        """Install a checkpoint already on disk; returns the encoder's name. Long. Raises LibraryError, Cancelled."""
        imported = self._registry.import_from(path, job, name)
        self.events.publish(CatalogChanged(encoders=True))
        return imported

    def use_encoder(self, name: str) -> None:
        """Embed the library with it in the background; the old one answers until that is done. Raises LibraryError."""
        self._choice.use(name)
        self.events.publish(CatalogChanged(encoders=True))
        self._work.restart_embedding()

    def measure_encoder(self, name: str) -> float:
        """Photos per second on this machine, from a trial of some seconds on photos of this library. Long.

        What it will take to embed the library follows from it. Raises LibraryError.
        """
        encoder = self._registry.encoder(name)
        speed = self._work.measure(encoder)
        if speed is None:
            return self._registry.measure(name)
        self._registry.keep_speed(name, speed)
        return speed

    def evaluate_encoder(
        self, captions: Path, photos_folder: Path, name: str | None = None, split: str | None = None
    ) -> Evaluation:
        """Measure an encoder (None: the chosen one) on captioned photos; `split` None: val where there is one.

        Touches nothing in the library. Long. Raises LibraryError, Cancelled.
        """
        captioned = captioned_photos.read_split(captions, split)
        encoder = self._registry.encoder(name or self.settings.encoder)
        job = self.job("evaluate", f"Evaluating {encoder.name}")
        try:
            return encoder_trial.evaluate(encoder, captioned, photos_folder, job)
        finally:
            job.finish()

    def evaluate_cut(
        self, captions: Path, photos_folder: Path, name: str | None = None, split: str | None = None
    ) -> CutTrial:
        """Measure where an encoder's good matches end; arguments and errors as `evaluate_encoder`. Long."""
        captioned = captioned_photos.read_split(captions, split)
        encoder = self._registry.encoder(name or self.settings.encoder)
        job = self.job("evaluate", f"Evaluating the cut of {encoder.name}")
        try:
            photos = encoder_trial.encoded_photos(encoder, captioned, photos_folder, job)
        finally:
            job.finish()
        return cut_trial.run(encoder, background_file.load_or_make(encoder, self.places.cache), captioned, photos)
