"""SQL of the albums."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence

from pydantic import ValidationError

from core.catalog import definitions
from core.catalog.connection import Connection, Row, query
from core.catalog.photos import id_array
from core.domain import Album, AlbumId, Membership, PhotoId
from core.errors import LibraryError

_ALBUMS = (
    "SELECT a.id, a.name, count(p.id), a.definition, coalesce(sum(m.is_automatic AND p.id IS NOT NULL), 0),"
    " coalesce(a.trouble, '') FROM albums a LEFT JOIN album_photos m ON m.album_id = a.id"
    " LEFT JOIN photos p ON p.id = m.photo_id AND p.state <> 'gone'"
)
_BY_NAME = " GROUP BY a.id ORDER BY a.name COLLATE NOCASE"


def all_of_them(connection: Connection) -> list[Album]:
    """Every album with its number of photos, by name."""
    return [_album(row) for row in query(connection, f"{_ALBUMS}{_BY_NAME}")]


def one_of_them(connection: Connection, album_id: AlbumId) -> Album:
    """The album with this id. Raises LibraryError when there is none."""
    rows = query(connection, f"{_ALBUMS} WHERE a.id = ? GROUP BY a.id", (album_id,))
    if not rows:
        raise LibraryError("This album is no longer there.")
    return _album(rows[0])


def of_photo(connection: Connection, photo_id: PhotoId) -> list[Album]:
    """The albums that hold a photo, by name."""
    holds = "a.id IN (SELECT album_id FROM album_photos WHERE photo_id = ?)"
    return [_album(row) for row in query(connection, f"{_ALBUMS} WHERE {holds}{_BY_NAME}", (photo_id,))]


def automatic_of_photo(connection: Connection, photo_id: PhotoId) -> frozenset[AlbumId]:
    """The smart albums whose search put a photo in."""
    rows = query(
        connection,
        "SELECT m.album_id FROM album_photos m JOIN albums a ON a.id = m.album_id"
        " WHERE m.photo_id = ? AND m.is_automatic AND a.definition IS NOT NULL",
        (photo_id,),
    )
    return frozenset(AlbumId(row[0]) for row in rows)


def create(connection: Connection, name: str) -> AlbumId:
    """Make an empty album. Raises LibraryError when the name is empty or taken."""
    _check_name(connection, name, AlbumId(0))
    connection.execute("INSERT INTO albums (name, created_at) VALUES (?, ?)", (name.strip(), int(time.time())))
    return AlbumId(connection.last_insert_rowid())


def create_again(connection: Connection, album_id: AlbumId, name: str, definition: str | None) -> None:
    """Make a deleted album again, under the same id. Raises LibraryError when its name was taken meanwhile."""
    _check_name(connection, name, album_id)
    connection.execute(
        "INSERT INTO albums (id, name, created_at, definition) VALUES (?, ?, ?, ?)",
        (album_id, name, int(time.time()), definition),
    )


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


# -- members -----------------------------------------------------------------------------------------------------


def memberships(
    connection: Connection, album_id: AlbumId, ids: Sequence[PhotoId] | None = None
) -> dict[PhotoId, Membership]:
    """How photos stand to an album (None: all that are in it or were thrown out); ABSENT is left out."""
    wanted = "" if ids is None else " AND photo_id IN (SELECT value FROM json_each(?2))"
    rows = query(
        connection,
        f"SELECT photo_id, 'thrown out', 0 FROM album_refusals WHERE album_id = ?1{wanted} UNION ALL"
        " SELECT * FROM (SELECT photo_id, iif(is_automatic, 'automatic', 'by hand'), added_at FROM album_photos"
        f" WHERE album_id = ?1{wanted} ORDER BY added_at)",
        (album_id,) if ids is None else (album_id, id_array(ids)),
    )
    return {PhotoId(row[0]): Membership(row[1]) for row in rows}


def set_memberships(connection: Connection, album_id: AlbumId, wanted: Mapping[PhotoId, Membership]) -> None:
    """Have photos stand to an album as wished; photos that are no longer in the library are left out."""
    bound = id_array(wanted)
    for table in ("album_photos", "album_refusals"):
        connection.execute(
            f"DELETE FROM {table} WHERE album_id = ? AND photo_id IN (SELECT value FROM json_each(?))",
            (album_id, bound),
        )
    now = int(time.time())
    for membership, column, table in (
        (Membership.BY_HAND, "0", "album_photos (is_automatic, album_id, photo_id, added_at)"),
        (Membership.AUTOMATIC, "1", "album_photos (is_automatic, album_id, photo_id, added_at)"),
        (Membership.THROWN_OUT, "", "album_refusals (album_id, photo_id, refused_at)"),
    ):
        ids = [one for one, how in wanted.items() if how is membership]
        first = f"{column}, " if column else ""
        connection.execute(
            f"INSERT INTO {table} SELECT {first}?, p.id, ? FROM json_each(?) j JOIN photos p ON p.id = j.value"
            " WHERE EXISTS (SELECT 1 FROM albums WHERE id = ?1)",
            (album_id, now, id_array(ids)),
        )


def _album(row: Row) -> Album:
    if row[3] is None:
        return Album(AlbumId(row[0]), row[1], row[2])
    try:
        search = definitions.from_json(row[3]).summary
    except ValidationError:
        search = ""
    return Album(AlbumId(row[0]), row[1], row[2], True, search, row[4], row[5])


def _check_name(connection: Connection, name: str, own: AlbumId) -> None:
    if not name.strip():
        raise LibraryError("An album needs a name.")
    if named(connection, name) not in (None, own):
        raise LibraryError(f"There is already an album called {name.strip()}.", hint="Choose another name.")


def with_members(connection: Connection, ids: Iterable[PhotoId]) -> list[tuple[str, set[int]]]:
    """Every album that holds one of `ids`: its name and all its photos."""
    rows = query(
        connection,
        "SELECT a.name, m.photo_id FROM album_photos m JOIN albums a ON a.id = m.album_id WHERE m.album_id IN"
        " (SELECT album_id FROM album_photos WHERE photo_id IN (SELECT value FROM json_each(?)))",
        (id_array(ids),),
    )
    found: dict[str, set[int]] = {}
    for name, photo_id in rows:
        found.setdefault(name, set()).add(photo_id)
    return list(found.items())
