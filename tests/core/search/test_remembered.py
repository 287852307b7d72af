"""What is remembered of filters is what the catalog says, whatever changed in between."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from core.catalog import filters, texts
from core.catalog.connection import Connection
from core.catalog.filters import HasA, InMonth, IsA, Named, OfType, RatedBetween, TakenBetween
from core.domain import PhotoId, Query
from core.events import CatalogChanged, Event
from core.search.remembered import Memory
from tests.support.libraries import Shelf

CONDITIONS = (
    RatedBetween(3, 5),
    TakenBetween(0, 4_000_000_000),
    InMonth(6),
    IsA("favourite"),
    IsA("unreadable"),
    HasA("tags"),
    HasA("album"),
    HasA("caption"),
    OfType("png"),
    Named("tag", "sea"),
    Named("album", "summer"),
    Named("folder", "photos"),
)

WORDS = ("sea", "ocean", "summer", "photos", '{tags albums} : ("sea")')


@pytest.fixture
def remembering(shelf: Shelf) -> tuple[Shelf, Memory]:
    for number in range(6):
        shelf.picture(f"{number}.png", "red" if number % 2 else "blue")
    shelf.watch_root()
    memory = Memory()

    def follow(event: Event) -> None:
        if isinstance(event, CatalogChanged):
            memory.catalog_changed(event)

    shelf.library.events.subscribe(follow)
    return shelf, memory


def is_right(shelf: Shelf, memory: Memory) -> None:
    remembered = memory.now()
    with shelf.library._catalog.reading() as connection:
        for condition in CONDITIONS:
            ids = filters.ids_of(connection, condition)
            mask = remembered.mask(connection, condition)
            assert (mask is None) == (ids is None), condition
            if mask is not None and ids is not None:
                assert np.flatnonzero(mask).tolist() == sorted(ids.tolist()), condition
        for expression in WORDS:
            found = np.flatnonzero(remembered.worded(connection, expression)).tolist()
            assert found == sorted(texts.ids_of(connection, expression).tolist()), expression
        newest = filters.newest_first(connection)[0].tolist()
        assert remembered.newest_first(connection).tolist() == newest
        assert np.flatnonzero(remembered.everything(connection)).tolist() == sorted(newest)


def renamed(shelf: Shelf, tag: str, name: str) -> None:
    (found,) = (one for one in shelf.library.tags() if one.name == tag)
    shelf.library.rename_tag(found.id, name)


CHANGES: dict[str, Callable[[Shelf, list[PhotoId]], object]] = {
    "stars": lambda shelf, ids: shelf.library.set_rating(ids[:2], 4),
    "fewer stars": lambda shelf, ids: shelf.library.set_rating(ids[:1], 1),
    "favourites": lambda shelf, ids: shelf.library.set_favourite(ids[3:], True),
    "a tag": lambda shelf, ids: shelf.library.add_tag("sea", ids[1:3]),
    "a tag less": lambda shelf, ids: shelf.library.remove_tag("sea", ids[1:2]),
    "an album": lambda shelf, ids: shelf.library.create_album("summer", ids[:4]),
    "a tag of another name": lambda shelf, ids: renamed(shelf, "sea", "ocean"),
    "the tag of before": lambda shelf, ids: renamed(shelf, "ocean", "sea"),
    "no tag": lambda shelf, ids: shelf.library.remove_tag("sea", ids),
    "nothing": lambda shelf, ids: None,
}


def test_filters_are_right_after_every_change(remembering: tuple[Shelf, Memory]) -> None:
    shelf, memory = remembering
    ids = [PhotoId(int(one)) for one in shelf.library.listing().ids]
    is_right(shelf, memory)
    for change in (*CHANGES.values(), *reversed([CHANGES["stars"], CHANGES["a tag"]])):
        change(shelf, ids)
        is_right(shelf, memory)


def test_photos_that_come_and_go_are_noticed(remembering: tuple[Shelf, Memory]) -> None:
    shelf, memory = remembering
    is_right(shelf, memory)
    shelf.picture("later.png", "green")
    shelf.scan()
    is_right(shelf, memory)
    (shelf.root / "0.png").unlink()
    shelf.scan()
    is_right(shelf, memory)


def test_more_changes_than_are_kept_are_no_trouble(remembering: tuple[Shelf, Memory]) -> None:
    shelf, memory = remembering
    ids = [PhotoId(int(one)) for one in shelf.library.listing().ids]
    is_right(shelf, memory)
    for number in range(150):
        shelf.library.set_rating(ids[:1], number % 6)
        if number % 40 == 0:
            is_right(shelf, memory)
    is_right(shelf, memory)


def test_an_answer_from_before_a_change_is_not_taken_for_one_after_it(remembering: tuple[Shelf, Memory]) -> None:
    shelf, memory = remembering
    ids = [PhotoId(int(one)) for one in shelf.library.listing().ids]
    early = memory.now()
    with shelf.library._catalog.reading() as connection:
        connection.execute("SELECT count(*) FROM photos").fetchall()  # the connection sees this moment from now on
        shelf.library.set_rating(ids[:3], 5)
        early.mask(connection, RatedBetween(3, 5))
    is_right(shelf, memory)


def test_what_every_query_asks_for_is_not_pushed_out_by_words_asked_for_once() -> None:
    memory = Memory()
    loaded: list[str] = []

    def ask(key: str) -> None:
        memory.get(key, 0, lambda: loaded.append(key), frozenset())

    for number in range(200):
        ask("the scope")
        ask(f"word {number}")
    ask("word 0")
    assert loaded.count("the scope") == 1
    assert loaded.count("word 0") == 2


def test_photos_that_hold_words_are_asked_for_once_until_something_changes(
    remembering: tuple[Shelf, Memory], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, _ = remembering
    ids = [PhotoId(int(one)) for one in shelf.library.listing().ids]
    asked: list[str] = []
    real = texts.ids_of

    def counted(connection: Connection, expression: str, most: int = -1) -> NDArray[np.int64]:
        asked.append(expression)
        return real(connection, expression, most)

    monkeypatch.setattr(texts, "ids_of", counted)
    shelf.library.add_tag("lighthouse", ids[:2])
    first = shelf.library.search(Query("lighthouse"))
    assert sorted(first.hits.ids[:2].tolist()) == sorted(ids[:2])
    before = len(asked)
    shelf.library.search(Query("lighthouse"))
    assert len(asked) == before
    shelf.library.add_tag("lighthouse", ids[2:3])
    assert sorted(shelf.library.search(Query("lighthouse")).hits.ids[:3].tolist()) == sorted(ids[:3])
