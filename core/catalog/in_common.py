"""SQL of what several photos have in common: any number of them in a few statements. Any thread with a connection."""

from __future__ import annotations

from collections.abc import Sequence

from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import AlbumId, InCommon, PhotoId, TagId, TagOnPhoto

_CHOSEN = "(SELECT value FROM json_each(?))"


def of(connection: Connection, ids: Sequence[PhotoId]) -> InCommon:
    """What photos have in common; those that left the library are passed over."""
    bound = id_array(ids)
    rows = query(
        connection,
        "SELECT format, count(*), min(taken_at), max(taken_at), min(rating), max(rating), sum(size_bytes) FROM photos"
        f" WHERE state <> 'gone' AND id IN {_CHOSEN} GROUP BY format ORDER BY 2 DESC, 1",
        (bound,),
    )
    count = sum(row[1] for row in rows)
    ratings = {rating for row in rows for rating in row[4:6]}
    return InCommon(
        count=count,
        first_taken_at=min((row[2] for row in rows), default=0),
        last_taken_at=max((row[3] for row in rows), default=0),
        formats=tuple((row[0], row[1]) for row in rows),
        rating=ratings.pop() if len(ratings) == 1 else None,
        size_bytes=sum(row[6] for row in rows),
        tags=_tags(connection, bound, count),
        albums=_albums(connection, bound, count),
    )


def _tags(connection: Connection, bound: str, count: int) -> tuple[TagOnPhoto, ...]:
    rows = query(
        connection,
        "SELECT t.id, t.name, min(m.source) FROM photo_tags m JOIN tags t ON t.id = m.tag_id"
        " JOIN photos p ON p.id = m.photo_id AND p.state <> 'gone'"
        f" WHERE m.photo_id IN {_CHOSEN} GROUP BY t.id HAVING count(*) = ? ORDER BY t.name",
        (bound, count),
    )
    return tuple(TagOnPhoto(TagId(row[0]), row[1], row[2]) for row in rows)


def _albums(connection: Connection, bound: str, count: int) -> tuple[tuple[AlbumId, str], ...]:
    rows = query(
        connection,
        "SELECT a.id, a.name FROM album_photos m JOIN albums a ON a.id = m.album_id"
        " JOIN photos p ON p.id = m.photo_id AND p.state <> 'gone'"
        f" WHERE m.photo_id IN {_CHOSEN} GROUP BY a.id HAVING count(*) = ? ORDER BY a.name COLLATE NOCASE",
        (bound, count),
    )
    return tuple((AlbumId(row[0]), row[1]) for row in rows)
