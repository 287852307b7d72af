"""When to act on changes that keep coming: in a quiet moment, but not put off for ever. Pure; time is an argument."""

from __future__ import annotations

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
