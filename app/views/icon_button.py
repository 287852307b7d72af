"""A quiet button that is one icon, tinted again when the appearance changes. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolButton, QWidget

from app import theme


class IconButton(QToolButton):
    """Says its name as tooltip and to screen readers; `shortcut` is only shown, not installed."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None, *, shortcut: str = "") -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._tint: str | None = None
        self.setAutoRaise(True)
        self.setIconSize(QSize(theme.ICON_PX, theme.ICON_PX))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.describe(name, shortcut)
        self._paint_icon()

    def describe(self, name: str, shortcut: str = "") -> None:
        """What the button does now."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({shortcut})" if shortcut else name)

    def show_icon(self, icon: str, tint: str | None = None) -> None:
        """Another icon; `tint` is the name of a field of `theme.Colors`."""
        if (icon, tint) != (self._icon_name, self._tint):
            self._icon_name, self._tint = icon, tint
            self._paint_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of appearance; Qt override."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()

    def _paint_icon(self) -> None:
        if self._tint is None:
            self.setIcon(theme.icon(self._icon_name))
        else:
            ratio = self.devicePixelRatioF()
            shade = str(getattr(theme.colors(), self._tint))
            picture = theme.pixmap(self._icon_name, round(theme.ICON_PX * ratio), shade)
            picture.setDevicePixelRatio(ratio)
            self.setIcon(QIcon(picture))
