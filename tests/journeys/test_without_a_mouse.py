"""Everything can be reached with Tab and says what it is to a screen reader; every key is for one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMenu,
    QPushButton,
    QScrollBar,
    QWidget,
)

from app.views.chip import Chip
from app.views.icon_button import IconButton
from app.views.keyboard_sheet import KeyboardSheet
from app.views.region_drawing import RegionDrawing
from tests.support.desk import Desk

NO_FOCUS = Qt.FocusPolicy.NoFocus
DIALOGS = ("help.keyboard", "help.search", "help.palette", "app.settings", "tags.history", "library.problems")


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for name, colour in (("red.png", "red"), ("blue.png", "blue")):
        desk.put(name, colour)
    desk.watch()
    desk.until_shown("red.png", "blue.png")
    desk.until_searchable()
    return desk


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def parts_of(root: QWidget) -> Iterator[QWidget]:
    yield from (one for one in [root, *root.findChildren(QWidget)] if not isinstance(one, (QMenu, QScrollBar)))


def described(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(widget).__name__} “{widget.objectName()}” in {type(parent).__name__}"


def is_popup_of_a_box(widget: QWidget | None) -> bool:
    return widget is not None and widget.metaObject().className() == "QComboBoxPrivateContainer"


def nameless(root: QWidget) -> list[str]:
    """What the keyboard can be at without a name. What is hidden may get its words before it is shown."""
    return [
        described(one)
        for one in parts_of(root)
        if one.focusPolicy() != NO_FOCUS
        and one.focusProxy() is None
        and not one.isWindow()
        and not name_of(one)
        and (one.isVisible() or not isinstance(one, (QLabel, QPushButton, IconButton)))
        and not isinstance(one.parentWidget(), QComboBox)
        and not is_popup_of_a_box(one.parentWidget())
    ]


def unreachable(root: QWidget) -> list[str]:
    """Buttons that Tab never comes to; a chip is removed by Delete, a rectangle has Enter and Escape instead."""
    return [
        described(one)
        for one in parts_of(root)
        if isinstance(one, QAbstractButton)
        and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one.parentWidget(), (Chip, RegionDrawing))
    ]


def test_the_window_and_all_its_pages(filled: Desk) -> None:
    shell = filled.shell
    filled.choose("red.png")
    filled.key(Qt.Key.Key_S)
    filled.until(lambda: shell.model.is_result)
    shell.toggle_inspector()
    filled.until(lambda: shell.inspector.isVisible())
    assert "\n".join(nameless(shell.window)) == ""
    assert "\n".join(unreachable(shell.window)) == ""
    filled.choose(filled.names()[0])
    shell.open_current()
    filled.until(lambda: shell.is_viewing)
    assert "\n".join(nameless(shell.viewer)) == ""


@pytest.mark.parametrize("command", DIALOGS)
def test_what_opens_over_the_window(filled: Desk, command: str) -> None:
    before = set(QApplication.topLevelWidgets())

    def opened() -> list[QWidget]:
        fresh = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one not in before]
        return [*fresh, *(one for one in filled.shell.window.findChildren(QDialog) if one.isVisible())]

    filled.shell.commands.run(command)
    filled.until(opened)
    for window in opened():
        assert "\n".join(nameless(window)) == ""
        assert "\n".join(unreachable(window)) == ""
        window.close()


def test_a_key_is_for_one_thing(filled: Desk) -> None:
    keys = Counter(
        QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
        for command in filled.shell.commands.all()
        for key in command.keys
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_key_is_on_the_sheet(filled: Desk) -> None:
    shell = filled.shell
    shell.commands.run("help.keyboard")
    (sheet,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, KeyboardSheet)]
    shown = " ".join(keys for keys, _meaning in sheet.rows)
    for command in shell.commands.all():
        for key in command.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) in shown
    sheet.close()
