"""Two processes and one library: only one indexes, and each notices what the other wrote."""

from __future__ import annotations

import pytest

from core import running
from core.domain import Query
from core.errors import LibraryError
from core.running import RunningLock
from tests.support.libraries import Shelf, wait_until


def test_indexing_while_another_process_does_is_refused_in_words(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PATIENCE_S", 0.0)
    shelf.picture("a.png")
    shelf.library.add_folder(shelf.root)
    other = RunningLock(shelf.places.catalog)
    assert other.take()
    with pytest.raises(LibraryError, match="Another Recollect is indexing"):
        shelf.scan()
    other.give_back()
    shelf.scan()
    assert shelf.names() == ["a.png"]


def test_a_window_waits_for_its_turn(shelf: Shelf) -> None:
    other = RunningLock(shelf.places.catalog)
    assert other.take()
    shelf.picture("a.png")
    shelf.library.add_folder(shelf.root)
    shelf.library.start()
    wait_until(lambda: [one for one in shelf.heard.notices() if "Another Recollect" in one.title])
    assert shelf.names() == []
    other.give_back()
    wait_until(lambda: shelf.names() == ["a.png"])


def test_closing_while_waiting_ends_at_once(shelf: Shelf) -> None:
    other = RunningLock(shelf.places.catalog)
    assert other.take()
    shelf.library.start()
    shelf.library.close()
    other.give_back()


def test_what_another_process_indexed_can_be_found_here(shelf: Shelf) -> None:
    shelf.picture("red.png", "red")
    shelf.watch_root()
    assert shelf.found("red") == ["red.png"]
    other = Shelf(shelf.root)
    other.picture("more.png", "red")
    other.scan()
    other.library.create_album("theirs")
    other.library.close()

    shelf.heard.events.clear()
    shelf.library.catch_up()

    assert sorted(shelf.found("red")) == ["more.png", "red.png"]
    assert [one for one in shelf.heard.changes() if one.albums]
    shelf.heard.events.clear()
    shelf.library.catch_up()
    assert shelf.heard.changes() == [], "nothing new: nothing said"


def test_what_another_process_took_away_is_not_found_any_more(shelf: Shelf) -> None:
    shelf.picture("keep.png", "red")
    gone = shelf.picture("gone.png", "red")
    shelf.watch_root()
    assert len(shelf.found("red")) == 2
    other = Shelf(shelf.root)
    gone.unlink()
    other.scan()
    other.library.close()
    shelf.library.catch_up()
    assert [hit.photo_id for hit in shelf.library.search(Query("red")).hits] == shelf.ids("keep.png")
    assert len(shelf.library.search(Query("red")).hits) == 1


def test_own_writes_are_no_news(shelf: Shelf) -> None:
    shelf.library.create_album("mine")
    shelf.heard.events.clear()
    shelf.library.catch_up()
    assert shelf.heard.changes() == []
