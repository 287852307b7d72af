"""Folders of picture files of several kinds, each picture another one, with detail in it."""

from __future__ import annotations

import functools
import io
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from tests.support import pictures

SMALL = (1024, 768)
TWELVE_MEGAPIXELS = (4000, 3000)
_HEIC_PICTURES = 4


def image(number: int, size: tuple[int, int]) -> Image.Image:
    """A picture of soft shapes and fine grain; the same number gives the same one."""
    random = np.random.default_rng(number)
    shapes = Image.fromarray(random.integers(0, 255, (24, 32, 3), dtype=np.uint8)).resize(
        size, Image.Resampling.BICUBIC
    )
    grain = Image.fromarray(random.integers(0, 255, (size[1] // 8, size[0] // 8), dtype=np.uint8)).resize(size)
    return Image.blend(shapes, grain.convert("RGB"), 0.08)


def jpeg(number: int, size: tuple[int, int]) -> bytes:
    """A JPEG file of quality 90."""
    stored = io.BytesIO()
    image(number, size).save(stored, "JPEG", quality=90)
    return stored.getvalue()


def heic(number: int, size: tuple[int, int]) -> bytes:
    """A HEIC file; only the first pictures differ, because writing one takes seconds, but every file's content does."""
    return _heic_picture(number % _HEIC_PICTURES, size) + struct.pack(">I4sI", 12, b"free", number)


@functools.cache
def _heic_picture(number: int, size: tuple[int, int]) -> bytes:
    return pictures.make_heic(image(number, size))


KINDS: dict[str, tuple[str, int, Callable[[int], bytes]]] = {
    "JPEG 1024 x 768": ("jpg", 400, lambda number: jpeg(number, SMALL)),
    "JPEG 4000 x 3000": ("jpg", 200, lambda number: jpeg(number, TWELVE_MEGAPIXELS)),
    "HEIC 4000 x 3000": ("heic", 60, lambda number: heic(number, TWELVE_MEGAPIXELS)),
    "DNG 4000 x 3000, preview 1620 x 1080": (
        "dng",
        60,
        lambda number: pictures.make_dng(jpeg(number, (1620, 1080)), TWELVE_MEGAPIXELS),
    ),
}
"""The end of the name, how many make a benchmark, and the content of one file, by what it is."""


def write(folder: Path, kind: str, count: int) -> None:
    """Write `count` files of a kind; those that are there already stay."""
    folder.mkdir(parents=True, exist_ok=True)
    suffix, _, make = KINDS[kind]
    for number in range(count):
        path = folder / f"photo_{number:05}.{suffix}"
        if not path.exists():
            path.write_bytes(make(number))
