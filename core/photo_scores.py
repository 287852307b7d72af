"""Every embedded photo against texts and classifiers, in chunks: never one table of the whole library. Any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.search import background_file
from core.search.engine import SearchEngine

CHUNK = 2048
"""Photos at a time: their scores for 400 words stay in the processor's cache."""
_SAMPLE = 16384
Scores = NDArray[np.float32]
Ids = NDArray[np.int64]


class PhotoScores:
    """The photos of an engine at one moment; photos that leave meanwhile are passed over."""

    def __init__(self, engine: SearchEngine, cache: Path) -> None:
        self._matrix = engine.matrix()
        self._everyday = background_file.load_or_make(engine.encoder, cache).everyday
        self.ids: Ids = np.sort(self._matrix.ids())

    def __len__(self) -> int:
        return len(self.ids)

    def sample(self, count: int, without: Sequence[int] = (), seed: int = 0) -> Ids:
        """Some photos at random, the same for the same seed and library."""
        others = np.setdiff1d(self.ids, np.array(without, dtype=np.int64)) if without else self.ids
        chosen: Ids = np.random.default_rng(seed).permutation(others)[:count]
        return chosen

    def vectors(self, ids: Sequence[int] | Ids) -> tuple[Ids, Embedding]:
        """Those of the photos that are embedded (m,), and their embeddings (m, d)."""
        inside = np.intersect1d(np.asarray(ids, dtype=np.int64), self.ids)
        return self._matrix.vectors_of(inside)

    def z_scores(self, ids: Ids, photos: Embedding, texts: Embedding) -> Scores:
        """How much photos `ids` (n,), whose embeddings are (n, d), stand out for texts (c, d), among everyday words:
        (n, c)."""
        scores: Scores = photos @ texts.T
        usual = self._matrix.usual_of(ids, self._everyday)
        scores -= usual[:, :1]
        scores /= usual[:, 1:]
        return scores

    def chunks(self, ids: Ids | None = None) -> Iterator[tuple[Ids, Embedding]]:
        """All photos (or these), with their embeddings, a few thousand at a time."""
        wanted = self.ids if ids is None else np.intersect1d(ids, self.ids)
        for start in range(0, len(wanted), CHUNK):
            yield self._matrix.vectors_of(wanted[start : start + CHUNK])

    def prior(self, text: Embedding) -> Callable[[Ids], Scores]:
        """A function from photos to their standardised scores (n,) for one text (d,)."""
        sample = self.sample(_SAMPLE)
        here, photos = self.vectors(sample)
        if not len(here):
            return lambda ids: np.zeros(len(ids), np.float32)
        z_scores = self.z_scores(here, photos, text[None])[:, 0]
        middle, low = np.quantile(z_scores, (0.5, 0.16))
        spread = max(float(middle - low), 0.3)

        def scores(ids: Ids) -> Scores:
            inside, vectors = self.vectors(ids)
            result: Scores = ((self.z_scores(inside, vectors, text[None])[:, 0] - middle) / spread).astype(np.float32)
            return result

        return scores
