"""Photos that say where they were taken are found by the names of that place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.domain import PlaceCount, Query, ReasonKind
from core.events import CatalogChanged
from tests.support.libraries import Shelf

LISBON = (38.7139, -9.1394)
MUNICH = (48.1374, 11.5755)


@pytest.fixture
def located(shelf: Shelf, lend_gazetteer: Callable[[Path], None]) -> Shelf:
    lend_gazetteer(shelf.places.cache)
    shelf.photo_at("tram.jpg", *LISBON)
    shelf.photo_at("beer.jpg", *MUNICH)
    shelf.photo_at("broken.jpg", 0.0, 0.0)
    shelf.picture("unknown.png")
    shelf.watch_root()
    return shelf


def by_words(shelf: Shelf, words: str) -> list[str]:
    hits = shelf.library.search(Query(words, is_exact_only=True)).hits
    return shelf.names_of([hit.photo_id for hit in hits])


@pytest.mark.parametrize("words", ["Lisbon", "lisboa", "Lissabon", "portugal", "lisb"])
def test_a_photo_is_found_by_its_place(located: Shelf, words: str) -> None:
    assert by_words(located, words) == ["tram.jpg"]


def test_the_reason_says_that_it_is_the_place(located: Shelf) -> None:
    (hit,) = located.library.search(Query("Munich", is_exact_only=True)).hits
    assert [reason.kind for reason in hit.reasons] == [ReasonKind.PLACE]


def test_the_details_name_the_place(located: Shelf) -> None:
    place = located.library.details(located.photo("tram.jpg").id).place
    assert place is not None
    assert (place.town, place.region, place.country) == ("Lisbon", "Lisboa", "Portugal")
    assert located.library.details(located.photo("broken.jpg").id).place is None
    assert located.library.details(located.photo("unknown.png").id).place is None


def test_the_places_of_the_library_are_counted(located: Shelf) -> None:
    located.photo_at("castle.jpg", 38.7139, -9.1335)
    located.scan()
    assert located.library.photo_places() == [
        PlaceCount("Munich", "Bayern", "Germany", 1),
        PlaceCount("Lisbon", "Lisboa", "Portugal", 2),
    ]
    assert located.library.status().placed == 3


def test_nothing_is_looked_up_twice(located: Shelf) -> None:
    before = len(located.heard.events)
    located.scan()
    assert not [event for event in located.heard.events[before:] if isinstance(event, CatalogChanged)]


def test_photos_from_before_are_named_too(located: Shelf) -> None:
    """A library of an older version, or an older edition of the gazetteer."""
    with_old = "UPDATE photos SET place_id = NULL, place_edition = 'older' WHERE latitude IS NOT NULL"
    located.library._catalog.write(lambda connection, _changes: connection.execute(with_old))
    located.library._catalog.write(lambda connection, _changes: connection.execute("UPDATE texts SET place = NULL"))
    assert by_words(located, "Lisbon") == []
    located.scan()
    assert by_words(located, "Lisbon") == ["tram.jpg"]


def test_an_edited_position_is_looked_up_again(located: Shelf) -> None:
    located.photo_at("tram.jpg", *MUNICH, seed="edited")
    located.scan()
    assert by_words(located, "Lisbon") == []
    assert set(by_words(located, "Munich")) == {"tram.jpg", "beer.jpg"}


def test_a_moved_photo_keeps_its_place(located: Shelf) -> None:
    (located.root / "tram.jpg").rename(located.root / "moved.jpg")
    located.scan()
    assert by_words(located, "Lisbon") == ["moved.jpg"]


def test_a_photo_that_is_gone_is_not_counted(located: Shelf) -> None:
    (located.root / "tram.jpg").unlink()
    located.scan()
    assert [one.country for one in located.library.photo_places()] == ["Germany"]
