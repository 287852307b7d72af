"""Resizes pictures for an encoder: with torch where that is quicker, else with Pillow. Any thread.

Both follow the same recipe (reduced by whole factors first, then resampled with antialiasing); torch does it with
vector instructions on x86 processors, more than twice as fast. Their results differ by a rounding in one value of a
hundred.
"""

from __future__ import annotations

import functools
import platform
import sys
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Interpolation = Literal["bicubic", "bilinear"]

Pixels = NDArray[np.uint8]

REDUCING_GAP = 3.0
"""A picture may first shrink by whole factors down to this many times the target: hardly visible, much faster."""

_FILTERS = {"bicubic": Image.Resampling.BICUBIC, "bilinear": Image.Resampling.BILINEAR}


def resized(image: Image.Image, size: tuple[int, int], interpolation: Interpolation) -> Image.Image:
    """An RGB picture at `size` (width, height)."""
    if image.size == size:
        return image
    if not _is_torch_quicker():
        return image.resize(size, _FILTERS[interpolation], reducing_gap=REDUCING_GAP)
    return with_torch(image, size, interpolation)


def with_torch(image: Image.Image, size: tuple[int, int], interpolation: Interpolation) -> Image.Image:
    """The same with torch."""
    factors = _factors(image.size, size)
    if factors != (1, 1):
        image = image.reduce(factors)
    return Image.fromarray(_interpolated(np.array(image), size, interpolation))


def resized_pixels(pixels: Pixels, size: tuple[int, int], interpolation: Interpolation) -> Pixels:
    """An RGB picture as an array (height, width, 3), at `size` (width, height)."""
    if _is_torch_quicker() and _factors((pixels.shape[1], pixels.shape[0]), size) == (1, 1):
        return _interpolated(pixels, size, interpolation)
    return np.array(resized(Image.fromarray(pixels), size, interpolation))


def _factors(before: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
    across, down = (max(1, int(length / wanted / REDUCING_GAP)) for length, wanted in zip(before, size, strict=True))
    return across, down


def _interpolated(pixels: Pixels, size: tuple[int, int], interpolation: Interpolation) -> Pixels:
    import torch

    planes = torch.from_numpy(pixels).permute(2, 0, 1)[None]
    small = torch.nn.functional.interpolate(planes, (size[1], size[0]), mode=interpolation, antialias=True)
    return np.ascontiguousarray(small[0].permute(1, 2, 0).numpy())


def _is_torch_quicker() -> bool:
    """Never loads torch: a picture may be prepared long before anything is encoded, or only to be compared."""
    return "torch" in sys.modules and _has_vectors()


@functools.cache
def _has_vectors() -> bool:
    import torch

    is_x86 = platform.machine().lower() in ("x86_64", "amd64")
    return is_x86 and torch.backends.cpu.get_cpu_capability() in ("AVX2", "AVX512")
