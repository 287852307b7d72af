"""Finds what is wrong inside a catalog that opens, and mends what can be made again from the rest.

Every check is a question to the catalog; every repair runs in the transaction of the caller. Nothing a person made
(tags, albums, marks, captions) is dropped, except rows that belong to nothing any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from core.catalog import texts, vectors
from core.catalog.connection import Connection, has_thumbnails, query
from core.catalog.photos import id_array
from core.catalog.vectors import EncoderRow
from core.domain import Finding, PhotoId

_UNIT_TOLERANCE = 0.02
_MOST_DAMAGE = 20


@dataclass(frozen=True, slots=True)
class _Check:
    kind: str
    sentence: str
    """With {n}."""
    find: Callable[[Connection], list[int]]
    mend: Callable[[Connection, list[int]], None]


def damage(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong with the file, at most 20 lines; empty when it is sound."""
    lines = [str(row[0]) for row in query(connection, f"PRAGMA main.integrity_check({_MOST_DAMAGE})")]
    return [] if lines == ["ok"] else lines


def findings(connection: Connection) -> list[Finding]:
    """What does not fit together, most important first."""
    found = [(check, check.find(connection)) for check in _checks(connection)]
    return [
        Finding(check.kind, check.sentence.format(n=f"{len(ids):,}"), len(ids), is_repairable=True)
        for check, ids in found
        if ids
    ]


def mend(connection: Connection) -> list[Finding]:
    """Repair all of it, in the caller's transaction; returns what was found."""
    mended = []
    for check in _checks(connection):
        ids = check.find(connection)
        if ids:
            check.mend(connection, ids)
            sentence = check.sentence.format(n=f"{len(ids):,}")
            mended.append(Finding(check.kind, sentence, len(ids), is_repairable=True, is_repaired=True))
    return mended


def _checks(connection: Connection) -> Iterator[_Check]:
    yield _Check(
        "orphans", "{n} entries belong to a photo, album, tag or folder that is gone.", _orphans, _drop_orphans
    )
    yield _Check("words", "{n} photos are not found by their exact words.", _wordless, _write_words)
    for row in vectors.encoders(connection):
        name = row.name.replace("{", "(").replace("}", ")")
        yield _Check(
            "embeddings",
            f"{{n}} embeddings of {name} are missing, damaged or left over; they are made again.",
            lambda inner, row=row: _bad_embeddings(inner, row),  # type: ignore[misc]
            lambda inner, ids, row=row: _drop_embeddings(inner, row, ids),  # type: ignore[misc]
        )
    if _has_thumbnails(connection):
        yield _Check("thumbnails", "{n} thumbnails belong to no photo any more.", _left_thumbnails, _drop_thumbnails)


def _orphans(connection: Connection) -> list[int]:
    return list(range(len(query(connection, "PRAGMA main.foreign_key_check"))))


def _drop_orphans(connection: Connection, _places: list[int]) -> None:
    """Rows whose parent is gone; again and again, because dropping one may orphan others."""
    while broken := {(row[0], row[2], row[3]) for row in query(connection, "PRAGMA main.foreign_key_check")}:
        for table, parent, number in broken:
            columns = [row for row in query(connection, f'PRAGMA foreign_key_list("{table}")') if row[0] == number]
            child, key, on_delete = columns[0][3], columns[0][4] or "id", columns[0][6]
            act = f'UPDATE "{table}" SET "{child}" = NULL' if on_delete == "SET NULL" else f'DELETE FROM "{table}"'
            connection.execute(
                f'{act} WHERE "{child}" IS NOT NULL AND "{child}" NOT IN (SELECT "{key}" FROM "{parent}")'
            )


def _wordless(connection: Connection) -> list[int]:
    """Photos without a row of words, and rows of words without a visible photo."""
    visible = {row[0] for row in query(connection, "SELECT id FROM photos WHERE state <> 'gone'")}
    written = {row[0] for row in query(connection, "SELECT rowid FROM texts")}
    return sorted(visible ^ written)


def _write_words(connection: Connection, ids: list[int]) -> None:
    texts.refresh(connection, [PhotoId(one) for one in ids])


def _bad_embeddings(connection: Connection, row: EncoderRow) -> list[int]:
    noted = {
        one[0]
        for one in query(
            connection, "SELECT photo_id FROM embedded WHERE encoder_id = ? AND failure IS NULL", (row.id,)
        )
    }
    known = {one[0] for one in query(connection, "SELECT id FROM photos")}
    stored: set[int] = set()
    unsound: set[int] = set()
    for photo_id, blob in connection.execute(f"SELECT rowid, embedding FROM embeddings_{row.id}"):
        stored.add(photo_id)
        length = float(np.linalg.norm(np.frombuffer(blob, dtype=np.float32)))
        if not abs(length - 1.0) <= _UNIT_TOLERANCE:  # NaN is neither
            unsound.add(photo_id)
    return sorted((noted ^ stored) | (stored - known) | unsound)


def _drop_embeddings(connection: Connection, row: EncoderRow, ids: list[int]) -> None:
    connection.executemany(f"DELETE FROM embeddings_{row.id} WHERE rowid = ?", [(one,) for one in ids])
    connection.execute(
        "DELETE FROM embedded WHERE encoder_id = ? AND photo_id IN (SELECT value FROM json_each(?))",
        (row.id, id_array([PhotoId(one) for one in ids])),
    )


def _has_thumbnails(connection: Connection) -> bool:
    """Whether there are any to be checked: a file that is gone, or new, is no mistake."""
    if not has_thumbnails(connection):
        return False
    return bool(query(connection, "SELECT 1 FROM thumbs.sqlite_schema WHERE name = 'thumbnails'"))


def _left_thumbnails(connection: Connection) -> list[int]:
    rows = query(
        connection,
        "SELECT t.rowid FROM thumbs.thumbnails t"
        " WHERE NOT EXISTS (SELECT 1 FROM photos p WHERE p.content_hash = t.content_hash)",
    )
    return [row[0] for row in rows]


def _drop_thumbnails(connection: Connection, ids: list[int]) -> None:
    connection.executemany("DELETE FROM thumbs.thumbnails WHERE rowid = ?", [(one,) for one in ids])
