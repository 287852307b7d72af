"""Positions that people know by name."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain import Place
from core.gazetteer import towns
from core.gazetteer.gazetteer import Gazetteer, is_position


@pytest.fixture(scope="module")
def gazetteer(compiled_gazetteer: Path) -> Gazetteer:
    return Gazetteer.open(compiled_gazetteer)


def at(gazetteer: Gazetteer, latitude: float, longitude: float) -> Place:
    place = gazetteer.place_at(latitude, longitude)
    assert place is not None
    return place


@pytest.mark.parametrize(
    ("latitude", "longitude", "town", "region", "country"),
    [
        (38.7139, -9.1394, "Lisbon", "Lisboa", "Portugal"),
        (40.7580, -73.9855, "New York City", "New York", "United States"),
        (64.1814, -51.6941, "Nuuk", "Kommuneqarfik Sermersooq", "Greenland"),
        (48.1374, 11.5755, "Munich", "Bayern", "Germany"),
        (-33.8568, 151.2153, "Sydney", "New South Wales", "Australia"),
        (78.2232, 15.6469, "Longyearbyen", "Svalbard", "Svalbard and Jan Mayen"),
        (41.9022, 12.4539, "Vatican City", None, "Vatican"),
    ],
)
def test_a_photo_in_a_town(
    gazetteer: Gazetteer, latitude: float, longitude: float, town: str, region: str | None, country: str
) -> None:
    place = at(gazetteer, latitude, longitude)
    assert (place.town, place.region, place.country) == (town, region, country)


def test_a_part_of_a_city_is_named_with_the_city(gazetteer: Gazetteer) -> None:
    times_square, restelo = at(gazetteer, 40.758, -73.9855), at(gazetteer, 38.6992, -9.2137)
    assert (times_square.district, times_square.town) == ("Times Square", "New York City")
    assert (restelo.district, restelo.town) == ("Restelo", "Lisbon")


def test_a_town_near_a_city_keeps_its_own_name(gazetteer: Gazetteer) -> None:
    assert at(gazetteer, 38.797, -9.39).town == "Sintra"
    assert at(gazetteer, 48.8049, 2.1204).town == "Versailles"
    assert at(gazetteer, 34.147, -118.144).town == "Pasadena"  # beside Los Angeles
    assert at(gazetteer, 42.3736, -71.1097).town == "Cambridge"  # beside Boston


def test_a_neighbour_over_the_border_is_not_a_part_of_the_city(gazetteer: Gazetteer) -> None:
    assert at(gazetteer, 52.3989, 13.0657).region == "Brandenburg"  # Potsdam, beside Berlin


def test_other_names_of_town_region_and_country_are_there_to_search_by(gazetteer: Gazetteer) -> None:
    lisbon, munich = at(gazetteer, 38.7139, -9.1394), at(gazetteer, 48.1374, 11.5755)
    assert {"Lissabon", "Lisbonne", "里斯本"} <= set(lisbon.other_names)
    assert {"München", "Bavaria", "Deutschland"} <= set(munich.other_names)


@pytest.mark.parametrize(("latitude", "longitude"), [(30.0, -40.0), (90.0, 0.0), (-90.0, 0.0), (72.0, -40.0)])
def test_the_open_sea_the_poles_and_the_ice_have_no_name(
    gazetteer: Gazetteer, latitude: float, longitude: float
) -> None:
    assert gazetteer.place_at(latitude, longitude) is None


def test_far_from_any_town_only_the_country_is_named(gazetteer: Gazetteer) -> None:
    sahara = at(gazetteer, 26.5, 2.5)
    assert (sahara.district, sahara.town, sahara.region, sahara.country) == (None, None, None, "Algeria")


def test_the_date_line_is_no_border(gazetteer: Gazetteer) -> None:
    """Fiji lies on both sides of it: its towns are west of it, 120 and 150 km away."""
    assert at(gazetteer, -16.8, 179.99).country == at(gazetteer, -16.8, -179.98).country == "Fiji"


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(0.0, 0.0), (0.001, -0.002), (91.0, 10.0), (10.0, 181.0), (math.nan, 10.0), (10.0, math.inf), (10.0, None)],
)
def test_what_is_no_position_has_no_place(gazetteer: Gazetteer, latitude: float, longitude: float | None) -> None:
    assert not is_position(latitude, longitude)
    assert gazetteer.place_at(latitude, longitude) is None


@settings(max_examples=60, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_position_gets_an_answer_that_names_a_country(latitude: float, longitude: float) -> None:
    place = _everywhere().place_at(latitude, longitude)
    assert place is None or (place.country and len(place.country_code) == 2)


def test_a_damaged_cache_is_compiled_again(tmp_path: Path, compiled_gazetteer: Path) -> None:
    name = next(compiled_gazetteer.iterdir()).name
    (tmp_path / name).write_bytes(next(compiled_gazetteer.iterdir()).read_bytes()[:1000])
    assert len(towns.load_or_compile(tmp_path).ids) > 200_000
    assert (tmp_path / name).stat().st_size > 1_000_000


_OPENED: list[Gazetteer] = []


@pytest.fixture(autouse=True)
def _open_once(gazetteer: Gazetteer) -> None:
    _OPENED[:] = [gazetteer]


def _everywhere() -> Gazetteer:
    return _OPENED[0]
