"""Tells what a file is from its first bytes, whatever it is called. Pure; any thread."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from core.images import boxes, formats

_DNG_VERSION_TAG = 0xC612
_CAMERA_TIFF_MAGICS = (b"IIRO", b"IIRS", b"MMOR", b"IIU\0")
_RAW_MAGICS = (b"FUJIFILM", b"FOVb", b"\0MRM", *_CAMERA_TIFF_MAGICS)
_TIFF_MAGICS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIF_BRANDS = frozenset([b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"])
_AVIF_BRANDS = frozenset([b"avif", b"avis"])

_OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"8BPS", "a Photoshop document"),
    (b"\xff\x0a", "a JPEG XL picture, which Recollect does not read yet"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture, which Recollect does not read yet"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture, which Recollect does not read yet"),
    (b"\x00\x05\x16\x07", "the hidden companion file a Mac writes"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)


class Kind(StrEnum):
    """The picture formats Recollect reads; the value is what is shown and stored as the format."""

    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    WEBP = "WEBP"
    BMP = "BMP"
    TIFF = "TIFF"
    HEIC = "HEIC"
    AVIF = "AVIF"
    RAW = "RAW"


def recognise(content: bytes, name: str) -> Kind | None:
    """The format of `content`, or None when it is no picture Recollect reads.

    The name only decides where the bytes cannot: most RAW formats are TIFF files inside.
    """
    head = content[:32]
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Kind.GIF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head.startswith(b"BM") and len(content) >= 26:
        return Kind.BMP
    if head.startswith(_TIFF_MAGICS):
        return Kind.RAW if formats.is_raw(name) or _is_dng(content) else Kind.TIFF
    if head.startswith(_RAW_MAGICS) or head[6:14] == b"HEAPCCDR":
        return Kind.RAW
    if head[4:8] == b"ftyp":
        return _recognise_boxes(content)
    return None


def describe_other(content: bytes) -> str | None:
    """What a file that is no picture looks like ("a PDF"), or None when nobody knows."""
    head = content[:512]
    for magic, description in _OTHER_FILES:
        if head.startswith(magic):
            return description
    if head[4:8] == b"ftyp":
        return "a video"
    if head.startswith(b"RIFF"):
        return "a sound file or a video"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if b"<svg" in text:
        return "an SVG drawing"
    return "a text file" if len(head) > 8 and _is_text(head) else None


def is_cut_off(content: bytes, kind: Kind) -> bool:
    """Whether a file visibly ends too early, where its decoder would show the rest as grey or call it damaged."""
    if kind is Kind.JPEG:
        return _is_jpeg_without_end(content)
    if kind is Kind.WEBP:
        return int.from_bytes(content[4:8], "little") + 8 > len(content)
    if kind is Kind.AVIF or kind is Kind.HEIC:
        return boxes.is_cut_off(content)
    return False


def _is_jpeg_without_end(content: bytes) -> bool:
    """Zeros where the picture should go on: interrupted copies and recovered files look like that."""
    if content[-64:].strip(b"\0"):
        return False
    # Inside the compressed pixels every FF byte is followed by 00 or a restart marker, so FF D9 is a real end.
    return content.find(b"\xff\xd9", max(content.rfind(b"\xff\xda"), 0)) < 0


def _recognise_boxes(content: bytes) -> Kind | None:
    """HEIC, AVIF and CR3 are all ISO base media files; their brands tell them apart."""
    length = min(max(int.from_bytes(content[:4], "big"), 16), 512)
    major = content[8:12]
    brands = {major} | {content[i : i + 4] for i in range(16, length, 4)}
    if major == b"crx ":
        return Kind.RAW
    if major in _AVIF_BRANDS:
        return Kind.AVIF
    if major in (b"mif1", b"msf1") and brands & _AVIF_BRANDS:
        return Kind.AVIF
    return Kind.HEIC if brands & _HEIF_BRANDS else None


def _is_dng(content: bytes) -> bool:
    """Whether the first directory of a TIFF file has a DNGVersion tag (DNG specification 1.7, page 22)."""
    order: Literal["little", "big"] = "little" if content.startswith(b"II") else "big"
    offset = int.from_bytes(content[4:8], order)
    count = int.from_bytes(content[offset : offset + 2], order)
    tags = (content[offset + 2 + 12 * i : offset + 4 + 12 * i] for i in range(min(count, 512)))
    return any(int.from_bytes(tag, order) == _DNG_VERSION_TAG for tag in tags)


def _is_text(head: bytes) -> bool:
    text = head[:500].decode("utf-8", "ignore")
    return "\0" not in text and len(text) > 0.5 * len(head[:500]) and all(c.isprintable() or c.isspace() for c in text)
