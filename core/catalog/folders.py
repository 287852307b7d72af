"""SQL of the watched folders."""

from __future__ import annotations

import time
from pathlib import Path

from core.catalog import paths
from core.catalog.connection import Connection, query
from core.domain import Folder, FolderId, PhotoId


def all_of_them(connection: Connection) -> list[Folder]:
    """Every watched folder, with its number of photos, by path."""
    rows = query(
        connection,
        "SELECT f.id, f.path, f.is_offline,"
        " (SELECT count(*) FROM photos p WHERE p.folder_id = f.id AND p.state <> 'gone'),"
        " (SELECT count(*) FROM photos p WHERE p.folder_id = f.id AND p.state = 'offline')"
        " FROM folders f ORDER BY f.path",
    )
    return [Folder(FolderId(row[0]), paths.loaded(row[1]), row[3], bool(row[2]), row[4]) for row in rows]


def add(connection: Connection, path: Path) -> FolderId:
    """Add a folder; returns its id. One that is there already keeps its id."""
    connection.execute(
        "INSERT INTO folders (path, added_at) VALUES (?, ?) ON CONFLICT (path) DO NOTHING",
        (paths.stored(path), int(time.time())),
    )
    return FolderId(connection.execute("SELECT id FROM folders WHERE path = ?", (paths.stored(path),)).get)


def is_watched(connection: Connection, folder_id: FolderId) -> bool:
    """Whether this folder is (still) watched."""
    return connection.execute("SELECT 1 FROM folders WHERE id = ?", (folder_id,)).fetchone() is not None


def offline(connection: Connection) -> set[FolderId]:
    """The folders that were offline at the last look."""
    return {FolderId(row[0]) for row in query(connection, "SELECT id FROM folders WHERE is_offline")}


def absorb(connection: Connection, folder_id: FolderId, root: Path, inner: Folder) -> None:
    """A folder that holds the watched folder `inner` takes over its photos and problems."""
    prefix = paths.relative(root, inner.path) + b"/"
    for table, key in (("photos", "id"), ("problems", "relative_path")):
        rows = query(connection, f"SELECT {key}, relative_path FROM {table} WHERE folder_id = ?", (inner.id,))
        connection.executemany(
            f"UPDATE {table} SET folder_id = ?, relative_path = ? WHERE folder_id = ? AND {key} = ?",
            [(folder_id, prefix + row[1], inner.id, row[0]) for row in rows],
        )
    connection.execute("DELETE FROM folders WHERE id = ?", (inner.id,))


def remove(connection: Connection, folder_id: FolderId) -> set[PhotoId]:
    """Forget a folder and its photos; returns the ids of the photos that were visible."""
    rows = query(connection, "SELECT id FROM photos WHERE folder_id = ? AND state <> 'gone'", (folder_id,))
    removed = {PhotoId(row[0]) for row in rows}
    for (encoder_id,) in query(connection, "SELECT id FROM encoders"):
        connection.execute(
            f"DELETE FROM embeddings_{encoder_id} WHERE rowid IN (SELECT id FROM photos WHERE folder_id = ?)",
            (folder_id,),
        )
    connection.execute(
        "DELETE FROM embedded WHERE photo_id IN (SELECT id FROM photos WHERE folder_id = ?)", (folder_id,)
    )
    connection.execute("DELETE FROM texts WHERE rowid IN (SELECT id FROM photos WHERE folder_id = ?)", (folder_id,))
    connection.execute("DELETE FROM folders WHERE id = ?", (folder_id,))
    connection.execute(
        "DELETE FROM picture_texts WHERE NOT EXISTS"
        " (SELECT 1 FROM photos p WHERE p.content_hash = picture_texts.content_hash)"
    )
    return removed


def set_path(connection: Connection, folder_id: FolderId, path: Path) -> None:
    """The folder lives somewhere else now."""
    connection.execute("UPDATE folders SET path = ? WHERE id = ?", (paths.stored(path), folder_id))


def set_offline(connection: Connection, folder_id: FolderId, is_offline: bool) -> bool:
    """Mark a folder offline or back; returns whether that is new."""
    connection.execute(
        "UPDATE folders SET is_offline = ? WHERE id = ? AND is_offline <> ?",
        (int(is_offline), folder_id, int(is_offline)),
    )
    return connection.changes() > 0
