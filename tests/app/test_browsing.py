"""Where the person is, and the way back."""

from __future__ import annotations

from app.browsing import Browsing, Order, Place, View
from core.domain import AlbumDefinition, AlbumId, ExamplePicture, PhotoId, Scope, ScopeKind

ALBUM = Scope(ScopeKind.ALBUM, 3)


class Trip:
    """A browsing session whose places are numbered."""

    def __init__(self) -> None:
        self.number = 0
        self.browsing = Browsing(lambda: Place(position=self.number))
        self.seen: list[tuple[View, Place | None]] = []
        self.browsing.changed.connect(lambda view, place: self.seen.append((view, place)))


def test_back_returns_to_the_place_that_was_left() -> None:
    trip = Trip()
    trip.number = 7
    trip.browsing.browse(ALBUM)
    trip.browsing.go_back()
    assert trip.seen[-1] == (View(), Place(position=7))
    trip.browsing.go_forward()
    assert trip.browsing.view == View(ALBUM)
    assert not trip.browsing.can_go_forward


def test_typing_a_word_is_one_step_back() -> None:
    trip = Trip()
    for text in ("d", "do", "dog"):
        trip.browsing.type_text(text)
    assert trip.browsing.view.text == "dog"
    trip.browsing.go_back()
    assert trip.browsing.view == View()


def test_a_search_stays_in_its_album_and_clearing_lists_it_by_date() -> None:
    trip = Trip()
    trip.browsing.browse(ALBUM)
    trip.browsing.type_text("dog")
    assert trip.browsing.view.query().scope == ALBUM
    assert trip.browsing.view.order is Order.RELEVANCE
    trip.browsing.type_text("")
    assert trip.browsing.view == View(ALBUM)


def test_words_narrow_an_example_and_taking_it_away_leaves_the_words() -> None:
    trip = Trip()
    trip.browsing.find_similar(ExamplePicture(photo_id=PhotoId(1)))
    trip.browsing.type_text("at night")
    assert len(trip.browsing.view.query().examples) == 1
    trip.browsing.remove_example(0)
    assert trip.browsing.view.query().examples == ()
    assert trip.browsing.view.text == "at night"


def test_the_same_view_again_is_no_step() -> None:
    trip = Trip()
    trip.browsing.browse(Scope())
    assert not trip.browsing.can_go_back
    assert trip.seen == []


def test_spaces_are_no_search() -> None:
    trip = Trip()
    trip.browsing.type_text("   ")
    assert not trip.browsing.view.is_search


def test_a_search_that_is_edited_stays_that_of_its_album_while_it_is_typed() -> None:
    trip = Trip()
    trip.browsing.edit_album(AlbumId(3), AlbumDefinition("red"))
    assert trip.browsing.view == View(text="red", order=Order.RELEVANCE, edits=AlbumId(3))
    trip.browsing.type_text("")
    trip.browsing.type_text("blue")
    assert trip.browsing.view.edits == AlbumId(3)
    trip.browsing.clear_search()
    assert trip.browsing.view == View()
