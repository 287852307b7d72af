"""Are two thumbnails the same picture? Compares detail block by block, not only on the whole. Pure; any thread.

A burst, a page with another text or a face that blinked differ in a few places; a copy that was resized or
recompressed differs a little everywhere. The limits were measured on real photos (docs/duplicates.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.float32]

_BLOCKS = 16
"""Blocks along each side."""
_FINE_FROM_PX = 240
"""The shorter side from which a picture has detail enough to be compared at 128 x 128 instead of 64 x 64."""
_LEAST_DETAIL = 2.0
_MOST_RATIO = 4.0
_LEAST_COLOUR = 3.0
_MOST_COLOUR_DIFFERENCE = 8.0
_MOST_COLOUR_SHARE = 0.3
_LEAST_COLOUR_SHARE = 0.6
_SHAPE_TOLERANCE = 0.02
_ROUNDING_PX = 1.5


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a pair may differ at one size."""

    side_px: int
    least_correlation: float
    worst_block: float


_COARSE = _Limits(64, 0.95, 0.5)
_FINE = _Limits(128, 0.90, 0.6)


def difference(one: Image.Image, other: Image.Image) -> float | None:
    """How much two RGB images of the same picture differ, 0 (not at all) to 0.1; None: not the same picture.

    None too when both are too plain to tell (a blue sky, a black frame).
    """
    if not _have_same_shape(one.size, other.size):
        return None
    small = min(one.size, other.size)
    limits = _FINE if min(small) >= _FINE_FROM_PX else _COARSE
    first, second = (_planes(image, small, limits.side_px) for image in (one, other))
    if not _have_same_colours(first, second):
        return None
    detail, other_detail = _fine_detail(first[..., 0]), _fine_detail(second[..., 0])
    strength, other_strength = float(detail.std()), float(other_detail.std())
    if min(strength, other_strength) < _LEAST_DETAIL:
        return None
    correlation = float((detail * other_detail).mean()) / (strength * other_strength)
    if correlation < limits.least_correlation:
        return None
    other_detail = other_detail * np.float32(np.clip(strength / other_strength, 0.5, 2.0))  # another contrast
    blocks = _block_differences(detail, other_detail)
    worst = float(blocks.max())
    if worst > limits.worst_block or worst > _MOST_RATIO * (float(np.median(blocks)) + 0.06):
        return None
    return max(0.0, 1.0 - correlation)


def _have_same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """The same aspect ratio, as far as whole pixels can tell."""
    tolerance = max(_SHAPE_TOLERANCE, _ROUNDING_PX / min(*one, *other))
    return abs((one[0] / one[1]) / (other[0] / other[1]) - 1.0) <= tolerance


def _planes(image: Image.Image, size: tuple[int, int], side_px: int) -> Plane:
    """(side, side, 3) YCbCr, by way of the smaller picture's size so that both lost the same detail."""
    if image.size != size:
        image = image.resize(size, Image.Resampling.BICUBIC)
    square = image.resize((side_px, side_px), Image.Resampling.BILINEAR).convert("YCbCr")
    return np.asarray(square, dtype=np.float32)


def _have_same_colours(one: Plane, other: Plane) -> bool:
    """A black-and-white or recoloured edition is an edit of its own, which people want to keep."""
    first, second = one[..., 1:], other[..., 1:]
    less, more = sorted((float(np.abs(first - 128).mean()), float(np.abs(second - 128).mean())))
    if float(np.abs(first - second).mean()) > max(_MOST_COLOUR_DIFFERENCE, _MOST_COLOUR_SHARE * more):
        return False
    return more < _LEAST_COLOUR or less >= _LEAST_COLOUR_SHARE * more


def _fine_detail(luminance: Plane) -> Plane:
    """Without the slow changes of brightness, which any two skies share."""
    side = luminance.shape[0]
    image = Image.fromarray(luminance)
    slow = image.resize((side // 8, side // 8), Image.Resampling.BOX).resize((side, side), Image.Resampling.BICUBIC)
    return luminance - np.asarray(slow, dtype=np.float32)


def _block_differences(one: Plane, other: Plane) -> Plane:
    """Per block (256,): the difference relative to what can be seen there, 0 (same) to about 1.5 (unrelated)."""
    first, second = _blocks(one), _blocks(other)
    apart = np.sqrt(((first - second) ** 2).mean(axis=1))
    seen = np.sqrt(np.maximum((first**2).mean(axis=1), (second**2).mean(axis=1)))
    relative: Plane = apart / (seen + 6.0)  # 6 levels of noise are nothing
    return relative


def _blocks(plane: Plane) -> Plane:
    side = plane.shape[0] // _BLOCKS
    parts = plane.reshape(_BLOCKS, side, _BLOCKS, side).transpose(0, 2, 1, 3)
    return parts.reshape(_BLOCKS * _BLOCKS, side * side)
