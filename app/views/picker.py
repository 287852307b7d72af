"""A small box to type into and choose from: albums, tags, commands. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app import theme

_WIDTH_PX = 420
_MOST_ROWS = 200
_ROW_PX = 34
_TOP_PX = 72
_CREATE = object()


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what it says, what it says quietly at the right, and what it stands for."""

    text: str
    hint: str = ""
    payload: object = None


class Picker(QDialog):
    """Type to narrow down, arrows and Enter to choose, Escape to leave."""

    chosen = Signal(object)
    """The payload of the chosen row"""
    created = Signal(str)
    """A name that is not there yet"""

    def __init__(self, title: str, placeholder: str, parent: QWidget, create_text: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("picker")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._create_text = create_text
        self._choices: Sequence[Choice] = ()
        self.line = QLineEdit(self)
        self.line.setObjectName("pickerLine")
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(title)
        self.line.installEventFilter(self)
        self.rows = QListWidget(self)
        self.rows.setObjectName("pickerRows")
        self.rows.setAccessibleName(title)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(theme.SPACING_PX)
        column.addWidget(self.line)
        column.addWidget(self.rows)
        self.line.textChanged.connect(lambda _text: self._narrow())
        self.line.returnPressed.connect(self._take)
        self.rows.itemClicked.connect(lambda _item: self._take())
        self.setFixedWidth(min(_WIDTH_PX, max(280, parent.width() - 32)))

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """What can be chosen, best first."""
        self._choices = choices
        self._narrow()

    def open_over(self, window: QWidget) -> None:
        """Show it near the top of the window."""
        self._fit()
        at = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, _TOP_PX))
        self.move(at)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def texts(self) -> list[str]:
        """The rows that are left."""
        return [str(self.rows.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(self.rows.count())]

    def _narrow(self) -> None:
        words = self.line.text().strip()
        self.rows.clear()
        for choice in matching(self._choices, words)[:_MOST_ROWS]:
            self._add(choice.text, choice.hint, choice.payload)
        is_known = any(choice.text.casefold() == words.casefold() for choice in self._choices)
        if self._create_text and words and not is_known:
            self._add(self._create_text.format(words), "", _CREATE)
        self.rows.setCurrentRow(0)
        self._fit()

    def _add(self, text: str, hint: str, payload: object) -> None:
        item = QListWidgetItem(self.rows)
        item.setData(Qt.ItemDataRole.UserRole, payload)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
        item.setSizeHint(QSize(100, _ROW_PX))
        row = QWidget(self.rows)
        line = QHBoxLayout(row)
        line.setContentsMargins(10, 0, 10, 0)
        line.addWidget(QLabel(text, row), 1)
        quiet = QLabel(hint, row)
        quiet.setObjectName("muted")
        line.addWidget(quiet)
        self.rows.setItemWidget(item, row)

    def _fit(self) -> None:
        self.rows.setFixedHeight(_ROW_PX * max(1, min(self.rows.count(), 10)) + 2)
        self.adjustSize()

    def _take(self) -> None:
        item = self.rows.currentItem()
        if item is None:
            return
        payload, words = item.data(Qt.ItemDataRole.UserRole), self.line.text().strip()
        self.close()
        if payload is _CREATE:
            self.created.emit(words)
        else:
            self.chosen.emit(payload)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the line move in the list; Qt override."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.rows.count():
                self.rows.setCurrentRow((self.rows.currentRow() + step) % self.rows.count())
                return True
        return super().eventFilter(watched, event)


def matching(choices: Sequence[Choice], words: str) -> list[Choice]:
    """The choices that contain every word, those that begin with the first one foremost."""
    wanted = words.casefold().split()
    found = [one for one in choices if all(word in one.text.casefold() for word in wanted)]
    if wanted:
        found.sort(key=lambda one: not one.text.casefold().startswith(wanted[0]))
    return found
