"""How strong a score is for its query, and where the good matches of a query end.

Raw cosines mean nothing by themselves: their level differs by encoder, by query and by library. Each
query is therefore judged against the distribution of its own scores over the whole library.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STRONG_Z = 3.0
_LEAST_SPREAD = 1e-6
_FEW = 8


def standardised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores (n,) as distances from the query's own typical photo, in spreads (robust z-scores).

    Centre: the median. Spread: from the median down to the 16th percentile, which is one standard deviation of a
    normal distribution and, being below the centre, is not widened by the matches themselves
    (robust statistics as in Huber and Ronchetti, Robust Statistics, 2009, chapter 5).
    """
    if len(scores) == 0:
        return scores
    centre, low = np.quantile(scores, (0.5, 0.16))
    spread = max(float(centre - low), _LEAST_SPREAD)
    result: NDArray[np.float32] = ((scores - centre) / spread).astype(np.float32)
    return result


def strong_count(best_first: NDArray[np.float32]) -> int:
    """How many of the standardised scores, best first, are good matches.

    In a library of a few photos there is no distribution to judge by: the better half counts.
    """
    if len(best_first) < _FEW:
        return (len(best_first) + 1) // 2
    return int(np.count_nonzero(best_first >= STRONG_Z))


def strengths(standardised_scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Standardised scores as 0 to 1 for people: 0.5 at the cut, close to 1 at twice its distance."""
    distances = np.clip(STRONG_Z - standardised_scores, -30.0, 30.0)
    result: NDArray[np.float32] = (1.0 / (1.0 + np.exp(distances))).astype(np.float32)
    return result
