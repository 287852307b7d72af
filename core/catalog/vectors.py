"""SQL of the embeddings: one sqlite-vec `vec0` table per encoder, and who still lacks an embedding.

The to-do list of the indexer is the query `lacking`, which no crash can lose.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from core.catalog.connection import Connection, Row, query
from core.catalog.photos import id_array
from core.domain import Embedding, PhotoId

_LOAD_CHUNK = 8192


@dataclass(frozen=True, slots=True)
class EncoderRow:
    """An encoder that the catalog holds embeddings of."""

    id: int
    name: str
    fingerprint: str
    dimension: int


def encoder(connection: Connection, fingerprint: str) -> EncoderRow | None:
    """The encoder with this fingerprint."""
    row = connection.execute(
        "SELECT id, name, fingerprint, dimension FROM encoders WHERE fingerprint = ?", (fingerprint,)
    ).fetchone()
    return EncoderRow(*row) if row else None


def ensure_encoder(connection: Connection, name: str, fingerprint: str, dimension: int) -> EncoderRow:
    """The encoder with this fingerprint; its row and vec0 table are made when missing."""
    found = encoder(connection, fingerprint)
    if found:
        return found
    connection.execute(
        "INSERT INTO encoders (name, fingerprint, dimension, metric, created_at) VALUES (?, ?, ?, 'cosine', ?)",
        (name, fingerprint, dimension, int(time.time())),
    )
    row = EncoderRow(connection.last_insert_rowid(), name, fingerprint, dimension)
    connection.execute(
        f"CREATE VIRTUAL TABLE embeddings_{row.id} USING vec0(embedding float[{int(dimension)}] distance_metric=cosine)"
    )
    return row


def encoders(connection: Connection) -> list[EncoderRow]:
    """All encoders with embeddings in this catalog."""
    return [EncoderRow(*row) for row in query(connection, "SELECT id, name, fingerprint, dimension FROM encoders")]


def put(connection: Connection, encoder_id: int, ids: Sequence[PhotoId], embeddings: Embedding) -> list[PhotoId]:
    """Keep embeddings (n, d) of photos and of every other photo with the same content; returns the photos.

    Photos that left the library meanwhile are skipped.
    """
    rows = query(
        connection,
        "SELECT j.key, p.id FROM json_each(?) j JOIN photos s ON s.id = j.value"
        " JOIN photos p ON p.content_hash = s.content_hash AND p.state <> 'gone'",
        (id_array(ids),),
    )
    kept = {PhotoId(row[1]): embeddings[row[0]] for row in rows}
    _delete(connection, encoder_id, list(kept))
    connection.executemany(
        f"INSERT INTO embeddings_{encoder_id} (rowid, embedding) VALUES (?, ?)",
        [(one, np.ascontiguousarray(vector, dtype=np.float32).tobytes()) for one, vector in kept.items()],
    )
    connection.executemany(
        "INSERT INTO embedded (encoder_id, photo_id) VALUES (?, ?) ON CONFLICT DO UPDATE SET failure = NULL",
        [(encoder_id, one) for one in kept],
    )
    return list(kept)


def put_failure(connection: Connection, encoder_id: int, photo_id: PhotoId, reason: str) -> None:
    """This photo cannot be embedded by this encoder; it is not tried again until its content changes."""
    connection.execute(
        "INSERT INTO embedded (encoder_id, photo_id, failure) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET failure = excluded.failure",
        (encoder_id, photo_id, reason),
    )


def forget(connection: Connection, ids: Sequence[PhotoId]) -> None:
    """Drop the embeddings of photos, of all encoders."""
    for row in encoders(connection):
        _delete(connection, row.id, ids)


def copy(connection: Connection, source: PhotoId, target: PhotoId) -> set[str]:
    """Give `target` the embeddings of `source` (the same content); returns the fingerprints copied."""
    copied = set()
    for row in encoders(connection):
        connection.execute(
            f"INSERT INTO embeddings_{row.id} (rowid, embedding)"
            f" SELECT ?, embedding FROM embeddings_{row.id} WHERE rowid = ?",
            (target, source),
        )
        if connection.changes():
            connection.execute("INSERT INTO embedded (encoder_id, photo_id) VALUES (?, ?)", (row.id, target))
            copied.add(row.fingerprint)
    return copied


def lacking(connection: Connection, encoder_id: int) -> NDArray[np.int64]:
    """Photos without an embedding of this encoder, newest first; of photos with the same content only one."""
    rows = query(
        connection,
        "SELECT min(p.id) FROM photos p WHERE p.state <> 'gone' AND NOT EXISTS"
        " (SELECT 1 FROM embedded e WHERE e.encoder_id = ? AND e.photo_id = p.id)"
        " GROUP BY p.content_hash ORDER BY max(p.taken_at) DESC, min(p.id) DESC",
        (encoder_id,),
    )
    return np.array(rows, dtype=np.int64).reshape(-1)


def count(connection: Connection, encoder_id: int) -> int:
    """How many visible photos have an embedding of this encoder."""
    return int(connection.execute(
        "SELECT count(*) FROM embedded e JOIN photos p ON p.id = e.photo_id"
        " WHERE e.encoder_id = ? AND e.failure IS NULL AND p.state <> 'gone'", (encoder_id,)
    ).get)  # fmt: skip


def embedded_ids(connection: Connection, encoder_id: int) -> NDArray[np.int64]:
    """The visible photos that have an embedding of this encoder, by id."""
    rows = query(
        connection,
        "SELECT e.photo_id FROM embedded e JOIN photos p ON p.id = e.photo_id"
        " WHERE e.encoder_id = ? AND e.failure IS NULL AND p.state <> 'gone' ORDER BY e.photo_id",
        (encoder_id,),
    )
    return np.array(rows, dtype=np.int64).reshape(-1)


def load(
    connection: Connection, row: EncoderRow, ids: Iterable[PhotoId] | None = None
) -> tuple[NDArray[np.int64], Embedding]:
    """Photo ids (n,) and embeddings (n, d) of one encoder: of all visible photos, or of `ids`."""
    loaded = list(chunks(connection, row, ids))
    if not loaded:
        return np.zeros(0, dtype=np.int64), np.zeros((0, row.dimension), dtype=np.float32)
    return np.concatenate([one for one, _ in loaded]), np.concatenate([one for _, one in loaded])


def chunks(
    connection: Connection, row: EncoderRow, ids: Iterable[PhotoId] | None = None
) -> Iterator[tuple[NDArray[np.int64], Embedding]]:
    """As `load`, some thousand photos at a time, so that a large library is never in memory twice."""
    # CROSS JOIN makes SQLite ask vec0 for one row at a time: `rowid IN (...)` would read the whole table.
    wanted, bindings = ("", ()) if ids is None else ("json_each(?) j CROSS JOIN ", (id_array(ids),))
    condition = "" if ids is None else " AND v.rowid = j.value"
    cursor: Iterator[Row] = connection.execute(
        f"SELECT v.rowid, v.embedding FROM {wanted}embeddings_{row.id} v CROSS JOIN photos p"
        f" WHERE p.id = v.rowid AND p.state <> 'gone'{condition}",
        bindings,
    )
    while rows := list(islice(cursor, _LOAD_CHUNK)):
        vectors = np.frombuffer(b"".join(one[1] for one in rows), dtype=np.float32).reshape(-1, row.dimension)
        yield np.array([one[0] for one in rows], dtype=np.int64), vectors


def _delete(connection: Connection, encoder_id: int, ids: Sequence[PhotoId]) -> None:
    # One by one: vec0 answers `rowid IN (...)` by reading the whole table.
    connection.executemany(f"DELETE FROM embeddings_{encoder_id} WHERE rowid = ?", [(int(one),) for one in ids])
    connection.execute(
        "DELETE FROM embedded WHERE encoder_id = ? AND photo_id IN (SELECT value FROM json_each(?))",
        (encoder_id, id_array(ids)),
    )
