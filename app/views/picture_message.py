"""What is said where a picture cannot be shown: an icon, a sentence, the reason. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app import theme

_ICON_PX = 28
_MAX_WIDTH_PX = 520


class PictureMessage(QFrame):
    """A card that is hidden until `show_text`; the mouse goes through to what lies below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("pictureMessage")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon_name = "error"
        self._icon, self._title, self._reason = QLabel(self), QLabel(self), QLabel(self)
        self._title.setObjectName("viewerName")
        self._reason.setProperty("role", "muted")
        words = QVBoxLayout()
        words.setSpacing(4)
        for label in (self._title, self._reason):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 24, 16)
        row.setSpacing(16)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """All that is said."""
        return f"{self._title.text()} {self._reason.text()}".strip()

    def show_text(self, icon: str, title: str, reason: str) -> None:
        """Say it."""
        self._icon_name = icon
        self._tint()
        self._title.setText(title)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.setAccessibleName(self.text)
        self.place()
        self.show()

    def place(self) -> None:
        """Lie in the middle of the parent."""
        around = self._around.rect()
        width = min(_MAX_WIDTH_PX, around.width() - 64)
        self.resize(width, max(self.heightForWidth(width), self.sizeHint().height()))
        self.move(around.center() - self.rect().center())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of appearance; Qt override."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = theme.pixmap(self._icon_name, round(_ICON_PX * ratio), theme.colors().text_muted)
        picture.setDevicePixelRatio(ratio)
        self._icon.setPixmap(picture)
