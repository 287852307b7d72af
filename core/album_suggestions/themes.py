"""Finds themes: photos whose embeddings lie close together. The only importer of scikit-learn's clustering.

Embeddings of one library share a large common part (the cone effect), so they are centred first; k-means on unit
vectors is then clustering by angle (spherical k-means, Dhillon and Modha 2001).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.jobs import JobControl
from core.search.vector_matrix import VectorMatrix

LEAST_PHOTOS = 12
_MOST_SAMPLED = 12_000
_BATCH = 2048
_EPOCHS = 4
_MOST_CLUSTERS = 96
_SAME_LIKENESS = 0.55
"""Clusters whose centres are this close (cosine) are one theme."""
_LEAST_COHESION = 0.4
_LEAST_LIKENESS = 0.3
_LARGEST_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Theme:
    """Photos that look alike, the most typical first."""

    ids: NDArray[np.int64]
    likeness: NDArray[np.float32]
    """Of each photo to the middle of the theme: the cosine of the centred embeddings."""


def find(matrix: VectorMatrix, ids: NDArray[np.int64], job: JobControl) -> list[Theme]:
    """Cohesive groups among the photos `ids` (n,), the most cohesive first. Raises Cancelled."""
    if len(ids) < 2 * LEAST_PHOTOS:
        return []
    sampled = np.random.default_rng(0).permutation(ids)[:_MOST_SAMPLED]
    _, vectors = matrix.vectors_of(sampled.tolist())
    if len(vectors) < 2 * LEAST_PHOTOS:
        return []
    mean = vectors.mean(axis=0)
    centres = _centres(_unit(vectors - mean), job)
    found, likeness = _likeness(matrix, centres, mean)
    job.check()
    inside = np.isin(found, ids)
    return _themes(found[inside], likeness[inside])


def _centres(vectors: Embedding, job: JobControl) -> Embedding:
    """Unit cluster centres (k, d) of unit vectors (n, d): rather too many, of which those that are close are joined."""
    from sklearn.cluster import AgglomerativeClustering

    fine, sizes = _fine_centres(vectors, job)
    joining = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=1 - _SAME_LIKENESS)
    groups = joining.fit_predict(fine) if len(fine) > 1 else np.zeros(len(fine), dtype=np.int64)
    return _unit(
        np.stack([(fine[groups == one] * sizes[groups == one, None]).sum(axis=0) for one in np.unique(groups)])
    )


def _fine_centres(vectors: Embedding, job: JobControl) -> tuple[Embedding, NDArray[np.float32]]:
    """Unit centres (k, d), and how many of `vectors` are nearest to each (k,)."""
    from sklearn.cluster import KMeans, MiniBatchKMeans

    count = int(np.clip(1.2 * np.sqrt(len(vectors)), 4, _MOST_CLUSTERS))
    if len(vectors) <= _BATCH:
        job.report(0, 1)
        count = min(count, len(np.unique(vectors.round(3), axis=0)))  # copies: fewer clusters than asked for
        few = KMeans(count, random_state=0, n_init=4).fit(vectors)
        centres, sizes = few.cluster_centers_, np.bincount(few.labels_, minlength=count)
    else:
        clusters = MiniBatchKMeans(count, random_state=0, batch_size=_BATCH)
        random = np.random.default_rng(0)
        steps = -(-len(vectors) // _BATCH)
        for epoch in range(_EPOCHS):
            order = random.permutation(len(vectors))
            for step in range(steps):
                job.report(epoch * steps + step, _EPOCHS * steps)
                rows = order[step * _BATCH : (step + 1) * _BATCH]
                if len(rows) >= count:
                    clusters.partial_fit(vectors[rows])
        centres = clusters.cluster_centers_
        sizes = np.bincount((vectors @ centres.T).argmax(axis=1), minlength=count)
    return _unit(centres.astype(np.float32)), sizes.astype(np.float32)


def _likeness(
    matrix: VectorMatrix, centres: Embedding, mean: Embedding
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """All photos (n,) and the cosines (n, k) of their centred embeddings to the centres.

    (x - m) . c = x . c - m . c, and |x - m|^2 = 1 - 2 x . m + |m|^2: no second matrix is made.
    """
    size = float(np.linalg.norm(mean))
    ids, scores, _ = matrix.scores(np.concatenate([centres, mean[None, :] / max(size, 1e-9)]))
    lengths = np.sqrt(np.maximum(1 - 2 * size * scores[:, -1] + size * size, 1e-9))
    cosines: NDArray[np.float32] = (scores[:, :-1] - centres @ mean) / lengths[:, None]
    return ids, cosines


def _themes(ids: NDArray[np.int64], likeness: NDArray[np.float32]) -> list[Theme]:
    nearest = likeness.argmax(axis=1)
    themes = []
    for cluster in range(likeness.shape[1]):
        own = likeness[:, cluster]
        rows = np.flatnonzero((nearest == cluster) & (own >= _LEAST_LIKENESS))
        if not LEAST_PHOTOS <= len(rows) <= max(LEAST_PHOTOS, _LARGEST_SHARE * len(ids)):
            continue
        if own[rows].mean() < _LEAST_COHESION:
            continue
        rows = rows[np.argsort(-own[rows], kind="stable")]
        themes.append(Theme(ids[rows], own[rows]))
    return sorted(themes, key=lambda one: -float(one.likeness.mean()))


def _unit(vectors: Embedding) -> Embedding:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Embedding = (vectors / np.maximum(norms, 1e-9)).astype(np.float32)
    return unit
