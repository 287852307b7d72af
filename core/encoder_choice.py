"""Which encoder answers queries, and which one takes over as soon as it has embedded the whole library."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from core.catalog import vectors
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.vectors import EncoderRow
from core.domain import EncoderEntry, EncoderState
from core.embedding.encoder import Encoder
from core.embedding.registry import EncoderRegistry, EncoderSpec
from core.events import CatalogChanged
from core.search.engine import SearchEngine
from core.settings import Settings

FALLBACK = "starter"


class EncoderChoice:
    """Keeps one search engine; swaps it when the next encoder is ready."""

    def __init__(
        self, catalog: Catalog, registry: EncoderRegistry, settings: Callable[[], Settings],
        change: Callable[..., None], cache: Path, synonyms: Callable[[], Mapping[str, Sequence[str]]],
    ) -> None:  # fmt: skip
        """`synonyms`: other names of tags, for the exact words of a query."""
        self._catalog = catalog
        self._registry = registry
        self._cache = cache
        self._synonyms = synonyms
        self._settings = settings
        self._change = change
        self._lock = threading.RLock()
        self._engine: SearchEngine | None = None
        self._next_engine: SearchEngine | None = None
        self._is_closed = False

    def engine(self) -> SearchEngine:
        """The engine that answers. Raises LibraryError when the chosen encoder is missing and no other can stand in."""
        with self._lock:
            if self._engine is None:
                self._engine = self._open(self._answering_name())
            return self._engine

    def catalog_changed(self, event: CatalogChanged) -> None:
        """Keep the engine in step with the catalog, and one that is about to take over.

        Takes no lock: it runs on the writer thread, for which whoever holds the lock may be waiting.
        """
        for engine in (self._engine, self._next_engine):
            if engine is not None:
                engine.catalog_changed(event)

    def catch_up(self) -> None:
        """Another process may have embedded photos: bring the engine in step."""
        engine = self._engine
        if engine is not None:
            engine.catch_up()

    def targets(self) -> list[tuple[Encoder, EncoderRow]]:
        """The encoders that should embed the library: the one that answers, or the one that will."""
        settings = self._settings()
        names = [settings.next_encoder] if settings.next_encoder else [self._answering_name()]
        found = []
        for name in names:
            encoder = self._registry.encoder(name)
            found.append((encoder, self._row(encoder)))
        return found

    def switch_when_ready(self) -> bool:
        """Let the next encoder take over if nothing lacks its embedding; returns whether it did."""
        settings = self._settings()
        if settings.next_encoder is None:
            return False
        encoder = self._registry.encoder(settings.next_encoder)
        row = self._row(encoder)
        with self._catalog.reading() as connection:
            if len(vectors.lacking(connection, row.id)):
                return False
        self._next_engine = engine = SearchEngine(self._catalog, encoder, row, self._cache, self._synonyms)
        engine.matrix()
        with self._lock:
            before, self._engine, self._next_engine = self._answering_name(), engine, None
        self._change(encoder=encoder.name, next_encoder=None)
        if before != encoder.name:
            self._registry.let_go(before)
        return True

    def use(self, name: str) -> None:
        """Choose an encoder. Raises LibraryError when it is unknown, not installed or damaged."""
        self._registry.encoder(name)
        settings = self._settings()
        next_encoder = None if name == settings.encoder else name
        self._change(next_encoder=next_encoder)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is encoded any more."""
        return self._is_closed

    def close(self) -> None:
        """The library closes: end what is being encoded; whoever waits for it gets Cancelled."""
        self._is_closed = True
        self._registry.close()

    def entries(self) -> list[EncoderEntry]:
        """Every known encoder with where it stands."""
        settings = self._settings()
        with self._catalog.reading() as connection:
            counts: dict[str, int] = {}
            for row in vectors.encoders(connection):
                counts[row.name] = max(counts.get(row.name, 0), vectors.count(connection, row.id))
        return [self._entry(spec, settings, counts.get(spec.name, 0)) for spec in self._registry.specs()]

    def _entry(self, spec: EncoderSpec, settings: Settings, embedded_count: int) -> EncoderEntry:
        return EncoderEntry(
            name=spec.name,
            title=spec.title,
            license=spec.license,
            languages=spec.languages,
            size_mb=spec.size_mb,
            dimension=spec.dimension,
            description=spec.description,
            state=self._state(spec.name, settings),
            photos_per_s=self._registry.photos_per_s(spec.name),
            embedded_count=embedded_count,
            is_recommended=spec.recommended_for is not None and spec.recommended_for == self._registry.device_kind(),
        )

    def _state(self, name: str, settings: Settings) -> EncoderState:
        if not self._registry.is_installed(name):
            return EncoderState.AVAILABLE
        if self._registry.is_damaged(name):
            return EncoderState.DAMAGED
        if name == settings.next_encoder:
            return EncoderState.EMBEDDING
        return EncoderState.ACTIVE if name == self._answering_name() else EncoderState.INSTALLED

    def _answering_name(self) -> str:
        name = self._settings().encoder
        if self._registry.is_installed(name) or not self._registry.is_installed(FALLBACK):
            return name
        return FALLBACK

    def _open(self, name: str) -> SearchEngine:
        encoder = self._registry.encoder(name)
        return SearchEngine(self._catalog, encoder, self._row(encoder), self._cache, self._synonyms)

    def _row(self, encoder: Encoder) -> EncoderRow:
        with self._catalog.reading() as connection:
            found = vectors.encoder(connection, encoder.fingerprint)
        if found is not None:
            return found

        def write(connection: Connection, changes: Changes) -> EncoderRow:
            changes.encoders = True
            return vectors.ensure_encoder(connection, encoder.name, encoder.fingerprint, encoder.dimension)

        return self._catalog.write(write)
