"""Which file names Recollect indexes. Pure; any thread."""

from __future__ import annotations

from pathlib import PurePath

RAW_SUFFIXES = (
    frozenset([".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".k25", ".kdc", ".mef"])
    | frozenset([".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf"])
    | frozenset([".srw", ".x3f"])
)
"""Lower-case suffixes, with the dot, of camera RAW files that LibRaw reads."""

SUFFIXES = (
    RAW_SUFFIXES
    | frozenset([".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".dib"])
    | frozenset([".heic", ".heics", ".heif", ".heifs", ".hif", ".avif", ".avifs"])
)
"""Lower-case suffixes, with the dot, of the files Recollect indexes."""


def is_picture_name(name: str) -> bool:
    """Whether a file of this name is indexed; case does not matter, hidden files (`._x.jpg`) are not."""
    return not name.startswith(".") and _suffix(name) in SUFFIXES


def is_raw(name: str) -> bool:
    """Whether this is the name of a camera RAW file."""
    return _suffix(name) in RAW_SUFFIXES


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()
