"""When to act on changes that keep coming: in a quiet moment, but not put off for ever.

`Calm` is pure, time is an argument; `QuietMoments` is for a thread that waits for one after the other.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Calm:
    """Changes are noted; `wait_s` says how long to wait before acting on them. Not thread-safe."""

    quiet_s: float
    """Nothing may have happened for so long,"""
    longest_s: float
    """unless the first change is as old as this."""
    first_at: float | None = None
    last_at: float = 0.0

    def note(self, now: float) -> None:
        """Something changed at `now` (seconds of any monotonic clock)."""
        self.first_at = now if self.first_at is None else self.first_at
        self.last_at = now

    def wait_s(self, now: float) -> float | None:
        """How long to wait before acting; None: there is nothing to act on."""
        if self.first_at is None:
            return None
        return max(0.0, min(self.last_at + self.quiet_s, self.first_at + self.longest_s) - now)

    def take(self) -> None:
        """What was noted is being acted on."""
        self.first_at = None


class QuietMoments:
    """Changes are noted on any thread; one thread waits until it is time to act on them, or to end."""

    def __init__(
        self,
        quiet_s: float,
        longest_s: float,
        also: Callable[[], bool] = lambda: False,
        also_every_s: float | None = None,
    ) -> None:
        """`also`: has something changed that nobody notes? Asked whenever a wait ends, at least so often."""
        self._calm = Calm(quiet_s, longest_s)
        self._also = also
        self._also_every_s = also_every_s
        self._changed = threading.Condition()
        self._is_closing = False

    def note(self) -> None:
        """Something changed; returns at once."""
        with self._changed:
            self._calm.note(time.monotonic())
            self._changed.notify()

    def wait(self) -> bool:
        """Wait for a quiet moment after a change; False when it is time to end."""
        with self._changed:
            while not self._is_closing:
                wait_s = self._calm.wait_s(time.monotonic())
                if wait_s == 0:
                    self._calm.take()
                    return True
                self._changed.wait(self._also_every_s if wait_s is None else wait_s)
                if self._also():
                    self._calm.note(time.monotonic())
            return False

    def rest(self, seconds: float) -> bool:
        """Let others work for a moment, in the middle of acting; False when it is time to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closing, seconds)
            return not self._is_closing

    def close(self) -> None:
        """It is time to end."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()

    @property
    def is_something_left(self) -> bool:
        """Whether a change was noted that nobody has acted on."""
        return self._calm.first_at is not None
