"""What the catalog said about scopes and conditions, remembered while it stays true. Any thread.

A change of the catalog names the photos it touched and the lists that changed (`CatalogChanged`). What it cannot have
changed stays; conditions on a photo's own row are asked again for the touched photos alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np

from core.catalog import filters, names, texts
from core.catalog.connection import Connection
from core.catalog.filters import Condition, HasA, IsA, Named
from core.domain import Scope
from core.events import CatalogChanged
from core.search import scopes
from core.search.scopes import Ids, Mask, Members

_MOST_KEPT = 48
"""Masks, most of a byte for each photo; a word that is being typed leaves one or two with each letter."""
_MOST_CHANGES = 64
_MOST_TOUCHED = 2000
"""More photos than this are not asked about one by one."""
_LIST_OF = {
    "album": "albums",
    "tag": "tags",
    "tags": "tags",
    "folder": "folders",
    "offline": "folders",
    "place": "places",
    "unreadable": "problems",
}
"""Which list of the catalog a word or a kind of name depends on, beside the photos' own rows."""
_ALL_LISTS = frozenset(_LIST_OF.values())
Dated = tuple[Ids, Ids]
"""Photos (n,) and when they were taken."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Change:
    """Photos whose own row may be another now, and lists that changed."""

    photos: frozenset[int]
    lists: frozenset[str]


class Memory:
    """Keeps what was asked, and what changed since."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[int, object]] = {}
        self._changes: list[_Change] = []
        self._first = 0
        self._lock = threading.Lock()

    def catalog_changed(self, event: CatalogChanged) -> None:
        """The catalog changed, as it says."""
        change = _Change(event.added | event.changed | event.removed | event.texts, _lists(event))
        if not change.photos and not change.lists:
            return
        with self._lock:
            self._changes.append(change)
            if len(self._changes) > _MOST_CHANGES:
                self._known.clear()
                self._first += len(self._changes)
                self._changes.clear()

    def now(self) -> Remembered:
        """What is known now: ask for it before the connection that is used with it begins to read."""
        with self._lock:
            return Remembered(self, self._first + len(self._changes))

    def get(
        self,
        key: Hashable,
        edition: int,
        load: Callable[[], T],
        lists: frozenset[str],
        mend: Callable[[T, list[int]], T] | None = None,
    ) -> T:
        """The value of a key; `edition`: of the catalog that `load` and `mend` see.

        It is loaded anew when one of the `lists` it depends on changed. Where photos did, `mend` puts it right.
        """
        with self._lock:
            at, known = self._known.get(key, (-1, None))
            if key in self._known:
                self._known[key] = self._known.pop(key)  # what is asked for stays, what was asked for once goes
            changes = self._changes[at - self._first :] if at >= self._first else None
        if changes is not None and not changes:
            return cast(T, known)
        touched = {one for change in changes or () for one in change.photos}
        is_stale = changes is None or any(change.lists & lists for change in changes)
        if is_stale or len(touched) > _MOST_TOUCHED or (touched and mend is None):
            found = load()
        else:
            found = mend(cast(T, known), sorted(touched)) if touched and mend is not None else cast(T, known)
        with self._lock:
            if edition >= self._first:  # else too much has changed since the connection began to read
                self._known.pop(key, None)
                self._known[key] = (edition, found)
                if len(self._known) > _MOST_KEPT:
                    self._known.pop(next(iter(self._known)))
        return found


class Remembered:
    """What is known at one edition of the catalog; asks a connection for the rest."""

    def __init__(self, memory: Memory, edition: int) -> None:
        self._memory = memory
        self._edition = edition

    def of(self, connection: Connection, scope: Scope) -> Members:
        """The members of a scope."""

        def load() -> Members:
            return scopes.members(connection, scope)

        def mend(_known: Members, _touched: list[int]) -> Members:
            return Members(len(self.newest_first(connection)), None)  # mended, where SQLite would count all of them

        if scope == Scope():
            return self._memory.get(scope, self._edition, load, frozenset(), mend)
        return self._memory.get(scope, self._edition, load, _ALL_LISTS)

    def mask(self, connection: Connection, condition: Condition) -> Mask | None:
        """The photos that a condition holds for; None: nothing is called so."""

        def load() -> Mask | None:
            ids = filters.ids_of(connection, condition)
            return None if ids is None else scopes.mask_of(ids)

        def mend(known: Mask | None, touched: list[int]) -> Mask | None:
            ids = filters.ids_of(connection, condition, touched)
            return None if known is None or ids is None else _mended(known, touched, ids)

        # Whether a name is meant as a whole or as a part depends on the names of all photos.
        is_named = isinstance(condition, Named)
        return self._memory.get(condition, self._edition, load, _lists_of(condition), None if is_named else mend)

    def worded(self, connection: Connection, expression: str, most: int = -1) -> Mask:
        """The photos whose words an FTS5 expression holds for; with `most`, any so many of them."""

        def load() -> Mask:
            return scopes.mask_of(texts.ids_of(connection, expression, most))

        return self._memory.get(("words", expression, most), self._edition, load, _ALL_LISTS)

    def everything(self, connection: Connection) -> Mask:
        """All photos."""

        def load() -> Mask:
            return scopes.mask_of(self.newest_first(connection))

        return self._memory.get("everything", self._edition, load, frozenset(), lambda _known, _touched: load())

    def newest_first(self, connection: Connection) -> Ids:
        """All photos (n,), newest first."""

        def load() -> Dated:
            return filters.newest_first(connection)

        def mend(known: Dated, touched: list[int]) -> Dated:
            kept = ~scopes.held(scopes.mask_of(np.array(touched)), known[0])
            return _inserted((known[0][kept], known[1][kept]), filters.newest_first(connection, touched))

        return self._memory.get("newest first", self._edition, load, frozenset(), mend)[0]

    def named(self, connection: Connection, kind: str) -> list[tuple[str, int]]:
        """The names of a kind that photos have, with how many photos; see `names.used`."""
        lists = frozenset({_LIST_OF[kind]}) if kind in _LIST_OF else frozenset[str]()
        return self._memory.get(("names", kind), self._edition, lambda: names.used(connection, kind), lists)


def _lists(event: CatalogChanged) -> frozenset[str]:
    """Which lists an event says have changed."""
    changed = {
        "albums": event.albums or bool(event.filled),
        "tags": event.tags,
        "folders": event.folders,
        "places": event.places,
        "problems": event.problems,
    }
    return frozenset(name for name, is_changed in changed.items() if is_changed)


def _lists_of(condition: Condition) -> frozenset[str]:
    """Which lists a condition depends on beside the photos' own rows."""
    match condition:
        case Named(kind, _):
            word = kind
        case IsA(word) | HasA(word):
            pass
        case _:
            return frozenset()
    return frozenset({_LIST_OF[word]}) if word in _LIST_OF else frozenset()


def _inserted(known: Dated, fresh: Dated) -> Dated:
    """Both together, newest first; of the same moment the higher id first."""
    spots = np.searchsorted(-known[1], -fresh[1])
    ends = np.searchsorted(-known[1], -fresh[1], side="right")
    for at in np.flatnonzero(ends > spots).tolist():
        spots[at] += np.searchsorted(-known[0][spots[at] : ends[at]], -fresh[0][at])
    return np.insert(known[0], spots, fresh[0]), np.insert(known[1], spots, fresh[1])


def _mended(known: Mask, touched: list[int], holding: Ids) -> Mask:
    """A mask where of the `touched` photos only those `holding` are set."""
    mended = np.zeros(max(len(known), int(holding.max(initial=-1)) + 1), dtype=np.bool_)
    mended[: len(known)] = known
    inside = np.array(touched)
    mended[inside[inside < len(mended)]] = False
    mended[holding] = True
    return mended
