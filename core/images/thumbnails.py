"""Small stored images, and the colour that stands in for a photo until its thumbnail is there. Pure; any thread."""

from __future__ import annotations

import io

from PIL import Image

from core.errors import UnreadableImage

LONGEST_SIDE_PX = 512
ENOUGH_PX = 460
"""A longest side that makes a good thumbnail; asking for all 512 would often cost a decoder twice the work."""

_QUALITY = 80


def make(image: Image.Image) -> bytes:
    """A JPEG file of an upright RGB image, its longest side 512 px; smaller images are not enlarged."""
    scale = LONGEST_SIDE_PX / max(image.size)
    if scale < 1:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    stored = io.BytesIO()
    image.save(stored, "JPEG", quality=_QUALITY, subsampling="4:2:0")
    return stored.getvalue()


def open_thumbnail(content: bytes) -> Image.Image:
    """The decoded RGB image of `make`'s bytes. Raises UnreadableImage when they are damaged."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as opened:
            return opened.convert("RGB")
    except Exception as error:
        raise UnreadableImage("The stored thumbnail is damaged.") from error


def average_color(image: Image.Image) -> int:
    """The mean of an RGB image as 0xRRGGBB."""
    small = image.resize((1, 1), Image.Resampling.BOX)
    red, green, blue = small.convert("RGB").tobytes()
    return red << 16 | green << 8 | blue
