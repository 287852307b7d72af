"""The hits of a search, with their reasons: columns, of which a record is made when somebody looks at it.

A list may be the whole library; making 100,000 records takes ten times as long as finding them. Any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload

import numpy as np
from numpy.typing import NDArray

from core.domain.ids import PhotoId


class ReasonKind(StrEnum):
    """Why a photo is a hit."""

    LOOKS_LIKE = "looks like"
    NAME = "file name"
    FOLDER = "folder"
    CAPTION = "caption"
    TAG = "tag"
    ALBUM = "album"
    CAMERA = "camera"
    PLACE = "place"
    PICTURE_TEXT = "text in the picture"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a hit: what kind, which words, how strong (0 to 1)."""

    kind: ReasonKind
    words: str
    strength: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A photo in a result; `score` is only comparable within the same result."""

    photo_id: PhotoId
    score: float
    reasons: tuple[Reason, ...]


class Hits(Sequence[Hit]):
    """Hits in their order; immutable. Equal to any sequence of the same records."""

    __slots__ = ("_places", "_reasons", "ids", "scores")

    def __init__(
        self,
        ids: NDArray[np.int64],
        scores: NDArray[np.float32],
        reasons: Callable[[int], tuple[Reason, ...]],
        places: NDArray[np.intp] | None = None,
    ) -> None:
        """Photos `ids` (n,) with `scores` (n,); `reasons` of a place, which is a row unless `places` (n,) are given."""
        self.ids = ids
        self.scores = scores
        self._reasons = reasons
        self._places = np.arange(len(ids)) if places is None else places

    @classmethod
    def of(cls, hits: Iterable[Hit]) -> Hits:
        """From records."""
        records = list(hits)
        return cls(
            np.array([one.photo_id for one in records], dtype=np.int64),
            np.array([one.score for one in records], dtype=np.float32),
            lambda place: records[place].reasons,
        )

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, row: int) -> Hit: ...

    @overload
    def __getitem__(self, row: slice) -> Hits: ...

    def __getitem__(self, row: int | slice) -> Hit | Hits:
        if isinstance(row, slice):
            return self.take(row)
        return Hit(PhotoId(int(self.ids[row])), float(self.scores[row]), self._reasons(int(self._places[row])))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(Hit.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_] | slice) -> Hits:
        """Some of them, in the order of `rows`."""
        return Hits(self.ids[rows], self.scores[rows], self._reasons, self._places[rows])

    def of_photo(self, photo_id: int) -> Hit | None:
        """The hit of a photo; None: it is not among them."""
        rows = np.flatnonzero(self.ids == photo_id)
        return self[int(rows[0])] if len(rows) else None
