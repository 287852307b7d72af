"""`Library`: builds the parts and wires them; its verbs are in the modules beside. Any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from core import background, doctor, encoder_choice, running
from core import settings as settings_file
from core.album_suggestions.suggesting import AlbumSuggestions
from core.auto_tagging import AutoTagging
from core.catalog.catalog import Catalog
from core.domain import (
    Diagnosis,
)
from core.duplicate_review import DuplicateReview
from core.embedding.registry import EncoderRegistry
from core.events import CatalogChanged, Event, EventBus
from core.explaining import Explaining
from core.jobs import JobControl
from core.library.albums import AlbumVerbs
from core.library.duplicates import DuplicateVerbs
from core.library.encoders import EncoderVerbs
from core.library.indexing import IndexingVerbs
from core.library.marks import MarkVerbs
from core.library.searching import SearchVerbs
from core.library.sidecars import SidecarVerbs
from core.library.tagging import TaggingVerbs
from core.places import Places
from core.recognition.rapid_text_reader import RapidTextReader
from core.recognition.text_reader import TextReader
from core.search.completions import Completions
from core.smart_albums.smart_albums import SmartAlbums


def repair(catalog: Path) -> Diagnosis:
    """Mend a library that nobody has open, saving what can be saved of a damaged file. Long. Raises LibraryError."""
    with running.alone_with(catalog):
        return doctor.repair(catalog)


def examine(catalog: Path) -> Diagnosis:
    """Read all of a library's files and say what is wrong; changes nothing. Long. Raises LibraryError."""
    return doctor.examine(catalog)


class Library(
    IndexingVerbs, SearchVerbs, AlbumVerbs, MarkVerbs, SidecarVerbs, DuplicateVerbs, TaggingVerbs, EncoderVerbs
):
    """An open photo library. Raises LibraryError when the catalog file cannot be opened."""

    """An open photo library. Raises LibraryError when the catalog file cannot be opened."""

    def __init__(
        self,
        places: Places,
        registry: EncoderRegistry | None = None,
        make_text_reader: Callable[[], TextReader] = RapidTextReader,
    ) -> None:
        self.places = places
        self.events = EventBus()
        self.settings = settings_file.load(places.settings)
        self._settings_lock = threading.Lock()
        self._is_started = False
        self._catalog = Catalog(places.catalog, self.events)
        self._registry = registry or EncoderRegistry(places.encoders, places.cache)
        self._choice = encoder_choice.EncoderChoice(
            self._catalog, self._registry, lambda: self.settings, self.change_settings, places.cache,
            lambda: self._tagging.synonyms(),
        )  # fmt: skip
        self._make_text_reader = make_text_reader
        self._tagging = AutoTagging(
            self._catalog, self._choice.engine, places.vocabulary, places.cache,
            lambda: self.settings.sensitive_photos != "show",
        )  # fmt: skip
        self._work = background.BackgroundWork(
            self._catalog,
            self.events,
            self._choice,
            lambda: self.settings.indexing_speed,
            places.cache,
            background.TextReading(make_text_reader, lambda: self.settings.is_text_read),
            is_paused=self.settings.is_indexing_paused,
            on_switched=lambda: self._smart.wake(),
            after_embedding=self._suggest_for_new,
            writes_sidecars=lambda: self.settings.writes_sidecars,
        )
        self._smart = SmartAlbums(self._catalog, self._choice.engine)
        self._completions = Completions(self._catalog)
        self._suggestions = AlbumSuggestions(self._catalog, self._choice.engine, self._tagging.vocabulary_text)
        self._duplicates = DuplicateReview(
            self._catalog, lambda: self._choice.engine().row, lambda: self.settings, self.trash
        )
        self._explaining = Explaining(self._catalog, self._choice.engine, self._tagging.vocabulary_text)
        self._unsubscribe = self.events.subscribe(self._follow_catalog)

    def close(self) -> None:
        """End the background work and close the catalog; safe to call twice."""
        self._choice.close()
        self._smart.close()
        self._work.close()
        self._unsubscribe()
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _follow_catalog(self, event: Event) -> None:
        if isinstance(event, CatalogChanged):
            self._choice.catalog_changed(event)
            self._completions.catalog_changed(event)
            self._smart.catalog_changed(event)
            if event.tags:  # a tag may have examples to learn from
                self._work.wake()
            if event.tags or event.changed:
                self._work.sidecars.note()

    def _suggest_for_new(self, job: JobControl) -> None:
        if self.settings.suggests_tags:
            self._tagging.suggest_for_new(job)
