"""Looks over the boxes of HEIC and AVIF files (ISO/IEC 14496-12) before a decoder sees them. Pure; any thread."""

from __future__ import annotations

from collections.abc import Iterator


def is_cut_off(content: bytes) -> bool:
    """Whether the last box claims to go on behind the end of the file."""
    return any(end > len(content) for _, _, end in _boxes(content))


def has_damaged_items(content: bytes) -> bool:
    """Whether the table of items holds types or names that are no text.

    pi-heif 1.4.0 crashes on those, which would take the whole program down; one damaged byte is enough.
    """
    for kind, start, end in _boxes(content):
        if kind == b"meta" and any(not _is_text(item) for item in _items(content[start:end])):
            return True
    return False


def _boxes(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of the contents of every box at the top."""
    position = 0
    while position + 8 <= len(content):
        length, header = int.from_bytes(content[position : position + 4], "big"), 8
        if length == 1:
            length, header = int.from_bytes(content[position + 8 : position + 16], "big"), 16
        elif length == 0:
            length = len(content) - position
        if length < header:
            return
        yield content[position + 4 : position + 8], position + header, position + length
        position += length


def _items(meta: bytes) -> Iterator[bytes]:
    """The type and names of every item: an `infe` box behind its version, flags, identifier and protection (8.11.6)."""
    start = meta.find(b"infe")
    while start >= 4:
        length = max(int.from_bytes(meta[start - 4 : start], "big"), 24)
        identifier_bytes = 4 if meta[start + 4 : start + 5] >= b"\x03" else 2
        yield meta[start + 8 + identifier_bytes + 2 : start - 4 + length]
        start = meta.find(b"infe", start + 4)


def _is_text(names: bytes) -> bool:
    try:
        names.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
