"""The embeddings of one encoder in memory, mirrored from the catalog; never the only copy.

Any thread may search; changes come from the catalog's writer thread or from loading.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.search import calibration, chance, fixed_point, side_by_side
from core.search.background_file import Background
from core.search.chance import Chance
from core.search.row_index import RowIndex

_GROWTH = 1.25
_LEAST_CAPACITY = 1024
_CHUNK = 8192
_FEW_QUERIES = 24
"""More than this are scored as one product over unpacked rows, which then costs less than scans."""
_FEW_ROWS = 800
"""Are scored exactly in one piece: it takes a few times as long as starting a thread."""
_SAMPLE = 4096
_NEIGHBOURS = 32
"""So many rows of a sample lie side by side."""
EXACT = 2000
"""How many of the best scores of a query are exact; with their neighbours within `_SURE` errors of the scan."""
_SURE = 6.0
_STALE = 0.2
"""What chance reaches is measured anew when this share of the rows has changed."""


class VectorMatrix:
    """Photo ids and their embeddings; rows are unordered, removal moves the last row into the gap."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._index = RowIndex()
        self._lock = threading.Lock()
        self._allocate(0)
        self._chance: Chance | None = None
        self._changed = 0
        self._copies: tuple[NDArray[np.int64], NDArray[np.float32]] | None = None

    def __len__(self) -> int:
        return self._count

    @property
    def _count(self) -> int:
        return self._index.count

    @property
    def size_bytes(self) -> int:
        """Memory of all columns, with the room kept for growth."""
        return sum(column.nbytes for column in self._columns())

    def load(self, chunks: Iterable[tuple[NDArray[np.int64], Embedding]], count: int = 0) -> None:
        """Replace everything by chunks of ids (n,) and vectors (n, d); `count`: how many rows to expect in all."""
        with self._lock:
            self._index = RowIndex()
            self._allocate(count)
            self._chance = self._copies = None
        for ids, vectors in chunks:
            self.update(ids, vectors)

    def update(self, ids: NDArray[np.int64], vectors: Embedding) -> None:
        """Add rows, or replace those of ids that are there: distinct `ids` (n,), L2-normalised `vectors` (n, d)."""
        for start in range(0, len(ids), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            planes = fixed_point.pack(vectors[chunk])
            with self._lock:
                rows = self._index.made(ids[chunk])
                self._make_room(self._count)
                self._ids[rows] = ids[chunk]
                self._high[rows], self._low[rows], self._scale[rows] = planes
                self._usual[rows] = self._everyday[rows] = np.nan
                self._changed += len(rows)
                self._copies = None

    def remove(self, ids: Iterable[int]) -> None:
        """Drop rows; unknown ids are ignored."""
        with self._lock:
            for one in ids:
                row = self._index.remove(one, int(self._ids[self._count - 1])) if self._count else -1
                if row < 0:
                    continue
                self._changed += 1
                self._copies = None
                for column in self._columns():
                    column[row] = column[self._count]

    def scores(
        self, queries: Embedding, background: Background | None = None, refined: Sequence[int] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32] | None]:
        """Cosine similarities: ids (n,) and scores (n, q) of `queries` (q, d), L2-normalised.

        The `EXACT` best of each query (of these `refined` ones) are right to about 1e-5; of the others, which no list
        shows, the standard error is some 5e-4. With `background`, also what each photo usually scores for unusual
        texts (n, 2), which is computed once per photo (`calibration.usual`). Ids and these are not to be written to.
        """
        with self._lock:
            count = self._count
            scores = np.empty((len(queries), count), dtype=np.float32)
            if len(queries) <= _FEW_QUERIES:
                fixed_point.scan(queries, self._high[:count], self._scale[:count], scores)
                for at in range(len(queries)) if refined is None else refined:
                    self._refine(queries[at], scores[at])
            else:
                for chunk, rows in self._unpacked():
                    scores[:, chunk] = queries @ rows.T
            if background is None:
                return self._ids[:count].copy(), scores.T, None
            ids, usual = self._measured(background)
            return ids, scores.T, usual

    def scores_of(self, ids: NDArray[np.int64], queries: Embedding) -> NDArray[np.float32]:
        """Cosine similarities (m, q), right to about 1e-5, of some photos `ids` (m,); one that has left scores 0."""
        scores, packed = np.zeros((len(queries), len(ids)), dtype=np.float32), fixed_point.pack(queries)
        with self._lock:
            rows = self._index.of(ids)
            here = np.flatnonzero(rows >= 0)

            def score_some(piece: slice) -> None:
                scores[:, here[piece]] = fixed_point.dots(packed, self._planes(rows[here[piece]]))

            side_by_side.in_pieces(len(here), score_some, _FEW_ROWS)
        return scores.T

    def sampled(self, texts: Embedding) -> NDArray[np.float32]:
        """How far each score for `texts` (w, d) exceeds what is usual for the photo, over an even sample: (s, w).

        Only photos for which that is known already are looked at: quick, whatever has changed.
        """
        with self._lock:
            starts = np.arange(0, self._count, _NEIGHBOURS * max(1, self._count // _SAMPLE))
            rows = (starts[:, None] + np.arange(_NEIGHBOURS)).ravel()  # in a row, since memory is read so
            rows = rows[rows < self._count]
            rows = rows[~np.isnan(self._usual[rows, 0])]
            scores = fixed_point.scan(texts, self._high.take(rows, axis=0), self._scale[rows])
            return calibration.against_background(scores.T, self._usual[rows])

    def z_scores(self, texts: Embedding, background: Embedding) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Ids (n,) and how far each score for `texts` (w, d) exceeds the photo's scores for `background`: (n, w)."""
        with self._lock:
            found = np.empty((self._count, len(texts)), dtype=np.float32)
            for chunk, rows in self._unpacked():
                usual = calibration.usual(rows, background)
                found[chunk] = calibration.against_background(rows @ texts.T, usual)
            return self._ids[: len(found)].copy(), found

    def chance(self, background: Background) -> Chance:
        """What unusual words reach in this library; measured when first asked and when the library has changed."""
        with self._lock:
            return self._measure(background)

    def ids(self) -> NDArray[np.int64]:
        """The photos that have a row (n,), in no order."""
        with self._lock:
            return self._ids[: self._count].copy()

    def vectors_of(self, ids: Iterable[int] | NDArray[np.int64]) -> tuple[NDArray[np.int64], Embedding]:
        """The ids of `ids` that have an embedding, and the embeddings (m, d)."""
        with self._lock:
            rows = self._index.of(np.fromiter(ids, dtype=np.int64) if not isinstance(ids, np.ndarray) else ids)
            rows = rows[rows >= 0]
            return self._ids[rows], fixed_point.unpack(self._planes(rows))

    def usual_of(self, ids: NDArray[np.int64], everyday: Embedding) -> NDArray[np.float32]:
        """What photos `ids` (m,) usually score for everyday texts (m, 2); computed once per photo."""
        with self._lock:
            rows = self._index.of(ids)
            here = rows[rows >= 0]
            lacking = here[np.isnan(self._everyday[here, 0])]
            for start in range(0, len(lacking), _CHUNK):
                some = lacking[start : start + _CHUNK]
                self._everyday[some] = calibration.usual(fixed_point.unpack(self._planes(some)), everyday)
            found = np.ones((len(ids), 2), dtype=np.float32)  # whatever for those that have left
            found[rows >= 0] = self._everyday[here]
            return found

    def _refine(self, query: Embedding, scores: NDArray[np.float32]) -> None:
        """Make the best of the scanned `scores` (n,) exact."""
        scale = self._scale[: len(scores)]
        least = calibration.reached_by(scores, EXACT) - 2 * _SURE * fixed_point.scan_error(query, scale)
        rows = np.flatnonzero(scores >= least)
        packed = fixed_point.pack(query[None])

        def refine_some(piece: slice) -> None:
            some = rows[piece]
            scores[some] = fixed_point.dots(packed, self._planes(some))[0]

        side_by_side.in_pieces(len(rows), refine_some, _FEW_ROWS)

    def _measured(self, background: Background) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Ids (n,) and usual scores (n, 2) as they are now; the same arrays until a row changes."""
        if self._copies is None:
            self._measure(background)
            self._copies = self._ids[: self._count].copy(), self._usual[: self._count].copy(order="F")
            for one in self._copies:
                one.flags.writeable = False
        return self._copies

    def _measure(self, background: Background) -> Chance:
        """Fill in the usual scores of the rows that lack them (NaN), and what chance reaches where that is stale."""
        count = self._count
        if self._chance is None or self._changed > _STALE * count:
            self._chance, self._changed = self._measure_all(background), 0
        lacking = np.flatnonzero(np.isnan(self._usual[:count, 0]))
        for start in range(0, len(lacking), _CHUNK):
            rows = lacking[start : start + _CHUNK]
            vectors = fixed_point.unpack(self._planes(rows))
            self._usual[rows] = calibration.usual(vectors, background.unusual)
        return self._chance

    def _measure_all(self, background: Background) -> Chance:
        words = len(background.unusual)
        top, sampled = np.zeros((words, 0), np.float32), [np.zeros((words, 0), np.float32)]
        every = chance.stride(self._count)
        for chunk, rows in self._unpacked():
            scores = rows @ background.unusual.T
            self._usual[chunk] = calibration.usual_of(scores)
            z_scores = np.ascontiguousarray(calibration.against_background(scores, self._usual[chunk]).T)
            top = chance.better(top, z_scores)
            sampled.append(z_scores[:, -chunk.start % every :: every])
        everything = np.concatenate(sampled, axis=1)
        if not everything.shape[1]:
            everything = top = np.zeros((words, 1), np.float32)
        depths = chance.at_depths(chance.left_out(top, words), chance.parted(chance.left_out(everything, words)))
        return chance.measure(depths, background)

    def _unpacked(self) -> Iterator[tuple[slice, Embedding]]:
        count = self._count
        for start in range(0, count, _CHUNK):
            chunk = slice(start, min(count, start + _CHUNK))
            yield chunk, fixed_point.unpack((self._high[chunk], self._low[chunk], self._scale[chunk]))

    def _planes(self, rows: NDArray[np.int64] | NDArray[np.intp]) -> fixed_point.Planes:
        return self._high.take(rows, axis=0), self._low.take(rows, axis=0), self._scale[rows]

    def _columns(self) -> tuple[NDArray[np.int64] | NDArray[np.int8] | NDArray[np.float32], ...]:
        return self._ids, self._high, self._low, self._scale, self._usual, self._everyday

    def _allocate(self, capacity: int) -> None:
        self._ids = np.zeros(capacity, dtype=np.int64)
        self._high = np.zeros((capacity, self.dimension), dtype=np.int8)
        self._low = np.zeros((capacity, self.dimension), dtype=np.int8)
        self._scale = np.zeros(capacity, dtype=np.float32)
        self._usual = np.full((capacity, 2), np.nan, dtype=np.float32, order="F")  # two columns of their own
        self._everyday = self._usual.copy(order="F")

    def _make_room(self, count: int) -> None:
        if count <= len(self._ids):
            return
        before = self._columns()
        self._allocate(max(_LEAST_CAPACITY, int(count * _GROWTH)))
        for new, old in zip(self._columns(), before, strict=True):
            new[: len(old)] = old
