"""What the values of filters mean: dates as spans of seconds, ratings as spans of stars. Pure; any thread.

Days are local ones, as everywhere in the window. A value that means nothing raises `NoSuchValue` with the sentence.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from core.catalog.filters import Condition, HasA, InMonth, IsA, Named, OfType, RatedBetween, TakenBetween

Span = tuple[date, date]
"""The first day and the day after the last one."""

IS = ("portrait", "landscape", "square", "raw", "favourite", "offline", "unreadable", "screenshot")
HAS = ("gps", "caption", "tags", "album", "rating", "camera", "text")
SPOKEN_DATES = (
    "today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-year", "last-year",
)  # fmt: skip
MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
_SYNONYMS = {
    "favorite": "favourite", "favourites": "favourite", "favorites": "favourite", "vertical": "portrait",
    "horizontal": "landscape", "location": "gps", "place": "gps", "tag": "tags", "albums": "album",
}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_RATING = re.compile(r"(>=|<=|>|<|=)?([0-5])")
_RATING_SPAN = re.compile(r"([0-5])?\.\.([0-5])?")


class NoSuchValue(ValueError):
    """A value that means nothing; the text is the sentence for people."""


def condition(name: str, value: str, today: date) -> Condition:
    """What one value of the filter `name` asks for. Raises NoSuchValue."""
    match name:
        case "date":
            return _date(value, today)
        case "before":
            return TakenBetween(None, _seconds(_span(value, today)[0]))
        case "after":
            return TakenBetween(_seconds(_span(value, today)[1]), None)
        case "rating":
            return _rating(value)
        case "is":
            return IsA(_one_of("is", value, IS))
        case "has":
            return HasA(_one_of("has", value, HAS))
        case "type":
            return OfType(value.lower().removeprefix("."))
        case _:
            return Named(name, value)


def _date(value: str, today: date) -> Condition:
    if value.lower() in MONTHS:
        return InMonth(MONTHS.index(value.lower()) + 1)
    first, dots, last = value.partition("..")
    if not dots:
        begin, end = _span(value, today)
        return TakenBetween(_seconds(begin), _seconds(end))
    if not first and not last:
        raise NoSuchValue("“..” needs a date on one side, such as date:2023-06..2023-08.")
    start = _span(first, today)[0] if first else None
    over = _span(last, today)[1] if last else None
    if start is not None and over is not None and start >= over:
        raise NoSuchValue(f"“{value}” ends before it begins.")
    return TakenBetween(_seconds(start) if start is not None else None, _seconds(over) if over is not None else None)


def _span(value: str, today: date) -> Span:
    """The days that a date means. Raises NoSuchValue."""
    spoken = _spoken(value.lower(), today)
    if spoken is not None:
        return spoken
    written = _DATE.fullmatch(value)
    if written is None:
        raise NoSuchValue(f"“{value}” is not a date. Write 2023, 2023-06, 2023-06-05 or last-week.")
    year, month, day = (int(one) if one else None for one in written.groups())
    try:
        if month is None:
            return date(year or 0, 1, 1), date((year or 0) + 1, 1, 1)
        if day is None:
            return date(year or 0, month, 1), _next_month(date(year or 0, month, 1))
        only = date(year or 0, month, day)
        return only, only + timedelta(days=1)
    except (ValueError, OverflowError):
        raise NoSuchValue(f"There is no date {value}.") from None


def _spoken(value: str, today: date) -> Span | None:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    match value:
        case "today":
            return today, today + timedelta(days=1)
        case "yesterday":
            return today - timedelta(days=1), today
        case "this-week":
            return monday, monday + timedelta(days=7)
        case "last-week":
            return monday - timedelta(days=7), monday
        case "this-month":
            return first, _next_month(first)
        case "last-month":
            return before, first
        case "this-year":
            return date(today.year, 1, 1), date(today.year + 1, 1, 1)
        case "last-year":
            return date(today.year - 1, 1, 1), date(today.year, 1, 1)
    return None


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _seconds(day: date) -> int:
    """Seconds since 1970, UTC, of the local midnight that begins a day."""
    try:
        return int(datetime(day.year, day.month, day.day).timestamp())
    except (OSError, OverflowError, ValueError):  # before 1970 on Windows, or near the ends of the calendar
        return (day - date(1970, 1, 1)).days * 86_400


def _rating(value: str) -> RatedBetween:
    span = _RATING_SPAN.fullmatch(value)
    if span is not None and (span[1] or span[2]):
        return RatedBetween(int(span[1] or 0), int(span[2] or 5))
    one = _RATING.fullmatch(value)
    if one is None:
        raise NoSuchValue(f"“{value}” is not a rating. Write a number from 0 to 5, such as rating:>=3 or rating:3..5.")
    stars = int(one[2])
    match one[1]:
        case ">=":
            return RatedBetween(stars, 5)
        case ">":
            return RatedBetween(stars + 1, 5)
        case "<=":
            return RatedBetween(0, stars)
        case "<":
            return RatedBetween(0, stars - 1)
    return RatedBetween(stars, stars)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    word = _SYNONYMS.get(value.lower(), value.lower())
    if word not in known:
        raise NoSuchValue(f"“{name}:{value}” is not known. Write {name}: with {', '.join(known[:-1])} or {known[-1]}.")
    return word
