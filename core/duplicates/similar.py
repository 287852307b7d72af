"""Photos whose embeddings are nearly the same: variations, which are not duplicates. Any thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.jobs import JobControl

NEARLY_THE_SAME = 0.12
"""Share of the usual distance between two photos of the library. Encoders differ too much for a constant cosine."""
ALL_WITH_ALL = 40_000
"""Up to here every photo is compared with every other; beyond, with its neighbours in time."""
_NEIGHBOURS = 200
_BLOCK = 512
_SAMPLE = 20_000


def nearly_same(ids: NDArray[np.int64], vectors: Embedding, job: JobControl) -> list[tuple[int, int]]:
    """Pairs of ids whose embeddings are nearly the same, the likest first. Long. Raises Cancelled.

    `ids` (n,) in order of time; `vectors` (n, d) float32, L2-normalised.
    """
    if len(ids) < 2:
        return []
    least = 1.0 - NEARLY_THE_SAME * _usual_distance(vectors)
    reach = len(ids) if len(ids) <= ALL_WITH_ALL else _NEIGHBOURS
    ones, others, likeness = [], [], []
    for start in range(0, len(ids), _BLOCK):
        job.report(start, len(ids))
        end = min(len(ids), start + _BLOCK + reach)
        scores = vectors[start : start + _BLOCK] @ vectors[start:end].T
        rows, columns = np.nonzero(scores >= least)
        is_later = (columns > rows) & (columns - rows <= reach)
        rows, columns = rows[is_later], columns[is_later]
        ones.append(rows + start)
        others.append(columns + start)
        likeness.append(scores[rows, columns])
    order = np.argsort(-np.concatenate(likeness), kind="stable")
    first, second = np.concatenate(ones)[order], np.concatenate(others)[order]
    return list(zip(ids[first].tolist(), ids[second].tolist(), strict=True))


def _usual_distance(vectors: Embedding) -> float:
    """The median cosine distance of two photos drawn at random (always the same draw)."""
    draw = np.random.default_rng(0).integers(0, len(vectors), (_SAMPLE, 2))
    draw = draw[draw[:, 0] != draw[:, 1]]
    return float(np.median(1.0 - np.einsum("ij,ij->i", vectors[draw[:, 0]], vectors[draw[:, 1]])))
