"""SQL of the photos: rows for browsing, and the bookkeeping of files that come, change, move and go.

Ids are bound as one JSON array (`json_each`), so that a selection of any size is one bound value.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from core.catalog import paths
from core.catalog.connection import Connection, Row, query
from core.domain import FolderId, Listing, Photo, PhotoId, Scope, ScopeKind
from core.file_words import SidecarStamp

RECENT_S = 30 * 24 * 3600
_PHOTO_COLUMNS = (
    "p.id, p.name, f.path, p.relative_path, p.taken_at, p.width_px, p.height_px, p.format, p.average_color,"
    " p.rating, p.is_favourite, p.state = 'offline' OR f.is_offline, p.problem IS NOT NULL"
)


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


def id_array(ids: Iterable[int]) -> str:
    """Ids as one bindable value for `json_each`."""
    return json.dumps([int(one) for one in ids])


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


def inherit(connection: Connection, gone: Iterable[PhotoId]) -> set[PhotoId]:
    """Give albums, tags and marks of gone photos to a photo with the same content that is still there.

    This is what a slow move (copy, then delete) looks like. Returns the photos that inherited.
    """
    rows = query(
        connection,
        "SELECT g.id, (SELECT min(p.id) FROM photos p WHERE p.content_hash = g.content_hash AND p.state = 'present')"
        " FROM photos g WHERE g.id IN (SELECT value FROM json_each(?))",
        (id_array(gone),),
    )
    heirs = [(row[0], row[1]) for row in rows if row[1] is not None]
    for source, heir in heirs:
        copy_albums(connection, source, heir)
        copy_marks(connection, source, heir)
    return {PhotoId(heir) for _, heir in heirs}


def copy_albums(connection: Connection, source: PhotoId, target: PhotoId) -> None:
    """Put `target` into the albums of `source`, and keep it out of those that `source` was thrown out of."""
    connection.execute(
        "INSERT INTO album_photos (album_id, photo_id, added_at, is_automatic)"
        " SELECT album_id, ?, added_at, is_automatic FROM album_photos WHERE photo_id = ?"
        " ON CONFLICT DO UPDATE SET is_automatic = min(is_automatic, excluded.is_automatic)",
        (target, source),
    )
    connection.execute(
        "INSERT INTO album_refusals SELECT r.album_id, ?1, r.refused_at FROM album_refusals r WHERE r.photo_id = ?2"
        " AND NOT EXISTS (SELECT 1 FROM album_photos m WHERE m.album_id = r.album_id AND m.photo_id = ?1)"
        " ON CONFLICT DO NOTHING",
        (target, source),
    )


def copy_marks(connection: Connection, source: PhotoId, target: PhotoId) -> None:
    """Give `target` the tags, the favourite mark and the rating of `source`, which shows the same picture."""
    connection.execute(
        "INSERT INTO photo_tags SELECT ?, tag_id, source, run_id, confidence, added_at FROM photo_tags"
        " WHERE photo_id = ? ON CONFLICT DO NOTHING",
        (target, source),
    )
    connection.execute(
        "UPDATE photos SET is_favourite = max(photos.is_favourite, s.is_favourite),"
        " rating = max(photos.rating, s.rating)"
        " FROM (SELECT is_favourite, rating FROM photos WHERE id = ?) s WHERE photos.id = ?",
        (source, target),
    )


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


def listing(connection: Connection, scope: Scope) -> Listing:
    """Ids, dates and colours of a scope, newest first."""
    condition, bindings = scope_condition(scope)
    rows = query(
        connection,
        f"SELECT p.id, p.taken_at, p.average_color FROM photos p WHERE p.state <> 'gone' AND {condition}"
        " ORDER BY p.taken_at DESC, p.id DESC",
        bindings,
    )
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Listing(columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].astype(np.uint32))


def scope_condition(scope: Scope) -> tuple[str, tuple[int, ...]]:
    """The SQL condition on `photos p` for a scope, with its bindings."""
    match scope.kind:
        case ScopeKind.ALL:
            return "1", ()
        case ScopeKind.RECENT:
            return "p.added_at >= ?", (int(time.time()) - RECENT_S,)
        case ScopeKind.FAVOURITES:
            return "p.is_favourite", ()
        case ScopeKind.ALBUM:
            return "p.id IN (SELECT photo_id FROM album_photos WHERE album_id = ?)", (scope.id or 0,)
        case ScopeKind.TAG:
            return "p.id IN (SELECT photo_id FROM photo_tags WHERE tag_id = ?)", (scope.id or 0,)
        case ScopeKind.FOLDER:
            return "p.folder_id = ?", (scope.id or 0,)


def ids_in(connection: Connection, scope: Scope) -> set[int]:
    """The photo ids of a scope."""
    condition, bindings = scope_condition(scope)
    rows = query(connection, f"SELECT p.id FROM photos p WHERE p.state <> 'gone' AND {condition}", bindings)
    return {row[0] for row in rows}


def count(connection: Connection, scope: Scope) -> int:
    """How many photos a scope has."""
    condition, bindings = scope_condition(scope)
    statement = f"SELECT count(*) FROM photos p WHERE p.state <> 'gone' AND {condition}"
    return int(connection.execute(statement, bindings).get)


def load(connection: Connection, ids: Sequence[PhotoId]) -> list[Photo]:
    """Photos in the order of `ids`; unknown ids and gone photos are left out."""
    rows = query(
        connection,
        # CROSS JOIN: with no statistics yet, SQLite may walk all photos of a folder for every id.
        f"SELECT {_PHOTO_COLUMNS} FROM json_each(?) j CROSS JOIN photos p ON p.id = j.value"
        " CROSS JOIN folders f ON f.id = p.folder_id WHERE p.state <> 'gone' ORDER BY j.key",
        (id_array(ids),),
    )
    return [_photo(row) for row in rows]


def detail_row(connection: Connection, photo_id: PhotoId) -> Row | None:
    """Size, camera, lens, exposure, f-number, ISO, focal length, position, caption and problem of one photo."""
    row: Row | None = connection.execute(
        "SELECT size_bytes, camera, lens, exposure_s, f_number, iso, focal_length_mm, latitude, longitude,"
        " altitude_m, caption, problem FROM photos WHERE id = ?",
        (photo_id,),
    ).fetchone()
    return row


def set_favourite(connection: Connection, ids: Sequence[PhotoId], is_favourite: bool) -> tuple[PhotoId, ...]:
    """Mark or unmark favourites; returns the photos that changed."""
    rows = query(
        connection,
        "UPDATE photos SET is_favourite = ? WHERE id IN (SELECT value FROM json_each(?)) AND is_favourite <> ?"
        " RETURNING id",
        (int(is_favourite), id_array(ids), int(is_favourite)),
    )
    return tuple(PhotoId(row[0]) for row in rows)


def set_rating(connection: Connection, ids: Sequence[PhotoId], rating: int) -> dict[PhotoId, int]:
    """Rate photos 0 to 5; returns the previous rating of each photo that changed."""
    rows = query(
        connection,
        "SELECT id, rating FROM photos WHERE id IN (SELECT value FROM json_each(?)) AND rating <> ?",
        (id_array(ids), rating),
    )
    before = {PhotoId(row[0]): int(row[1]) for row in rows}
    connection.execute(
        "UPDATE photos SET rating = ? WHERE id IN (SELECT value FROM json_each(?))", (rating, id_array(before))
    )
    return before


def _photo(row: Row) -> Photo:
    return Photo(
        id=PhotoId(row[0]),
        name=row[1],
        path=paths.joined(row[2], row[3]),
        taken_at=row[4],
        width_px=row[5],
        height_px=row[6],
        format=row[7],
        average_color=row[8],
        rating=row[9],
        is_favourite=bool(row[10]),
        is_offline=bool(row[11]),
        is_unreadable=bool(row[12]),
    )
