"""Opens connections to the catalog file: pragmas, sqlite-vec, the thumbnails beside it. The only importer of apsw.

The stdlib sqlite3 cannot load extensions on many Pythons; apsw brings its own SQLite (docs/decisions/0001).
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

import apsw
import numpy as np
import sqlite_vec
from numpy.typing import NDArray

from core.errors import DamagedCatalog, LibraryError, full_disk

log = logging.getLogger(__name__)

Connection = apsw.Connection
Error = apsw.Error
DAMAGE = (apsw.CorruptError, apsw.NotADBError)
"""What SQLite raises when a file does not read."""
Row = tuple[Any, ...]

APPLICATION_ID = 0x52434C54  # "RCLT"
BUSY_TIMEOUT_MS = 15_000
_LEAST_ROOM_BYTES = 64 * 1024


def query(connection: Connection, statement: str, bindings: tuple[Any, ...] = ()) -> list[Row]:
    """All rows of a statement that returns some."""
    rows: list[Row] = list(connection.execute(statement, bindings))
    return rows


def ids_where(connection: Connection, statement: str, bindings: tuple[Any, ...] = ()) -> NDArray[np.int64]:
    """The column `id` of a statement (n,), in no order: as one text, which is read three times as fast as rows."""
    found = connection.execute(f"SELECT group_concat(id) FROM ({statement})", bindings).get
    return np.fromstring(found, dtype=np.int64, sep=",") if found else np.zeros(0, dtype=np.int64)


def thumbnails_path(catalog: Path) -> Path:
    """The file of the thumbnails that belongs to a catalog file."""
    return catalog.with_name(catalog.name + "-thumbnails")


def files_of(database: Path) -> list[Path]:
    """The file of a database and what SQLite may put beside it."""
    return [database.with_name(database.name + suffix) for suffix in ("", "-wal", "-shm")]


def remove(database: Path) -> None:
    """Remove a database with all that SQLite puts beside it."""
    for path in files_of(database):
        path.unlink(missing_ok=True)


def has_thumbnails(connection: Connection) -> bool:
    """Whether the file of the thumbnails is attached."""
    return any(name == "thumbs" for _, name, _ in query(connection, "PRAGMA database_list"))


def open_writer(catalog: Path) -> Connection:
    """Open for writing, creating the file and the thumbnails file when missing.

    Power loss: `synchronous=FULL` in WAL mode means that a transaction whose write call returned is on the
    disk; the thumbnails, which can be made again, are written with NORMAL. Raises LibraryError when the file
    is not a catalog, apsw.Error when it cannot be opened.
    """
    connection = Connection(str(catalog))
    try:
        _prepare(connection)
        _refuse_foreign(connection, catalog)
        connection.pragma("journal_mode", "wal")
        connection.pragma("synchronous", "full")
        connection.pragma("foreign_keys", True)
        connection.pragma("recursive_triggers", True)
        _open_thumbnails(connection, catalog)
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(catalog: Path) -> Connection:
    """Open read-only; the writer must have opened the file before."""
    connection = Connection(str(catalog), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        _prepare(connection)
        _attach_thumbnails(connection, catalog)
    except BaseException:
        connection.close()
        raise
    return connection


def open_copy(catalog: Path) -> Connection:
    """Open a file read-only and without its thumbnails: a backup, or one that is damaged. Raises apsw.Error."""
    connection = Connection(str(catalog), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _open_thumbnails(connection: Connection, catalog: Path) -> None:
    """Attach the thumbnails for writing; a damaged file is replaced, because they are made again."""
    try:
        _prepare_thumbnails(connection, catalog)
    except DAMAGE:
        log.warning("the thumbnails file is damaged: starting a new one")
        if has_thumbnails(connection):
            connection.execute("DETACH thumbs")
        remove(thumbnails_path(catalog))
        _prepare_thumbnails(connection, catalog)


def _prepare_thumbnails(connection: Connection, catalog: Path) -> None:
    _attach_thumbnails(connection, catalog)
    connection.execute("PRAGMA thumbs.journal_mode = wal")
    connection.execute("PRAGMA thumbs.synchronous = normal")
    script = resources.files("core.catalog").joinpath("schema/thumbnails_0001.sql").read_text(encoding="utf-8")
    connection.execute(script)


def format_in_header(catalog: Path) -> int:
    """The schema version in the file's header, 0 for a new file. Raises LibraryError when it is not a catalog.

    Reads bytes: opening another program's file as a database would already replay and delete its -wal.
    Offsets: SQLite's file format, section 1.3. A file of one empty page may be our own, not yet checkpointed.
    """
    try:
        with catalog.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return 0
    if header and not header.startswith(b"SQLite format 3\0"):
        raise not_a_catalog(catalog, "It is not a database at all.")
    application = int.from_bytes(header[68:72], "big")
    if application not in (0, APPLICATION_ID):
        raise not_a_catalog(catalog, "It is a database of another program.")
    return int.from_bytes(header[60:64], "big")


def _refuse_foreign(connection: Connection, catalog: Path) -> None:
    """Leave the database of another program alone."""
    application = connection.pragma("application_id")
    is_empty = connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None
    if application != APPLICATION_ID and not (application == 0 and is_empty):
        raise not_a_catalog(catalog, "It is a database of another program.")


def not_a_catalog(catalog: Path, detail: str) -> LibraryError:
    """The error for a file that Recollect did not write."""
    return LibraryError(
        f"{catalog} is not a Recollect library.", detail, "Choose another file; this one was not touched."
    )


def _prepare(connection: Connection) -> None:
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)
    connection.enable_load_extension(True)
    connection.load_extension(sqlite_vec.loadable_path())
    connection.enable_load_extension(False)
    connection.pragma("cache_size", -32_000)
    connection.pragma("mmap_size", 256 * 1024 * 1024)
    connection.pragma("temp_store", "memory")


def _attach_thumbnails(connection: Connection, catalog: Path) -> None:
    connection.execute("ATTACH ? AS thumbs", (str(thumbnails_path(catalog)),))


def disk_error(path: Path, error: Exception) -> LibraryError:
    """What a failing catalog file means, in words."""
    if isinstance(error, apsw.FullError) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return full_disk(path)
    if isinstance(error, DAMAGE):
        return DamagedCatalog(path, str(error))
    if isinstance(error, apsw.BusyError):
        return LibraryError(
            "The photo library is in use by another program.", str(path), "Close the other one and try again."
        )
    if _has_no_room(path):  # then SQLite often knows only of an I/O error
        return full_disk(path)
    if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
        return LibraryError(
            "The photo library file cannot be written.",
            f"{path.parent} may only be read.",
            "Allow writing there, or choose another place for the library.",
        )
    return LibraryError(
        "The photo library file cannot be written.", f"{path}: {error}", "Check that its folder exists and is yours."
    )


def _has_no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM_BYTES
    except OSError:
        return False
