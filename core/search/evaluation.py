"""How well an encoder finds photos: retrieval and zero-shot figures over captioned photos. Pure, any thread.

Retrieval follows Karpathy and Fei-Fei, "Deep Visual-Semantic Alignments for Generating Image Descriptions" (CVPR
2015), section 4.2: every caption is a query over all photos of the split and every photo a query over all captions;
recall@k is the share of queries whose true match is among the best k. Of a photo's several captions the best placed
one counts. Zero-shot follows CLIP (Radford et al., 2021), section 3.1: the label whose embedding is nearest wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding

Ranks = NDArray[np.int64]
"""For each query, how many wrong answers are placed before the first right one: 0 is a perfect answer."""

_BLOCK = 1024
"""Queries at a time: a block's scores over 100,000 photos take 400 MB."""


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """One direction of retrieval. Recalls and `mrr` are shares from 0 to 1; `median_rank` starts at 1."""

    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    median_rank: float
    mrr: float
    """Mean reciprocal rank."""


@dataclass(frozen=True, slots=True)
class ZeroShotFigures:
    """Share of labelled photos with the right label first, and among the first five."""

    top_1: float
    top_5: float


def text_to_photo(captions: Embedding, owners: NDArray[np.int64], photos: Embedding) -> RetrievalFigures:
    """Each caption looks for its photo: `captions` (m, d), `photos` (n, d), `owners` (m,) rows of `photos`."""
    return figures(caption_ranks(captions, owners, photos))


def photo_to_text(captions: Embedding, owners: NDArray[np.int64], photos: Embedding) -> RetrievalFigures:
    """Each photo that has a caption looks for the best placed of its captions; arguments as in `text_to_photo`."""
    return figures(photo_ranks(captions, owners, photos))


def caption_ranks(captions: Embedding, owners: NDArray[np.int64], photos: Embedding) -> Ranks:
    """(m,) ranks of each caption's own photo; of the photos that score the same, half count as placed before it."""
    ranks = np.empty(len(captions), dtype=np.int64)
    for start in range(0, len(captions), _BLOCK):
        block = slice(start, start + _BLOCK)
        scores = captions[block] @ photos.T
        own = np.take_along_axis(scores, owners[block, None], axis=1)
        ranks[block] = _placed_before(scores, own)
    return ranks


def photo_ranks(captions: Embedding, owners: NDArray[np.int64], photos: Embedding) -> Ranks:
    """(n',) ranks of the best placed own caption of each of the n' photos that have one, counting wrong ones only."""
    asked = np.unique(owners)
    ranks = np.empty(len(asked), dtype=np.int64)
    for start in range(0, len(asked), _BLOCK):
        rows = asked[start : start + _BLOCK]
        scores = photos[rows] @ captions.T
        is_own = owners[None, :] == rows[:, None]
        best_own = np.where(is_own, scores, -np.inf).max(axis=1, keepdims=True)
        ranks[start : start + _BLOCK] = _placed_before(np.where(is_own, -np.inf, scores), best_own, own=0)
    return ranks


def figures(ranks: Ranks) -> RetrievalFigures:
    """Recall@1, @5, @10, median rank and mean reciprocal rank. Raises ValueError without a single query."""
    if not len(ranks):
        raise ValueError("retrieval needs at least one caption")
    return RetrievalFigures(
        recall_at_1=recall_at(1, ranks),
        recall_at_5=recall_at(5, ranks),
        recall_at_10=recall_at(10, ranks),
        median_rank=float(np.median(ranks)) + 1.0,
        mrr=float(np.mean(1.0 / (ranks + 1.0))),
    )


def recall_at(k: int, ranks: Ranks) -> float:
    """Share of queries with a right answer among the first `k`."""
    return float(np.mean(ranks < k))


def zero_shot(photos: Embedding, labels: Embedding, truths: Sequence[frozenset[int]]) -> ZeroShotFigures:
    """`photos` (n, d), `labels` (c, d), `truths` the right rows of `labels` per photo. Raises ValueError if n is 0."""
    if not truths:
        raise ValueError("zero-shot needs at least one labelled photo")
    scores = photos @ labels.T
    is_true = np.zeros(scores.shape, dtype=bool)
    for row, truth in enumerate(truths):
        is_true[row, list(truth)] = True
    best_true = np.where(is_true, scores, -np.inf).max(axis=1, keepdims=True)
    ranks = _placed_before(np.where(is_true, -np.inf, scores), best_true, own=0)
    return ZeroShotFigures(top_1=recall_at(1, ranks), top_5=recall_at(5, ranks))


def _placed_before(scores: NDArray[np.float32], right: NDArray[np.float32], own: int = 1) -> Ranks:
    """Per row, how many scores beat `right`, plus half of those equal to it (`own` of which are the right one).

    Counting half of the ties is the expected place under random order: an encoder that says the same of everything
    must not look perfect.
    """
    better = (scores > right).sum(axis=1)
    equal = (scores == right).sum(axis=1) - own
    ranks: Ranks = (better + (equal + 1) // 2).astype(np.int64)
    return ranks
