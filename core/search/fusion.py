"""Puts several wishes together: what all of them say about each photo. Pure; any thread.

The constants and the choice among ways to fuse are measured; see docs/query-language.md. Scores are z-scores
(`calibration`): of words against the photo's background, of pictures against the picture's own scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.search import calibration
from core.search.calibration import Cut

Scores = NDArray[np.float32]
PICTURE_BESIDE_WORDS = 0.5
"""A picture speaks of many things at once; beside words it counts half."""
LEAST_OF_EACH = 0.4
"""A good match for several wishes has at least this z-score for each of them."""
REFUSED_FROM = 1.7
"""Words that are not wanted are clearly shown from this z-score on."""
_UNWANTED = 0.5
"""How much of the z-score of something unwanted is taken off the rest."""
_LAST = np.float32(1000.0)
"""Puts what is refused behind everything else."""
REFUSED = -500.0
"""What is refused lies below this."""


@dataclass(frozen=True, slots=True)
class Part:
    """One wish, scored: `z_scores` (n,), and where its good matches end."""

    label: str
    z_scores: Scores
    cut: Cut
    weight: float = 1.0
    is_picture: bool = False

    def of(self, rows: slice | NDArray[np.intp]) -> Part:
        """The same wish, for some of the photos."""
        return Part(self.label, self.z_scores[rows], self.cut, self.weight, self.is_picture)


@dataclass(frozen=True, slots=True)
class Fused:
    """What the wishes say together: what orders (n,) and what judges (n,)."""

    scores: Scores
    z_scores: Scores
    cut: Cut


def together(words: Sequence[Part], all_words: Part | None, pictures: Sequence[Part]) -> Fused:
    """Wishes in words, the one text of all of them (None: there are not several), and example pictures.

    Several wishes in words are scored each by itself and as one text: an encoder understands "dog and snow" better
    than two scores tell, but only the scores of each say that both are there.
    """
    fused: list[tuple[Fused, float]] = []
    if all_words is not None:
        fused.append((_several(words, all_words), 1.0))
    elif words:
        fused.append((Fused(words[0].z_scores, words[0].z_scores, words[0].cut), words[0].weight))
    share = PICTURE_BESIDE_WORDS if words else 1.0
    fused += [(Fused(one.z_scores, one.z_scores, one.cut), share * one.weight) for one in pictures]
    if len(fused) == 1:
        return fused[0][0]
    total = sum(weight for _, weight in fused)
    scores = sum((one.scores * np.float32(weight / total) for one, weight in fused), np.float32(0))
    z_scores = sum((one.z_scores * np.float32(weight / total) for one, weight in fused), np.float32(0))
    return Fused(np.asarray(scores, np.float32), np.asarray(z_scores, np.float32), calibration.NO_CUT)


def recounted(cut: Cut, z_scores: Scores) -> Cut:
    """The same cut, with the number of photos (n,) that reach it; none stay none."""
    return replace(cut, count=int(np.count_nonzero(z_scores >= cut.z)) if cut.count else 0)


def without(fused: Fused, unwanted: Sequence[Part], by_words: NDArray[np.bool_] | None) -> Fused:
    """Take off what is not wanted; photos that clearly show it are refused: no good match, and last.

    `by_words` (n,): photos that are refused because the catalog says that they show it; None: none are. The cut
    is not counted again.
    """
    scores, z_scores = fused.scores.copy(), fused.z_scores.copy()
    refused = np.zeros(len(scores), dtype=np.bool_) if by_words is None else by_words.copy()
    for one in unwanted:
        refused |= one.z_scores >= refused_from(one)
        scores -= np.float32(_UNWANTED * abs(one.weight)) * np.maximum(one.z_scores, np.float32(0))
    scores[refused] -= _LAST
    z_scores[refused] = np.minimum(z_scores[refused], np.float32(fused.cut.z)) - _LAST
    return Fused(scores, z_scores, fused.cut)


def refused_from(unwanted: Part) -> float:
    """The z-score from which photos show something unwanted; the more it weighs, the sooner."""
    usual = unwanted.cut.z if unwanted.is_picture else REFUSED_FROM
    return usual / max(abs(unwanted.weight), 0.1)


def _several(words: Sequence[Part], all_words: Part) -> Fused:
    weights = np.array([one.weight for one in words], dtype=np.float32)
    weights /= weights.sum()
    each = np.stack([one.z_scores for one in words])
    if np.allclose(weights, weights[0]):
        scores = all_words.z_scores + 0.5 * _soft_least(each)
    else:
        scores = 0.5 * all_words.z_scores + weights @ each
    lacking = np.maximum(LEAST_OF_EACH - each.min(axis=0), 0)
    z_scores = np.where(
        lacking > 0, np.minimum(all_words.z_scores, all_words.cut.z - 0.01) - lacking, all_words.z_scores
    ).astype(np.float32)
    cut = recounted(all_words.cut, z_scores)
    is_good = z_scores >= cut.z if cut.count else np.zeros(len(z_scores), dtype=np.bool_)
    ordered = np.where(is_good, scores, scores - np.float32(100.0))  # the good ones first
    return Fused(ordered.astype(np.float32), z_scores, cut)


def _soft_least(each: NDArray[np.float32]) -> Scores:
    """The least of each column of (q, n), rounded off: all wishes count, the worst most."""
    least = each.min(axis=0)
    result: Scores = (least - np.log(np.mean(np.exp(least - each), axis=0))).astype(np.float32)
    return result
