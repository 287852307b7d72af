"""Scores exactly, and for what is not wanted at all, the photos that can be shown and no others. Pure; any thread.

A scan is right to a hundredth of a spread, and something unwanted only lowers scores. So when so many photos are known
in full that none of the rest, as scanned, would come before them, the rest need not be: the answer is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.search import calibration, fusion
from core.search.fusion import Fused, Part
from core.search.scopes import Mask

_FIRST = 2
"""So many times what is shown is looked at first, ..."""
_GROWTH = 4
"""... and so many times more whenever that was not enough."""
_SURE = 0.25
"""More than a scan is ever wrong by, in a photo's spreads: some ten standard deviations."""
_LOWEST = float(np.finfo(np.float32).min)


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows: `limit` of the photos `inside` (n,) (None: of all), and those `exact` (n,) that hold the
    words."""

    inside: Mask | None
    exact: Mask
    limit: int


Score = Callable[[NDArray[np.intp]], tuple[Fused, Sequence[Part]]]
"""Some rows (m,) scored exactly, and over the same rows what is to be taken off."""


def exact_for_best(fused: Fused, shown: Shown, score: Score, by_words: Mask | None) -> Fused:
    """`fusion.without`, exactly, for the photos (n,) that are good matches, hold the words or are the best inside.

    The others keep their scores, which are below the least of what is shown. `by_words` (n,): refused by their words.
    """
    wanted = shown.limit + int(np.count_nonzero(shown.exact))
    free = fused.scores if shown.inside is None else np.where(shown.inside, fused.scores, np.float32(-np.inf))
    needed = shown.exact | (fused.z_scores >= fused.cut.z - _SURE) if fused.cut.count else shown.exact
    most = _FIRST * wanted
    while True:
        least = max(calibration.reached_by(free, most), _LOWEST)
        rows = np.flatnonzero(needed | (free >= least))
        part, unwanted = score(rows)
        part = fusion.without(part, unwanted, None if by_words is None else by_words[rows])
        is_above = (part.scores >= least + _SURE) & (free[rows] > -np.inf)
        if least == _LOWEST or np.count_nonzero(is_above) >= wanted:
            break
        most *= _GROWTH
    scores, z_scores = fused.scores.copy(), fused.z_scores.copy()
    scores[rows], z_scores[rows] = part.scores, part.z_scores
    return Fused(scores, z_scores, fusion.recounted(fused.cut, z_scores))
