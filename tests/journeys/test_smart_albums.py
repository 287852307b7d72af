"""Saved searches: an album that fills itself, what is thrown out of it, and albums that are suggested."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from core.domain import Album, Scope, ScopeKind
from core.events import JobProgress
from tests.support.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for number in range(4):
        desk.put(f"red {number}.png", "red", "white" if number else None)
    for number, colour in enumerate(("blue", "green", "blue", "green", "blue", "green", "blue", "green")):
        desk.put(f"{colour} {number}.png", colour, "black" if number < 2 else None)
    desk.watch()
    desk.until(lambda: desk.shell.model.rowCount() == 12)
    desk.until_searchable()
    return desk


def name_it(desk: Desk, name: str) -> None:
    def dialog() -> QInputDialog | None:
        return next((one for one in QApplication.topLevelWidgets() if is_open(one)), None)  # type: ignore[return-value]

    def is_open(one: object) -> bool:
        return isinstance(one, QInputDialog) and one.isVisible()

    desk.until(lambda: dialog() is not None)
    found = dialog()
    assert found is not None
    found.setTextValue(name)
    found.accept()


def album(desk: Desk) -> Album:
    return desk.program.library.albums()[0]


def save_search(desk: Desk, words: str, name: str) -> None:
    desk.type(words)
    desk.until(lambda: desk.shell.model.is_result)
    desk.key(Qt.Key.Key_S, CTRL)
    name_it(desk, name)
    desk.until(lambda: desk.shell.browsing.view == album_view(desk))


def album_view(desk: Desk) -> object:
    from app.browsing import View

    albums = desk.program.library.albums()
    return View(Scope(ScopeKind.ALBUM, albums[0].id)) if albums else None


def until_holds(desk: Desk, condition: Callable[[list[str]], bool]) -> None:
    desk.until(lambda: not desk.shell.model.is_result and condition(desk.names()))


def test_a_saved_search_fills_itself(filled: Desk) -> None:
    save_search(filled, "red", "Walls")
    until_holds(filled, lambda names: sorted(names) == [f"red {number}.png" for number in range(4)])
    filled.until(lambda: "search: red · 4 added automatically" in filled.shell.window.results.facts)
    filled.put("new red.png", "red")
    filled.put("new blue.png", "blue")
    until_holds(filled, lambda names: "new red.png" in names)
    assert "new blue.png" not in filled.names()


def test_thrown_out_is_remembered_over_a_restart_and_can_be_undone(filled: Desk) -> None:
    save_search(filled, "red", "Walls")
    until_holds(filled, lambda names: len(names) == 4)
    filled.choose("red 1.png")
    filled.shell.commands.run("photo.leave_album")
    until_holds(filled, lambda names: "red 1.png" not in names)
    filled.until(lambda: "Removed 1 photo from “Walls” for good" in filled.toasts())
    filled.key(Qt.Key.Key_Z, CTRL)
    until_holds(filled, lambda names: "red 1.png" in names)
    filled.key(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    until_holds(filled, lambda names: "red 1.png" not in names)

    filled.close()
    filled.open()
    filled.put("new red.png", "red")
    filled.until(lambda: album(filled).photo_count == 4)
    ids = filled.program.library.listing(Scope(ScopeKind.ALBUM, album(filled).id)).ids.tolist()
    assert "red 1.png" not in [photo.name for photo in filled.program.library.photos(ids)]


def test_its_search_is_changed_saved_and_taken_back(filled: Desk) -> None:
    save_search(filled, "red", "Walls")
    filled.shell.smart_deeds.edit_search(album(filled))
    filled.until(lambda: filled.shell.search.line.text() == "red")
    filled.type("blue")
    filled.until(lambda: filled.shell.browsing.view.text == "blue")
    filled.press(filled.shell.window, "Save in “Walls”")
    until_holds(filled, lambda names: bool(names) and all(name.startswith("blue") for name in names))
    filled.key(Qt.Key.Key_Z, CTRL)
    until_holds(filled, lambda names: bool(names) and all(name.startswith("red") for name in names))


def test_an_empty_one_says_so_and_offers_its_search(filled: Desk) -> None:
    save_search(filled, "rating:5", "Best")
    filled.until(lambda: filled.shell.window.empty.title == "Nothing matches this album's search yet")
    filled.press(filled.shell.window.empty, "Edit the search")
    filled.until(lambda: filled.shell.browsing.view.text == "rating:5")
    filled.shell.browsing.clear_search()
    filled.until(lambda: filled.shell.model.rowCount() == 12)
    filled.choose("green 1.png")
    filled.key(Qt.Key.Key_5)
    filled.until(lambda: album(filled).photo_count == 1)


def test_creating_and_deleting_are_undone(filled: Desk) -> None:
    save_search(filled, "red", "Walls")
    album_id = album(filled).id
    filled.shell.shelf_deeds.delete(Scope(ScopeKind.ALBUM, album_id))
    filled.until(lambda: not filled.program.library.albums())
    filled.until(lambda: filled.shell.undo.stack.count() == 2)
    filled.key(Qt.Key.Key_Z, CTRL)
    filled.until(lambda: bool(filled.program.library.albums()))
    assert (album(filled).id, album(filled).is_smart, album(filled).photo_count) == (album_id, True, 4)
    filled.key(Qt.Key.Key_Z, CTRL)
    filled.until(lambda: not filled.program.library.albums())


def test_the_inspector_says_what_entered_by_itself(filled: Desk) -> None:
    save_search(filled, "red", "Walls")
    until_holds(filled, lambda names: len(names) == 4)
    filled.shell.toggle_inspector()
    filled.choose("red 1.png")
    filled.until(lambda: filled.shell.inspector._added.text() == "Added by itself to “Walls”")


def test_albums_are_suggested_kept_and_dismissed_by_keyboard(filled: Desk) -> None:
    for number in range(28):
        filled.put(f"wall {number}.png", "white", ("orange", "cyan")[number % 2])
    for number in range(30):
        filled.put(f"other {number}.png", ("purple", "yellow", "brown", "grey", "pink")[number % 5])
    filled.until(lambda: filled.shell.model.rowCount() == 70)
    filled.until_searchable()
    filled.program.library.save_vocabulary('templates = ["{}"]\n[groups.colours]\nwords = ["orange", "cyan"]\n')
    heard: list[JobProgress] = []
    filled.program.bridge.job_progress.connect(heard.append)
    filled.shell.commands.run("album.suggest")
    page = filled.shell.suggested_albums
    filled.until(lambda: page.cards)
    assert sorted(card.album.title for card in page.cards) == ["Cyan", "Orange"]
    assert filled.program.library.albums() == [], "nothing is written before it is kept"
    assert any(one.job == "albums" for one in heard)

    kept, other = page.cards[0].album.title, page.cards[1].album.title
    QTest.keyClick(page.cards[0], Qt.Key.Key_K)
    filled.until(lambda: [one.name for one in filled.program.library.albums()] == [kept])
    filled.until(lambda: len(page.cards) == 1)
    QTest.keyClick(page.cards[0], Qt.Key.Key_Delete)
    filled.until(lambda: not page.cards)
    assert f"“{other}” will not be suggested again" in filled.toasts()
    page.look()
    filled.until(lambda: page._job is None)
    assert not page.cards, "neither what is kept nor what was dismissed comes again"
    filled.press(page, "Done")
    filled.until(lambda: filled.shell.window.is_on_library)
