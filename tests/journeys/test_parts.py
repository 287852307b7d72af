"""Searching by a part of a picture, from the photo to the answer and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.domain import Region
from tests.support.colour_encoder import COLOURS
from tests.support.desk import Desk

LEFT, RIGHT = Region(0.02, 0.1, 0.45, 0.9), Region(0.55, 0.1, 0.98, 0.9)


@pytest.fixture
def coloured(desk: Desk) -> Desk:
    """Ten red and ten blue pictures, and one that is both."""
    for number in range(10):
        desk.put(f"red-{number}.png", "red")
        desk.put(f"blue-{number}.png", "blue")
    desk.put("both.png", "red", "blue")
    desk.watch()
    desk.until_searchable()
    desk.until(lambda: len(desk.names()) == 21)
    return desk


def test_a_part_of_a_photo_finds_its_like_and_back_returns_to_the_photo(coloured: Desk) -> None:
    desk, shell = coloured, coloured.shell
    desk.choose("both.png")
    desk.key(Qt.Key.Key_R)
    desk.until(lambda: shell.is_viewing)
    viewed = shell.viewer.current
    drawing = shell.viewer.tools.drawing
    desk.until(drawing.isVisible)
    drawing.begin(LEFT)
    QTest.keyClick(drawing, Qt.Key.Key_Return)
    desk.until(lambda: len(desk.names()) < 21 and desk.names()[0].startswith("red"))
    assert not shell.is_viewing
    assert shell.search.chip_texts() == ["like this part of both.png"]
    assert "both.png" not in desk.names()

    shell.browsing.go_back()
    desk.until(lambda: shell.is_viewing)
    assert shell.viewer.current == viewed


def test_the_part_of_an_example_can_be_drawn_anew(coloured: Desk, tmp_path: Path) -> None:
    desk, shell = coloured, coloured.shell
    outside = tmp_path / "outside.png"
    image = Image.new("RGB", (300, 200), COLOURS["blue"])
    image.paste(COLOURS["red"], (150, 0, 300, 200))
    image.save(outside)
    desk.drop_file(outside)
    desk.until(lambda: shell.search.chip_texts() == ["like outside.png"])
    shell.search.example_opened.emit(0)
    page = shell.parts.page
    desk.until(page.drawing.isVisible)
    page.drawing.begin(LEFT)
    QTest.keyClick(page.drawing, Qt.Key.Key_Return)
    desk.until(lambda: desk.names()[0].startswith("blue"))
    assert shell.search.chip_texts() == ["like this part of outside.png"]

    shell.parts.open_last()
    desk.until(page.drawing.isVisible)
    assert page.drawing.region == LEFT
    page.drawing.begin(RIGHT)
    QTest.keyClick(page.drawing, Qt.Key.Key_Return)
    desk.until(lambda: desk.names()[0].startswith("red"))


def test_a_picture_that_is_gone_is_a_sentence_on_the_page(coloured: Desk, tmp_path: Path) -> None:
    desk, shell = coloured, coloured.shell
    outside = tmp_path / "outside.png"
    Image.new("RGB", (300, 200), COLOURS["blue"]).save(outside)
    desk.drop_file(outside)
    desk.until(lambda: shell.search.chip_texts() == ["like outside.png"])
    outside.unlink()
    shell.parts.open_last()
    desk.until(lambda: "outside.png cannot be opened" in shell.parts.page.message.text)
    QTest.keyClick(shell.parts.page, Qt.Key.Key_Escape)
    desk.until(lambda: shell.window.pages.currentWidget() is shell.window.library_page)
