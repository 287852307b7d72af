"""Whether embeddings made in a faster number format are as good as those of float32. Pure."""

from __future__ import annotations

import numpy as np

from core.domain import Embedding

_COSINE = 0.99
"""Lowest cosine to float32 that bfloat16 and float16 may have: theirs is 0.9999 unless something overflows."""
_INT8_COSINE = 0.999
"""The same for 8-bit numbers, which come nearer to any limit: below it rankings would begin to move.

Photos in a trained encoder's space have a spread (mean squared distance from their mean) of 0.5 and more. With a cosine
of 0.999 the squared error is 0.002, 1/250 of that; noise of this size left a query's scores correlated by 0.9996 with
the exact ones and found as many of the sought texts (docs/decisions/0025)."""
_INT8_NOISE = 0.02
"""Highest squared error in proportion to the spread of the self-test's pictures, for encoders with a smaller spread.

Those pictures lie three to seven times as close together as photos do."""


def is_faithful(fast: Embedding, exact: Embedding, is_int8: bool) -> bool:
    """Whether a search could not be told from one with float32, by at least two pictures of a self-test.

    Both (n, d), unit rows, `exact` in float32. The worst picture decides.
    """
    cosine = float((fast * exact).sum(axis=1).min())
    if not is_int8:
        return cosine >= _COSINE
    error = float(np.square(fast - exact).sum(axis=1).max())
    spread = float(np.square(exact - exact.mean(axis=0)).sum()) / (len(exact) - 1)
    return cosine >= _INT8_COSINE and error <= _INT8_NOISE * spread
