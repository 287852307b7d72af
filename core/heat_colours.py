"""The colours of a heat map: one scale for the window and for pictures that are written. Pure; any thread.

The scale is inferno (Nathaniel Smith and Stéfan van der Walt for matplotlib, 2015, CC0): it rises evenly in lightness,
so it reads the same with any colour vision and in grey.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_STOPS = (
    (0, 0, 4), (31, 12, 72), (85, 15, 109), (136, 34, 106), (186, 54, 85),
    (227, 89, 51), (249, 140, 10), (249, 201, 50), (252, 255, 164),
)  # fmt: skip
_LEAST_ALPHA = 0.30
_MOST_ALPHA = 0.72


def rgb(heat: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The colours (..., 3) of heat (...), 0 to 1."""
    stops = np.array(_STOPS, dtype=np.float32)
    at = np.clip(heat, 0.0, 1.0) * (len(stops) - 1)
    channels = [np.interp(at, np.arange(len(stops)), stops[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).round().astype(np.uint8)


def rgba(heat: NDArray[np.float32], opacity: float = 1.0) -> NDArray[np.uint8]:
    """Colours with alpha (..., 4), not premultiplied, to lie over a photo: what is weak only dims it."""
    alpha = (_LEAST_ALPHA + (_MOST_ALPHA - _LEAST_ALPHA) * np.clip(heat, 0.0, 1.0)) * opacity * 255
    return np.concatenate([rgb(heat), alpha.round().astype(np.uint8)[..., None]], axis=-1)
