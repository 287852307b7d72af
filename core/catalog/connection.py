"""Opens connections to the catalog file: pragmas, sqlite-vec, the thumbnails beside it. The only importer of apsw.

The stdlib sqlite3 cannot load extensions on many Pythons; apsw brings its own SQLite (docs/decisions/0001).
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import apsw
import sqlite_vec

from core.errors import LibraryError

Connection = apsw.Connection
Row = tuple[Any, ...]

APPLICATION_ID = 0x52434C54  # "RCLT"
BUSY_TIMEOUT_MS = 15_000


def query(connection: Connection, statement: str, bindings: tuple[Any, ...] = ()) -> list[Row]:
    """All rows of a statement that returns some."""
    rows: list[Row] = list(connection.execute(statement, bindings))
    return rows


def thumbnails_path(catalog: Path) -> Path:
    """The file of the thumbnails that belongs to a catalog file."""
    return catalog.with_name(catalog.name + "-thumbnails")


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
        _attach_thumbnails(connection, catalog)
        connection.execute("PRAGMA thumbs.journal_mode = wal")
        connection.execute("PRAGMA thumbs.synchronous = normal")
        script = resources.files("core.catalog").joinpath("schema/thumbnails_0001.sql").read_text(encoding="utf-8")
        connection.execute(script)
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
