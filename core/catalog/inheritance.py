"""SQL of what a photo takes over from another one that shows the same picture: albums, tags, marks."""

from __future__ import annotations

from collections.abc import Iterable

from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import PhotoId


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
    """Give `target` the tags, favourite mark, rating and missing caption of `source`, which shows the same picture.

    The words of its own files must have been read before: what only the files of `source` say is the person's own here,
    so that it does not go with the next look at the files.
    """
    connection.execute(
        "INSERT INTO photo_tags SELECT ?1, m.tag_id, iif(m.source = 'file' AND NOT EXISTS"
        "  (SELECT 1 FROM file_keywords k JOIN tags t ON t.name = k.name WHERE k.photo_id = ?1 AND t.id = m.tag_id),"
        "  'user', m.source),"
        " m.run_id, m.confidence, m.added_at FROM photo_tags m WHERE m.photo_id = ?2 ON CONFLICT DO NOTHING",
        (target, source),
    )
    connection.execute(
        "UPDATE photos SET is_favourite = max(photos.is_favourite, s.is_favourite),"
        " rating = max(photos.rating, s.rating), caption = coalesce(photos.caption, s.caption)"
        " FROM (SELECT is_favourite, rating, caption FROM photos WHERE id = ?) s WHERE photos.id = ?",
        (source, target),
    )
