"""Scores exactly, and for all that a query says, the photos that can be shown and no others. Pure; any thread.

A scan is right to a hundredth of a spread, and something unwanted only lowers scores. So when so many photos are known
in full that none of the rest, as scanned, would come before them, the rest need not be: the answer is the same.
Several wishes as one text bring photos up, and the wishes one by one put these in their order (retrieval and
re-ranking, as in Nogueira and Cho, "Passage Re-ranking with BERT", 2019). A good match reaches the cut of the one text,
so where fewer good ones than are shown are among these, the others are looked at too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.search import calibration, fusion
from core.search.fusion import Fused, Part, Scores
from core.search.scopes import Mask

_FIRST = 2
"""So many times what is shown is looked at first, ..."""
_GROWTH = 4
"""... and so many times more as long as too little of that is left."""
_SURE = 0.2
"""More than a scan is ever wrong by, in a photo's spreads: some eight standard deviations."""
_BEHIND = np.float32(300.0)
"""Puts what was not put in order anew behind what was."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows: `limit` of the photos `inside` (n,) (None: of all), and those `exact` (n,) that hold the
    words."""

    inside: Mask | None
    exact: Mask
    limit: int
    candidates: int = 0
    """At least so many are looked at: more to be put in order anew."""


@dataclass(frozen=True, slots=True)
class Exactly:
    """Some photos (m,), scored exactly."""

    fused: Fused
    """For what all photos were scanned for."""
    unwanted: Sequence[Part]
    """What is to be taken off."""
    refused: Mask | None = None
    """Which are refused by their words; None: none."""
    reranked: Fused | None = None
    """For all that is wanted, where that is more than what was scanned; its z-scores are no higher."""


Score = Callable[[NDArray[np.intp]], Exactly]
"""Scores some rows (m,)."""


def exact_for_best(fused: Fused, shown: Shown, score: Score) -> Fused:
    """`fusion.without`, exactly, for the photos (n,) inside that can be shown.

    The others keep their scores, which are below the least of what is shown. Where the photos that hold the words fill
    the answer, only the best of these are looked at; where good matches do, the best of them; else all good matches.
    """
    looked = _Looked(fused, score)
    inside = np.ones(len(fused.scores), dtype=np.bool_) if shown.inside is None else shown.inside
    holding = shown.exact & inside
    if np.count_nonzero(holding) >= shown.limit:
        looked.at(_reaching(fused.z_scores, holding, shown.candidates))
        looked.at_best(fused.z_scores, looked.z_scores, holding, shown.limit)
    if looked.left(holding) < shown.limit:
        others, wanted = inside & ~holding, shown.limit - int(np.count_nonzero(holding))
        looked.at(holding | _reaching(fused.scores, others, max(_FIRST * wanted, shown.candidates)))
        wanted = shown.limit - looked.left(holding)  # more where something that holds the words is refused
        if fused.cut.count and looked.good(others) < wanted:
            looked.at(others & (fused.z_scores >= fused.cut.z - _SURE))
        looked.at_best(fused.scores, looked.scores, others, wanted)
    return looked.result()


def _reaching(scores: Scores, among: Mask, count: int) -> Mask:
    """The best `count` or somewhat more `among` the photos (n,)."""
    if count <= 0:
        return np.zeros_like(among)
    least = calibration.reached_by(scores[among], count)
    return among & (scores >= least)


class _Looked:
    """What is known of the photos (n,) so far: as scanned, or exactly."""

    def __init__(self, fused: Fused, score: Score) -> None:
        self.scores, self.z_scores = fused.scores.copy(), fused.z_scores.copy()
        self._cut = fused.cut
        self._score = score
        self._is_known = np.zeros(len(self.scores), dtype=np.bool_)
        self._reranked: list[tuple[NDArray[np.intp], Fused]] = []

    def at(self, wanted: Mask) -> None:
        """Score these of the photos (n,) exactly."""
        rows = np.flatnonzero(wanted & ~self._is_known)
        if not len(rows):
            return
        self._is_known[rows] = True
        found = self._score(rows)
        part = fusion.without(found.fused, found.unwanted, found.refused)
        self.scores[rows], self.z_scores[rows] = part.scores, part.z_scores
        if found.reranked is not None:
            self._reranked.append((rows, fusion.without(found.reranked, found.unwanted, found.refused)))

    def at_best(self, scanned: Scores, known: Scores, among: Mask, wanted: int) -> None:
        """Score so many `among` the photos (n,) that the best `wanted` of them are exact.

        In the order of `scanned` scores (n,), which become `known` ones when they are looked at, and hardly rise. So
        nothing that was scanned lower than the `wanted`-th of those that are known is among the best (the threshold
        algorithm: Fagin, Lotem and Naor, "Optimal Aggregation Algorithms for Middleware", JCSS 2003, section 4).
        """
        if wanted <= 0:
            return
        count, most = int(np.count_nonzero(among)), _FIRST * wanted
        self.at(_reaching(scanned, among, most))
        while most < count:  # else all of them are known
            found = known[among & self._is_known]
            threshold = float(np.partition(found, len(found) - wanted)[len(found) - wanted])
            if threshold > fusion.REFUSED:
                self.at(among & (scanned >= threshold - _SURE))
                return
            most *= _GROWTH
            self.at(_reaching(scanned, among, most))

    def left(self, among: Mask) -> int:
        """How many `among` the photos (n,) are known and not refused."""
        return int(np.count_nonzero(among & self._is_known & (self.z_scores > fusion.REFUSED)))

    def good(self, among: Mask) -> int:
        """How many `among` the photos (n,) are known to be good matches."""
        if not self._reranked:
            return int(np.count_nonzero(among & self._is_known & (self.z_scores >= self._cut.z)))
        return sum(int(np.count_nonzero(among[rows] & (part.z_scores >= self._cut.z))) for rows, part in self._reranked)

    def result(self) -> Fused:
        """All photos; those that were put in order anew first."""
        if self._reranked:
            self.scores -= _BEHIND
            self.z_scores -= _BEHIND
        for rows, part in self._reranked:
            self.scores[rows], self.z_scores[rows] = part.scores, part.z_scores
        return Fused(self.scores, self.z_scores, fusion.recounted(self._cut, self.z_scores))
