"""The sidecars thread: notes that something may have to be written, waits for a quiet moment, has it written.

Ten stars given one after the other are one writing. What is to be written is a question to the catalog, so neither a
crash nor the end of the program loses any of it: the next start writes the rest.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from core.calm import QuietMoments

QUIET_S = 3.0
LONGEST_S = 30.0
"""While thousands of photos are being tagged, sidecars are written this often."""
_ASK_AGAIN_S = 0.05


class SidecarKeeping:
    """Calls `write` a quiet moment after `note`, on a thread of its own. `close` ends the thread."""

    def __init__(self, write: Callable[[], None]) -> None:
        """`write` must not raise."""
        self._write = write
        self._moments = QuietMoments(QUIET_S, LONGEST_S)
        self._thread = threading.Thread(target=self._run, name="sidecars")

    def start(self) -> None:
        """Begin, with what an earlier run of the program left to be written."""
        self.note()
        self._thread.start()

    def note(self) -> None:
        """Tags or stars may have changed; returns at once."""
        self._moments.note()

    def close(self, stop: Callable[[], None]) -> bool:
        """End the thread; `stop` stops a writing that runs, or is about to. Returns whether something is left to do."""
        self._moments.close()
        while self._thread.is_alive():
            stop()
            self._thread.join(_ASK_AGAIN_S)
        return self._moments.is_something_left

    def _run(self) -> None:
        while self._moments.wait():
            self._write()
