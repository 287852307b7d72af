"""The embeddings of one encoder in memory, mirrored from the catalog; never the only copy.

Any thread may search; changes come from the catalog's writer thread or from loading.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.search import calibration

_GROWTH = 1.25
_LEAST_CAPACITY = 1024
_CHUNK = 8192
_FEW_QUERIES = 4


class VectorMatrix:
    """Photo ids and their embeddings; rows are unordered, removal moves the last row into the gap."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._ids = np.zeros(0, dtype=np.int64)
        self._vectors: Embedding = np.zeros((0, dimension), dtype=np.float32)
        self._usual = np.zeros((0, 2), dtype=np.float32)
        self._row_of: dict[int, int] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._row_of)

    def load(self, ids: NDArray[np.int64], vectors: Embedding) -> None:
        """Replace everything by `ids` (n,) and `vectors` (n, d) float32, L2-normalised."""
        with self._lock:
            self._ids, self._vectors = ids, vectors
            self._usual = np.full((len(ids), 2), np.nan, dtype=np.float32)
            self._row_of = {int(one): row for row, one in enumerate(ids)}

    def update(self, ids: NDArray[np.int64], vectors: Embedding) -> None:
        """Add rows, or replace those of ids that are there."""
        with self._lock:
            for one, vector in zip(ids.tolist(), vectors, strict=True):
                row = self._row_of.get(one)
                if row is None:
                    row = len(self._row_of)
                    self._make_room(row + 1)
                    self._row_of[one] = row
                    self._ids[row] = one
                self._vectors[row] = vector
                self._usual[row] = np.nan

    def remove(self, ids: Iterable[int]) -> None:
        """Drop rows; unknown ids are ignored."""
        with self._lock:
            for one in ids:
                row = self._row_of.pop(one, None)
                if row is None:
                    continue
                last = len(self._row_of)
                if row != last:
                    moved = int(self._ids[last])
                    self._ids[row], self._vectors[row] = moved, self._vectors[last]
                    self._usual[row] = self._usual[last]
                    self._row_of[moved] = row

    def scores(
        self, queries: Embedding, background: Embedding | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32] | None]:
        """Cosine similarities: ids (n,) and scores (n, q) of `queries` (q, d), L2-normalised.

        With `background` (b, d), also what each photo usually scores for unrelated texts (n, 2), which is
        computed once per photo (`calibration.usual`).
        """
        with self._lock:
            count = len(self._row_of)
            vectors = self._vectors[:count]
            few = len(queries) <= _FEW_QUERIES
            scores = np.stack([vectors @ one for one in queries], axis=1) if few else vectors @ queries.T
            usual = None if background is None else self._usual_of(background)[:count].copy()
            return self._ids[:count].copy(), scores, usual

    def _usual_of(self, background: Embedding) -> NDArray[np.float32]:
        """The column of usual scores, filled in for the rows that lack them (NaN)."""
        count = len(self._row_of)
        lacking = np.flatnonzero(np.isnan(self._usual[:count, 0]))
        for start in range(0, len(lacking), _CHUNK):
            rows = lacking[start : start + _CHUNK]
            self._usual[rows] = calibration.usual(self._vectors[rows], background)
        return self._usual

    def ids(self) -> NDArray[np.int64]:
        """The photos that have a row (n,), in no order."""
        with self._lock:
            return self._ids[: len(self._row_of)].copy()

    def vectors_of(self, ids: Iterable[int]) -> tuple[NDArray[np.int64], Embedding]:
        """The ids of `ids` that have an embedding, and the embeddings (m, d)."""
        with self._lock:
            found = [(one, self._row_of[one]) for one in ids if one in self._row_of]
            rows = [row for _, row in found]
            return np.array([one for one, _ in found], dtype=np.int64), self._vectors[rows].copy()

    def _make_room(self, count: int) -> None:
        if count <= len(self._ids):
            return
        capacity = max(_LEAST_CAPACITY, int(count * _GROWTH))
        ids = np.zeros(capacity, dtype=np.int64)
        vectors = np.zeros((capacity, self.dimension), dtype=np.float32)
        usual = np.full((capacity, 2), np.nan, dtype=np.float32)
        known = len(self._ids)
        ids[:known], vectors[:known], usual[:known] = self._ids, self._vectors, self._usual
        self._ids, self._vectors, self._usual = ids, vectors, usual
