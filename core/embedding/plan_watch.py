"""Notices that an encoder runs at quite another speed than its self-test promised. Pure; time is an argument.

The self-test takes seconds, once, and what it finds is kept: one that ran beside other heavy work may have chosen the
wrong number format for good.
"""

from __future__ import annotations

FASTER = 1.5
"""So many times the promised speed: the self-test must have been held up."""
SLOWER = 0.4
"""So much of it, even in the best of many batches: something else holds up the encoder, or the machine changed."""
WINDOW = 24
"""Batches that are looked at together; the fastest counts, because others slow one down and nothing speeds one up."""
WARM_UP = 2


class PlanWatch:
    """The batches of one loaded image half. One thread at a time."""

    def __init__(self, promised_per_s: float) -> None:
        """`promised_per_s`: pictures a second of the self-test; 0: unknown, nothing is noticed."""
        self._promised_per_s = promised_per_s
        self._batches = 0
        self._best_per_s = 0.0

    def note(self, pictures: int, seconds: float) -> bool:
        """A full batch was encoded; returns whether the self-test should be repeated."""
        self._batches += 1
        if self._promised_per_s <= 0 or self._batches <= WARM_UP or seconds <= 0:
            return False
        self._best_per_s = max(self._best_per_s, pictures / seconds)
        if self._batches < WARM_UP + WINDOW:
            return False
        share = self._best_per_s / self._promised_per_s
        self._batches, self._best_per_s = WARM_UP, 0.0
        return share > FASTER or share < SLOWER
