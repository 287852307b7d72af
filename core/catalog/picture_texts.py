"""SQL of the text that was read in pictures, kept by content, and which pictures have not been read yet.

The to-do list is the query `lacking`, which no crash can lose.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.catalog import texts
from core.catalog.connection import Connection, query
from core.domain import PhotoId


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """What reading a picture gave: text (empty where there is none), or why it could not be read."""

    content_hash: bytes
    text: str = ""
    failure: str | None = None


_LACKING = (
    " FROM photos p JOIN folders f ON f.id = p.folder_id WHERE p.state = 'present' AND p.problem IS NULL"
    " AND NOT f.is_offline AND NOT EXISTS (SELECT 1 FROM picture_texts r WHERE r.content_hash = p.content_hash)"
)


def lacking(connection: Connection) -> list[PhotoId]:
    """Photos with a file that is there and was not read yet, newest first; of the same content only one."""
    rows = query(
        connection,
        f"SELECT min(p.id){_LACKING} GROUP BY p.content_hash ORDER BY max(p.taken_at) DESC, min(p.id) DESC",
    )
    return [PhotoId(row[0]) for row in rows]


def put(connection: Connection, reader: str, read: Sequence[ReadPicture]) -> list[PhotoId]:
    """Keep what was read, and write the words of the photos that have text; returns these photos."""
    now = int(time.time())
    connection.executemany(
        "INSERT INTO picture_texts (content_hash, text, failure, reader, read_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (content_hash) DO UPDATE SET text = excluded.text, failure = excluded.failure,"
        " reader = excluded.reader, read_at = excluded.read_at",
        [(one.content_hash, one.text, one.failure, reader, now) for one in read],
    )
    ids = _photos_with(connection, (one.content_hash for one in read if one.text))
    texts.refresh(connection, ids)
    return ids


def forget_all(connection: Connection) -> list[PhotoId]:
    """Forget everything that was read; returns the photos that had text."""
    rows = query(
        connection,
        "SELECT p.id FROM photos p JOIN picture_texts r ON r.content_hash = p.content_hash WHERE r.text <> ''",
    )
    connection.execute("DELETE FROM picture_texts")
    ids = [PhotoId(row[0]) for row in rows]
    texts.refresh(connection, ids)
    return ids


def of_photo(connection: Connection, photo_id: PhotoId) -> str | None:
    """The text in a photo, if there is any and it was read."""
    row = connection.execute(
        "SELECT r.text FROM photos p JOIN picture_texts r ON r.content_hash = p.content_hash WHERE p.id = ?",
        (photo_id,),
    ).fetchone()
    return (row[0] or None) if row else None


def counts(connection: Connection) -> tuple[int, int, int]:
    """Visible photos that were read, those with text, and those left to read."""
    read, with_text = query(
        connection,
        "SELECT count(*), coalesce(sum(r.text <> ''), 0) FROM photos p"
        " JOIN picture_texts r ON r.content_hash = p.content_hash WHERE p.state <> 'gone'",
    )[0]
    left = connection.execute(f"SELECT count(DISTINCT p.content_hash){_LACKING}").get
    return int(read), int(with_text), int(left)


def _photos_with(connection: Connection, hashes: Iterable[bytes]) -> list[PhotoId]:
    wanted = json.dumps([one.hex() for one in hashes])
    rows = query(
        connection,
        "SELECT id FROM photos WHERE state <> 'gone' AND content_hash IN (SELECT unhex(value) FROM json_each(?))",
        (wanted,),
    )
    return [PhotoId(row[0]) for row in rows]
