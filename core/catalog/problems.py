"""SQL of the files that could not be read."""

from __future__ import annotations

from pathlib import Path

from core.catalog import paths
from core.catalog.connection import Connection, query
from core.domain import FolderId, Problem


def put(
    connection: Connection, folder_id: FolderId, root: Path, path: Path, reason: str, size: int, modified_ns: int
) -> None:
    """Remember that a file cannot be read, so that it is tried again only when it changes."""
    connection.execute(
        "INSERT INTO problems VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " reason = excluded.reason, size_bytes = excluded.size_bytes, modified_ns = excluded.modified_ns",
        (folder_id, paths.relative(root, path), reason, size, modified_ns),
    )


def remove(connection: Connection, folder_id: FolderId, root: Path, path: Path) -> None:
    """The file is readable now, or no longer there."""
    connection.execute(
        "DELETE FROM problems WHERE folder_id = ? AND relative_path = ?", (folder_id, paths.relative(root, path))
    )


def known(connection: Connection, folder_id: FolderId) -> dict[Path, tuple[int, int]]:
    """Size and modification time of a folder's unreadable files when they were last tried."""
    rows = query(
        connection,
        "SELECT f.path, r.relative_path, r.size_bytes, r.modified_ns FROM problems r"
        " JOIN folders f ON f.id = r.folder_id WHERE r.folder_id = ?",
        (folder_id,),
    )
    return {paths.joined(row[0], row[1]): (row[2], row[3]) for row in rows}


def all_of_them(connection: Connection) -> list[Problem]:
    """Every file that cannot be read, with its reason, by path."""
    rows = query(
        connection,
        "SELECT f.path, r.relative_path, r.reason FROM problems r JOIN folders f ON f.id = r.folder_id"
        " UNION SELECT f.path, p.relative_path, p.problem FROM photos p JOIN folders f ON f.id = p.folder_id"
        " WHERE p.problem IS NOT NULL AND p.state <> 'gone' ORDER BY 1, 2",
    )
    return [Problem(paths.joined(row[0], row[1]), row[2]) for row in rows]


def count(connection: Connection) -> int:
    """How many files cannot be read."""
    return len(all_of_them(connection))
