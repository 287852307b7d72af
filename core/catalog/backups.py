"""Copies of the catalog beside it: made, verified, thinned out. Any thread; a copy is whole and verified, or not there.

`VACUUM INTO` writes a consistent copy while others read and write (https://sqlite.org/lang_vacuum.html).
"""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from core.catalog import connection as connections
from core.catalog.connection import Connection, query
from core.errors import LibraryError

KEPT = 7
"""Days of which the newest copy is kept."""
MOST_BYTES = 2_000_000_000
"""Older copies go when all of them together are larger; the newest one stays whatever its size."""
EVERY_S = 20 * 3600
EVERY_GROWING_S = 600
"""While the library grows fast: on its first day."""
LEAST_FREE_BYTES = 100_000_000
"""A daily copy must not take the last space from the library itself."""
_STAMP = "%Y-%m-%dT%H%M%SZ"
_STAMP_LENGTH = len("2026-01-31T235959Z")
_SUFFIX = ".sqlite"
_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy of the catalog."""

    path: Path
    made_at: int
    """UTC seconds."""
    size_bytes: int


def folder_of(catalog: Path) -> Path:
    """Where the copies of a catalog file are."""
    return catalog.with_name(catalog.name + "-backups")


def all_of_them(catalog: Path) -> list[Backup]:
    """The copies, newest first."""
    found = []
    for path in folder_of(catalog).glob(f"*{_SUFFIX}"):
        with contextlib.suppress(ValueError, OSError):
            made_at = datetime.strptime(path.name[:_STAMP_LENGTH], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, int(made_at.timestamp()), path.stat().st_size))
    return sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True)


def is_due(catalog: Path, now: float) -> bool:
    """Whether the catalog was written to since the newest copy, and that is a day old or half as large."""
    newest = next(iter(all_of_them(catalog)), None)
    if newest is None:
        return True
    known = [file.stat() for file in _files(catalog) if file.stat().st_size]
    if max((one.st_mtime for one in known), default=0.0) <= newest.made_at:
        return False
    has_doubled = sum(one.st_size for one in known) > 2 * newest.size_bytes
    return now - newest.made_at >= (EVERY_GROWING_S if has_doubled else EVERY_S)


def make(connection: Connection, catalog: Path, label: str = "", now: float | None = None) -> Backup:
    """Copy the catalog as `connection` sees it, verify the copy and drop the oldest ones.

    Raises LibraryError when it cannot be written, or the catalog (and so its copy) is damaged; then nothing is kept.
    """
    made_at = int(time.time() if now is None else now)
    name = datetime.fromtimestamp(made_at, UTC).strftime(_STAMP) + (f"-{label}" if label else "") + _SUFFIX
    path = folder_of(catalog) / name
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_to_fill(catalog, 0 if label else LEAST_FREE_BYTES)
        for left_over in path.parent.glob(f"*{_UNFINISHED}"):
            left_over.unlink()
        connection.execute("VACUUM main INTO ?", (str(unfinished),))
        verify(unfinished)
        _to_disk(unfinished)
        unfinished.replace(path)
    except (OSError, apsw.Error) as error:
        raise connections.disk_error(catalog, error) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    _thin(catalog)
    return Backup(path, made_at, path.stat().st_size)


def make_when_due(catalog: Path, now: float | None = None) -> Backup | None:
    """One copy a day, if there is anything and it changed, on a connection of its own. Raises as `make` does."""
    if not is_due(catalog, time.time() if now is None else now):
        return None
    try:
        connection = connections.open_copy(catalog)
    except apsw.Error as error:
        raise connections.disk_error(catalog, error) from error
    try:
        if not query(connection, "SELECT 1 FROM photos LIMIT 1"):
            return None
        return make(connection, catalog, now=now)
    except apsw.Error as error:
        raise connections.disk_error(catalog, error) from error
    finally:
        connection.close()


def verify(path: Path) -> None:
    """Read a copy from end to end. Raises apsw.CorruptError, apsw.NotADBError or LibraryError when it is not sound."""
    connection = connections.open_copy(path)
    try:
        if connection.pragma("application_id") != connections.APPLICATION_ID:
            raise connections.not_a_catalog(path, "It is a database of another program.")
        damage = [row[0] for row in query(connection, "PRAGMA main.integrity_check(1)")]
        if damage != ["ok"]:
            raise apsw.CorruptError(damage[0])
    finally:
        connection.close()


def newest_sound(catalog: Path) -> Backup | None:
    """The newest copy that still reads from end to end."""
    for backup in all_of_them(catalog):
        with contextlib.suppress(apsw.Error, LibraryError):
            verify(backup.path)
            return backup
    return None


def _refuse_to_fill(catalog: Path, least_free_bytes: int) -> None:
    """Raise LibraryError when a copy would leave less than that of the disk."""
    needed = sum(file.stat().st_size for file in _files(catalog)) + least_free_bytes
    free = shutil.disk_usage(catalog.parent).free
    if free < needed:
        raise LibraryError(
            "There is no room for a backup of the library.",
            f"{catalog.parent} has {free // 1_000_000:,} MB left; a backup needs {math.ceil(needed / 1e6):,} MB.",
            "Free some space; older backups stay as they are.",
        )


def _files(catalog: Path) -> list[Path]:
    """The parts of the catalog file that are there."""
    files = [catalog.with_name(catalog.name + suffix) for suffix in ("", "-wal")]
    return [file for file in files if file.exists()]


def _thin(catalog: Path) -> None:
    """Keep the newest copy of each of the last days there are, and those before a migration, while they fit."""
    days: set[int] = set()
    total = 0
    for number, backup in enumerate(all_of_them(catalog)):
        day = backup.made_at // 86_400
        total += backup.size_bytes
        is_labelled = len(backup.path.stem) > _STAMP_LENGTH
        is_extra = (day in days and not is_labelled) or len(days | {day}) > KEPT or total > MOST_BYTES
        if number and is_extra:
            total -= backup.size_bytes
            with contextlib.suppress(OSError):
                backup.path.unlink()
        if not is_labelled:
            days.add(day)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
