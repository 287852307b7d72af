"""Finding: as one types, by example, by an outside picture, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from tests.support.colour_encoder import COLOURS
from tests.support.desk import Desk

ALL = ("red.png", "blue.png", "green.png", "redblue.png")


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.put("red.png", "red")
    desk.put("blue.png", "blue")
    desk.put("green.png", "green")
    desk.put("redblue.png", "red", "blue")
    desk.watch()
    desk.until_shown(*ALL)
    desk.until_searchable()
    return desk


def test_words_rank_and_clearing_returns_to_the_library(filled: Desk) -> None:
    filled.type("blue")
    filled.until(lambda: filled.shell.model.is_result and filled.names()[:1] == ["blue.png"])
    QTest.keyClick(filled.shell.search.line, Qt.Key.Key_Escape)
    filled.until(lambda: not filled.shell.model.is_result)
    filled.until_shown(*ALL)


def test_the_newest_query_wins(filled: Desk) -> None:
    filled.shell.browsing.type_text("blue")
    filled.shell.browsing.type_text("green")
    filled.until(lambda: filled.shell.model.is_result and filled.names()[:1] == ["green.png"])


def test_find_similar_shows_a_chip_and_back_returns_with_the_selection(filled: Desk) -> None:
    filled.choose("red.png")
    filled.key(Qt.Key.Key_S)
    filled.until(lambda: filled.shell.model.is_result and filled.names()[:1] == ["redblue.png"])
    assert filled.shell.search.chip_texts() == ["like red.png"]
    filled.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    filled.until(lambda: not filled.shell.model.is_result)
    assert [photo.name for photo in filled.program.library.photos(filled.shell.chosen())] == ["red.png"]
    filled.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    filled.until(lambda: filled.shell.model.is_result)


def test_backspace_in_the_empty_field_removes_the_chip(filled: Desk) -> None:
    filled.choose("red.png")
    filled.key(Qt.Key.Key_S)
    filled.until(lambda: filled.shell.model.is_result)
    filled.shell.search.line.setFocus()
    QTest.keyClick(filled.shell.search.line, Qt.Key.Key_Backspace)
    filled.until(lambda: not filled.shell.model.is_result)
    assert filled.shell.search.chip_texts() == []


def test_a_dropped_picture_from_outside_is_searched_by(filled: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    Image.new("RGB", (50, 50), COLOURS["green"]).save(outside)
    filled.drop_file(outside)
    filled.until(lambda: filled.shell.model.is_result and filled.names()[:1] == ["green.png"])
    assert filled.shell.search.chip_texts() == ["like outside.png"]


def test_a_pasted_picture_is_searched_by(filled: Desk) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(0xFF000000 | (30 << 16) | (60 << 8) | 210)
    content = QMimeData()
    content.setImageData(image)
    QGuiApplication.clipboard().setMimeData(content)
    filled.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    filled.until(lambda: filled.shell.model.is_result and filled.names()[:1] == ["blue.png"])


def test_what_is_not_there_is_said(desk: Desk) -> None:
    colours = ("red", "blue", "green", "yellow")
    for number in range(60):
        desk.put(f"{number}.png", colours[number % 4], colours[number // 4 % 4])
    desk.watch()
    desk.until(lambda: len(desk.names()) == 60)
    desk.until_searchable()
    desk.type("zebra")
    desk.until(desk.shell.window.empty.isVisible)
    assert "zebra" in desk.shell.window.empty.title


def test_a_very_long_query_is_answered(filled: Desk) -> None:
    filled.shell.browsing.type_text("blue " * 2000)
    filled.until(lambda: filled.shell.model.is_result and filled.names()[:1] == ["blue.png"])


def test_opening_a_photo_and_leaving_lands_on_the_photo_seen_last(filled: Desk) -> None:
    filled.shell.grid.select_ids([filled.shell.model.photo_id(0)], filled.shell.model.photo_id(0))
    filled.key(Qt.Key.Key_Return)
    assert filled.shell.is_viewing
    QTest.keyClick(filled.shell.viewer, Qt.Key.Key_Right)
    seen = filled.shell.viewer.current
    QTest.keyClick(filled.shell.viewer, Qt.Key.Key_Escape)
    filled.until(lambda: not filled.shell.is_viewing)
    assert filled.shell.chosen() == [seen] == [filled.shell.model.photo_id(1)]
