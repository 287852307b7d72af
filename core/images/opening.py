"""Opens the formats Pillow decodes, as far as their headers: nothing is decoded yet. Any thread."""

from __future__ import annotations

import io
import warnings

from pi_heif import HeifImageFile
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from core.errors import UnreadableImage
from core.images import boxes, limits, reasons, signatures
from core.images.signatures import Kind

# Called directly, because Image.open would try every format Pillow knows on files of unknown origin; and without
# registering pi-heif's opener, which would change Pillow for everybody in this process.
_OPENERS: dict[Kind, type[ImageFile.ImageFile]] = {
    Kind.JPEG: JpegImagePlugin.JpegImageFile,
    Kind.PNG: PngImagePlugin.PngImageFile,
    Kind.GIF: GifImagePlugin.GifImageFile,
    Kind.WEBP: WebPImagePlugin.WebPImageFile,
    Kind.BMP: BmpImagePlugin.BmpImageFile,
    Kind.TIFF: TiffImagePlugin.TiffImageFile,
    Kind.HEIC: HeifImageFile,
    Kind.AVIF: AvifImagePlugin.AvifImageFile,
}

# Pillow warns about every odd tag of a file; Recollect reads what it can and says the rest in its own words.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


def open_file(content: bytes, kind: Kind) -> ImageFile.ImageFile:
    """The file as Pillow sees it, its size checked; not for RAW. Raises UnreadableImage and what Pillow raises."""
    if signatures.is_cut_off(content, kind):
        raise UnreadableImage(reasons.CUT_OFF)
    if kind is Kind.HEIC and boxes.has_damaged_items(content):
        raise UnreadableImage(reasons.DAMAGED)
    opened = _OPENERS[kind](io.BytesIO(content))
    # A progressive JPEG is held whole in memory, whatever the scale it is decoded at.
    limits.check(opened.size, is_reduced_while_decoding=kind is Kind.JPEG and "progressive" not in opened.info)
    return opened
