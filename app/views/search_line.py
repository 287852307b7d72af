"""The line one types a query into. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class SearchLine(QLineEdit):
    """A line that leaves pasted pictures, and keys that mean nothing to an empty line, to others."""

    picture_pasted = Signal(QMimeData)
    leave_requested = Signal()
    """Escape in an empty line."""
    down_pressed = Signal()
    """Arrow down: the photos get the keyboard."""
    remove_last_requested = Signal()
    """Backspace at the very beginning."""
    list_key_pressed = Signal(object)
    """Qt.Key for the list of completions, while that is shown."""

    has_list = False
    """Whether the list of completions is shown: then it gets the arrows, Tab and Escape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setMaxLength(100_000)
        self.setAcceptDrops(False)  # the whole field takes pictures

    def event(self, event: QEvent) -> bool:
        """Escape is answered here and not by the window's command; Qt override."""
        if isinstance(event, QKeyEvent) and (event.type(), event.key()) == (
            QEvent.Type.ShortcutOverride,
            Qt.Key.Key_Escape,
        ):
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and (event.type(), event.key(), self.has_list) == (
            QEvent.Type.KeyPress,
            Qt.Key.Key_Tab,  # which never comes to keyPressEvent
            True,
        ):
            self.list_key_pressed.emit(Qt.Key.Key_Tab)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        if event.matches(QKeySequence.StandardKey.Paste):
            content = QGuiApplication.clipboard().mimeData()
            if content is not None and (content.hasImage() or (content.hasUrls() and not content.hasText())):
                self.picture_pasted.emit(content)
                return
        if self.has_list and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape):
            self.list_key_pressed.emit(Qt.Key(event.key()))
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.leave_requested.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Backspace and self.cursorPosition() == 0 and not self.hasSelectedText():
            self.remove_last_requested.emit()
        else:
            super().keyPressEvent(event)
