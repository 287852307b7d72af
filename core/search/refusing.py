"""Takes off what is not wanted from the photos that can be shown, and from no others. Pure; any thread.

Something unwanted only lowers scores. So when enough photos are known in full that none of the rest, unlowered, would
come before them, the rest need not be scored: the answer is the same, at a fraction of the scans.
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

_LOWEST = float(np.finfo(np.float32).min)


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows: `limit` of the photos `inside` (n,) (None: of all), and those `exact` (n,) that hold the
    words."""

    inside: Mask | None
    exact: Mask
    limit: int


def without_best(
    fused: Fused, shown: Shown, unwanted: Callable[[NDArray[np.intp]], Sequence[Part]], by_words: Mask | None
) -> Fused:
    """`fusion.without` for the photos (n,) that are good matches, exact, or among the `limit` + exact best inside.

    The others keep their scores, which are below the least of these. `unwanted` scores some rows (m,).
    """
    wanted = shown.limit + int(np.count_nonzero(shown.exact))
    free = fused.scores if shown.inside is None else np.where(shown.inside, fused.scores, np.float32(-np.inf))
    needed = shown.exact | (fused.z_scores >= fused.cut.z) if fused.cut.count else shown.exact
    most = _FIRST * wanted
    while True:
        least = max(calibration.reached_by(free, most), _LOWEST)
        rows = np.flatnonzero(needed | (free >= least))
        part = Fused(fused.scores[rows], fused.z_scores[rows], fused.cut)
        part = fusion.without(part, unwanted(rows), None if by_words is None else by_words[rows])
        if least == _LOWEST or np.count_nonzero((part.scores >= least) & (free[rows] >= least)) >= wanted:
            break
        most *= _GROWTH
    scores, z_scores = fused.scores.copy(), fused.z_scores.copy()
    scores[rows], z_scores[rows] = part.scores, part.z_scores
    return Fused(scores, z_scores, fusion.recounted(fused.cut, z_scores))
