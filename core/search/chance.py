"""What words about nothing in this library reach in it: the line between chance and a find, drawn anew per library.

A query is judged by the top of its ranking: the mean z-score of its best photos is compared with those of some 200
words that hardly any library shows (`unusual_prompts.txt`). How deep it stands out says how far the good matches reach:
one photo of a lighthouse does at the top, photos of people do by filling a third of the library. This is an empirical
null (Efron, "Large-Scale Simultaneous Hypothesis Testing", JASA 2004): the share of unrelated words that get through is
set, not assumed from a normal distribution. Pure; any thread. See docs/relevance.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.search.background_file import Background
from core.search.calibration import LEAST_Z, NO_CUT, Cut

Scores = NDArray[np.float32]

LET_THROUGH = 0.15
"""Share of unrelated words that are answered with photos all the same: the price of not refusing what is there."""
EVERYDAY = 1.0
"""How much it counts, in spreads, that a text is more like everyday words than like unusual ones: what libraries are
full of needs less evidence than what they hardly ever show."""
TOP = 3
"""Photos whose mean z-score says whether something is there."""
DEPTHS = (0.02, 0.1, 0.3)
"""The depths: the best `TOP` photos and these shares of the library."""
SHARES_OF_BEST = (0.45, 0.35, 0.25, 0.2)
"""A good match has this share of the best z-score, by the depth at which the query stands out most."""
SAMPLE = 16_384
"""The shares are taken over about this many photos, evenly spread through the matrix."""
_LEAST_SPREAD = 0.05
_LEAST_LIKENESS = 0.001
_LEAST_WORDS = 3


def stride(count: int) -> int:
    """Every how many rows of `count` one is looked at for the shares."""
    return max(1, math.ceil(count / SAMPLE))


def best(z_scores: Scores) -> Scores:
    """The `TOP` largest of each row of (w, n), best first; fewer where n is."""
    kept = min(TOP, z_scores.shape[1])
    found = np.partition(z_scores, z_scores.shape[1] - kept, axis=1)[:, z_scores.shape[1] - kept :]
    return -np.sort(-found, axis=1)


def better(top: Scores, z_scores: Scores) -> Scores:
    """`best` of (w, <= TOP) the best so far and (w, n) more; quick where few are better."""
    if top.shape[1] < TOP:
        return best(np.concatenate([top, z_scores], axis=1))
    rows = np.flatnonzero(z_scores.max(axis=1, initial=-np.inf) > top[:, -1])
    top[rows] = best(np.concatenate([top[rows], z_scores[rows]], axis=1))
    return top


def left_out(z_scores: Scores, words: int) -> Scores:
    """Z-scores (w, n) of `words` texts among themselves as if each had been judged by the others alone.

    An externally studentised residual (Cook and Weisberg, Residuals and Influence in Regression, 1982, section 2.2.1)
    of the mean; rising with the z-score, so that the best stay the best.
    """
    if words < _LEAST_WORDS:
        return z_scores
    result: Scores = z_scores * np.float32(math.sqrt(words / (words - 1)))
    result /= np.sqrt(np.maximum(1 - np.square(z_scores) / np.float32(words - 1), _LEAST_SPREAD))
    return result


def parted(sampled: Scores) -> Scores:
    """Z-scores (w, m) in groups that rise to the right: those of each depth at the end. Quicker than sorting them."""
    return np.partition(sampled, [sampled.shape[1] - one for one in _taken(sampled.shape[1])], axis=1)


def at_depths(top: Scores, sampled: Scores) -> Scores:
    """(w, 4): means of (w, <= TOP) best, and of the best shares of (w, m >= 1) z-scores that are `parted`."""
    count = sampled.shape[1]
    means = [top.mean(axis=1), *(sampled[:, count - one :].mean(axis=1) for one in _taken(count)[1:])]
    return np.stack(means, axis=1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Chance:
    """What the unusual words reach in one library with one encoder."""

    centre: Scores
    """(4,): their median at each depth."""
    spread: Scores
    direction: Embedding
    """(d,): from the unusual words to the everyday ones."""
    likeness: tuple[float, float]
    """Centre and spread of how everyday the unusual words are."""
    gate: float
    """An evidence above this is more than chance."""

    def excess(self, depths: Scores) -> Scores:
        """(w, 4) means at the depths, as distances from chance in its spreads."""
        result: Scores = (depths - self.centre) / self.spread
        return result

    def evidence(self, depths: Scores, likeness: Scores) -> Scores:
        """(w,): the excess at the top, and how everyday the texts are, `likeness` (w,) being their products with
        `direction`."""
        centre, spread = self.likeness
        result: Scores = self.excess(depths)[:, 0] + EVERYDAY * (likeness - centre) / spread
        return result


def measure(depths: Scores, background: Background) -> Chance:
    """From the unusual words' means at the depths (w, 4)."""
    direction: Embedding = background.everyday.mean(axis=0) - background.unusual.mean(axis=0)
    words = len(background.unusual)
    # Each against the others, not against itself.
    own = np.square(background.unusual).sum(axis=1)
    others = (words * (background.unusual @ background.unusual.mean(axis=0)) - own) / max(1, words - 1)
    likeness = background.unusual @ background.everyday.mean(axis=0) - others
    centre, spread = _centre_and_spread(depths)
    usually, spread_of_it = _centre_and_spread(likeness[:, None], _LEAST_LIKENESS)
    ungated = Chance(centre, spread, direction, (float(usually[0]), float(spread_of_it[0])), gate=0.0)
    evidence = ungated.evidence(depths, likeness)
    return replace(ungated, gate=float(np.quantile(evidence, 1 - LET_THROUGH)))


def cut(z_scores: Scores, text: Embedding, chance: Chance) -> Cut:
    """Where the good matches of a text (d,) end, from its z-scores (n,) over the whole library in matrix order."""
    if not len(z_scores):
        return NO_CUT
    sampled = parted(z_scores[None, :: stride(len(z_scores))])
    least_of_top = sampled[0, -TOP:].min()
    depths = at_depths(best(z_scores[z_scores >= least_of_top][None]), sampled)
    highest = float(z_scores.max())
    if chance.evidence(depths, text[None] @ chance.direction)[0] <= chance.gate:
        return Cut(max(LEAST_Z, highest), 0)
    share = SHARES_OF_BEST[int(chance.excess(depths)[0].argmax())]
    least = min(highest, max(LEAST_Z, share * highest))
    return Cut(least, int(np.count_nonzero(z_scores >= least)))


def _taken(count: int) -> list[int]:
    """How many of `count` the `TOP` and each share are."""
    top = min(TOP, count)
    return [top, *(max(top, int(share * count)) for share in DEPTHS)]


def _centre_and_spread(values: Scores, least: float = _LEAST_SPREAD) -> tuple[Scores, Scores]:
    """Medians and half the distances between the 16th and 84th percentiles, over the first axis of (w, k)."""
    low, centre, high = np.quantile(values, (0.16, 0.5, 0.84), axis=0)
    return centre.astype(np.float32), np.maximum((high - low) / 2, least).astype(np.float32)
