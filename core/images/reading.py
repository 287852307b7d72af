"""A whole picture file in one pass: pixels, metadata and average colour. Pure; decoder threads call it."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from core.images import decoding, metadata, thumbnails
from core.images.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything indexing wants to know about one picture file."""

    image: Image.Image
    """Upright, mode RGB, sRGB; large enough for the side asked for and for a thumbnail."""
    width_px: int
    height_px: int
    """Of the upright original."""
    format: str
    """JPEG, PNG, GIF, WEBP, BMP, TIFF, HEIC, AVIF or RAW."""
    metadata: Metadata
    average_color: int
    """0xRRGGBB."""


def read_picture(content: bytes, name: str, shorter_side_px: int | None) -> Picture:
    """Decode a file and read its metadata, parsing it once.

    The image's shorter side is at least `shorter_side_px` where the original allows (None: full size), see
    `decoding.decode`. Raises UnreadableImage with the reason in one sentence; damaged metadata never raises.
    """
    decoded, source = decoding.decode_with_source(content, name, shorter_side_px, thumbnails.ENOUGH_PX)
    if decoded.format == "RAW":
        known = metadata.of_raw(content, source)
    else:
        known = metadata.of_opened(source) if source is not None else Metadata()
    return Picture(
        image=decoded.image,
        width_px=decoded.width_px,
        height_px=decoded.height_px,
        format=decoded.format,
        metadata=known,
        average_color=thumbnails.average_color(decoded.image),
    )
