"""How strong a score is for its query, and where the good matches of a query end. Pure; any thread.

Raw cosines mean nothing by themselves: their level differs by encoder, by query, by photo and by library. So a
photo's score for a text is judged against the same photo's scores for unrelated texts, and what a text reaches in a
library against what unrelated texts reach there (`chance`). Pictures as examples have no such background; they are
judged against the distribution of their own scores over the library. The whole method is in docs/relevance.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from core import places
from core.domain import Embedding

BY_CHANCE = 0.25
"""A best score that fewer than this many photos of the library would reach by chance is more than chance."""
SHARE_OF_BEST = 0.5
LEAST_Z = 0.5
LEAST_Z_OF_EXAMPLES = 2.0
_LEAST_SPREAD = 0.005
_ENOUGH = 16_384
FEW = 8
"""Fewer scores than this are no distribution to judge a picture's scores by."""


@cache
def background_prompts() -> tuple[str, ...]:
    """Everyday words and sentences: what libraries are full of."""
    return _prompts("background_prompts.txt")


@cache
def unusual_prompts() -> tuple[str, ...]:
    """Words for what hardly any photo library shows."""
    return _prompts("unusual_prompts.txt")


def _prompts(name: str) -> tuple[str, ...]:
    lines = places.resource(name).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def usual(photos: Embedding, background: Embedding) -> NDArray[np.float32]:
    """What each photo scores for unrelated texts: (n, 2) mean and standard deviation over `background` (b, d)."""
    return usual_of(photos @ background.T)


def usual_of(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """`usual` from the scores (n, b) themselves."""
    spread = np.maximum(scores.std(axis=1), _LEAST_SPREAD)
    return np.stack([scores.mean(axis=1), spread], axis=1).astype(np.float32)


def against_background(scores: NDArray[np.float32], usual_scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores (n, q) of texts as distances from what is usual for each photo (n, 2), in its spreads."""
    result: NDArray[np.float32] = scores - usual_scores[:, :1]
    result /= usual_scores[:, 1:]
    return result


def against_itself(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores (n,) as distances from the query's own typical photo, in spreads (robust z-scores).

    Centre: the median. Spread: from the median down to the 16th percentile, which is one standard deviation of a
    normal distribution and, being below the centre, is not widened by the matches themselves
    (robust statistics as in Huber and Ronchetti, Robust Statistics, 2009, chapter 5). Both are taken over some
    16,000 evenly spread scores: sorting a million would take longer than the search.
    """
    if len(scores) == 0:
        return scores
    centre, low = np.quantile(scores[:: max(1, len(scores) // _ENOUGH)], (0.5, 0.16))
    spread = max(float(centre - low), _LEAST_SPREAD)
    result: NDArray[np.float32] = ((scores - centre) / spread).astype(np.float32)
    return result


def ordering(text: str, scores: NDArray[np.float32], z_scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """What orders the photos for one text, from its cosines (n,) and their z-scores against the background (n,).

    Cosines order sentences best. A single word is told apart by less, and photos that are near to every word come up
    for it: there both count the same (docs/relevance.md).
    """
    order = against_itself(scores)
    return order + z_scores if len(text.split()) == 1 else order


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the good matches of one query end."""

    z: float
    """The least z-score of a good match."""
    count: int
    """How many photos reach it; 0 when nothing stands out."""


NO_CUT = Cut(LEAST_Z_OF_EXAMPLES, 0)
"""Nothing was scored."""


def cut(z_scores: NDArray[np.float32]) -> Cut:
    """The cut of a query by pictures over the whole library (n,); that of a text is `chance.cut`.

    Something is there when the best photo is better than the best of n photos by chance (the quantile
    1 - BY_CHANCE / n of a normal distribution). Then a good match has at least half of the best z-score.
    """
    count = len(z_scores)
    if not count:
        return NO_CUT
    best = float(z_scores.max())
    least = max(LEAST_Z_OF_EXAMPLES, SHARE_OF_BEST * best)
    if best < NormalDist().inv_cdf(1 - BY_CHANCE / count):
        return Cut(max(least, best), 0)
    return Cut(least, int(np.count_nonzero(z_scores >= least)))


def better_half(z_scores: NDArray[np.float32]) -> Cut:
    """The cut where scores were judged against themselves and are too few for that."""
    middle = float(np.median(z_scores)) if len(z_scores) else 0.0
    return Cut(middle, int(np.count_nonzero(z_scores >= middle)))


def strengths(z_scores: NDArray[np.float32], at_cut: float) -> NDArray[np.float32]:
    """Z-scores as 0 to 1 for people: 0.5 at the cut, rising with the distance above it."""
    distances = np.clip(at_cut - z_scores, -30.0, 30.0)
    result: NDArray[np.float32] = (1.0 / (1.0 + np.exp(distances))).astype(np.float32)
    return result


def reached_by(scores: NDArray[np.float32], count: int) -> float:
    """The `count`-th best of scores (n,), without sorting them all; -inf: n is no larger; inf: `count` is 0."""
    if len(scores) <= count:
        return -np.inf
    if not count:
        return np.inf
    # Fewer than `_ENOUGH` where they still hold some 40 of the best.
    every = max(1, len(scores) // _ENOUGH, min(count // 40, 4 * len(scores) // _ENOUGH))
    sample = scores[::every]
    wanted = min(len(sample), int(1.5 * count / every) + 8)
    least = np.partition(sample, len(sample) - wanted)[len(sample) - wanted]
    few = scores[scores >= least]  # most likely somewhat more than `count`
    found = few if len(few) >= count else scores
    return float(np.partition(found, len(found) - count)[len(found) - count])
