"""Records of what is being looked at: a scope, and the photos in it. Frozen; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class ScopeKind(StrEnum):
    """The part of the library that is being browsed or searched."""

    ALL = "all"
    RECENT = "recent"
    FAVOURITES = "favourites"
    ALBUM = "album"
    TAG = "tag"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which photos to browse or search in; `id` is the album's, tag's or folder's."""

    kind: ScopeKind = ScopeKind.ALL
    id: int | None = None


WHOLE_LIBRARY = Scope()


@dataclass(frozen=True, slots=True)
class Listing:
    """Photo ids in display order, as columns so that 100,000 rows stay small.

    All three arrays have length n: `ids` int64, `taken_at` int64 (UTC seconds),
    `average_color` uint32 (0xRRGGBB).
    """

    ids: NDArray[np.int64]
    taken_at: NDArray[np.int64]
    average_color: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.ids)
