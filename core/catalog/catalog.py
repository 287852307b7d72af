"""The catalog's threads: one writer thread with the only write connection, and a pool of read-only connections.

`write` runs a function in one transaction on the writer thread and, after the commit, announces what changed.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import apsw

from core.catalog import backups, migrations
from core.catalog import connection as connections
from core.catalog.connection import Connection
from core.domain import AlbumId, PhotoId
from core.errors import DamagedCatalog, LibraryError
from core.events import CatalogChanged, EventBus

T = TypeVar("T")

_LONGEST_READ_S = 10.0
_DISK_ERRORS = (apsw.FullError, apsw.IOError, apsw.ReadOnlyError, apsw.CorruptError, apsw.NotADBError, apsw.BusyError)


@dataclass(slots=True)
class Changes:
    """What a transaction changed; filled in by the function that writes."""

    added: set[PhotoId] = field(default_factory=set)
    changed: set[PhotoId] = field(default_factory=set)
    removed: set[PhotoId] = field(default_factory=set)
    embedded: set[PhotoId] = field(default_factory=set)
    texts: set[PhotoId] = field(default_factory=set)
    folders: bool = False
    albums: bool = False
    tags: bool = False
    problems: bool = False
    encoders: bool = False
    filled: set[AlbumId] = field(default_factory=set)
    suggestions: bool = False
    sensitive: bool = False
    duplicates: bool = False
    places: bool = False

    def event(self) -> CatalogChanged | None:
        """The announcement, or None when nothing changed."""
        event = CatalogChanged(
            added=frozenset(self.added),
            changed=frozenset(self.changed - self.added - self.removed),
            removed=frozenset(self.removed),
            embedded=frozenset(self.embedded),
            texts=frozenset(self.texts),
            folders=self.folders,
            albums=self.albums,
            tags=self.tags,
            problems=self.problems,
            encoders=self.encoders,
            filled=frozenset(self.filled),
            suggestions=self.suggestions,
            sensitive=self.sensitive,
            duplicates=self.duplicates,
            places=self.places,
        )
        return None if event == CatalogChanged() else event


class Catalog:
    """An open catalog file. `close` drains the writer, then closes the readers, then the write connection."""

    def __init__(self, path: Path, events: EventBus) -> None:
        self.path = path
        self._events = events
        self._readers: list[Connection] = []
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._all_returned = threading.Condition(self._lock)
        self._is_closed = False
        self._connection = _open(path)
        self._seen_version = self._connection.pragma("data_version")
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="catalog-writer")

    def write(self, work: Callable[[Connection, Changes], T]) -> T:
        """Run `work` in one transaction on the writer thread, announce it, and return its result.

        An exception of `work` rolls everything back and is raised here. Raises LibraryError when the disk is full
        or the file cannot be written.
        """
        return self.written(self.submit(work))

    def submit(self, work: Callable[[Connection, Changes], T]) -> Future[T]:
        """Like `write`, without waiting: hand the future to `written` when the result is needed."""
        return self._submit(self._transaction, work)

    def _submit(self, work: Callable[..., T], *arguments: object) -> Future[T]:
        try:
            return self._writer.submit(work, *arguments)
        except RuntimeError as error:
            raise LibraryError("The library is closed.") from error

    def written(self, future: Future[T]) -> T:
        """Wait for a submitted write. Raises as `write` does."""
        try:
            return future.result()
        except _DISK_ERRORS as error:
            raise connections.disk_error(self.path, error) from error

    def was_written_elsewhere(self) -> bool:
        """Whether another process wrote since this was asked last (https://sqlite.org/pragma.html#pragma_data_version)."""
        return self.written(self._submit(self._look_elsewhere))

    def _look_elsewhere(self) -> bool:
        before, self._seen_version = self._seen_version, self._connection.pragma("data_version")
        return bool(before != self._seen_version)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read-only connection for the calling thread; inside, all queries see one moment."""
        connection = self._borrow()
        try:
            connection.execute("BEGIN")
            yield connection
        except apsw.InterruptError as error:
            raise LibraryError("The library is closed.") from error
        except _DISK_ERRORS as error:
            raise connections.disk_error(self.path, error) from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._give_back(connection)

    def close(self) -> None:
        """Finish what was submitted and close every connection, the write connection last."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
        self._writer.shutdown(wait=True)
        with self._lock:
            for reader in self._idle:
                self._drop(reader)
            self._idle = []
            deadline = time.monotonic() + _LONGEST_READ_S
            while self._readers and time.monotonic() < deadline:
                for reader in self._readers:
                    reader.interrupt()  # again and again: one between two statements does not notice
                self._all_returned.wait(0.05)
        with contextlib.suppress(apsw.Error):  # another program may be writing
            self._connection.execute("PRAGMA optimize")
        self._connection.close()

    def _transaction(self, work: Callable[[Connection, Changes], T]) -> T:
        changes = Changes()
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._connection, changes)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        event = changes.event()
        if event is not None:
            self._events.publish(event)
        return result

    def _borrow(self) -> Connection:
        with self._lock:
            if self._is_closed:
                raise LibraryError("The library is closed.")
            if self._idle:
                return self._idle.pop()
        try:
            reader = connections.open_reader(self.path)
        except apsw.Error as error:
            raise connections.disk_error(self.path, error) from error
        with self._lock:
            if self._is_closed:
                reader.close()
                raise LibraryError("The library is closed.")
            self._readers.append(reader)
        return reader

    def _give_back(self, reader: Connection) -> None:
        with self._lock:
            if not self._is_closed:
                self._idle.append(reader)
            else:
                self._drop(reader)
                self._all_returned.notify_all()

    def _drop(self, reader: Connection) -> None:
        self._readers.remove(reader)
        reader.close()


def _open(path: Path) -> Connection:
    try:
        migrations.refuse_newer(_format_of(path), path)
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = connections.open_writer(path)
    except (OSError, apsw.Error, UnicodeEncodeError) as error:
        raise connections.disk_error(path, error) from error
    try:
        migrations.migrate(connection, path)
    except _DISK_ERRORS as error:
        connection.close()
        raise connections.disk_error(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _format_of(path: Path) -> int:
    try:
        return connections.format_in_header(path)
    except LibraryError as error:
        if backups.all_of_them(path):  # so it was ours
            raise DamagedCatalog(path, "It is no database any more.") from error
        raise
