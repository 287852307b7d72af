"""A quiet page for when there is nothing to show: what that means and what to do. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import theme

_ICON_PX = 56
_TEXT_WIDTH_PX = 420


class EmptyState(QWidget):
    """An icon, one sentence, one explanation, and at most two buttons."""

    chosen = Signal(str)
    """The key of the button that was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon_name = "photos"
        self._icon = QLabel(self)
        self._title = QLabel(self)
        self._title.setObjectName("emptyTitle")
        self._title.setWordWrap(True)
        self._detail = QLabel(self)
        self._detail.setObjectName("muted")
        self._detail.setWordWrap(True)
        self._detail.setMaximumWidth(_TEXT_WIDTH_PX)
        for label in (self._icon, self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.SPACING_PX)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACING_PX)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addWidget(self._title)
        # In a row of its own: a wrapped label that a layout aligns gets too little height.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._detail, 1000)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(theme.SPACING_PX)
        column.addLayout(self._buttons)
        column.addStretch(3)

    def show_message(self, icon: str, title: str, detail: str, buttons: tuple[tuple[str, str], ...] = ()) -> None:
        """Say something; `buttons` are (key, text), the first one is the obvious one."""
        self._icon_name = icon
        self._paint_icon()
        self._title.setText(title)
        self._detail.setText(detail)
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._buttons.addStretch(1)
        for number, (key, text) in enumerate(buttons):
            button = QPushButton(text, self)
            button.setProperty("primary", number == 0)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    @property
    def title(self) -> str:
        """The sentence that is shown."""
        return self._title.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of appearance; Qt override."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._paint_icon()

    def _paint_icon(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = theme.pixmap(self._icon_name, round(_ICON_PX * ratio), theme.colors().text_muted, alpha=0.7)
        picture.setDevicePixelRatio(ratio)
        self._icon.setPixmap(picture)
