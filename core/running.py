"""Who may index a library: one process at a time, told by a lock file beside the catalog. Any thread.

Reading, and the short writes of a person (a tag, an album), need no lock: SQLite lets one in after the other. Two
processes that scan and embed would do everything twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from core.errors import LibraryError

log = logging.getLogger(__name__)

PATIENCE_S = 30.0
"""Two short runs from a terminal follow one another; a window may be open for days."""


class RunningLock:
    """The right to index one library, held by this process; counts how often it was taken."""

    def __init__(self, catalog: Path) -> None:
        self._catalog = catalog
        self._file = filelock.FileLock(catalog.with_name(catalog.name + ".lock"), thread_local=False)

    def take(self, patience_s: float = 0.0) -> bool:
        """Take it as soon as no other process has it; returns whether it was taken before the patience ended.

        Where the file system knows no locks, or cannot be written, everybody gets it: better twice than never.
        """
        try:
            self._file.acquire(timeout=patience_s)
        except filelock.Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            log.warning("%s cannot be locked: %s", self._catalog, error)
        return True

    def give_back(self) -> None:
        """Give back what one `take` took."""
        self._file.release()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Have it while inside; waits a while for another process. Raises LibraryError when that goes on."""
        if not self.take(PATIENCE_S):
            raise LibraryError(
                "Another Recollect is indexing this library.",
                str(self._catalog),
                "It follows the folders by itself; wait until it is done, or close it and try again.",
            )
        try:
            yield
        finally:
            self.give_back()


@contextmanager
def alone_with(catalog: Path) -> Iterator[None]:
    """No other process indexes this library while inside. Raises LibraryError when one does."""
    catalog.parent.mkdir(parents=True, exist_ok=True)
    with RunningLock(catalog).held():
        yield
