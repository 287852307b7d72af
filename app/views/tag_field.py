"""A field in which tags are typed, completed from those that exist. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class TagField(QLineEdit):
    """Return or a comma adds what was typed; Escape clears it."""

    tag_added = Signal(str)
    completions_wanted = Signal()
    """The keyboard came: the list of tags should be fresh."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _text: self._add(), Qt.ConnectionType.QueuedConnection)
        self.setCompleter(completer)
        self.setPlaceholderText(self.tr("Add a tag"))
        self.setAccessibleName(self.tr("Add a tag"))
        self.setObjectName("tagField")
        self.textEdited.connect(self._edited)

    def show_completions(self, tags: Sequence[str]) -> None:
        """The tags to complete from."""
        self._known.setStringList(list(tags))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer a key; Qt override."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard came; Qt override."""
        super().focusInEvent(event)
        self.completions_wanted.emit()

    def _edited(self, text: str) -> None:
        if "," in text:
            self._add()

    def _add(self) -> None:
        words = [" ".join(word.split()) for word in self.text().split(",")]
        self.clear()
        for word in dict.fromkeys(word for word in words if word):
            self.tag_added.emit(word)
