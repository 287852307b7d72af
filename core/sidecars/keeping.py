"""The sidecars thread: notes that something may have to be written, waits for a quiet moment, has it written.

Ten stars given one after the other are one writing. What is to be written is a question to the catalog, so neither a
crash nor the end of the program loses any of it: the next start writes the rest.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from core.calm import Calm

QUIET_S = 3.0
LONGEST_S = 30.0
"""While thousands of photos are being tagged, sidecars are written this often."""
_ASK_AGAIN_S = 0.05


class SidecarKeeping:
    """Calls `write` a quiet moment after `note`, on a thread of its own. `close` ends the thread."""

    def __init__(self, write: Callable[[], None]) -> None:
        """`write` must not raise."""
        self._write = write
        self._calm = Calm(QUIET_S, LONGEST_S)
        self._changed = threading.Condition()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="sidecars")

    def start(self) -> None:
        """Begin, with what an earlier run of the program left to be written."""
        self.note()
        self._thread.start()

    def note(self) -> None:
        """Tags or stars may have changed; returns at once."""
        with self._changed:
            self._calm.note(time.monotonic())
            self._changed.notify()

    def close(self, stop: Callable[[], None]) -> bool:
        """End the thread; `stop` stops a writing that runs, or is about to. Returns whether something is left to do."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        while self._thread.is_alive():
            stop()
            self._thread.join(_ASK_AGAIN_S)
        return self._calm.first_at is not None

    def _run(self) -> None:
        while self._wait():
            self._write()

    def _wait(self) -> bool:
        """Wait for a quiet moment after a change; False when it is time to end."""
        with self._changed:
            while not self._is_closing:
                wait_s = self._calm.wait_s(time.monotonic())
                if wait_s == 0:
                    self._calm.take()
                    return True
                self._changed.wait(wait_s)
            return False
