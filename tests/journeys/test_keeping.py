"""Keeping order: albums, tags, marks and suggestions, each of them undoable."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from core.domain import Scope, ScopeKind
from tests.support.desk import Desk

CHOICE = """
templates = ["{}"]
[groups.colours]
choose_one = true
words = ["red", "green", "blue"]
"""
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.put("red.png", "red")
    desk.put("blue.png", "blue")
    desk.put("green.png", "green")
    desk.watch()
    desk.until_shown("red.png", "blue.png", "green.png")
    desk.until_searchable()
    return desk


def albums(desk: Desk) -> dict[str, int]:
    return {one.name: one.photo_count for one in desk.program.library.albums()}


def tags(desk: Desk) -> dict[str, int]:
    return {one.name: one.photo_count for one in desk.program.library.tags()}


def test_an_album_is_made_browsed_searched_and_undone(filled: Desk) -> None:
    filled.choose("red.png", "blue.png")
    filled.key(Qt.Key.Key_L)
    filled.pick("Walls")
    filled.until(lambda: albums(filled) == {"Walls": 2})
    filled.until(lambda: "Walls" in filled.shell.sidebar.texts())
    album = filled.program.library.albums()[0]
    filled.shell.sidebar.scope_chosen.emit(Scope(ScopeKind.ALBUM, album.id))
    filled.until_shown("red.png", "blue.png")
    assert filled.shell.search.chip_texts() == ["in Walls"]
    filled.type("green")
    filled.until(lambda: filled.shell.model.is_result or filled.shell.window.empty.isVisible())
    assert "green.png" not in filled.names()
    filled.key(Qt.Key.Key_Z, CTRL)
    filled.until(lambda: albums(filled) == {})
    filled.until(lambda: filled.shell.browsing.view.scope == Scope())
    filled.key(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    filled.until(lambda: albums(filled) == {"Walls": 2})


def test_undoing_a_favourite_leaves_what_was_one_before(filled: Desk) -> None:
    filled.choose("red.png")
    filled.key(Qt.Key.Key_F)
    favourites = Scope(ScopeKind.FAVOURITES)
    filled.until(lambda: filled.program.library.count(favourites) == 1)
    filled.choose("red.png", "blue.png")
    filled.key(Qt.Key.Key_F)
    filled.until(lambda: filled.program.library.count(favourites) == 2)
    filled.until(lambda: filled.toasts())
    filled.press(filled.shell.window, "Undo")
    filled.until(lambda: filled.program.library.count(favourites) == 1)


def test_ratings_come_back_one_by_one(filled: Desk) -> None:
    filled.choose("red.png")
    filled.key(Qt.Key.Key_4)
    filled.until(lambda: ratings(filled)["red.png"] == 4)
    filled.choose("red.png", "blue.png")
    filled.key(Qt.Key.Key_2)
    filled.until(lambda: ratings(filled)["blue.png"] == 2)
    filled.until(lambda: filled.shell.undo.stack.count() == 2)
    filled.key(Qt.Key.Key_Z, CTRL)
    filled.until(lambda: ratings(filled) == {"red.png": 4, "blue.png": 0, "green.png": 0})


def ratings(desk: Desk) -> dict[str, int]:
    library = desk.program.library
    return {photo.name: photo.rating for photo in library.photos(desk.shell.model.ids.tolist())}


def test_a_tag_is_typed_and_taken_back(filled: Desk) -> None:
    filled.choose("red.png")
    filled.key(Qt.Key.Key_T)
    filled.pick("brick")
    filled.until(lambda: tags(filled) == {"brick": 1})
    filled.until(lambda: filled.shell.undo.stack.canUndo())
    filled.key(Qt.Key.Key_Z, CTRL)
    filled.until(lambda: tags(filled) == {})


def test_suggestions_are_reviewed_before_anything_is_written_and_can_be_taken_back(filled: Desk) -> None:
    filled.program.library.save_vocabulary(CHOICE)
    filled.shell.commands.run("tags.suggest")
    filled.until(filled.shell.review.isVisible)
    assert tags(filled) == {}
    filled.press(filled.shell.review, "Accept everything")
    filled.until(lambda: len(tags(filled)) == 3)
    filled.press(filled.shell.review, "Done")
    filled.until(lambda: filled.shell.window.is_on_library)
    filled.key(Qt.Key.Key_Z, CTRL)
    filled.until(lambda: tags(filled) == {})


def test_trash_asks_first(filled: Desk) -> None:
    from PySide6.QtWidgets import QMessageBox

    filled.choose("red.png")
    filled.key(Qt.Key.Key_Delete)
    filled.until(lambda: filled.shell.window.findChild(QMessageBox) is not None)
    box = filled.shell.window.findChild(QMessageBox)
    assert box is not None
    assert box.isVisible()
    assert (filled.photos / "red.png").exists()
    filled.press(box, "Move to trash")
    filled.until_shown("blue.png", "green.png")
    assert not (filled.photos / "red.png").exists()
