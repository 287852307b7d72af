"""SQL of the perceptual hashes and of the pairs found with them, by content.

Both to-do lists are queries, which no crash can lose: contents without a hash, hashes not compared yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import PhotoId


@dataclass(frozen=True, slots=True)
class KnownHashes:
    """Every content that can be compared by its looks, also of photos that are gone: they may return. Length n."""

    contents: list[bytes]
    hashes: NDArray[np.uint64]
    is_compared: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SamePicture:
    """Two contents that show the same picture; `difference` 0 to 0.1."""

    one: bytes
    other: bytes
    difference: float


@dataclass(frozen=True, slots=True)
class Looks:
    """A camera's photo: its perceptual hash and when it was taken, in UTC seconds."""

    perceptual: int
    taken_at: int


def of_camera_photo(connection: Connection, photo_id: int) -> Looks | None:
    """How a photo looks; None where no camera is named, or the picture is too plain."""
    row = connection.execute(
        "SELECT h.perceptual, p.taken_at FROM photos p JOIN picture_hashes h ON h.content_hash = p.content_hash"
        " WHERE p.id = ? AND p.camera IS NOT NULL AND h.perceptual IS NOT NULL",
        (photo_id,),
    ).fetchone()
    return None if row is None else Looks(*row)


def put(connection: Connection, content_hash: bytes, perceptual: int | None) -> None:
    """Keep the hash of a content, to be compared (again). A plain picture needs no comparison."""
    connection.execute(
        "INSERT INTO picture_hashes (content_hash, perceptual, is_compared) VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
        " SET perceptual = excluded.perceptual, is_compared = excluded.is_compared",
        (content_hash, perceptual, int(perceptual is None)),
    )


def lacking(connection: Connection) -> list[bytes]:
    """Contents with a thumbnail but without a hash, the newest photos first."""
    rows = query(
        connection,
        "SELECT p.content_hash FROM photos p JOIN thumbs.thumbnails t ON t.content_hash = p.content_hash"
        " WHERE p.state <> 'gone' AND NOT EXISTS"
        " (SELECT 1 FROM picture_hashes h WHERE h.content_hash = p.content_hash)"
        " GROUP BY p.content_hash ORDER BY max(p.taken_at) DESC",
    )
    return [row[0] for row in rows]


def is_anything_to_compare(connection: Connection) -> bool:
    """Whether a hash was never compared with the others."""
    return connection.execute("SELECT 1 FROM picture_hashes WHERE NOT is_compared LIMIT 1").fetchone() is not None


def known(connection: Connection) -> KnownHashes:
    """All hashes."""
    rows = query(
        connection,
        "SELECT content_hash, perceptual, is_compared FROM picture_hashes WHERE perceptual IS NOT NULL",
    )
    hashes = np.array([row[1] for row in rows], dtype=np.int64).view(np.uint64)
    return KnownHashes([row[0] for row in rows], hashes, np.array([bool(row[2]) for row in rows], dtype=np.bool_))


def thumbnails(connection: Connection, contents: Iterable[bytes]) -> dict[bytes, bytes]:
    """The stored JPEG bytes of contents; those without a thumbnail are left out."""
    rows = query(
        connection,
        "SELECT t.content_hash, t.jpeg FROM json_each(?) j JOIN thumbs.thumbnails t ON t.content_hash = unhex(j.value)",
        (_hexadecimal(contents),),
    )
    return {row[0]: row[1] for row in rows}


def put_compared(connection: Connection, contents: Iterable[bytes], found: Sequence[SamePicture]) -> None:
    """These contents were compared with all others: keep what was found."""
    connection.executemany(
        "INSERT INTO same_pictures (one, other, difference) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(*sorted((pair.one, pair.other)), pair.difference) for pair in found],
    )
    connection.execute(
        "UPDATE picture_hashes SET is_compared = 1 WHERE content_hash IN (SELECT unhex(value) FROM json_each(?))",
        (_hexadecimal(contents),),
    )


def same_pictures(connection: Connection) -> list[SamePicture]:
    """All pairs, the likest first; also of contents whose photos are gone."""
    rows = query(connection, "SELECT one, other, difference FROM same_pictures ORDER BY difference, one, other")
    return [SamePicture(*row) for row in rows]


def same_pictures_among(connection: Connection, photo_ids: Sequence[PhotoId]) -> list[SamePicture]:
    """The pairs between these photos, the likest first."""
    rows = query(
        connection,
        "WITH asked AS MATERIALIZED (SELECT p.content_hash content FROM json_each(?) j JOIN photos p ON p.id = j.value)"
        " SELECT one, other, difference FROM same_pictures"
        " WHERE one IN (SELECT content FROM asked) AND other IN (SELECT content FROM asked)"
        " ORDER BY difference, one, other",
        (id_array(photo_ids),),
    )
    return [SamePicture(*row) for row in rows]


def _hexadecimal(contents: Iterable[bytes]) -> str:
    return json.dumps([one.hex() for one in contents])
