"""The smart-albums thread: notes changes of the catalog, waits for a quiet moment, fills.

It runs at a low priority with one core (products over several take the window's core for no gain: they wait for
memory), and lets go of the processor between two albums.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable
from datetime import date

from core.calm import QuietMoments
from core.errors import LibraryError
from core.events import CatalogChanged, Event
from core.jobs import Cancelled
from core.one_thread import one_thread

log = logging.getLogger(__name__)

QUIET_S = 1.0
"""Changes come in bursts (a batch of embeddings, a long selection that is rated): wait for the end of one."""
LONGEST_S = 10.0
"""But not for ever: while thousands of photos are being embedded, albums fill this often."""
_BREATH_S = 0.01
_NICE = 15
_DAY_CHECK_S = 600.0


def concerns(event: Event) -> bool:
    """Whether an event may change what belongs in a smart album; filling one does not."""
    if not isinstance(event, CatalogChanged) or event.filled:
        return False
    photos = event.added or event.changed or event.removed or event.embedded
    return bool(photos or event.tags or event.albums or event.folders)


class Follower:
    """Calls `fill` after changes; `fill` gets a function that says whether to go on. `close` ends the thread."""

    def __init__(self, fill: Callable[[Callable[[], bool]], object]) -> None:
        self._fill = fill
        self._day = date.today()
        self._moments = QuietMoments(QUIET_S, LONGEST_S, self._is_another_day, _DAY_CHECK_S)
        self._thread = threading.Thread(target=self._run, name="smart albums")

    def start(self) -> None:
        """Begin to follow, with a first look at everything."""
        self.wake()
        self._thread.start()

    def wake(self) -> None:
        """Something changed that no event tells of (another encoder answers)."""
        self._moments.note()

    def note(self, event: Event) -> None:
        """The catalog changed; returns at once."""
        if concerns(event):
            self.wake()

    def close(self) -> None:
        """End the thread; a pass that runs ends before its next search."""
        self._moments.close()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        _step_back()
        while self._moments.wait():
            try:
                with one_thread():
                    self._fill(self._may_go_on)
            except Cancelled:
                continue  # the library closes
            except LibraryError as error:
                log.warning("smart albums were not filled: %s", error)
            except Exception:
                log.exception("filling smart albums failed")

    def _is_another_day(self) -> bool:
        """Whether "date:yesterday" means other photos than when this was last asked."""
        before, self._day = self._day, date.today()
        return before != self._day

    def _may_go_on(self) -> bool:
        return self._moments.rest(_BREATH_S)


def _step_back() -> None:
    """Only Linux gives a thread a priority of its own; elsewhere the pauses have to do."""
    with contextlib.suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
