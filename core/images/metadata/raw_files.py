"""Finds the EXIF directories inside camera RAW files, each maker's in its own wrapping. Pure; any thread."""

from __future__ import annotations

import io
import struct

from PIL import Image, JpegImagePlugin

from core.images.metadata.exif import Directory

XMP_TAG = 700
_EXIF_DIRECTORY, _GPS_DIRECTORY = 0x8769, 0x8825
_HEAD_BYTES = 1_000_000
_RAF_PREVIEW_OFFSET = 84
_TIFF_HEADERS = {b"II": b"II*\0", b"MM": b"MM\0*"}


def directories(content: bytes) -> tuple[Directory, Directory, Directory]:
    """The main, Exif and GPS directories of a RAW file, empty where unknown. Raises anything for damaged files."""
    if content.startswith((b"II", b"MM")) and content[6:14] != b"HEAPCCDR":
        return _of_tiff(content)
    if content.startswith(b"FUJIFILM"):
        return _of_raf(content)
    if content[4:12] == b"ftypcrx ":
        return _of_cr3(content)
    if content.startswith(b"\0MRM"):
        start = content.index(b"\0TTW", 0, _HEAD_BYTES) + 8
        return _of_tiff(content[start : start + _HEAD_BYTES])
    return {}, {}, {}


def _of_tiff(content: bytes) -> tuple[Directory, Directory, Directory]:
    """NEF, ARW, CR2, DNG, PEF ...: TIFF. ORF and RW2 are the same behind another magic number."""
    header = _TIFF_HEADERS[content[:2]]
    tiff = Image.Exif()
    tiff.load_from_fp(io.BytesIO(content if content.startswith(header) else header + content[4:]))
    return _of_exif(tiff)


def _of_raf(content: bytes) -> tuple[Directory, Directory, Directory]:
    """Fuji keeps the EXIF in the preview, whose place and length stand in the header."""
    offset, length = struct.unpack_from(">II", content, _RAF_PREVIEW_OFFSET)
    return _of_exif(JpegImagePlugin.JpegImageFile(io.BytesIO(content[offset : offset + length])).getexif())


def _of_cr3(content: bytes) -> tuple[Directory, Directory, Directory]:
    """Canon's boxes CMT1, CMT2 and CMT4 each hold one directory as a TIFF file of its own."""
    main, photo, gps = (_box_directory(content, kind) for kind in (b"CMT1", b"CMT2", b"CMT4"))
    return main, photo, gps


def _box_directory(content: bytes, kind: bytes) -> Directory:
    start = content.find(kind, 0, _HEAD_BYTES)
    if start < 4:
        return {}
    length = int.from_bytes(content[start - 4 : start], "big")
    directory = Image.Exif()
    directory.load(content[start + 4 : start - 4 + length])
    return directory


def _of_exif(opened: Image.Exif) -> tuple[Directory, Directory, Directory]:
    return opened, opened.get_ifd(_EXIF_DIRECTORY), opened.get_ifd(_GPS_DIRECTORY)
