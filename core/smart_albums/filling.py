"""Fills smart albums: asks their searches and writes the differences. Any thread; one pass at a time.

What a person put in or threw out is never touched; a search that cannot be answered leaves the album as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from core.catalog import smart_albums
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.definitions import StoredDefinition
from core.catalog.smart_albums import SmartAlbumRow
from core.domain import AlbumDefinition, AlbumId, Embedding, FilledAlbum, Hits, Query, SearchResult
from core.errors import LibraryError
from core.search import query_language
from core.search.engine import SearchEngine
from core.smart_albums import defining
from core.smart_albums.defining import CannotFill

log = logging.getLogger(__name__)

_FIRST_LIMIT = 100
_GROWTH = 8
_MOST_ROUNDS = 3
"""An album may search in another one, which has to be filled first; a ring of them must come to an end."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one album should hold by itself; None: leave its members alone."""

    row: SmartAlbumRow
    ids: frozenset[int] | None
    undecided: frozenset[int]
    """Members that cannot be judged now (not embedded yet): they stay."""
    trouble: str


class Filler:
    """Fills smart albums from an engine that is asked for anew each time: it may have been swapped."""

    def __init__(self, catalog: Catalog, engine: Callable[[], SearchEngine]) -> None:
        self._catalog = catalog
        self._engine = engine
        self._lock = threading.Lock()

    def fill(
        self, album_ids: Sequence[AlbumId] | None = None, wait: Callable[[], bool] | None = None
    ) -> list[FilledAlbum]:
        """Bring smart albums (None: all) in step with the library; returns what changed in each.

        `wait` is called before each search; when it returns False, the pass ends without writing.
        """
        with self._lock:
            total: dict[AlbumId, FilledAlbum] = {}
            rows = self._rows(album_ids)
            for _ in range(_MOST_ROUNDS):
                wanted = []
                for row in rows:
                    if wait is not None and not wait():
                        return list(total.values())
                    wanted.append(self._wanted(row))
                changed = self._write(wanted)
                for one in changed:
                    total[one.id] = _together(total.get(one.id), one)
                rows = self._dependent_on({one.id for one in changed if one.added or one.removed})
                if not rows:
                    break
            return list(total.values())

    def _rows(self, album_ids: Sequence[AlbumId] | None) -> list[SmartAlbumRow]:
        with self._catalog.reading() as connection:
            rows = smart_albums.all_of_them(connection)
        return [row for row in rows if album_ids is None or row.id in album_ids]

    def _dependent_on(self, changed: set[AlbumId]) -> list[SmartAlbumRow]:
        """Albums that search in albums, after some of those changed."""
        if not changed:
            return []
        return [row for row in self._rows(None) if '"album"' in row.definition or "album:" in row.definition]

    def _wanted(self, row: SmartAlbumRow) -> _Wanted:
        """What the album's search finds now."""
        try:
            stored = defining.parse(row.definition)
            parsed = query_language.parse(stored.text)
            named = {value.casefold() for one in parsed.filters if one.name == "album" for value in one.values}
            with self._catalog.reading() as connection:
                defining.refuse_itself(connection, row.id, stored, named)
                definition = defining.read(connection, stored)
                missing = defining.mistakes(connection, stored.text)
            if missing:
                raise CannotFill(missing[0])
            engine = self._engine()
            self._keep_embeddings(engine, definition)
            result = _good_matches(engine, definition, self._size(row.id))
        except LibraryError as error:
            return _Wanted(row, None, frozenset(), _sentence(error))
        ids = set(_strong(result).ids.tolist()) | {int(one) for one in defining.own_examples(definition)}
        undecided = self._undecided(row.id, engine, ids) if parsed.wishes or definition.examples else frozenset()
        return _Wanted(row, frozenset(ids), undecided, "")

    def _size(self, album_id: AlbumId) -> int:
        with self._catalog.reading() as connection:
            return sum(len(part) for part in smart_albums.members(connection, album_id))

    def _undecided(self, album_id: AlbumId, engine: SearchEngine, found: set[int]) -> frozenset[int]:
        with self._catalog.reading() as connection:
            automatic = smart_albums.members(connection, album_id)[1]
            return frozenset(smart_albums.without_embedding(connection, automatic - found, engine.row.id))

    def _keep_embeddings(self, engine: SearchEngine, definition: AlbumDefinition) -> None:
        """Have the pictures from outside embedded once per encoder, so that a pass does not load the image tower."""
        for example in definition.examples:
            if example.content is None:
                continue
            content_hash = hashlib.sha256(example.content).digest()
            with self._catalog.reading() as connection:
                known = smart_albums.embedding(connection, engine.encoder.fingerprint, content_hash)
            if known is None:
                vector = engine.embed_example(example)

                def write(connection: Connection, _changes: Changes, one: bytes = content_hash) -> None:
                    smart_albums.put_embedding(connection, engine.row.id, one, vector)  # noqa: B023  (runs at once)

                self._catalog.write(write)

    def keep_as_searched(self, definition: AlbumDefinition, stored: StoredDefinition) -> None:
        """Keep the embeddings of pictures just as they were searched by.

        The kept picture is smaller and compressed again; judged by that, a good match may be none any more, and the
        album would not hold what the person saw when saving it.
        """
        engine = self._engine()
        for example, kept in zip(definition.examples, stored.examples, strict=True):
            if kept.kept_picture is None:
                continue
            with contextlib.suppress(LibraryError):  # then the kept picture is embedded when the album is filled
                vector = engine.embed_example(example)
                put = partial(_put_embedding, engine.row.id, bytes.fromhex(kept.kept_picture), vector)
                self._catalog.write(put)

    def _write(self, wanted: Sequence[_Wanted]) -> list[FilledAlbum]:
        """Write the differences in one transaction; none where there is none."""
        with self._catalog.reading() as connection:
            is_needed = [one for one in wanted if _differs(connection, one)]
        unchanged = [FilledAlbum(one.row.id, one.row.name, (), (), one.trouble) for one in wanted]
        if not is_needed:
            return unchanged

        def write(connection: Connection, changes: Changes) -> list[FilledAlbum]:
            return [_apply(connection, changes, one) for one in is_needed]

        written = {one.id: one for one in self._catalog.write(write)}
        return [written.get(one.id, one) for one in unchanged]


def _good_matches(engine: SearchEngine, definition: AlbumDefinition, likely_count: int) -> SearchResult:
    """All good matches; the limit grows while it cuts some off."""
    limit = _FIRST_LIMIT + likely_count + likely_count // 4
    query = Query(definition.text, definition.examples, definition.scope, limit=limit)
    result = engine.search(query)
    while result.strong_count >= query.limit:
        query = replace(query, limit=query.limit * _GROWTH)
        result = engine.search(query)
    return result


def _strong(result: SearchResult) -> Hits:
    return result.hits[: result.strong_count]


def _differs(connection: Connection, wanted: _Wanted) -> bool:
    if wanted.trouble != wanted.row.trouble:
        return True
    if wanted.ids is None:
        return False
    by_hand, automatic = smart_albums.members(connection, wanted.row.id)
    new = wanted.ids - by_hand - automatic
    return bool(automatic - wanted.ids - wanted.undecided) or bool(
        new - smart_albums.refused(connection, wanted.row.id)
    )


def _apply(connection: Connection, changes: Changes, wanted: _Wanted) -> FilledAlbum:
    row = wanted.row
    nothing = FilledAlbum(row.id, row.name, (), (), wanted.trouble)
    if smart_albums.definition_of(connection, row.id) != row.definition:  # edited or deleted meanwhile
        return nothing
    if wanted.trouble != row.trouble:
        smart_albums.set_trouble(connection, row.id, wanted.trouble)
        changes.filled.add(row.id)
    if wanted.ids is None:
        changes.albums = changes.albums or bool(changes.filled)
        return nothing
    automatic = smart_albums.members(connection, row.id)[1]
    added = smart_albums.let_in(connection, row.id, wanted.ids)
    removed = smart_albums.let_go(connection, row.id, automatic - wanted.ids - wanted.undecided)
    if added or removed:
        changes.filled.add(row.id)
    changes.albums = changes.albums or bool(changes.filled)
    return FilledAlbum(row.id, row.name, added, removed, wanted.trouble)


def _together(first: FilledAlbum | None, second: FilledAlbum) -> FilledAlbum:
    if first is None:
        return second
    return replace(second, added=first.added + second.added, removed=first.removed + second.removed)


def _put_embedding(
    encoder_id: int, content_hash: bytes, vector: Embedding, connection: Connection, _changes: Changes
) -> None:
    smart_albums.put_embedding(connection, encoder_id, content_hash, vector)


def _sentence(error: LibraryError) -> str:
    if isinstance(error, CannotFill):
        return error.title
    return " ".join(filter(None, (error.title, error.detail)))
