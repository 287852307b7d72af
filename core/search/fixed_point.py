"""Embeddings as 16-bit fixed point in two planes of bytes: half the memory of float32, scanned by its high bytes alone.

Any thread. The only importer of simsimd, whose SIMD kernels read a quarter of the bytes that a float32 product reads
(docs/decisions/0015). A row v is kept as scale * (256 * high + low), with high and low int8: the high plane is scalar
quantisation to 8 bits (Guo et al., "Accelerating Large-Scale Inference with Anisotropic Vector Quantization", ICML
2020, section 2), and the low plane brings back what it lost for the rows that matter.
"""

from __future__ import annotations

import numpy as np
import simsimd
from numpy.typing import NDArray

from core.domain import Embedding
from core.search import side_by_side

Planes = tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.float32]]
"""high (n, d), low (n, d), scale (n,)."""

STEPS = 127 * 256
"""Of the largest number in a row."""
ERROR = 1 / (2 * 127 * np.sqrt(3.0))
"""Standard deviation of what the high plane rounds away, in units of the largest number in a row."""


def pack(vectors: Embedding) -> Planes:
    """Rows (n, d) float32 as planes; what is not finite becomes 0."""
    clean = np.nan_to_num(vectors, nan=0.0, posinf=0.0, neginf=0.0)
    scale = (np.abs(clean).max(axis=1, initial=0.0) / STEPS).astype(np.float32)
    steps = np.rint(clean / np.where(scale > 0, scale, 1.0)[:, None]).astype(np.int32)
    high = ((steps + 128) >> 8).astype(np.int8)
    low = (steps - (high.astype(np.int32) << 8)).astype(np.int8)
    return high, low, scale


def unpack(planes: Planes) -> Embedding:
    """The rows (n, d) float32, off by at most half of scale in each number."""
    high, low, scale = planes
    rows = high.astype(np.float32)
    rows *= 256
    rows += low
    rows *= scale[:, None]
    return rows


def scan(
    queries: Embedding, high: NDArray[np.int8], scale: NDArray[np.float32], found: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """Approximate dot products (q, n) of `queries` (q, d) with every row, from the high plane; into `found` if given.

    Their errors are about normal with the standard deviation `scan_error`. Works on a few threads.
    """
    result = np.empty((len(queries), len(high)), dtype=np.float32) if found is None else found
    query_high, _, query_scale = pack(queries)
    own_scale = (query_scale * np.float32(256 * 256))[:, None]

    def scan_some(rows: slice) -> None:
        whole = _integer_dots(query_high, high[rows])
        np.multiply(whole, own_scale, out=whole)
        np.multiply(whole, scale[rows], out=result[:, rows], casting="same_kind")

    side_by_side.in_pieces(len(high), scan_some)
    return result


def scan_error(query: Embedding, scale: NDArray[np.float32]) -> float:
    """How far a result of `scan` may be off (one standard deviation), both sides' rounding together."""
    largest = float(scale.max(initial=0.0)) * STEPS
    return float(ERROR * np.hypot(largest * np.linalg.norm(query), np.abs(query).max(initial=0.0)))


def dots(queries: Planes, planes: Planes) -> NDArray[np.float32]:
    """Dot products (q, n) of packed `queries` (q, d) with rows, right to about 1e-5 for unit vectors."""
    high, low, scale = planes
    if not len(high):
        return np.zeros((len(queries[0]), 0), dtype=np.float32)
    query_high, query_low, query_scale = queries
    both = np.concatenate([query_high, query_low])
    of_high, of_low = _integer_dots(both, high), _integer_dots(both, low)
    first, second = slice(None, len(query_high)), slice(len(query_high), None)
    whole = 65536.0 * of_high[first] + 256.0 * (of_high[second] + of_low[first]) + of_low[second]
    result: NDArray[np.float32] = (whole * scale * query_scale[:, None].astype(np.float64)).astype(np.float32)
    return result


def _integer_dots(queries: NDArray[np.int8], rows: NDArray[np.int8]) -> NDArray[np.float64]:
    """Exact dot products (q, n) of (q, d) with (n, d)."""
    # Never with `out`: simsimd 6 then returns a None that it does not own, and Python 3.11 dies of it after a while.
    found = simsimd.cdist(queries, rows, "dot", threads=1)
    return np.asarray(found, dtype=np.float64).reshape(len(queries), len(rows))
