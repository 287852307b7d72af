"""How much of its time the indexer works, so that the person at the computer does not notice it. Any thread.

Low priority alone is not enough: an encoder also takes memory bandwidth and, on a laptop, the battery.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil

from core.settings import Speed

IN_USE_S = 2.0
"""The window counts as in use for so long after it was scrolled, typed into or paged through."""
SHARE_IN_USE = 0.5
SHARE_ON_BATTERY = 0.5
SHARE_SLOW = 0.25
_BATTERY_CHECK_S = 30.0
LONGEST_REST_S = 5.0


def is_on_battery() -> bool:
    """Whether the system says that it runs on its battery."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError, ValueError):  # not known on this system
        return False
    return battery is not None and battery.power_plugged is False


class Pace:
    """Says how long to rest after work."""

    def __init__(
        self,
        speed: Callable[[], Speed],
        on_battery: Callable[[], bool] = is_on_battery,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._speed = speed
        self._on_battery = on_battery
        self._clock = clock
        self._used_at = float("-inf")
        self._battery_asked_at = float("-inf")
        self._is_on_battery = False

    def note_use(self) -> None:
        """The person did something in the window."""
        self._used_at = self._clock()

    def share(self) -> float:
        """The share of the time to work now, above 0 to 1."""
        speed = self._speed()
        if speed == "full":
            return 1.0
        if speed == "slow":
            return SHARE_SLOW
        now = self._clock()
        if now - self._battery_asked_at > _BATTERY_CHECK_S:
            self._battery_asked_at, self._is_on_battery = now, self._on_battery()
        share = SHARE_IN_USE if now - self._used_at < IN_USE_S else 1.0
        return share * SHARE_ON_BATTERY if self._is_on_battery else share

    def rest_s(self, worked_s: float) -> float:
        """Seconds to rest after `worked_s` seconds of work."""
        return min(LONGEST_REST_S, worked_s * (1 / self.share() - 1))
