"""SQL of the drives that are mounted below watched folders."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from core.catalog import paths
from core.catalog.connection import Connection, query
from core.domain import FolderId


def known(connection: Connection, folder_id: FolderId, root: Path) -> set[Path]:
    """Where drives were mounted below `root` at the last look."""
    rows = query(connection, "SELECT relative_path FROM mounts WHERE folder_id = ?", (folder_id,))
    return {paths.joined(paths.stored(root), row[0]) for row in rows}


def keep(connection: Connection, folder_id: FolderId, root: Path, mounted: Collection[Path]) -> None:
    """Remember where drives are (or were) mounted."""
    connection.execute("DELETE FROM mounts WHERE folder_id = ?", (folder_id,))
    connection.executemany(
        "INSERT INTO mounts (folder_id, relative_path) VALUES (?, ?)",
        [(folder_id, paths.relative(root, one)) for one in mounted],
    )
