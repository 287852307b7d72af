"""SQL of what a person said are no duplicates: pairs of contents, so that it outlives renames and moves."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from core.catalog.connection import Connection, query

ContentPair = tuple[bytes, bytes]
"""Two contents, the lesser first; the same one twice speaks of its identical copies."""


def ordered(one: bytes, other: bytes) -> ContentPair:
    """A pair as it is stored."""
    return (one, other) if one <= other else (other, one)


def all_of_them(connection: Connection) -> set[ContentPair]:
    """Every pair that is settled."""
    return {(row[0], row[1]) for row in query(connection, "SELECT one, other FROM not_duplicates")}


def add(connection: Connection, pairs: Iterable[ContentPair]) -> tuple[ContentPair, ...]:
    """Settle pairs; returns those that were not."""
    now = int(time.time())
    rows = [
        connection.execute(
            "INSERT INTO not_duplicates (one, other, decided_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            " RETURNING one, other",
            (*ordered(*pair), now),
        ).fetchone()
        for pair in pairs
    ]
    return tuple((row[0], row[1]) for row in rows if row is not None)


def remove(connection: Connection, pairs: Sequence[ContentPair]) -> None:
    """Take decisions back."""
    connection.executemany("DELETE FROM not_duplicates WHERE one = ? AND other = ?", pairs)
