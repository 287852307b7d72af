"""Copies of a picture do not fill a result: one cell stands for them until it is opened."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from app.item_models.photo_columns import SectionKind
from tests.support.desk import Desk


@pytest.fixture
def copied(desk: Desk) -> Desk:
    for name, colour in (("red.png", "red"), ("blue.png", "blue"), ("green.png", "green")):
        desk.put(name, colour)
    for number in (1, 2):
        shutil.copy(desk.photos / "red.png", desk.photos / f"red copy {number}.png")
    desk.watch()
    desk.until_shown("red.png", "blue.png", "green.png", "red copy 1.png", "red copy 2.png")
    desk.until_searchable()
    return desk


def reds(desk: Desk) -> list[str]:
    return [name for name in desk.names() if name.startswith("red")]


def test_one_stands_for_all_and_opens_by_key_and_closes_again(copied: Desk) -> None:
    shell = copied.shell
    copied.type("red")
    copied.until(lambda: shell.model.is_result and len(reds(copied)) == 1)
    assert shell.model.sections()[0].kind is SectionKind.PLAIN
    assert "3 photos · 2 copies stacked" in shell.window.results.facts
    copied.choose(*reds(copied))
    copied.key(Qt.Key.Key_C)
    copied.until(lambda: len(reds(copied)) == 3)
    assert "stacked" not in shell.window.results.facts
    copied.choose(reds(copied)[2])  # from any of them
    copied.key(Qt.Key.Key_C)
    copied.until(lambda: len(reds(copied)) == 1)


def test_the_menu_switches_stacks_off_for_good(copied: Desk) -> None:
    copied.type("red")
    copied.until(lambda: copied.shell.model.is_result and len(reds(copied)) == 1)
    assert copied.shell.commands.action("view.stacks").isChecked()
    copied.shell.commands.run("view.stacks")
    copied.until(lambda: len(reds(copied)) == 3)
    copied.close()
    copied.open()
    assert not copied.shell.commands.action("view.stacks").isChecked()
    copied.type("red")
    copied.until(lambda: copied.shell.model.is_result and len(reds(copied)) == 3)


def test_lists_that_only_filters_made_show_everything(copied: Desk) -> None:
    copied.type("type:png ")
    copied.until(lambda: copied.shell.model.is_result and len(copied.names()) == 5)
    assert copied.shell.window.results.orders() == ["Newest first", "Oldest first"]


def test_the_way_back_leads_to_a_copy_that_was_looked_at(copied: Desk) -> None:
    shell = copied.shell
    copied.type("red")
    copied.until(lambda: shell.model.is_result and len(reds(copied)) == 1)
    copied.choose(*reds(copied))
    copied.key(Qt.Key.Key_C)
    copied.until(lambda: len(reds(copied)) == 3)
    copied.choose(reds(copied)[2])
    (copy,) = shell.chosen()
    shell.open_current()
    copied.until(lambda: shell.is_viewing)
    shell.find_similar_to_chosen()
    copied.until(lambda: not shell.is_viewing and shell.browsing.view.examples)
    shell.browsing.go_back()
    copied.until(lambda: shell.is_viewing and shell.viewer.current == copy)
