"""The text that was read in a picture: to read, to select, to copy. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.views.icon_button import IconButton

_FIRST_LINES = 6
_FIRST_CHARACTERS = 280
_COPIED_MS = 1500


class PictureText(QWidget):
    """The first lines; all of them on demand. Copying takes all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # A long word cannot be wrapped: it must not ask for more than the inspector's width.
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._copy = IconButton("copy", self.tr("Copy the text"), self)
        self._copy.clicked.connect(self._copy_text)
        self._more = QPushButton(self.tr("Show all"), self)
        self._more.setObjectName("linkButton")
        self._more.setFlat(True)
        self._more.clicked.connect(self._show_all)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._text)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(column, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Show the text of another picture."""
        if text == self._whole:
            return
        self._whole = text
        first = "\n".join(text.splitlines()[:_FIRST_LINES])[:_FIRST_CHARACTERS].rstrip()
        is_cut = len(first) < len(text)
        self._text.setText(f"{first}…" if is_cut else text)
        self._more.setVisible(is_cut)

    def _show_all(self) -> None:
        self._text.setText(self._whole)
        self._more.hide()

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._whole)
        self._copy.show_icon("check")
        QTimer.singleShot(_COPIED_MS, self._copy, lambda: self._copy.show_icon("copy"))
