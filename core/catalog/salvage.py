"""Brings what still reads of a damaged catalog into a new file. Runs on the thread that asks; long.

A table is read in small ranges of its key, so that a damaged page costs only the rows on it. What is lost is taken
from a backup where there is one. Words and their index are written anew; embeddings that do not read are made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import apsw

from core.catalog import connection as connections
from core.catalog import health, migrations, vectors
from core.catalog.connection import Connection, Row, query
from core.catalog.vectors import EncoderRow

_RANGE = 256
_DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.SQLError)
_NOT_COPIED = ("texts", "embedded")
"""Made anew: the words from the photos, `embedded` from the embeddings that are there."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came through."""

    photos: int
    embeddings: int
    from_backup: int
    """Rows that only a backup had."""


def salvage(damaged: Path | None, backup: Path | None, target: Path) -> Salvaged:
    """Write a new catalog `target` from a damaged one, a backup, or both. Raises LibraryError, apsw.Error."""
    with closing(connections.open_writer(target)) as fresh:
        migrations.migrate(fresh, target)
        fresh.pragma("foreign_keys", False)
        from_backup = embeddings = 0
        with fresh:
            is_whole = damaged is not None and _copy(damaged, fresh)
            if backup is not None and not is_whole:
                before = _count_rows(fresh)
                _copy(backup, fresh)
                from_backup = _count_rows(fresh) - before
            for source in (damaged, backup):
                if source is not None:
                    embeddings += _copy_embeddings(source, fresh)
            health.mend(fresh)  # writes the words, too: no photo has any yet
        count = int(fresh.execute("SELECT count(*) FROM photos WHERE state <> 'gone'").get)
        return Salvaged(count, embeddings, from_backup)


def _copy(source: Path, fresh: Connection) -> bool:
    """Copy every row that reads and is not there yet; returns whether all of them read."""
    is_whole = True
    with suppress(*_DAMAGE), closing(connections.open_copy(source)) as old:
        for table in _tables(fresh):
            columns = [row[1] for row in query(fresh, f'PRAGMA table_info("{table}")')]
            with suppress(*_DAMAGE):
                there = {row[1] for row in query(old, f'PRAGMA table_info("{table}")')}
                kept = [one for one in columns if one in there]
                if not kept:
                    continue
                reader = _Reader(old, table, kept)
                _insert(fresh, table, kept, reader.rows())
                is_whole = is_whole and reader.is_whole
                continue
            is_whole = False
        return is_whole
    return False


def _count_rows(connection: Connection) -> int:
    return sum(int(connection.execute(f'SELECT count(*) FROM "{one}"').get) for one in _tables(connection))


def _tables(connection: Connection) -> list[str]:
    """The plain tables, parents before children: in the order they were made."""
    rows = query(
        connection,
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid",
    )
    shadows = tuple(f"{one}_" for one in ("texts", *(f"embeddings_{row.id}" for row in vectors.encoders(connection))))
    return [row[0] for row in rows if row[0] not in _NOT_COPIED and not row[0].startswith(shadows)]


def _insert(fresh: Connection, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = ", ".join(f'"{one}"' for one in columns)
    marks = ", ".join("?" * len(columns))
    statement = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})'
    for row in rows:
        with suppress(apsw.ConstraintError, apsw.MismatchError):  # a value that the damage changed
            fresh.execute(statement, row)


class _Reader:
    """Reads a table around its damage."""

    def __init__(self, connection: Connection, table: str, columns: Sequence[str]) -> None:
        self._connection = connection
        self._table = f'"{table}"'
        self._columns = ", ".join(f'"{one}"' for one in columns)
        keys = [row for row in query(connection, f"PRAGMA table_info({self._table})") if row[5]]
        self._key = sorted(keys, key=lambda row: int(row[5]))[0][1] if keys else "rowid"
        self.is_whole = True

    def rows(self) -> Iterator[Row]:
        """Every row that reads, by ranges of the first column of the key where that is a number."""
        ends = self._ends()
        if ends is None:
            yield from self._from_both_ends()
            return
        for start in range(ends[0], ends[1] + 1, _RANGE):
            rows = self._between(start, start + _RANGE - 1)
            if rows is not None:
                yield from rows
                continue
            for one in range(start, min(start + _RANGE, ends[1] + 1)):
                yield from self._between(one, one) or ()

    def _between(self, first: int, last: int) -> list[Row] | None:
        try:
            return query(
                self._connection,
                f'SELECT {self._columns} FROM {self._table} NOT INDEXED WHERE "{self._key}" BETWEEN ? AND ?',
                (first, last),
            )
        except _DAMAGE:
            self.is_whole = False
            return None

    def _ends(self) -> tuple[int, int] | None:
        """The smallest and the largest key; None when it is no number or the ends do not read."""
        found: list[int] = []
        for order in ("", " DESC"):
            try:
                rows = query(
                    self._connection,
                    f'SELECT "{self._key}" FROM {self._table} NOT INDEXED ORDER BY "{self._key}"{order} LIMIT 1',
                )
            except _DAMAGE:
                self.is_whole = False
                return None
            if rows and not isinstance(rows[0][0], int):
                return None
            found += [row[0] for row in rows]
        return (found[0], found[1]) if found else (0, -1)

    def _from_both_ends(self) -> Iterator[Row]:
        """Forwards until the damage, then backwards until the damage."""
        for order in ("", " DESC"):
            try:
                yield from self._connection.execute(
                    f'SELECT {self._columns} FROM {self._table} NOT INDEXED ORDER BY "{self._key}"{order}'
                )
            except _DAMAGE:
                self.is_whole = False
            else:
                return


def _copy_embeddings(source: Path, fresh: Connection) -> int:
    """Copy every embedding that reads and is not there yet; returns how many."""
    copied = 0
    with suppress(*_DAMAGE), closing(connections.open_copy(source)) as old:
        for row in vectors.encoders(old):
            target = vectors.ensure_encoder(fresh, row.name, row.fingerprint, row.dimension)
            _make_table(fresh, target)
            lacking = query(
                fresh,
                "SELECT id FROM photos WHERE id NOT IN (SELECT photo_id FROM embedded WHERE encoder_id = ?)",
                (target.id,),
            )
            copied += sum(_copy_embedding(old, fresh, row, target, one[0]) for one in lacking)
    return copied


def _make_table(fresh: Connection, row: EncoderRow) -> None:
    """The row of the encoder was copied with the plain tables; its table was not."""
    fresh.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS embeddings_{row.id}"
        f" USING vec0(embedding float[{int(row.dimension)}] distance_metric=cosine)"
    )


def _copy_embedding(old: Connection, fresh: Connection, row: EncoderRow, target: EncoderRow, photo_id: int) -> bool:
    try:
        found = query(old, f"SELECT embedding FROM embeddings_{row.id} WHERE rowid = ?", (photo_id,))
        same = "SELECT content_hash FROM photos WHERE id = ?"
        if not found or query(old, same, (photo_id,)) != query(fresh, same, (photo_id,)):
            return False
    except _DAMAGE:
        return False
    fresh.execute(f"INSERT INTO embeddings_{target.id} (rowid, embedding) VALUES (?, ?)", (photo_id, found[0][0]))
    fresh.execute("INSERT INTO embedded (encoder_id, photo_id) VALUES (?, ?)", (target.id, photo_id))
    return True
