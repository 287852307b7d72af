"""Lies over a photo that may be private or upsetting, until it is asked for. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class SensitiveCover(QFrame):
    """Covers its parent; the keys go on to it."""

    show_requested = Signal()
    harmless_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("sensitiveCover")
        self.setAutoFillBackground(True)
        title = QLabel(self.tr("This photo may be private or upsetting"), self)
        title.setProperty("role", "title")
        detail = QLabel(self.tr("Recollect guessed that from the picture, on this computer, and is often wrong."), self)
        detail.setProperty("role", "muted")
        detail.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for text, wish in (
            (self.tr("Back"), self.close_requested),
            (self.tr("It is harmless"), self.harmless_requested),
            (self.tr("Show"), self.show_requested),
        ):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(wish)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for label in (title, detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(16)
        column.addLayout(buttons)
        column.addStretch(1)
        parent.installEventFilter(self)
        self.hide()

    def cover(self, is_covering: bool) -> None:
        """Lie over the parent, or go away."""
        self.setGeometry(self._around.rect())
        self.setVisible(is_covering)
        if is_covering:
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the parent's size; Qt override."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._around.rect())
        return super().eventFilter(watched, event)
