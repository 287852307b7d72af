"""Suggested tags in the window: they come with new photos, a tag learns, and what may be private is covered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.domain import Scope, ScopeKind
from tests.support import colour_library
from tests.support.desk import Desk

PRIVATE = colour_library.VOCABULARY + '\n[groups.private]\nsensitive = true\nwords = ["purple"]\n'


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for number in range(3):
        desk.put(f"red {number}.png", "red", "white" if number else None)
    desk.put("purple.png", "purple")
    desk.program.library.save_vocabulary(PRIVATE)
    desk.watch()
    desk.until(lambda: len(desk.names()) == 4)
    desk.until_searchable()
    return desk


def test_new_photos_bring_suggestions_that_wait_in_the_sidebar(filled: Desk) -> None:
    shell = filled.shell
    filled.until(lambda: "Suggestions" in shell.sidebar.texts())
    assert filled.program.library.tags() == []
    shell.commands.run("tags.review")
    filled.until(shell.review.isVisible)
    filled.until(lambda: bool(shell.review.tags_shown))
    filled.press(shell.review, "Accept everything")
    filled.until(lambda: "red" in [one.name for one in filled.program.library.tags()])
    filled.press(shell.review, "Done")
    filled.until(lambda: "Suggestions" not in shell.sidebar.texts())


def test_a_tag_finds_more_like_its_photos(filled: Desk) -> None:
    shell = filled.shell
    filled.until(lambda: "Suggestions" in shell.sidebar.texts())
    filled.choose("purple.png")
    filled.key(Qt.Key.Key_T)
    filled.pick("our wall")
    filled.until(lambda: "our wall" in shell.sidebar.texts())
    tag = filled.program.library.tags()[0]
    shell.browsing.browse(Scope(ScopeKind.TAG, tag.id))
    filled.until_shown("purple.png")
    shell.commands.run("tags.more")
    filled.until(shell.review.isVisible)
    filled.until(lambda: shell.review.tags_shown == ["our wall"])
    QTest.keyClick(shell.review, Qt.Key.Key_Escape)


def test_a_private_photo_is_covered_left_out_and_shown_when_asked(filled: Desk) -> None:
    shell, library = filled.shell, filled.program.library
    library.treat_sensitive("blur")
    filled.until(lambda: shell.privacy.count == 1)
    filled.choose("purple.png")
    shell.open_current()
    filled.until(shell.cover.isVisible)
    filled.press(shell.cover, "Show")
    filled.until(lambda: not shell.cover.isVisible())
    shell.viewer.leave()
    library.treat_sensitive("hide")
    filled.until(lambda: len(filled.names()) == 4)  # what was asked for stays until the program ends
    filled.close()
    filled.open()
    filled.until(lambda: len(filled.names()) == 3)
    assert "purple.png" not in filled.names()
    filled.shell.commands.run("view.sensitive")
    filled.until(lambda: len(filled.names()) == 4)
