"""SQL of the photos that may belong together: as shots of a camera, and with what decides which one to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.catalog import photos
from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import DuplicatePhoto, PhotoId


@dataclass(frozen=True, slots=True)
class Shot:
    """When and with what a photo was taken, and what is in its file."""

    photo_id: PhotoId
    content: bytes
    name: str
    format: str
    camera: str | None
    taken_at: int
    """UTC seconds."""
    width_px: int
    height_px: int


_SHOT_COLUMNS = "p.id, p.content_hash, p.name, p.format, p.camera, p.taken_at, p.width_px, p.height_px"


def shots(connection: Connection) -> list[Shot]:
    """Every photo of the library, by id."""
    return [
        Shot(*row)
        for row in query(connection, f"SELECT {_SHOT_COLUMNS} FROM photos p WHERE p.state <> 'gone' ORDER BY p.id")
    ]


def shots_of(connection: Connection, ids: Sequence[PhotoId]) -> list[Shot]:
    """These photos, in this order; unknown ids are left out."""
    return [
        Shot(*row)
        for row in query(
            connection,
            f"SELECT {_SHOT_COLUMNS} FROM json_each(?) j JOIN photos p ON p.id = j.value WHERE p.state <> 'gone'"
            " ORDER BY j.key",
            (id_array(ids),),
        )
    ]


def load(connection: Connection, ids: Sequence[PhotoId]) -> dict[PhotoId, DuplicatePhoto]:
    """Photos with their size, tags and albums; unknown ids are left out."""
    wanted = id_array(ids)
    sizes: dict[int, int] = dict(
        query(connection, "SELECT id, size_bytes FROM photos WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    )
    tags = _names(connection, "photo_tags m JOIN tags t ON t.id = m.tag_id", wanted)
    albums = _names(connection, "album_photos m JOIN albums t ON t.id = m.album_id", wanted)
    return {
        one.id: DuplicatePhoto(one, sizes[one.id], tuple(tags.get(one.id, ())), tuple(albums.get(one.id, ())))
        for one in photos.load(connection, ids)
    }


def _names(connection: Connection, tables: str, wanted: str) -> dict[int, list[str]]:
    rows = query(
        connection,
        f"SELECT m.photo_id, t.name FROM {tables} WHERE m.photo_id IN (SELECT value FROM json_each(?))"
        " ORDER BY t.name COLLATE NOCASE",
        (wanted,),
    )
    found: dict[int, list[str]] = {}
    for photo_id, name in rows:
        found.setdefault(photo_id, []).append(name)
    return found
