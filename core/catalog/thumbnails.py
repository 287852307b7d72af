"""SQL of the thumbnails, which are kept by content in a file of their own (attached as `thumbs`)."""

from __future__ import annotations

from collections.abc import Sequence

from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import FolderId, PhotoId


def put(connection: Connection, content_hash: bytes, jpeg: bytes) -> None:
    """Keep the thumbnail of a content."""
    connection.execute(
        "INSERT INTO thumbs.thumbnails (content_hash, jpeg) VALUES (?, ?)"
        " ON CONFLICT (content_hash) DO UPDATE SET jpeg = excluded.jpeg",
        (content_hash, jpeg),
    )


def load(connection: Connection, ids: Sequence[PhotoId]) -> dict[PhotoId, bytes]:
    """The JPEG bytes of photos; those without a thumbnail are left out."""
    rows = query(
        connection,
        "SELECT p.id, t.jpeg FROM json_each(?) j JOIN photos p ON p.id = j.value"
        " JOIN thumbs.thumbnails t ON t.content_hash = p.content_hash",
        (id_array(ids),),
    )
    return {PhotoId(row[0]): row[1] for row in rows}


def lacking(connection: Connection, folder_id: FolderId) -> set[PhotoId]:
    """Present photos of a folder whose thumbnail is missing (the thumbnails file was deleted)."""
    rows = query(
        connection,
        "SELECT p.id FROM photos p WHERE p.folder_id = ? AND p.state = 'present' AND p.problem IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM thumbs.thumbnails t WHERE t.content_hash = p.content_hash)",
        (folder_id,),
    )
    return {PhotoId(row[0]) for row in rows}


def drop_unused(connection: Connection, content_hash: bytes | None = None) -> None:
    """Forget the thumbnail of a content that no photo has any more; None: of every such content."""
    condition, bindings = ("t.content_hash = ? AND ", (content_hash,)) if content_hash is not None else ("", ())
    connection.execute(
        f"DELETE FROM thumbs.thumbnails AS t WHERE {condition}"
        "NOT EXISTS (SELECT 1 FROM photos p WHERE p.content_hash = t.content_hash)",
        bindings,
    )
