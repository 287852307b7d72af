"""Facts as people read them, in their locale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, QLocale

from app import photo_facts
from core.domain import PhotoDetails
from tests.support import photo_shelf

DETAILS = PhotoDetails(
    photo=photo_shelf.photo(1, width_px=4032, height_px=3024),
    folder=Path("/photos"),
    size_bytes=3_400_000,
    camera="Canon EOS 70D",
    lens=None,
    exposure_s=1 / 250,
    f_number=2.8,
    iso=1600,
    focal_length_mm=35.0,
    latitude=48.858372,
    longitude=-2.294481,
    altitude_m=-3.4,
    caption=None,
    tags=(),
    albums=(),
    problem=None,
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def test_exposure_says_what_is_known() -> None:
    assert photo_facts.exposure(DETAILS) == "1/250 s · f/2.8 · ISO 1600 · 35 mm"
    assert photo_facts.exposure(replace(DETAILS, exposure_s=2.5, iso=None, f_number=8.0)) == "2.5 s · f/8 · 35 mm"
    nothing = replace(DETAILS, exposure_s=None, f_number=None, iso=None, focal_length_mm=None)
    assert photo_facts.exposure(nothing) == ""


def test_numbers_follow_the_locale() -> None:
    QLocale.setDefault(QLocale("de_DE"))
    assert "f/2,8" in photo_facts.exposure(DETAILS)
    assert photo_facts.size(3_400_000) == "3,4 MB"
    assert photo_facts.pixels(DETAILS.photo) == "4032 × 3024 · 12,2 MP"


def test_dates_follow_the_locale() -> None:
    noon = QDateTime.fromString("2024-08-03T12:05:00", "yyyy-MM-ddTHH:mm:ss").toSecsSinceEpoch()
    assert photo_facts.day(noon) == "Saturday, August 3, 2024"
    QLocale.setDefault(QLocale("de_DE"))
    assert photo_facts.day(noon) == "Samstag, 3. August 2024"
    assert photo_facts.time(noon) == "12:05"


def test_span_of_one_day_is_said_once() -> None:
    assert photo_facts.days(photo_shelf.NOON, photo_shelf.NOON + 60) == photo_facts.day(photo_shelf.NOON)
    assert " – " in photo_facts.days(photo_shelf.NOON, photo_shelf.NOON + 2 * photo_shelf.DAY_S)


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_500, "1.5 kB"), (605_000_000, "605 MB"), (1_507_000_000, "1.5 GB")],
)
def test_size_has_no_needless_decimals(size_bytes: int, text: str) -> None:
    assert photo_facts.size(size_bytes) == text


def test_place_is_readable_and_its_copy_is_for_machines() -> None:
    assert photo_facts.place(DETAILS) == "48.85837° N, 2.29448° W"
    QLocale.setDefault(QLocale("de_DE"))
    assert photo_facts.coordinates(DETAILS) == "48.85837, -2.29448"
    assert photo_facts.place(replace(DETAILS, latitude=None)) == ""


def test_unknown_size_says_nothing() -> None:
    assert photo_facts.pixels(photo_shelf.photo(1, width_px=0, height_px=0)) == ""


def test_counted_chooses_the_form() -> None:
    assert photo_facts.counted(1, "one photo", "{n} photos") == "one photo"
    assert photo_facts.counted(1200, "one photo", "{n} photos") == "1,200 photos"
