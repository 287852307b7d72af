"""A one-line label that shortens its text in the middle instead of asking for room. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.views import marked_text

_ELLIPSIS = "…"


class ElidedLabel(QLabel):
    """Shows the whole text as tooltip when it had to be shortened."""

    def __init__(self, parent: QWidget | None = None, mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> None:
        super().__init__(parent)
        self._whole = ""
        self._marked = ""
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)

    @property
    def whole_text(self) -> str:
        """The text before shortening."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show `text`, one line."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self.updateGeometry()
        self._shorten()

    def mark(self, words: str) -> None:
        """Let these words stand out in the text, now and later; nothing does when empty."""
        if words != self._marked:
            self._marked = words
            self.setTextFormat(Qt.TextFormat.RichText if words else Qt.TextFormat.PlainText)
            self._shorten()

    def sizeHint(self) -> QSize:
        """The size wished for; Qt override."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The least size; Qt override."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; Qt override."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._mode, self.width())
        shown = "" if shown == _ELLIPSIS else shown  # no room for a letter: the tooltip has it all
        text = marked_text.marked(shown, self._marked) if self._marked else shown
        if text != self.text():
            self.setText(text)
        self.setToolTip(self._whole if shown != self._whole else "")
