"""Library calls off the GUI thread. Owned by the GUI thread; the work itself runs on a small pool of threads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from core.errors import LibraryError
from core.jobs import Cancelled

log = logging.getLogger(__name__)

T = TypeVar("T")
THREADS = 4


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came out of one piece of work."""

    key: str
    ticket: int
    result: Any
    error: BaseException | None
    done: Callable[[Any], None]
    failed: Callable[[LibraryError], None] | None


class Tasks(QObject):
    """Runs work on threads and hands the result back on the GUI thread; per key only the newest counts."""

    failed = Signal(object)
    """LibraryError of work that was started without `failed`: to be shown as a notice."""
    broken = Signal(object)
    """BaseException that nobody expected: a bug, for the dialog with details."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="tasks")
        self._edits = ThreadPoolExecutor(1, thread_name_prefix="edits")
        self._newest: dict[str, int] = {}
        self._waiting: dict[str, Future[None]] = {}
        self._last_ticket = 0
        self._lock = threading.Lock()
        self._is_closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        key: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[LibraryError], None] | None = None,
    ) -> None:
        """Do `work` on a thread, then call `done` here with what it returned.

        A later call with the same key makes this one's result worthless: it is dropped, and not
        even started if no thread had taken it up. `failed` gets a LibraryError; without it the
        `failed` signal does. Anything else goes to the `broken` signal.
        """
        if self._is_closed:
            return
        older = self._waiting.get(key)
        if older is not None:
            older.cancel()
        self._waiting[key] = self._pool.submit(self._attempt, key, self._next_ticket(key), work, done, failed)

    def edit(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[LibraryError], None] | None = None,
    ) -> None:
        """Like `run`, for changes to the library: one after the other in the order asked, and never dropped."""
        if self._is_closed:
            return
        key = f"edit {self._last_ticket + 1}"
        self._edits.submit(self._attempt, key, self._next_ticket(key), work, done, failed)

    def forget(self, key: str) -> None:
        """Drop whatever is under way for `key`: neither `done` nor `failed` will be called."""
        self._newest.pop(key, None)
        older = self._waiting.pop(key, None)
        if older is not None:
            older.cancel()

    def close(self) -> None:
        """Finish all edits, drop other work that has not begun, and end the threads. No callback comes after this."""
        with self._lock:
            self._is_closed = True
        self._edits.shutdown(wait=True)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._newest.clear()
        self._waiting.clear()

    def _next_ticket(self, key: str) -> int:
        self._last_ticket += 1
        self._newest[key] = self._last_ticket
        return self._last_ticket

    def _attempt(
        self,
        key: str,
        ticket: int,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[LibraryError], None] | None,
    ) -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as raised:
            error = raised
        self._hand_over(_Outcome(key, ticket, result, error, done, failed))

    def _hand_over(self, outcome: _Outcome) -> None:
        # Under the lock, so that nothing is emitted once close() has begun to take this object down.
        with self._lock:
            if not self._is_closed:
                self._finished.emit(outcome)

    def _deliver(self, outcome: _Outcome) -> None:
        if self._is_closed or self._newest.get(outcome.key) != outcome.ticket:
            return
        del self._newest[outcome.key]
        self._waiting.pop(outcome.key, None)
        match outcome.error:
            case None:
                outcome.done(outcome.result)
            case LibraryError() as error:
                (outcome.failed or self.failed.emit)(error)
            case Cancelled():
                pass
            case error:
                log.error("task %s failed", outcome.key, exc_info=error)
                self.broken.emit(error)
