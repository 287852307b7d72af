"""Names suggested albums: from where and when they were taken, and from words of the vocabulary. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding

LEAST_Z_OF_EVENT = 1.0
LEAST_Z_OF_THEME = 1.5
_LEAST_SPREAD = 1e-3


class Words:
    """How much the photos of a library show each word of a vocabulary, beside the library as a whole."""

    def __init__(self, names: Sequence[str], ids: NDArray[np.int64], vectors: Embedding, words: Embedding) -> None:
        """`vectors` (n, d) are the embeddings of the photos `ids` (n,), `words` (w, d) those of `names`."""
        self._names = names
        self._rows = {int(one): row for row, one in enumerate(ids)}
        scores = vectors @ words.T
        spread = np.maximum(scores.std(axis=0), _LEAST_SPREAD)
        self._z: NDArray[np.float32] = ((scores - scores.mean(axis=0)) / spread).astype(np.float32)

    def best(self, ids: Iterable[int], least_z: float) -> str | None:
        """The word that photos show most together, if they show it clearly: their mean z-score."""
        rows = [self._rows[one] for one in ids if one in self._rows]
        if not rows or not self._names:
            return None
        mean = self._z[rows].mean(axis=0)
        at = int(mean.argmax())
        return self._names[at] if mean[at] >= least_z else None


def event_title(subject: str | None, first_at: int, last_at: int) -> str:
    """ "Lisbon, August 2024"; without a subject the days: "3–5 August 2024"."""
    first, last = datetime.fromtimestamp(first_at), datetime.fromtimestamp(last_at)
    return f"{capitalised(subject)}, {first:%B %Y}" if subject else days(first, last)


def days(first: datetime, last: datetime) -> str:
    """ "3 August 2024", "3–5 August 2024", "30 July – 2 August 2024"."""
    if first.date() == last.date():
        return f"{first.day} {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {last.day} {last:%B %Y}"
    return f"{first.day} {first:%B %Y} – {last.day} {last:%B %Y}"


def capitalised(words: str) -> str:
    """With a capital first letter."""
    return words[:1].upper() + words[1:]


def distinct(title: str, first_at: int, last_at: int, taken: set[str]) -> str:
    """`title`, made different from `taken` (folded) by its days, else by a number; and added to them."""
    first, last = datetime.fromtimestamp(first_at), datetime.fromtimestamp(last_at)
    subject = title.split(",")[0]
    candidates = [title, f"{subject}, {days(first, last)}"] if "," in title else [title]
    number = 2
    while candidates[0].casefold() in taken:
        candidates.pop(0)
        if not candidates:
            candidates.append(f"{title} ({number})")
            number += 1
    taken.add(candidates[0].casefold())
    return candidates[0]
