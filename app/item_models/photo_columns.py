"""What a photo list shows, as columns of equal length, so that 100,000 rows stay small. Immutable; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.item_models import months
from core.domain import Hits, Listing

_FAINTEST = 0.06
"""Relevance of the last hit: a bar that can still be seen."""
_NO_COLOR = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class PhotoColumns:
    """Four columns (n,): ids int64, average colours uint32, months int64 and relevance float32 (NaN: none)."""

    ids: NDArray[np.int64]
    colors: NDArray[np.uint32]
    months: NDArray[np.int64]
    relevance: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_] | slice) -> PhotoColumns:
        """Some of the rows."""
        return PhotoColumns(self.ids[rows], self.colors[rows], self.months[rows], self.relevance[rows])

    def spliced(self, rows: range, new: PhotoColumns) -> PhotoColumns:
        """With `rows` replaced by all rows of `new`."""
        head, tail = self.take(slice(0, rows.start)), self.take(slice(rows.stop, None))
        return PhotoColumns(
            np.concatenate((head.ids, new.ids, tail.ids)),
            np.concatenate((head.colors, new.colors, tail.colors)),
            np.concatenate((head.months, new.months, tail.months)),
            np.concatenate((head.relevance, new.relevance, tail.relevance)),
        )


class SectionKind(StrEnum):
    """What stands above a section of the grid."""

    PLAIN = "plain"
    MONTH = "month"
    WEAKER = "weaker"


@dataclass(frozen=True, slots=True)
class Section:
    """Consecutive rows under one heading. `hidden_count`: weaker matches that are not rows yet."""

    kind: SectionKind
    row_count: int
    month: int = 0
    hidden_count: int = 0


def empty() -> PhotoColumns:
    """No rows."""
    return PhotoColumns(np.empty(0, np.int64), np.empty(0, np.uint32), np.empty(0, np.int64), np.empty(0, np.float32))


def from_listing(listing: Listing, by_month: bool) -> PhotoColumns:
    """A listing in its order; months are only worked out where they are shown."""
    count = len(listing)
    return PhotoColumns(
        listing.ids,
        listing.average_color,
        months.of(listing.taken_at) if by_month else np.zeros(count, np.int64),
        np.full(count, np.nan, np.float32),
    )


def from_hits(hits: Hits, listing: Listing | None) -> PhotoColumns:
    """Hits in their order; relevance is the score between the weakest and the best of this result, nan for all where
    nothing was asked that photos could answer better or worse: filters alone."""
    ids, scores = hits.ids, hits.scores
    colors = np.full(len(hits), _NO_COLOR, np.uint32)
    if listing is not None and len(listing):
        order = np.argsort(listing.ids, kind="stable")
        spots = order[np.searchsorted(listing.ids, ids, sorter=order).clip(max=len(listing) - 1)]
        found = listing.ids[spots] == ids
        colors[found] = listing.average_color[spots[found]]
    return PhotoColumns(ids, colors, np.zeros(len(hits), np.int64), _relevance(scores, is_scored=bool(scores.any())))


def month_sections(shown: NDArray[np.int64]) -> list[Section]:
    """Cut rows whose months are `shown` (n,), n > 0, wherever the month changes."""
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(shown)) + 1))
    counts = np.diff(firsts, append=len(shown))
    return [
        Section(SectionKind.MONTH, rows, month)
        for rows, month in zip(counts.tolist(), shown[firsts].tolist(), strict=True)
    ]


def color_is_known(color: int) -> bool:
    """Whether a value of the colour column is a colour."""
    return color != _NO_COLOR


def _relevance(scores: NDArray[np.float32], *, is_scored: bool) -> NDArray[np.float32]:
    if not is_scored:
        return np.full_like(scores, np.nan)
    low, high = scores.min(), scores.max()
    if high <= low:
        return np.ones_like(scores)
    spread: NDArray[np.float32] = (scores - low) / (high - low)
    return np.maximum(spread, np.float32(_FAINTEST))
