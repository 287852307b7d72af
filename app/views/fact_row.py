"""One fact of the inspector: an icon, a line, quieter lines below, and buttons. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app import theme
from app.views.elided_label import ElidedLabel

_ICON_PX = 16


class FactRow(QWidget):
    """Hidden while it has nothing to say."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._name = name
        self._icon = QLabel(self)
        self._icon.setFixedSize(_ICON_PX, _ICON_PX + 2)
        self._lines = [ElidedLabel(self, Qt.TextElideMode.ElideRight) for _ in range(3)]
        column = QVBoxLayout()
        column.setSpacing(2)
        for line in self._lines:
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(line)
        for quiet in self._lines[1:]:
            quiet.setProperty("role", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(column, 1)
        self._tint()
        self.hide()

    @property
    def texts(self) -> list[str]:
        """The lines that are said."""
        return [line.whole_text for line in self._lines if line.whole_text]

    def add_button(self, button: QWidget) -> None:
        """Put a button at the end of the row."""
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, *lines: str) -> None:
        """Show the lines that are not empty; nothing at all hides the row."""
        said = [line for line in lines if line]
        for position, label in enumerate(self._lines):
            label.show_text(said[position] if position < len(said) else "")
            label.setVisible(position < len(said))
        self.setAccessibleName(f"{self._name}: {', '.join(said)}")
        self.setVisible(bool(said))

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
