"""Damages SQLite files as a failing disk does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import apsw


def overwrite_pages(path: Path, pages: Iterable[int]) -> None:
    """Fill pages (0 is the first, with the header) with rubbish; those past the end are left out."""
    content = bytearray(path.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    size = 65536 if size == 1 else size
    for page in pages:
        start = page * size
        if start < len(content):
            content[start : start + size] = b"\xa5" * size
    path.write_bytes(bytes(content))


def leaf_pages(path: Path, table: str) -> list[int]:
    """The leaves of a table's tree, counted from 0."""
    connection = apsw.Connection(str(path))
    try:
        rows = connection.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,))
        return [row[0] - 1 for row in rows]
    finally:
        connection.close()
