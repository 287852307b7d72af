"""Events: what belongs together by when and where it was taken, however densely somebody photographs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.album_suggestions import events, naming
from core.catalog.timeline import Timeline

HOUR = 3600
DAY = 24 * HOUR
LISBON, PORTO = (38.72, -9.14), (41.15, -8.61)


def timeline(moments: list[float], where: Sequence[tuple[float, float] | None] | None = None) -> Timeline:
    count = len(moments)
    places = [one or (np.nan, np.nan) for one in (where or [None] * count)]
    return Timeline(
        np.arange(1, count + 1, dtype=np.int64),
        np.array(moments, dtype=np.int64),
        np.array([one[0] for one in places], dtype=np.float64),
        np.array([one[1] for one in places], dtype=np.float64),
    )


def burst(start: float, count: int, every: float = 120) -> list[float]:
    return [start + number * every for number in range(count)]


def sizes(found: list[NDArray[np.int64]]) -> list[int]:
    return [len(one) for one in found]


def test_two_parties_a_month_apart_are_two_events() -> None:
    assert sizes(events.find(timeline(burst(0, 20) + burst(30 * DAY, 15)))) == [20, 15]


def test_a_lunch_break_does_not_part_a_slow_day_but_parts_a_dense_one() -> None:
    slow = burst(0, 10, 1500) + burst(10 * 1500 + 3 * HOUR, 10, 1500)
    assert sizes(events.find(timeline(slow))) == [20]
    dense = burst(0, 5, 20) + burst(5 * HOUR, 12, 20)
    assert sizes(events.find(timeline(dense))) == [12]


def test_the_days_of_a_journey_are_one_event() -> None:
    days = [moment for day in range(5) for moment in burst(day * DAY, 25, 1200)]
    assert sizes(events.find(timeline(days))) == [125]


def test_somebody_who_photographs_every_day_gets_no_event_of_a_year() -> None:
    days = [moment for day in range(365) for moment in burst(day * DAY, 12, 900)]
    found = events.find(timeline(days))
    assert max(sizes(found), default=0) <= 12


def test_a_long_way_parts_what_the_clock_does_not() -> None:
    moments = burst(0, 10, 600) + burst(10 * 600 + 3000, 10, 600)
    assert sizes(events.find(timeline(moments))) == [20]
    assert sizes(events.find(timeline(moments, [LISBON] * 10 + [PORTO] * 10))) == [10, 10]


def test_a_few_photos_are_no_event() -> None:
    assert events.find(timeline(burst(0, events.LEAST_PHOTOS - 1))) == []
    assert events.find(timeline([])) == []
    assert events.find(timeline([number * 10 * DAY for number in range(50)])) == []


def test_distance() -> None:
    assert events.distance_km(*LISBON, *PORTO) == pytest.approx(274, abs=5)


@given(st.lists(st.integers(-(10**9), 2 * 10**9), max_size=80).map(sorted))
def test_no_photo_is_in_two_events(moments: list[float]) -> None:
    rows = [int(row) for one in events.find(timeline(moments)) for row in one]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((2024, 8, 3), (2024, 8, 3), "3 August 2024"),
        ((2024, 8, 3), (2024, 8, 5), "3–5 August 2024"),
        ((2024, 7, 30), (2024, 8, 2), "30 July – 2 August 2024"),
        ((2023, 12, 31), (2024, 1, 1), "31 December 2023 – 1 January 2024"),
    ],
)
def test_days(first: tuple[int, int, int], last: tuple[int, int, int], expected: str) -> None:
    assert naming.days(datetime(*first), datetime(*last)) == expected


def test_names_are_made_different() -> None:
    start, end = int(datetime(2024, 8, 3).timestamp()), int(datetime(2024, 8, 5).timestamp())
    title = naming.event_title("beach", start, end)
    assert title == "Beach, August 2024"
    taken = {"sea"}
    assert naming.distinct(title, start, end, taken) == "Beach, August 2024"
    assert naming.distinct(title, start, end, taken) == "Beach, 3–5 August 2024"
    assert naming.distinct(title, start, end, taken) == "Beach, August 2024 (2)"
    assert naming.distinct("Sea", start, end, taken) == "Sea (2)"
