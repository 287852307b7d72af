"""Every action once: its name, text, keys, when it is possible, and what it calls. GUI thread only.

Menus, context menus, the command palette and the keyboard sheet are all made from this list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app import theme
from core.domain import ScopeKind


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which actions are possible."""

    selected_count: int = 0
    shown_count: int = 0
    scope: ScopeKind = ScopeKind.ALL
    is_search: bool = False
    has_example: bool = False
    """A picture is searched by."""
    has_copies: bool = False
    """The chosen photo is in a stack of copies of the same picture."""
    is_viewing: bool = False
    """One photo fills the window."""
    is_busy_elsewhere: bool = False
    """The welcome page or a review is open."""
    can_go_back: bool = False
    can_go_forward: bool = False
    can_undo: bool = False
    can_redo: bool = False


Possible = Callable[[Situation], bool]


def always(_now: Situation) -> bool:
    """Possible everywhere."""
    return True


def browsing(now: Situation) -> bool:
    """Possible while photos are listed."""
    return not now.is_viewing and not now.is_busy_elsewhere


def has_photos(now: Situation) -> bool:
    """Possible with at least one photo chosen."""
    return now.selected_count > 0 and not now.is_busy_elsewhere


def has_one_photo(now: Situation) -> bool:
    """Possible with exactly one photo chosen."""
    return now.selected_count == 1 and not now.is_busy_elsewhere


@dataclass(frozen=True, slots=True)
class Command:
    """One action."""

    name: str
    """Stable, for tests and menus: "photo.favourite"."""
    text: str
    group: str
    call: Callable[[], object]
    keys: tuple[str, ...] = ()
    """Shortcuts in Qt's portable form; the first one is shown."""
    icon: str = ""
    possible: Possible = always
    is_checkable: bool = False
    shown_keys: str = ""
    """Keys that a view handles itself: shown in menus' stead on the keyboard sheet only."""


class Commands(QObject):
    """The actions of the window, switched on and off by the situation."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        window.installEventFilter(self)

    def add(self, commands: Iterable[Command]) -> None:
        """Make actions of commands and give the window their keys."""
        for command in commands:
            action = QAction(command.text, self)
            action.setObjectName(command.name)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(command.is_checkable)
            action.setIconVisibleInMenu(False)
            if command.keys:
                shown = QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
                action.setToolTip(f"{command.text.rstrip('…')}  ({shown})")
            action.triggered.connect(lambda _checked=False, call=command.call: call())
            self._commands[command.name] = command
            self._actions[command.name] = action
            self._window.addAction(action)
        self._tint()

    def action(self, name: str) -> QAction:
        """The action of a command."""
        return self._actions[name]

    def all(self) -> list[Command]:
        """All commands in the order of the keyboard sheet."""
        return list(self._commands.values())

    def possible(self) -> list[Command]:
        """What can be done now."""
        return [one for one in self._commands.values() if self._actions[one.name].isEnabled()]

    def run(self, name: str) -> None:
        """Do it, if it is possible."""
        self._actions[name].trigger()

    def update(self, now: Situation) -> None:
        """Switch actions on and off."""
        for name, command in self._commands.items():
            self._actions[name].setEnabled(command.possible(now))

    def fill(self, menu: QMenu, names: Iterable[str]) -> QMenu:
        """Put actions into a menu; an empty name is a separator."""
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a change of appearance; Qt override."""
        if watched is self._window and event.type() == QEvent.Type.PaletteChange:
            self._tint()
        return super().eventFilter(watched, event)

    def _tint(self) -> None:
        for name, command in self._commands.items():
            if command.icon:
                self._actions[name].setIcon(theme.icon(command.icon))
