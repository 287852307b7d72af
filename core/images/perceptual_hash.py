"""64 bits that stay the same when a picture is resized, recompressed or slightly recoloured. Pure; any thread.

The DCT hash of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010): the signs of
the 64 lowest frequencies but the mean, against their median. It only proposes pairs; `comparison` decides
(docs/decisions/0012).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

RADIUS = 7
"""Hashes of the same picture differ in at most this many of their 64 bits (docs/duplicates.md)."""
LEAST_DETAIL = 2.0
"""Standard deviation of brightness (0 to 255) below which a picture is too plain: its hash would be noise."""

UNLIKE = 20
"""Different pictures differ in 32 bits on average, with a deviation of 4: so many are hardly the same one, edited."""

_SIDE = 32
_KEPT = 8
_K = np.arange(_SIDE)
_COSINES: NDArray[np.float64] = np.cos(np.pi * (2 * _K[None, :] + 1) * _K[:_KEPT, None] / (2 * _SIDE))
_NEXT: NDArray[np.float64] = np.cos(np.pi * (2 * _K + 1) * _KEPT / (2 * _SIDE))


def of_image(image: Image.Image) -> int | None:
    """The hash of an upright RGB image as a signed 64-bit integer; None when the picture is too plain for one."""
    grey = image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BILINEAR, reducing_gap=3.0)
    pixels = np.asarray(grey, dtype=np.float64)
    if pixels.std() < LEAST_DETAIL:
        return None
    lowest = (_COSINES @ pixels @ _COSINES.T).ravel()
    lowest[0] = _NEXT @ pixels @ _COSINES[0]  # in the place of the mean, which says nothing about the picture
    bits = lowest > np.median(lowest)
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)


def distance(one: int, other: int) -> int:
    """In how many of their 64 bits two hashes differ."""
    return ((one ^ other) & (2**64 - 1)).bit_count()
