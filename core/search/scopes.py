"""Which photos a query may find: the members of a scope, as a mask over photo ids. Any thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog import photos
from core.catalog.connection import Connection
from core.domain import Scope

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


def resized(mask: Mask, size: int) -> Mask:
    """The same mask for ids below `size`."""
    if len(mask) >= size:
        return mask[:size]
    found = np.zeros(size, dtype=np.bool_)
    found[: len(mask)] = mask
    return found


def union(first: Mask, second: Mask) -> Mask:
    """True where either is."""
    size = max(len(first), len(second))
    return resized(first, size) | resized(second, size)


def members(connection: Connection, scope: Scope) -> Members:
    """The members of a scope, as `connection` sees them."""
    if scope == Scope():
        return Members(photos.count(connection, scope), None)
    ids = photos.ids_in(connection, scope)
    return Members(len(ids), mask_of(ids))
