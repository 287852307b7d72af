"""Records of a search: what was asked, what was found, and why. Frozen; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.browsing import WHOLE_LIBRARY, Scope
from core.domain.hits import Hits
from core.domain.ids import PhotoId


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture, as fractions (0 to 1) of the upright picture. Raises ValueError when it is none."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0.0 <= self.left < self.right <= 1.0 and 0.0 <= self.top < self.bottom <= 1.0):
            raise ValueError(f"{self} is no part of a picture")


@dataclass(frozen=True, slots=True)
class ExamplePicture:
    """A picture to search by: a photo of the library, or a file or encoded bytes from outside.

    Bytes beside a photo are a part of it that was kept: they are searched by, and the photo is no match of itself.
    """

    photo_id: PhotoId | None = None
    path: Path | None = None
    content: bytes | None = field(default=None, repr=False)
    title: str = ""
    region: Region | None = None
    """Only this part of it; None: the whole picture."""
    weight: float = 1.0
    """How much it counts beside the other parts of the query; negative: less of it."""
    is_kept_part: bool = False
    """The bytes are what a region held when it was kept."""

    @property
    def is_part(self) -> bool:
        """Whether only a part of the picture is searched by."""
        return self.region is not None or self.is_kept_part


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for: words, example pictures, or both, within a scope."""

    text: str = ""
    """As typed, in the query language (docs/query-language.md)."""
    examples: tuple[ExamplePicture, ...] = ()
    scope: Scope = WHOLE_LIBRARY
    limit: int = 1000
    is_exact_only: bool = False
    """Answer from file names, captions, tags and the like alone, at once, without the encoder."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, with what the window says about them."""

    query: Query
    encoder: str
    hits: Hits
    strong_count: int
    """The first `strong_count` hits are good matches; the rest are weaker."""
    elapsed_ms: float
    searchable_count: int
    """Photos of the scope that have an embedding."""
    scope_count: int
    """Photos of the scope, embedded or not."""
    notice: str | None = None
    """One sentence when part of the query could not be answered (encoder loading, ...)."""
    mistakes: tuple[str, ...] = ()
    """One sentence for each part of the query that was not understood or matches nothing; the rest was answered."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word of the vocabulary that a photo looks like."""

    name: str
    strength: float
    """0 to 1; 0.5 is where a tag would be suggested."""


@dataclass(frozen=True, slots=True)
class ExplainedWish:
    """One thing that a photo is explained for: words, or an example picture."""

    words: str
    """What people read: the words, or the picture's title."""
    example: ExamplePicture | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What in a photo speaks for a wish, and what the photo looks like anyhow."""

    photo_id: PhotoId
    encoder: str
    wishes: tuple[ExplainedWish, ...]
    """Those of the query, then the strongest words."""
    asked_count: int
    """The first so many wishes are those of the query."""
    wish: int
    """Which of `wishes` the map is for; -1 when there is none."""
    heat: NDArray[np.float32]
    """(h, w), 0 to 1, over the upright photo."""
    strength: float
    """0 to 1: how much the best place stands out; from 0.5 on it does."""
    words: tuple[SeenWord, ...]
    """The strongest words of the vocabulary, strongest first."""
