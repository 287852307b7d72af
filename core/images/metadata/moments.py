"""Dates as cameras and editors write them, to UTC seconds. Pure; any thread."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta, timezone

_MOMENT = re.compile(
    r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[T\s]\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:[.,](\d+))?"
    r"\s*(Z|[+-]\d{1,2}:?\d{2})?"
)
_OFFSET = re.compile(r"\s*(?:(Z)|([+-])(\d{1,2}):?(\d{2}))")
_OLDEST_YEAR = 1826  # the oldest photograph that still exists
_UNSET_CLOCKS = ((1904, 1, 1, 0, 0), (1970, 1, 1, 0, 0))
_FUTURE_ALLOWED_S = 2 * 86_400

Moment = tuple[int, float]
"""Seconds since 1970, UTC, and a fraction of a second to be added."""


def parse(text: str, offset: str = "", fraction: str = "") -> Moment | None:
    """A date and time of EXIF (`2024:05:01 12:30:00`) or XMP (`2024-05-01T12:30:00.5+02:00`), or None.

    Without an offset from UTC it is this computer's local time. Dates that cannot be true (all zeros, a clock that
    was never set, the future) are None.
    """
    match = _MOMENT.match(text)
    if match is None:
        return None
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    if year < _OLDEST_YEAR or (year, month, day, hour, minute) in _UNSET_CLOCKS:
        return None
    try:
        local = datetime(year, month, day, hour, minute, min(int(match[6] or 0), 59))
        seconds = _utc_seconds(local, _zone(match[8] or offset))
    except (ValueError, OverflowError):
        return None
    return None if seconds > time.time() + _FUTURE_ALLOWED_S else (seconds, _fraction_s(match[7] or fraction))


def _zone(offset: str) -> timezone | None:
    match = _OFFSET.match(offset)
    if match is None:
        return None
    if match[1]:
        return UTC
    minutes = int(match[3]) * 60 + int(match[4])
    return timezone(timedelta(minutes=-minutes if match[2] == "-" else minutes))


def _utc_seconds(local: datetime, zone: timezone | None) -> int:
    if zone is not None:
        return int(local.replace(tzinfo=zone).timestamp())
    try:
        return int(local.timestamp())
    except OSError:
        # Windows knows no local time before 1970.
        return int(local.replace(tzinfo=UTC).timestamp()) + time.timezone


def _fraction_s(digits: str) -> float:
    digits = digits.strip().strip("\0")
    return float(f"0.{digits}") if digits.isascii() and digits.isdigit() else 0.0
