"""What is offered while a query is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.query_parts import Completion
from tests.support.libraries import Shelf


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    for name in ("Lisbon/a.png", "Lisbon/b.png", "c.png"):
        shelf.picture(name)
    shelf.watch_root()
    shelf.library.create_album("Summer 2023", shelf.ids("Lisbon/a.png", "Lisbon/b.png"))
    shelf.library.create_album("Été", shelf.ids("c.png"))
    shelf.library.add_tag("family", shelf.ids("c.png"))
    return shelf


def offered(shelf: Shelf, text: str) -> list[Completion]:
    return shelf.library.completions(text, len(text))


@pytest.mark.parametrize(
    ("typed", "first", "whole"),
    [
        ("dog al", "album:", "dog album:"),
        ("-ta", "-tag:", "-tag:"),
        ("album:", "Summer 2023", 'album:"Summer 2023" '),
        ("album:ete", "Été", "album:Été "),
        ("album:20", "Summer 2023", 'album:"Summer 2023" '),
        ('album:"Summer 2', "Summer 2023", 'album:"Summer 2023" '),
        ("-album:su", "Summer 2023", '-album:"Summer 2023" '),
        ("album:Été,su", "Summer 2023", 'album:Été,"Summer 2023" '),
        ("dog is:por", "portrait", "dog is:portrait "),
        ("summ", "album: Summer 2023", 'album:"Summer 2023" '),
        ("dog fam", "tag: family", "dog tag:family "),
        ("folder:li", "Lisbon", "folder:Lisbon "),
        ("type:", "png", "type:png "),
        ("date:yes", "yesterday", "date:yesterday "),
    ],
)
def test_what_is_offered_completes_the_text(library: Shelf, typed: str, first: str, whole: str) -> None:
    one = offered(library, typed)[0]
    assert one.label == first
    assert typed[: one.start] + one.text + typed[one.end :] == whole
    assert library.library.read_query(whole).mistakes == () or whole.endswith(":")


@pytest.mark.parametrize("typed", ["", "d", "dog ", '"al', "album:nothing", "http:", "is:portrait"])
def test_nothing_is_offered_where_nothing_fits(library: Shelf, typed: str) -> None:
    assert offered(library, typed) == []


def test_nothing_is_offered_inside_a_word(library: Shelf) -> None:
    assert library.library.completions("album", 2) == []
    assert library.library.completions("al dog", 2)[0].label == "album:"


def test_what_is_offered_follows_the_catalog(library: Shelf) -> None:
    assert [one.label for one in offered(library, "tag:")] == ["family"]
    library.library.add_tag("friends", library.ids("c.png", "Lisbon/a.png"))
    assert [(one.label, one.detail) for one in offered(library, "tag:f")] == [("friends", "2"), ("family", "1")]


def test_a_town_and_its_region_of_the_same_name_are_offered_once(
    shelf: Shelf, lend_gazetteer: Callable[[Path], None]
) -> None:
    lend_gazetteer(shelf.places.cache)
    shelf.photo_at("alfama.jpg", 38.716, -9.139)  # Lisbon, in the region Lisboa
    shelf.watch_root()
    assert [one.label for one in offered(shelf, "place:lis")] == ["Lisbon"]
    shelf.photo_at("sintra.jpg", 38.80, -9.38)
    shelf.scan()
    assert [one.label for one in offered(shelf, "place:lis")] == ["Lisboa", "Lisbon"]  # which are not the same now
