"""Orders, and which answer is shown when several are under way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.answers import Answer, Answers, arranged
from app.browsing import Order, Place, View
from app.tasks import Tasks
from core.domain import Hit, Hits, Listing, PhotoId, Query, Scope, SearchResult
from core.library import Library
from tests.support import colour_library
from tests.support.colour_encoder import colour_registry

LISTING = Listing(np.array([1, 2, 3, 4]), np.array([40, 30, 20, 10]), np.zeros(4, np.uint32))


def result(*ids: int, strong: int) -> SearchResult:
    hits = Hits.of(Hit(PhotoId(one), 1.0, ()) for one in ids)
    return SearchResult(Query("x"), "colours", hits, strong, 1.0, 4, 4)


def test_sorting_by_date_keeps_weaker_matches_behind_the_good_ones() -> None:
    newest = arranged(View(text="x", order=Order.NEWEST), None, LISTING, result(3, 2, 1, 4, strong=2))
    assert [hit.photo_id for hit in newest.hits] == [2, 3, 1, 4]
    oldest = arranged(View(text="x", order=Order.OLDEST), None, LISTING, result(3, 2, 1, 4, strong=2))
    assert [hit.photo_id for hit in oldest.hits] == [3, 2, 4, 1]


def test_a_listing_can_begin_with_the_oldest() -> None:
    answer = arranged(View(order=Order.OLDEST), None, LISTING, None)
    assert answer.listing.ids.tolist() == [4, 3, 2, 1]
    assert answer.listing.taken_at.tolist() == [10, 20, 30, 40]


class HeldLibrary(Library):
    """A real library whose searches wait until they are let go, as they do while an encoder loads."""

    def search(self, query: Query) -> SearchResult:
        if not query.is_exact_only:
            self.asked.append(query.text)
            self.gate.wait(10)
        return super().search(query)

    gate: threading.Event
    asked: list[str]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[HeldLibrary]:
    colour_library.write_pictures(tmp_path / "photos", {"red.jpg": (220, 20, 30), "blue.jpg": (30, 60, 210)})
    with colour_library.open_library(tmp_path / "home") as first:
        colour_library.indexed(first, tmp_path / "photos")
    places = colour_library.places_in(tmp_path / "home")
    library = HeldLibrary(places, colour_registry(places.encoders, places.cache))
    library.gate, library.asked = threading.Event(), []
    with library:
        yield library


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def test_only_the_newest_of_many_queries_is_answered_and_shown(
    library: HeldLibrary, tasks: Tasks, qtbot: QtBot
) -> None:
    answers = Answers(library, tasks)
    shown: list[Answer] = []
    answers.ready.connect(shown.append)
    for text in ("r", "re", "red"):
        answers.ask(View(text=text, order=Order.RELEVANCE), Place())
    qtbot.waitUntil(lambda: library.asked == ["r"])
    library.gate.set()
    qtbot.waitUntil(lambda: any(answer.result and not answer.result.notice for answer in shown))
    assert {answer.view.text for answer in shown} == {"red"}
    assert library.asked == ["r", "red"]


def test_what_matches_by_its_words_is_shown_while_the_encoder_loads(
    library: HeldLibrary, tasks: Tasks, qtbot: QtBot
) -> None:
    answers = Answers(library, tasks)
    shown: list[Answer] = []
    answers.ready.connect(shown.append)
    answers.ask(View(text="blu", order=Order.RELEVANCE), Place())
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0].result is not None
    assert shown[0].result.notice is not None
    blue = library.photos([shown[0].hits[0].photo_id])[0]
    assert (blue.name, len(shown[0].hits)) == ("blue.jpg", 1)
    library.gate.set()
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown[1].result is not None
    assert shown[1].result.notice is None


def test_a_listing_does_not_wait_for_a_search(library: HeldLibrary, tasks: Tasks, qtbot: QtBot) -> None:
    answers = Answers(library, tasks)
    shown: list[Answer] = []
    answers.ready.connect(shown.append)
    answers.ask(View(text="red"), Place())
    answers.ask(View(Scope()), Place())
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0].result is None
    assert len(shown[0].listing) == 2
    library.gate.set()
