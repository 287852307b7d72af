"""A picture is there twice: see it, decide, move one to the trash; or say that both are wanted."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from core.domain import DuplicateKind
from tests.support.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def doubled(desk: Desk) -> Desk:
    desk.put("red.png", "red", "green")
    desk.put("blue.png", "blue", "yellow")
    shutil.copy(desk.photos / "red.png", desk.photos / "red copy.png")
    desk.watch()
    desk.until_shown("blue.png", "red copy.png", "red.png")
    desk.until_searchable()
    desk.shell.commands.run("library.duplicates")
    desk.until(lambda: groups(desk) == 1)
    return desk


def groups(desk: Desk) -> int:
    return len(desk.shell.duplicates.board.groups.choices)


def test_the_rest_goes_to_the_trash_after_a_question(doubled: Desk) -> None:
    page = doubled.shell.duplicates
    kept = page.current.group.photos[0].photo.name if page.current else ""
    page.trash_all()
    box = doubled.shell.window.findChild(QMessageBox)
    assert box is not None
    assert "Move one photo" in box.text()
    assert "One of each picture stays." in box.informativeText()
    assert len(list(doubled.photos.iterdir())) == 3
    doubled.press(box, "Move to trash")
    doubled.until(lambda: groups(doubled) == 0 and not doubled.shell.duplicate_deeds.is_trashing)
    assert sorted(one.name for one in doubled.photos.iterdir()) == sorted(["blue.png", kept])
    doubled.until(lambda: page.board.empty.title == "No duplicates")
    doubled.press(page, "Done")
    doubled.until_shown("blue.png", kept)


def test_not_duplicates_is_remembered_and_undone(doubled: Desk) -> None:
    page = doubled.shell.duplicates
    QTest.keyClick(page.board.list, Qt.Key.Key_N)
    doubled.until(lambda: groups(doubled) == 0)
    doubled.close()
    doubled.open()
    doubled.shell.commands.run("library.duplicates")
    page = doubled.shell.duplicates
    doubled.until(lambda: page.board.empty.title == "No duplicates")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert doubled.shell.window.is_on_library


def test_not_duplicates_can_be_undone(doubled: Desk) -> None:
    QTest.keyClick(doubled.shell.duplicates.board.list, Qt.Key.Key_N)
    doubled.until(lambda: groups(doubled) == 0)
    doubled.until(lambda: "2 photos are no duplicates" in " ".join(doubled.toasts()))
    doubled.shell.commands.run("edit.undo")
    doubled.until(lambda: groups(doubled) == 1)


def test_a_click_changes_what_stays_and_one_always_stays(doubled: Desk) -> None:
    page = doubled.shell.duplicates
    first, second = page.board.cards.cards
    assert (first.is_kept, second.is_kept) == (True, False)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert first.is_kept
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert second.is_kept
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert not first.is_kept
    page.keep_all()
    assert not page.current.leaving if page.current else False
    page.follow_rules()
    assert (first.is_kept, second.is_kept) == (True, False)


def test_two_are_compared_and_take_turns(doubled: Desk) -> None:
    page = doubled.shell.duplicates
    QTest.keyClick(page.board.list, Qt.Key.Key_Return)
    doubled.until(page.compare.isVisible)
    assert not page.compare.is_blinking
    QTest.keyClick(page.compare, Qt.Key.Key_Space)
    QTest.keyClick(page.compare, Qt.Key.Key_Space)
    assert (page.compare.is_blinking, page.compare.shown) == (True, 1)
    QTest.keyClick(page.compare, Qt.Key.Key_Escape)
    doubled.until(page.board.isVisible)


def test_the_other_kinds_have_pages_of_their_own(doubled: Desk) -> None:
    page = doubled.shell.duplicates
    for kind in (DuplicateKind.BURST, DuplicateKind.RAW_PAIR, DuplicateKind.SIMILAR):
        page.board.tabs.setCurrentIndex(list(DuplicateKind).index(kind))
        doubled.until(lambda: groups(doubled) == 0 and page.board.empty.title.startswith("No"))
