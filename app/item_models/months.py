"""Months of photos in this person's time zone and language. Pure apart from the system's zone; any thread."""

from __future__ import annotations

import datetime
import re
import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QDate, QDateTime, QLocale

_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_EPOCH_YEAR = 1970
_MEAN_YEAR_S = 31_556_952


def of(taken_at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Months since January 1970 in local time, (n,), of UTC seconds (n,); beyond 1800 to 2200 the nearest of those."""
    if not len(taken_at):
        return np.empty(0, np.int64)
    first, last = _year_near(int(taken_at.min()), -1), _year_near(int(taken_at.max()), 1)
    starts = [_start_s(year, month) for year in range(first, last + 1) for month in range(1, 13)]
    positions = np.searchsorted(np.array(starts, np.int64), taken_at, side="right") - 1
    months: NDArray[np.int64] = positions.clip(min=0).astype(np.int64) + (first - _EPOCH_YEAR) * 12
    return months


def title(month: int) -> str:
    """ "August 2024", in the person's language."""
    locale = QLocale()
    name = locale.standaloneMonthName(month % 12 + 1)
    return f"{name[:1].upper()}{name[1:]} {1970 + month // 12}"


def day_title(taken_at: int) -> str:
    """ "3 August 2024" of UTC seconds, in the person's language and order, without the weekday."""
    locale = QLocale()
    pattern = re.sub(r"[\s,،]*dddd[\s,،]*", " ", locale.dateFormat(QLocale.FormatType.LongFormat)).strip()
    return locale.toString(_local_date(taken_at), pattern)


def _local_date(taken_at: int) -> QDate:
    return QDateTime.fromSecsSinceEpoch(taken_at).date()


def _year_near(moment: int, spare: int) -> int:
    """About the year of UTC seconds, `spare` years later: time zones and leap years shift it by less than one."""
    year = _EPOCH_YEAR + moment // _MEAN_YEAR_S + spare
    return min(max(year, _FIRST_YEAR), _LAST_YEAR)


def _start_s(year: int, month: int) -> int:
    """UTC seconds of the local midnight that begins a month."""
    start = datetime.datetime(year, month, 1)
    try:
        return int(start.timestamp())
    except (OSError, OverflowError):
        # Windows knows no local time before 1970.
        return int(start.replace(tzinfo=datetime.UTC).timestamp()) + time.timezone
