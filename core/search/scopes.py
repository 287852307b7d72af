"""Which photos a query may find: its scope and its filters, remembered until the catalog changes. Any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from core.catalog import filters, names, photos
from core.catalog.connection import Connection
from core.catalog.filters import Condition
from core.domain import Scope

_REMEMBERED = 24
T = TypeVar("T")
Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Members:
    """The photos of a scope, or of what filters leave of it."""

    count: int
    mask: Mask | None
    """True at the ids of the members, up to the largest of them; None: every photo."""

    def holds(self, ids: Ids) -> Mask | None:
        """Which of `ids` (n,) are members; None: all of them."""
        return None if self.mask is None else held(self.mask, ids)

    def kept(self, ids: Ids) -> Ids:
        """The members among `ids` (n,), in their order."""
        return ids if self.mask is None else ids[held(self.mask, ids)]


def held(mask: Mask, ids: Ids) -> Mask:
    """Whether the mask is true at each of `ids` (n,), which may lie beyond its end."""
    if not len(mask):
        return np.zeros(len(ids), dtype=np.bool_)
    found: Mask = mask.take(ids, mode="clip")
    found &= ids < len(mask)
    return found


def mask_of(ids: Ids) -> Mask:
    """True at `ids` (n,), up to the largest of them."""
    mask = np.zeros(int(ids.max()) + 1 if len(ids) else 0, dtype=np.bool_)
    mask[ids] = True
    return mask


class Remembered:
    """A small cache over what the catalog says about scopes and conditions."""

    def __init__(self) -> None:
        self._known: dict[Hashable, object] = {}
        self._lock = threading.Lock()
        self._edition = 0

    def forget(self) -> None:
        """The catalog changed."""
        with self._lock:
            self._known.clear()
            self._edition += 1

    def of(self, connection: Connection, scope: Scope) -> Members:
        """The members of a scope, as `connection` sees them."""
        return self._get(scope, lambda: _load(connection, scope))

    def mask(self, connection: Connection, condition: Condition) -> Mask | None:
        """The photos that a condition holds for; None: nothing is called so."""

        def load() -> Mask | None:
            ids = filters.ids_of(connection, condition)
            return None if ids is None else mask_of(ids)

        return self._get(condition, load)

    def newest_first(self, connection: Connection) -> Ids:
        """All photos (n,), newest first."""
        return self._get("newest first", lambda: filters.newest_first(connection))

    def named(self, connection: Connection, kind: str) -> list[tuple[str, int]]:
        """The names of a kind that photos have, with how many photos; see `names.used`."""
        return self._get(("names", kind), lambda: names.used(connection, kind))

    def _get(self, key: Hashable, load: Callable[[], T]) -> T:
        with self._lock:
            if key in self._known:
                return cast(T, self._known[key])
            edition = self._edition
        found = load()
        with self._lock:
            if edition == self._edition:
                if len(self._known) >= _REMEMBERED:
                    self._known.pop(next(iter(self._known)))
                self._known[key] = found
        return found


def _load(connection: Connection, scope: Scope) -> Members:
    if scope == Scope():
        return Members(photos.count(connection, scope), None)
    ids = np.fromiter(photos.ids_in(connection, scope), dtype=np.int64)
    return Members(len(ids), mask_of(ids))
