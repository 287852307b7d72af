"""Long work that can report, pause and stop: the call that reports progress is the one that can stop it.

The idea of one progress call that doubles as the cancellation point is Anki's (rslib `progress.rs`).
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.events import JobProgress

_RATE_WINDOW_S = 10.0
_REPORT_INTERVAL_S = 0.1


class Cancelled(Exception):
    """The person stopped this work. Not an error: nothing is shown."""


class JobControl:
    """One running job: its worker calls `report`, any other thread calls pause, resume or stop."""

    def __init__(
        self,
        job: str,
        title: str,
        *,
        unit: str = "photos",
        can_pause: bool = False,
        publish: Callable[[JobProgress], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.job = job
        self._title = title
        self._unit = unit
        self._can_pause = can_pause
        self._publish = publish
        self._clock = clock
        self._stop = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._samples: deque[tuple[float, int]] = deque()
        self._last_report_at = float("-inf")
        self._done = 0
        self._total: int | None = None

    @property
    def is_stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()

    @property
    def is_paused(self) -> bool:
        """Whether the job is waiting for `resume`."""
        return not self._running.is_set()

    def stop(self) -> None:
        """Make the next `report` or `check` raise Cancelled, also when paused."""
        self._stop.set()
        self._running.set()

    def pause(self) -> None:
        """Make the next `report` or `check` wait for `resume`."""
        self._running.clear()
        self._samples.clear()
        self._tell(force=True)

    def resume(self) -> None:
        """Let a paused job go on."""
        self._running.set()
        self._tell(force=True)

    def check(self) -> None:
        """Wait while paused; raise Cancelled when stopped."""
        self._running.wait()
        if self._stop.is_set():
            raise Cancelled

    def rest(self, seconds: float) -> None:
        """Do nothing for a while; raises Cancelled as soon as the job is stopped."""
        if seconds > 0:
            self._stop.wait(seconds)
        self.check()

    def report(self, done: int, total: int | None = None, title: str | None = None) -> None:
        """Say how far the job is; waits while paused, raises Cancelled when stopped."""
        self._done, self._total = done, total
        if title is not None:
            self._title = title
        now = self._clock()
        if self._samples and done < self._samples[-1][1]:
            self._samples.clear()
        self._samples.append((now, done))
        while self._samples and now - self._samples[0][0] > _RATE_WINDOW_S:
            self._samples.popleft()
        self._tell(force=False)
        self.check()

    @contextmanager
    def named(self, title: str, unit: str) -> Iterator[None]:
        """Another title for a part of the job, which counts something else."""
        before, (self._title, self._unit) = (self._title, self._unit), (title, unit)
        self._samples.clear()
        try:
            yield
        finally:
            self._title, self._unit = before
            self._samples.clear()

    def finish(self) -> None:
        """Publish the last progress of this job."""
        self._tell(force=True, is_finished=True)

    def _rate_per_s(self) -> float | None:
        if len(self._samples) < 2:
            return None
        (start, first), (end, last) = self._samples[0], self._samples[-1]
        return (last - first) / (end - start) if end > start else None

    def _tell(self, *, force: bool, is_finished: bool = False) -> None:
        now = self._clock()
        if self._publish is None or (not force and now - self._last_report_at < _REPORT_INTERVAL_S):
            return
        self._last_report_at = now
        rate = self._rate_per_s()
        remaining = (self._total - self._done) / rate if rate and self._total is not None else None
        self._publish(
            JobProgress(
                job=self.job,
                title=self._title,
                done=self._done,
                total=self._total,
                unit=self._unit,
                rate_per_s=rate,
                remaining_s=remaining,
                is_paused=self.is_paused,
                is_finished=is_finished,
                can_pause=self._can_pause,
            )
        )
