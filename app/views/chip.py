"""A removable chip in the search field: an example picture, a filter or the part of the library. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app import theme
from app.views.elided_label import ElidedLabel
from app.views.icon_button import IconButton

HEIGHT_PX = 28
_PICTURE_PX = 24
_MOST_TEXT_PX = 240


class Chip(QFrame):
    """Text with an optional picture; the cross, Delete or Backspace ask for its removal, Enter for its text."""

    removal_requested = Signal()
    opened = Signal()
    """Double click, Enter or the menu; only where something can be opened."""

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self.setObjectName("chip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("{0}. Press Delete to remove.").format(text))
        self._picture = QLabel(self)
        self._picture.setFixedSize(_PICTURE_PX, _PICTURE_PX)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setPixmap(theme.icon(icon).pixmap(QSize(theme.ICON_PX, theme.ICON_PX)))
        label = self._label = ElidedLabel(self, Qt.TextElideMode.ElideRight)
        label.show_text(text)
        label.setMaximumWidth(_MOST_TEXT_PX)
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        cross = IconButton("close", self.tr("Remove {0} from the search").format(text), self)
        cross.setObjectName("chipClose")
        cross.setIconSize(QSize(14, 14))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.clicked.connect(self.removal_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 1, 2, 1)
        row.setSpacing(4)
        for widget in (self._picture, label, cross):
            row.addWidget(widget)

    def offer_opening(self, text: str) -> None:
        """Let it be opened; `text` says what that does."""
        self.offer(text, self.opened.emit)
        self.setToolTip(text)

    def offer(self, text: str, deed: Callable[[], object]) -> None:
        """Something else to do with it, in its menu."""
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: deed())
        self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open by mouse; Qt override."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def show_picture(self, picture: QPixmap) -> None:
        """The example, small and square."""
        side = round(_PICTURE_PX * self.devicePixelRatioF())
        filled = picture.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
        )
        square = filled.copy((filled.width() - side) // 2, (filled.height() - side) // 2, side, side)
        square.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(square)

    def set_unwanted(self, is_unwanted: bool) -> None:
        """Mark what is to be left out."""
        self.setProperty("unwanted", is_unwanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove or edit by keyboard; Qt override."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)
