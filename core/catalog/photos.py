"""SQL of the photos: what browsing shows of them, and the marks a person gives them.

Ids are bound as one JSON array (`json_each`), so that a selection of any size is one bound value.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.catalog import paths
from core.catalog.connection import Connection, Row, ids_where, query
from core.domain import Listing, Photo, PhotoId, Scope, ScopeKind

RECENT_S = 30 * 24 * 3600
_PHOTO_COLUMNS = (
    "p.id, p.name, f.path, p.relative_path, p.taken_at, p.width_px, p.height_px, p.format, p.average_color,"
    " p.rating, p.is_favourite, p.state = 'offline' OR f.is_offline, p.problem IS NOT NULL"
)


def id_array(ids: Iterable[int]) -> str:
    """Ids as one bindable value for `json_each`."""
    return json.dumps([int(one) for one in ids])


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


def ids_in(connection: Connection, scope: Scope) -> NDArray[np.int64]:
    """The photos of a scope (n,), ascending."""
    condition, bindings = scope_condition(scope)
    statement = f"SELECT p.id FROM photos p WHERE p.state <> 'gone' AND {condition}"
    return np.unique(ids_where(connection, statement, bindings))


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
