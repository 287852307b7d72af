"""Which photos a scope holds, remembered until the catalog changes. Any thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog import photos
from core.catalog.connection import Connection
from core.domain import Scope

_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Members:
    """The photos of a scope."""

    count: int
    mask: NDArray[np.bool_] | None
    """True at the ids of the scope, up to the largest of them; None: every photo."""

    def holds(self, ids: NDArray[np.int64]) -> NDArray[np.bool_] | None:
        """Which of `ids` (n,) are in the scope; None: all of them."""
        if self.mask is None:
            return None
        if not len(self.mask):
            return np.zeros(len(ids), dtype=np.bool_)
        inside = ids < len(self.mask)
        return inside & self.mask[np.where(inside, ids, 0)]


class ScopeMembers:
    """A small cache over `photos.ids_in`."""

    def __init__(self) -> None:
        self._known: dict[Scope, Members] = {}
        self._lock = threading.Lock()
        self._edition = 0

    def forget(self) -> None:
        """The catalog changed."""
        with self._lock:
            self._known.clear()
            self._edition += 1

    def of(self, connection: Connection, scope: Scope) -> Members:
        """The members of a scope, as `connection` sees them."""
        with self._lock:
            found, edition = self._known.get(scope), self._edition
        if found is not None:
            return found
        found = _load(connection, scope)
        with self._lock:
            if edition == self._edition:
                if len(self._known) >= _REMEMBERED:
                    self._known.pop(next(iter(self._known)))
                self._known[scope] = found
        return found


def _load(connection: Connection, scope: Scope) -> Members:
    if scope == Scope():
        return Members(photos.count(connection, scope), None)
    ids = np.fromiter(photos.ids_in(connection, scope), dtype=np.int64)
    mask = np.zeros(int(ids.max()) + 1 if len(ids) else 0, dtype=np.bool_)
    mask[ids] = True
    return Members(len(ids), mask)
