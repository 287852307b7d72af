"""SQL of the photos' files: what the catalog remembers of them, as they come, change, move and go."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from core.catalog import paths
from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import FolderId, PhotoId
from core.file_words import SidecarStamp


@dataclass(frozen=True, slots=True)
class PhotoContent:
    """What reading a file once gave; the columns of `photos` by the same names."""

    size_bytes: int
    modified_ns: int
    content_hash: bytes
    format: str
    width_px: int
    height_px: int
    average_color: int
    taken_at: int
    camera: str | None = None
    lens: str | None = None
    exposure_s: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length_mm: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    altitude_m: float | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A photo's file as the catalog remembers it."""

    photo_id: PhotoId
    folder_id: FolderId
    path: Path
    state: str
    size_bytes: int
    modified_ns: int
    content_hash: bytes
    sidecar: SidecarStamp | None = None
    """As it was when it was read or written."""


_CONTENT_COLUMNS = [field.name for field in fields(PhotoContent)]


def insert(connection: Connection, folder_id: FolderId, root: Path, path: Path, content: PhotoContent) -> PhotoId:
    """Add a photo that is new to the library."""
    now = int(time.time())
    names = ["folder_id", "relative_path", "name", "state_since", "added_at", *_CONTENT_COLUMNS]
    values = (folder_id, paths.relative(root, path), paths.display_name(path), now, now, *astuple(content))
    connection.execute(f"INSERT INTO photos ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", values)
    return PhotoId(connection.last_insert_rowid())


def set_file(connection: Connection, photo_id: PhotoId, folder_id: FolderId, root: Path, path: Path) -> None:
    """The photo's file has this path now (a move, a rename, a return)."""
    connection.execute(
        "UPDATE photos SET folder_id = ?, relative_path = ?, name = ?, state = 'present', state_since = ? WHERE id = ?",
        (folder_id, paths.relative(root, path), paths.display_name(path), int(time.time()), photo_id),
    )


def set_content(connection: Connection, photo_id: PhotoId, content: PhotoContent) -> None:
    """The file at the photo's path has new content (an edit in place)."""
    assignments = ", ".join(f"{name} = ?" for name in _CONTENT_COLUMNS)
    connection.execute(
        f"UPDATE photos SET {assignments}, state = 'present', problem = NULL, place_id = NULL, place_edition = NULL"
        " WHERE id = ?",
        (*astuple(content), photo_id),
    )


def set_seen(connection: Connection, photo_id: PhotoId, size_bytes: int, modified_ns: int) -> None:
    """The file is there with the same content."""
    connection.execute(
        "UPDATE photos SET size_bytes = ?, modified_ns = ?, state = 'present', problem = NULL WHERE id = ?",
        (size_bytes, modified_ns, photo_id),
    )


def set_unreadable(connection: Connection, photo_id: PhotoId, reason: str, size_bytes: int, modified_ns: int) -> None:
    """A photo's file cannot be read any more; everything known about it stays."""
    connection.execute(
        "UPDATE photos SET problem = ?, state = 'present', size_bytes = ?, modified_ns = ? WHERE id = ?",
        (reason, size_bytes, modified_ns, photo_id),
    )


def set_state(connection: Connection, photo_ids: Iterable[PhotoId], state: str) -> None:
    """Mark photos present, offline or gone."""
    connection.execute(
        "UPDATE photos SET state = ?, state_since = ? WHERE id IN (SELECT value FROM json_each(?)) AND state <> ?",
        (state, int(time.time()), id_array(photo_ids), state),
    )


def missing(connection: Connection, folder_id: FolderId) -> tuple[PhotoId, ...]:
    """Photos that vanished from a folder, many at once, and are kept until they are back."""
    rows = query(connection, "SELECT id FROM photos WHERE folder_id = ? AND state = 'offline'", (folder_id,))
    return tuple(PhotoId(row[0]) for row in rows)


def gone_from_free_paths(connection: Connection, ids: Iterable[PhotoId]) -> tuple[PhotoId, ...]:
    """Of `ids`, those that are gone and whose path no other photo took; of several with one path, the newest."""
    rows = query(
        connection,
        "SELECT max(g.id) FROM photos g WHERE g.id IN (SELECT value FROM json_each(?)) AND g.state = 'gone'"
        " AND NOT EXISTS (SELECT 1 FROM photos p WHERE p.folder_id = g.folder_id"
        "  AND p.relative_path = g.relative_path AND p.state <> 'gone')"
        " GROUP BY g.folder_id, g.relative_path",
        (id_array(ids),),
    )
    return tuple(PhotoId(row[0]) for row in rows)


def files_of(connection: Connection, folder_id: FolderId) -> list[FileRow]:
    """The files of a folder that the catalog believes in (present or offline)."""
    return _files(connection, "p.folder_id = ? AND p.state <> 'gone'", (folder_id,))


def files_at(connection: Connection, folder_id: FolderId, root: Path, path: Path) -> list[FileRow]:
    """The photo whose file is at `path`, or the photos below it when it is (or was) a folder."""
    if path == root:
        return files_of(connection, folder_id)
    relative_path = paths.relative(root, path)
    return _files(
        connection,
        "p.folder_id = ? AND p.state <> 'gone'"
        " AND (p.relative_path = ? OR p.relative_path > ? AND p.relative_path < ?)",
        (folder_id, relative_path, relative_path + b"/", relative_path + b"0"),
    )


def file_at(connection: Connection, folder_id: FolderId, root: Path, path: Path) -> FileRow | None:
    """The photo whose file is exactly at `path`."""
    found = _files(
        connection,
        "p.folder_id = ? AND p.relative_path = ? AND p.state <> 'gone'",
        (folder_id, paths.relative(root, path)),
    )
    return found[0] if found else None


def files_with_content(connection: Connection, hashes: Iterable[bytes]) -> list[FileRow]:
    """All photos, gone ones too, with one of these content hashes."""
    wanted = json.dumps([one.hex() for one in hashes])
    return _files(connection, "p.content_hash IN (SELECT unhex(value) FROM json_each(?))", (wanted,))


def content_hashes(connection: Connection, ids: Iterable[PhotoId]) -> dict[PhotoId, bytes]:
    """The content of photos, by hash; unknown ids are left out."""
    rows = query(
        connection, "SELECT id, content_hash FROM photos WHERE id IN (SELECT value FROM json_each(?))", (id_array(ids),)
    )
    return {PhotoId(row[0]): row[1] for row in rows}


def file_of(connection: Connection, photo_id: PhotoId) -> FileRow | None:
    """The file of one photo."""
    found = _files(connection, "p.id = ?", (photo_id,))
    return found[0] if found else None


def _files(connection: Connection, condition: str, bindings: tuple[object, ...]) -> list[FileRow]:
    rows = query(
        connection,
        "SELECT p.id, p.folder_id, f.path, p.relative_path, p.state, p.size_bytes, p.modified_ns, p.content_hash,"
        " w.sidecar, w.sidecar_size_bytes, w.sidecar_modified_ns FROM photos p JOIN folders f ON f.id = p.folder_id"
        f" LEFT JOIN file_words w ON w.photo_id = p.id WHERE {condition}",
        bindings,
    )
    return [
        FileRow(
            PhotoId(r[0]), FolderId(r[1]), paths.joined(r[2], r[3]), r[4], r[5], r[6], r[7], _stamp(r[8], r[9], r[10])
        )
        for r in rows
    ]


def _stamp(name: bytes | None, size_bytes: int, modified_ns: int) -> SidecarStamp | None:
    return None if name is None else SidecarStamp(os.fsdecode(name), size_bytes, modified_ns)
