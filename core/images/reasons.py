"""Why a file could not be read, in one sentence a person understands. Pure; any thread."""

from __future__ import annotations

import rawpy

from core.images import signatures

CUT_OFF = "The file is cut off: the picture ends in the middle."
DAMAGED = "The file is damaged: the picture in it cannot be decoded."
_BAD_HEADER = "The file is damaged or cut off: its beginning cannot be understood."
_UNSUPPORTED = "The picture is compressed or stored in a way that Recollect cannot read."
_UNSUPPORTED_RAW = "This RAW file comes from a camera, or uses a compression, that Recollect cannot read."
_NO_MEMORY = "The picture is too large for the memory of this computer."

# Pillow, libheif and libtiff tell these cases apart in their texts only.
_CUT_OFF_SIGNS = ("truncat", "end of", "eof", "not enough", "no more", "bytes not processed", "buffer is not large")
_UNSUPPORTED_SIGNS = ("unsupported", "not support", "unknown pixel mode", "not available", "unknown compression")


def of_no_picture(content: bytes) -> str:
    """Why a file whose first bytes are those of no picture cannot be read."""
    if not content:
        return "The file is empty."
    if not content.strip(b"\0"):
        return "The file holds nothing but zeros; it was probably never copied completely."
    description = signatures.describe_other(content)
    if description is None:
        return "This is not a picture of a kind that Recollect reads, or its beginning is damaged."
    return f"This is not a picture (it looks like {description})."


def of_failure(error: Exception) -> str:
    """Why decoding failed, from what a decoder raised."""
    if isinstance(error, MemoryError):
        return _NO_MEMORY
    if isinstance(error, rawpy.LibRawIOError):
        return CUT_OFF
    if isinstance(error, rawpy.LibRawFileUnsupportedError | rawpy.LibRawNotImplementedError):
        return _UNSUPPORTED_RAW
    text = str(error).lower()
    if isinstance(error, EOFError) or any(sign in text for sign in _CUT_OFF_SIGNS):
        return CUT_OFF
    if any(sign in text for sign in _UNSUPPORTED_SIGNS):
        return _UNSUPPORTED
    return _BAD_HEADER if isinstance(error, SyntaxError) else DAMAGED
