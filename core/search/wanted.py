"""What a query wants, in words and pictures, and which texts have to be scored for it. Pure; any thread.

All photos are scored for as few texts as possible: several wishes are first one text ("dog and snow"), and each of
them is scored for the photos that this one brings up, as is what is not wanted (`shortlist`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding, ExamplePicture
from core.query_parts import Wish
from core.search.fusion import Part


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is scored: the wishes in words, and example pictures with their embeddings (d,)."""

    wishes: tuple[Wish, ...]
    pictures: tuple[tuple[ExamplePicture, Embedding], ...]

    @property
    def liked(self) -> list[Wish]:
        """The wishes that are wanted."""
        return [wish for wish in self.wishes if wish.weight > 0]

    @property
    def unwanted(self) -> list[Wish]:
        """The wishes that are not."""
        return [wish for wish in self.wishes if wish.weight < 0]

    @property
    def is_listing(self) -> bool:
        """Whether everything is wanted but something."""
        return not self.liked and not any(example.weight > 0 for example, _ in self.pictures)

    @property
    def scanned(self) -> list[Wish]:
        """What all photos are scored for: the wish in words, several of them as one; or where nothing else is wanted,
        each thing that is not.
        """
        if self.is_listing:
            return self.unwanted
        return [Wish(" and ".join(wish.text for wish in self.liked), 1.0)] if self.each else self.liked

    @property
    def each(self) -> list[Wish]:
        """Several wishes one by one, which only the photos that all of them as one text bring up are scored for."""
        return self.liked if len(self.liked) > 1 else []

    @property
    def taken_off(self) -> list[Wish]:
        """What is not wanted beside something that is, which only the best photos are scored for."""
        return [] if self.is_listing else self.unwanted

    @property
    def texts(self) -> list[str]:
        """The texts of `scanned`, `each` and `taken_off`, in this order."""
        return [wish.text for wish in (*self.scanned, *self.each, *self.taken_off)]

    @property
    def refined(self) -> list[int]:
        """Which of the texts and pictures that are scanned are scored exactly at once: those that nothing scores so
        later.
        """
        texts = len(self.scanned)
        return list(range(texts if self.each else 0, texts + len(self.pictures)))


@dataclass(frozen=True, slots=True)
class Liked:
    """What is wanted, scored over the same photos; `all_words`: the words as one text, where there are several."""

    words: Sequence[Part]
    all_words: Part | None
    pictures: Sequence[Part]

    def of(self, rows: slice | NDArray[np.intp]) -> Liked:
        """The same, for some of the photos."""
        all_words = None if self.all_words is None else self.all_words.of(rows)
        return Liked([one.of(rows) for one in self.words], all_words, [one.of(rows) for one in self.pictures])

    @property
    def scanned(self) -> Liked:
        """The same without what is scored for some photos only."""
        return self if self.all_words is None else Liked([self.all_words], None, self.pictures)
