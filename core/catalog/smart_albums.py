"""SQL of the smart albums: definitions, automatic members, what was thrown out, and kept example pictures."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import AlbumId, Embedding, PhotoId

# By photo, or by content: a copy, or the same file found at another path under another id, stays out as well.
_REFUSED = (
    "SELECT photo_id FROM album_refusals WHERE album_id = ?1 UNION SELECT p.id FROM album_refusals r"
    " JOIN photos s ON s.id = r.photo_id JOIN photos p ON p.content_hash = s.content_hash WHERE r.album_id = ?1"
)


@dataclass(frozen=True, slots=True)
class SmartAlbumRow:
    """A smart album as stored."""

    id: AlbumId
    name: str
    definition: str
    trouble: str


def all_of_them(connection: Connection) -> list[SmartAlbumRow]:
    """Every smart album, oldest first."""
    rows = query(
        connection,
        "SELECT id, name, definition, coalesce(trouble, '') FROM albums WHERE definition IS NOT NULL ORDER BY id",
    )
    return [SmartAlbumRow(AlbumId(row[0]), *row[1:]) for row in rows]


def definition_of(connection: Connection, album_id: AlbumId) -> str | None:
    """The definition of an album; None when it has none or is not there."""
    row = connection.execute("SELECT definition FROM albums WHERE id = ?", (album_id,)).fetchone()
    return row[0] if row else None


def define(connection: Connection, album_id: AlbumId, definition: str | None) -> None:
    """Make an album smart, change what it searches for, or (None) leave it as it is from now on."""
    connection.execute("UPDATE albums SET definition = ?, trouble = NULL WHERE id = ?", (definition, album_id))


def set_trouble(connection: Connection, album_id: AlbumId, trouble: str) -> None:
    """Why the album could not be filled; empty when it could."""
    connection.execute("UPDATE albums SET trouble = nullif(?, '') WHERE id = ?", (trouble, album_id))


def members(connection: Connection, album_id: AlbumId) -> tuple[set[int], set[int]]:
    """The visible photos of an album: those put in by hand, and the automatic ones."""
    rows = query(
        connection,
        "SELECT m.photo_id, m.is_automatic FROM album_photos m JOIN photos p ON p.id = m.photo_id"
        " WHERE m.album_id = ? AND p.state <> 'gone'",
        (album_id,),
    )
    return {row[0] for row in rows if not row[1]}, {row[0] for row in rows if row[1]}


def refused(connection: Connection, album_id: AlbumId) -> set[int]:
    """The photos that must not enter an album by themselves."""
    return {row[0] for row in query(connection, _REFUSED, (album_id,))}


def without_embedding(connection: Connection, ids: Iterable[int], encoder_id: int) -> set[int]:
    """Those of `ids` that the encoder has not looked at yet."""
    rows = query(
        connection,
        "SELECT j.value FROM json_each(?) j WHERE NOT EXISTS"
        " (SELECT 1 FROM embedded e WHERE e.encoder_id = ? AND e.photo_id = j.value)",
        (id_array(ids), encoder_id),
    )
    return {row[0] for row in rows}


def let_in(connection: Connection, album_id: AlbumId, ids: Iterable[int]) -> tuple[PhotoId, ...]:
    """Put photos in as automatic members, except what was thrown out; returns those that are new in it."""
    rows = query(
        connection,
        "INSERT INTO album_photos (album_id, photo_id, added_at, is_automatic)"
        " SELECT ?1, p.id, ?2, 1 FROM json_each(?3) j JOIN photos p ON p.id = j.value"
        f" WHERE p.state <> 'gone' AND p.id NOT IN ({_REFUSED}) ON CONFLICT DO NOTHING RETURNING photo_id",
        (album_id, int(time.time()), id_array(ids)),
    )
    return tuple(PhotoId(row[0]) for row in rows)


def let_go(connection: Connection, album_id: AlbumId, ids: Iterable[int]) -> tuple[PhotoId, ...]:
    """Take automatic members out; what people put in stays. Returns those that left."""
    rows = query(
        connection,
        "DELETE FROM album_photos WHERE album_id = ? AND is_automatic"
        " AND photo_id IN (SELECT value FROM json_each(?)) RETURNING photo_id",
        (album_id, id_array(ids)),
    )
    return tuple(PhotoId(row[0]) for row in rows)


# -- kept pictures -----------------------------------------------------------------------------------------------


def keep_picture(connection: Connection, content_hash: bytes, jpeg: bytes) -> None:
    """Keep an example picture that may be gone tomorrow."""
    connection.execute("INSERT INTO kept_pictures VALUES (?, ?) ON CONFLICT DO NOTHING", (content_hash, jpeg))


def kept_pictures(connection: Connection, hashes: Iterable[str]) -> dict[str, bytes]:
    """Kept pictures by hash (hex)."""
    found = {}
    for one in hashes:
        row = connection.execute("SELECT jpeg FROM kept_pictures WHERE content_hash = unhex(?)", (one,)).fetchone()
        if row is not None:
            found[one] = bytes(row[0])
    return found


def forget_unused_pictures(connection: Connection) -> None:
    """Drop kept pictures that no definition refers to."""
    connection.execute(
        "DELETE FROM kept_pictures WHERE NOT EXISTS"
        " (SELECT 1 FROM albums a WHERE instr(a.definition, lower(hex(kept_pictures.content_hash))))"
    )


def embedding(connection: Connection, fingerprint: str, content_hash: bytes) -> Embedding | None:
    """The embedding (d,) of a kept picture by the encoder with this fingerprint, if it was ever computed."""
    row = connection.execute(
        "SELECT k.embedding FROM kept_embeddings k JOIN encoders e ON e.id = k.encoder_id"
        " WHERE e.fingerprint = ? AND k.content_hash = ?",
        (fingerprint, content_hash),
    ).fetchone()
    return None if row is None else np.frombuffer(row[0], dtype=np.float32)


def put_embedding(connection: Connection, encoder_id: int, content_hash: bytes, vector: Embedding) -> None:
    """Keep the embedding (d,) of a kept picture."""
    connection.execute(
        "INSERT INTO kept_embeddings SELECT ?, content_hash, ? FROM kept_pictures WHERE content_hash = ?"
        " ON CONFLICT DO UPDATE SET embedding = excluded.embedding",
        (encoder_id, np.ascontiguousarray(vector, dtype=np.float32).tobytes(), content_hash),
    )


def ids_with_content(connection: Connection, content_hash: str) -> Sequence[PhotoId]:
    """Visible photos with this content (hex)."""
    rows = query(
        connection,
        "SELECT id FROM photos WHERE content_hash = unhex(?) AND state <> 'gone' ORDER BY id",
        (content_hash,),
    )
    return [PhotoId(row[0]) for row in rows]
