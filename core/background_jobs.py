"""The jobs of the background work that run now: paused, resumed and stopped together or by kind. Any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.events import JobProgress
from core.jobs import JobControl


class BackgroundJobs:
    """What runs, and what the person wants of it: to wait, or not to go on with one kind of job."""

    def __init__(self, publish: Callable[[JobProgress], None], *, is_paused: bool) -> None:
        self._publish = publish
        self._lock = threading.Lock()
        self._running: list[JobControl] = []
        self._stopped: set[str] = set()
        self._is_closing = False
        self.is_paused = is_paused

    @contextmanager
    def job(self, key: str, title: str, *, is_asked_for: bool = False) -> Iterator[JobControl]:
        """A job of the background, or one that somebody waits for: an earlier pause or stop does not hold that."""
        job = self.begin(key, title, is_asked_for=is_asked_for)
        try:
            yield job
        finally:
            self.finish(job)

    def begin(self, key: str, title: str, *, is_asked_for: bool = False) -> JobControl:
        """Like `job`; whoever began it must `finish` it."""
        job = JobControl(key, title, can_pause=True, publish=self._publish)
        with self._lock:
            self._running.append(job)
        if self.is_paused and not is_asked_for:
            job.pause()
        if self._is_closing or (key in self._stopped and not is_asked_for):
            job.stop()
        return job

    def finish(self, job: JobControl) -> None:
        """It ended, however it ended."""
        job.finish()
        with self._lock:
            self._running = [one for one in self._running if one is not job]

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs."""
        with self._lock:
            return not self._running

    @property
    def is_closing(self) -> bool:
        """Whether `close` was called."""
        return self._is_closing

    def is_stopped(self, key: str) -> bool:
        """Whether the person does not want this kind to go on."""
        return key in self._stopped

    def pause(self) -> None:
        """Hold everything where it is."""
        self.is_paused = True
        for job in self._now():
            job.pause()

    def resume(self) -> None:
        """Go on after a pause or a stop."""
        self.is_paused = False
        self._stopped.clear()
        for job in self._now():
            job.resume()

    def stop(self, key: str) -> None:
        """No more of this kind until `resume` or `allow`."""
        self._stopped.add(key)
        self.leave(key)

    def allow(self, key: str) -> None:
        """Take a `stop` back."""
        self._stopped.discard(key)

    def leave(self, key: str) -> None:
        """Stop what runs of this kind; it may begin again."""
        for job in self._now():
            if job.job == key:
                job.stop()

    def close(self) -> None:
        """Stop everything, for good."""
        self._is_closing = True
        for job in self._now():
            job.stop()

    def _now(self) -> list[JobControl]:
        with self._lock:
            return list(self._running)
