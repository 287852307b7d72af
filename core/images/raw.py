"""Camera RAW through LibRaw: the embedded preview first, demosaicing only where that is too small. Any thread."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import rawpy
from PIL import Image, ImageFile, JpegImagePlugin

from core.errors import UnreadableImage
from core.images import limits

_FULL_SIZE_TOLERANCE = 0.9
"""A preview this close to the sensor's size counts as full size: cameras crop a few columns."""

_ORIENTATION_OF_FLIP = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's flip codes to EXIF orientations."""

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RawPicture:
    """An opened RAW file: the picture to go on with, which need not be loaded yet."""

    image: Image.Image
    """The embedded preview as it is stored, or a demosaiced picture that is upright already."""
    orientation: int
    """The EXIF orientation that makes `image` upright."""
    size: Size
    """(width, height) of the full-size picture, upright."""
    preview: Image.Image | None
    """The embedded preview, whose metadata fills gaps."""


def open_raw(content: bytes, scale_needed: Callable[[Size], float]) -> RawPicture:
    """Open a RAW file; `scale_needed(full size)` is the smallest scale in (0, 1] the caller can use.

    Raises UnreadableImage, or what LibRaw and Pillow raise for damaged files.
    """
    with rawpy.imread(io.BytesIO(content)) as raw:
        full, flip = _full_size(raw), int(raw.sizes.flip)
        limits.check(full, is_reduced_while_decoding=False)
        scale = scale_needed(full)
        preview = _open_preview(raw)
        if preview is not None and max(preview.size) >= min(scale, _FULL_SIZE_TOLERANCE) * max(full):
            return _from_preview(preview, full, flip)
        try:
            pixels = raw.postprocess(use_camera_wb=True, half_size=scale <= 0.5, output_bps=8)
        except rawpy.LibRawError:
            # Newer compressions than LibRaw knows: a small picture is better than none.
            if preview is None:
                raise
            return _from_preview(preview, full, flip)
        return RawPicture(Image.fromarray(pixels), 1, _turned(full, flip), preview)


def is_really_tiff(content: bytes) -> bool:
    """Whether a file with a RAW name holds an ordinary TIFF picture that LibRaw does not know."""
    if not content.startswith((b"II*\0", b"MM\0*")):
        return False
    try:
        with rawpy.imread(io.BytesIO(content)):
            return False
    except rawpy.LibRawFileUnsupportedError:
        return True
    except Exception:
        return False


def _full_size(raw: rawpy.RawPy) -> Size:
    """The camera's own crop where the file states it, else the whole visible sensor; not turned."""
    sizes = raw.sizes
    if min(sizes.width, sizes.height) <= 0:
        raise UnreadableImage("The RAW file holds no picture.")
    if 0 < sizes.crop_width <= sizes.width and 0 < sizes.crop_height <= sizes.height:
        return int(sizes.crop_width), int(sizes.crop_height)
    return int(sizes.width), int(sizes.height)


def _open_preview(raw: rawpy.RawPy) -> Image.Image | None:
    """The largest embedded preview, not decoded yet, or None."""
    try:
        thumbnail = raw.extract_thumb()
        if thumbnail.format == rawpy.ThumbFormat.JPEG:
            preview: ImageFile.ImageFile = JpegImagePlugin.JpegImageFile(io.BytesIO(thumbnail.data))
            limits.check(preview.size, is_reduced_while_decoding=False)
            return preview
        # A copy: the array belongs to LibRaw, which is closed soon.
        return Image.fromarray(thumbnail.data.copy())
    except Exception:
        return None


def _from_preview(preview: Image.Image, full: Size, flip: int) -> RawPicture:
    orientation = _ORIENTATION_OF_FLIP.get(flip, 1)
    is_turned_already = (preview.width > preview.height) != (full[0] > full[1])
    if orientation >= 5 and is_turned_already:
        orientation = 1
    return RawPicture(preview, orientation, _turned(full, flip), preview)


def _turned(size: Size, flip: int) -> Size:
    return (size[1], size[0]) if flip in (5, 6) else size
