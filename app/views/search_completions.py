"""Completions of the search field: asks for them as one types, and puts the accepted one in. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.views.completion_list import CompletionList
from app.views.search_line import SearchLine
from core.query_parts import Completion

_ASK_MS = 60
_LONGEST_HISTORY = 50
_MOST_RECENT = 3


class SearchCompletions(QObject):
    """`wanted` asks for completions of the line; `show_completions` brings them."""

    wanted = Signal(str, int)
    """The text of the line and where the cursor is"""
    closed = Signal()
    """Nothing is offered any more."""
    accepted = Signal(str, int)
    """The line as it is to be, and where the cursor goes"""

    def __init__(self, line: SearchLine, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._line = line
        self._anchor = anchor
        self._list: CompletionList | None = None
        self.history: list[str] = []
        """Confirmed queries, newest first."""
        self.is_helping = False
        """Whether the word at the cursor is being completed."""
        self._asked = QTimer(self, singleShot=True, interval=_ASK_MS)
        self._asked.timeout.connect(self._ask)
        line.list_key_pressed.connect(self._key_pressed)

    def set_history(self, queries: Sequence[str]) -> None:
        """What was searched for before, newest first."""
        self.history = list(queries)[:_LONGEST_HISTORY]

    def remember(self, text: str) -> None:
        """A query was confirmed."""
        self.set_history([text, *(one for one in self.history if one != text)])

    def ask(self) -> None:
        """The text was edited: offer something for it soon."""
        if self._line.text().strip():
            self._asked.start()
        else:
            self.hide()

    def show_completions(self, text: str, offered: Sequence[Completion]) -> None:
        """Offer these for `text`, unless something else stands in the line now."""
        if text != self._line.text() or not self._line.hasFocus():
            return
        if self._list is None:
            self._list = CompletionList(self._anchor)
            self._list.accepted.connect(self._accept)
        self.is_helping = bool(offered)
        self._list.show_completions(offered, self._recent(text))
        self._line.has_list = self._list.isVisible()

    def texts(self) -> list[str]:
        """What is offered now, from the top."""
        return self._list.texts() if self._list is not None else []

    def hide(self) -> None:
        """Offer nothing."""
        self._asked.stop()
        was_shown, self._line.has_list = self._line.has_list, False
        self.is_helping = False
        if self._list is not None:
            self._list.hide()
        if was_shown:
            self.closed.emit()

    def accept_chosen(self) -> bool:
        """Accept the row that an arrow key chose; False: none is chosen."""
        return self._list is not None and self._list.accept_current()

    def _ask(self) -> None:
        self.wanted.emit(self._line.text(), self._line.cursorPosition())

    def _recent(self, text: str) -> list[Completion]:
        if text[-1:].isspace():
            return []
        typed = text.strip().casefold()
        fitting = [one for one in self.history if typed in one.casefold() and one.casefold() != typed]
        return [Completion(one, one, "", 0, len(text)) for one in fitting[:_MOST_RECENT]]

    def _accept(self, one: Completion) -> None:
        text = self._line.text()
        self.hide()
        self._line.setFocus()
        before, after = text[: one.start] + one.text, text[one.end :]
        if before.endswith(" ") and after.startswith(" "):
            after = after[1:]
        # At the end of a filter, the space that ends it is the one that follows.
        self.accepted.emit(before + after, len(before))

    def _key_pressed(self, key: Qt.Key) -> None:
        if self._list is None:
            return
        match key:
            case Qt.Key.Key_Down:
                self._list.move_by(1)
            case Qt.Key.Key_Up:
                self._list.move_by(-1)
            case Qt.Key.Key_Tab:
                self._list.accept_current(is_first_meant=True)
            case Qt.Key.Key_Escape:
                self.hide()
