"""The background work of sidecars: on request at once, by itself in a quiet moment, and what was given last at the end.

`write` runs on the thread that calls it, the rest on the sidecars thread (`sidecars.keeping`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from core.background_jobs import BackgroundJobs
from core.catalog.catalog import Catalog
from core.domain import PhotoId, SidecarReport
from core.errors import LibraryError
from core.events import EventBus, Notice
from core.jobs import Cancelled
from core.sidecars.keeping import SidecarKeeping
from core.sidecars.writing import SidecarWriting

log = logging.getLogger(__name__)

LAST_S = 2.0
"""How long closing the library may wait for the sidecars of what was tagged last."""


class SidecarWork:
    """Owns the sidecars thread. `close` ends it."""

    def __init__(self, catalog: Catalog, events: EventBus, jobs: BackgroundJobs, is_wanted: Callable[[], bool]) -> None:
        """`is_wanted`: does the person want sidecars to be kept up to date?"""
        self._events = events
        self._jobs = jobs
        self._is_wanted = is_wanted
        self._writing = SidecarWriting(catalog, events.publish)
        self._keeping = SidecarKeeping(self._keep)
        self._is_started = False

    def start(self) -> None:
        """Begin to keep sidecars up to date, with what an earlier run of the program left."""
        self._is_started = True
        self._keeping.start()

    def note(self) -> None:
        """Tags or stars may have changed; returns at once."""
        self._keeping.note()

    def write(self, ids: Sequence[PhotoId] | None) -> SidecarReport:
        """Write sidecars on the calling thread; None: of all photos that differ. Raises Cancelled, LibraryError."""
        with self._jobs.job("sidecars", "Writing sidecars", is_asked_for=True) as job:
            return self._writing.write(ids, job)

    def stop(self) -> None:
        """Give up writing for now; what is left is written with the next change."""
        self._jobs.leave("sidecars")

    def close(self) -> None:
        """End the thread; the last tags and stars are still written, if that is quickly done."""
        is_anything_left = self._keeping.close(self.stop)
        if is_anything_left and self._is_started and not self._jobs.is_paused:
            deadline = threading.Timer(LAST_S, self.stop)
            deadline.start()
            self._keep()
            deadline.cancel()
            deadline.join()

    def _keep(self) -> None:
        """Where the person wants it, bring the sidecars up to date. Raises nothing."""
        if not self._is_wanted() or self._jobs.is_stopped("sidecars"):
            return
        try:
            with self._jobs.job("sidecars", "Writing sidecars") as job:
                self._writing.write(None, job)
        except Cancelled:
            return
        except LibraryError as error:
            self._events.publish(Notice("error", error.title, error.detail, error.hint))
        except Exception:
            log.exception("writing sidecars failed")
