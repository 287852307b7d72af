"""Encoded bytes to an upright sRGB image, no larger than needed. Pure and thread-safe; decoder threads call it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageFile, JpegImagePlugin

from core.errors import UnreadableImage
from core.images import colour, limits, opening, raw, reasons, signatures
from core.images.signatures import Kind

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture of an EXIF orientation upright (CIPA DC-008, tag 274)."""

_ORIENTATION_TAG = 274
_MOST_REDUCED_PIXELS = 40_000_000

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """The pixels of a picture, and what the picture was before it was reduced."""

    image: Image.Image
    """Upright, mode RGB, sRGB."""
    width_px: int
    height_px: int
    """Of the upright original."""
    format: str
    """JPEG, PNG, GIF, WEBP, BMP, TIFF, HEIC, AVIF or RAW: what the content is, whatever the name says."""


def decode(content: bytes, name: str, shorter_side_px: int | None, longer_side_px: int = 0) -> DecodedImage:
    """Decode a whole file, reduced to what is needed; of an animation the first frame.

    The result's shorter side is at least `shorter_side_px` and its longer side at least `longer_side_px` where the
    original allows that, and less than about twice as much: decoders reduce by whole factors, and resizing here
    too would only cost time and sharpness. `shorter_side_px=None` gives the full size.

    Raises UnreadableImage with the reason in one sentence.
    """
    return decode_with_source(content, name, shorter_side_px, longer_side_px)[0]


def decode_with_source(
    content: bytes, name: str, shorter_side_px: int | None, longer_side_px: int = 0
) -> tuple[DecodedImage, Image.Image | None]:
    """Like `decode`, and the opened file as well, so that its metadata need not be parsed twice.

    Of a RAW file that is the embedded preview, or None.
    """
    kind = _recognise(content, name)

    def scale_needed(size: Size) -> float:
        if shorter_side_px is None:
            return 1.0
        scale = max(shorter_side_px / min(size), longer_side_px / max(size))
        # Of a picture like a thread the shorter side alone would let everything through.
        return min(1.0, scale, math.sqrt(_MOST_REDUCED_PIXELS / (size[0] * size[1])))

    try:
        if kind is Kind.RAW and not raw.is_really_tiff(content):
            return _decode_raw(content, scale_needed)
        return _decode_file(content, Kind.TIFF if kind is Kind.RAW else kind, scale_needed)
    except UnreadableImage:
        raise
    except Exception as error:
        raise UnreadableImage(reasons.of_failure(error)) from error


def _recognise(content: bytes, name: str) -> Kind:
    kind = signatures.recognise(content, name)
    if kind is None:
        raise UnreadableImage(reasons.of_no_picture(content))
    return kind


def _decode_raw(content: bytes, scale_needed: Callable[[Size], float]) -> tuple[DecodedImage, Image.Image | None]:
    picture = raw.open_raw(content, scale_needed)
    scale = scale_needed(picture.size) * max(picture.size) / max(picture.image.size)
    upright = _upright(_load_reduced(picture.image, min(1.0, scale)), picture.orientation)
    return DecodedImage(upright, *picture.size, Kind.RAW.value), picture.preview


def _decode_file(content: bytes, kind: Kind, scale_needed: Callable[[Size], float]) -> tuple[DecodedImage, Image.Image]:
    source = opening.open_file(content, kind)
    width, height = source.size
    pixels = _load_reduced(source, scale_needed(source.size))
    # Only now: Pillow turns TIFF files itself while loading, and PNG files may hold their EXIF behind the pixels.
    orientation = _orientation(source)
    if orientation >= 5:
        width, height = height, width
    return DecodedImage(_upright(pixels, orientation), width, height, kind.value), source


def _load_reduced(source: Image.Image, scale: float) -> Image.Image:
    """Decode at `scale` or the next larger size that costs least: 8-bit RGB in sRGB, not turned."""
    wanted = (math.ceil(source.width * scale), math.ceil(source.height * scale))
    if isinstance(source, JpegImagePlugin.JpegImageFile) and scale < 1:
        source.draft(None, wanted)
    limits.check(source.size, is_reduced_while_decoding=False)
    with limits.room_for(source.size):
        source.load()
        pixels = colour.to_reducible(source)
        factor = min(pixels.width // wanted[0], pixels.height // wanted[1])
        if factor > 1:
            pixels = pixels.reduce(factor)
    return colour.to_srgb(pixels, source.info.get("icc_profile"))


def _orientation(source: Image.Image) -> int:
    try:
        orientation = source.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:
        return 1
    return orientation if orientation in _TURNS else 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turned, and free of everything of the file but its pixels."""
    turn = _TURNS.get(orientation)
    if turn is not None:
        image = image.transpose(turn)
    elif isinstance(image, ImageFile.ImageFile):
        image = image.copy()
    image.info = {}
    return image
