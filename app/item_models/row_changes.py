"""The smallest set of row insertions and removals that turns one list of ids into another. Pure; any thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MOST_RUNS = 32
"""Beyond this many runs a model reset is cheaper than telling each of them."""


@dataclass(frozen=True, slots=True)
class RowChanges:
    """`removed`: runs of old rows, last first. `inserted`: runs of new rows, first first. In that order."""

    removed: tuple[range, ...]
    inserted: tuple[range, ...]


def between(old: NDArray[np.int64], new: NDArray[np.int64]) -> RowChanges | None:
    """The changes from `old` (n,) to `new` (m,), both without duplicates.

    None when the ids that stay change their order, or when the changes are too scattered to tell one by one.
    """
    stays, was_there = np.isin(old, new), np.isin(new, old)
    if not np.array_equal(old[stays], new[was_there]):
        return None
    removed, inserted = runs(~stays), runs(~was_there)
    if len(removed) + len(inserted) > _MOST_RUNS:
        return None
    return RowChanges(tuple(reversed(removed)), tuple(inserted))


def runs(marked: NDArray[np.bool_]) -> list[range]:
    """The runs of consecutive True values of `marked` (n,)."""
    edges = np.flatnonzero(np.diff(marked.astype(np.int8), prepend=0, append=0))
    return [range(first, end) for first, end in edges.reshape(-1, 2).tolist()]
