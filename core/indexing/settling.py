"""When a changed path may be looked at: once it has been quiet for a moment. Pure; time is an argument."""

from __future__ import annotations

from pathlib import Path

QUIET_S = 1.0
LONGEST_WAIT_S = 10.0


class Settling:
    """Collects changed paths and hands them out when nothing happened to them for `QUIET_S` seconds.

    A path that never becomes quiet is handed out after `LONGEST_WAIT_S` all the same. Not thread-safe.
    """

    def __init__(self) -> None:
        self._first_at: dict[Path, float] = {}
        self._last_at: dict[Path, float] = {}

    def note(self, path: Path, now: float) -> None:
        """Something happened to `path` at `now` (seconds of any monotonic clock)."""
        self._first_at.setdefault(path, now)
        self._last_at[path] = now

    def due(self, now: float) -> set[Path]:
        """Take out the paths that are ready at `now`."""
        ready = {
            path
            for path, last in self._last_at.items()
            if now - last >= QUIET_S or now - self._first_at[path] >= LONGEST_WAIT_S
        }
        for path in ready:
            del self._first_at[path], self._last_at[path]
        return ready

    def wait_s(self, now: float) -> float | None:
        """Seconds until something is due, 0 when something is, None when nothing was noted."""
        if not self._last_at:
            return None
        next_at = min(
            min(last + QUIET_S, self._first_at[path] + LONGEST_WAIT_S) for path, last in self._last_at.items()
        )
        return max(0.0, next_at - now)
