"""SQL of the albums."""

from __future__ import annotations

import time
from collections.abc import Sequence

from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import Album, AlbumId, PhotoId
from core.errors import LibraryError

_ALBUMS = (
    "SELECT a.id, a.name, (SELECT count(*) FROM album_photos m JOIN photos p ON p.id = m.photo_id"
    " WHERE m.album_id = a.id AND p.state <> 'gone') FROM albums a"
)


def all_of_them(connection: Connection) -> list[Album]:
    """Every album with its number of photos, by name."""
    rows = query(connection, f"{_ALBUMS} ORDER BY a.name COLLATE NOCASE")
    return [Album(AlbumId(row[0]), row[1], row[2]) for row in rows]


def of_photo(connection: Connection, photo_id: PhotoId) -> list[Album]:
    """The albums that hold a photo, by name."""
    rows = query(
        connection,
        f"{_ALBUMS} JOIN album_photos m2 ON m2.album_id = a.id WHERE m2.photo_id = ? ORDER BY a.name COLLATE NOCASE",
        (photo_id,),
    )
    return [Album(AlbumId(row[0]), row[1], row[2]) for row in rows]


def create(connection: Connection, name: str) -> AlbumId:
    """Make an empty album. Raises LibraryError when the name is empty or taken."""
    _check_name(connection, name, AlbumId(0))
    connection.execute("INSERT INTO albums (name, created_at) VALUES (?, ?)", (name.strip(), int(time.time())))
    return AlbumId(connection.last_insert_rowid())


def rename(connection: Connection, album_id: AlbumId, name: str) -> None:
    """Give an album another name. Raises LibraryError when the name is empty or taken."""
    _check_name(connection, name, album_id)
    connection.execute("UPDATE albums SET name = ? WHERE id = ?", (name.strip(), album_id))


def named(connection: Connection, name: str) -> AlbumId | None:
    """The album of this name, whatever its case."""
    row = connection.execute("SELECT id FROM albums WHERE name = ?", (name.strip(),)).fetchone()
    return AlbumId(row[0]) if row else None


def photo_ids(connection: Connection, album_id: AlbumId) -> tuple[PhotoId, ...]:
    """All photos of an album, in the order they were put in."""
    rows = query(connection, "SELECT photo_id FROM album_photos WHERE album_id = ? ORDER BY added_at", (album_id,))
    return tuple(PhotoId(row[0]) for row in rows)


def delete(connection: Connection, album_id: AlbumId) -> str:
    """Delete an album, not its photos; returns its name. Raises LibraryError when there is none."""
    row = connection.execute("DELETE FROM albums WHERE id = ? RETURNING name", (album_id,)).fetchone()
    if row is None:
        raise LibraryError("This album is no longer there.")
    return str(row[0])


def add(connection: Connection, album_id: AlbumId, ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
    """Put photos into an album; returns those that were not in it."""
    rows = query(
        connection,
        "INSERT INTO album_photos (album_id, photo_id, added_at)"
        " SELECT ?, p.id, ? FROM json_each(?) j JOIN photos p ON p.id = j.value WHERE true"
        " ON CONFLICT DO NOTHING RETURNING photo_id",
        (album_id, int(time.time()), id_array(ids)),
    )
    return tuple(PhotoId(row[0]) for row in rows)


def remove(connection: Connection, album_id: AlbumId, ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
    """Take photos out of an album; returns those that were in it."""
    rows = query(
        connection,
        "DELETE FROM album_photos WHERE album_id = ? AND photo_id IN (SELECT value FROM json_each(?))"
        " RETURNING photo_id",
        (album_id, id_array(ids)),
    )
    return tuple(PhotoId(row[0]) for row in rows)


def _check_name(connection: Connection, name: str, own: AlbumId) -> None:
    if not name.strip():
        raise LibraryError("An album needs a name.")
    if named(connection, name) not in (None, own):
        raise LibraryError(f"There is already an album called {name.strip()}.", hint="Choose another name.")
