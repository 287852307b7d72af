"""The bar at the top: back and forward, the search field, order, size, inspector, menu. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSlider, QToolButton, QWidget

from app import theme
from app.commands import Commands
from app.views.grid_view import LARGEST_PX, SMALLEST_PX
from app.views.icon_button import IconButton
from app.views.search_bar import SearchBar

_NARROW_PX = 860


class TopBar(QFrame):
    """Arranges; everything it does is a command or a signal of the search field."""

    def __init__(self, search: SearchBar, commands: Commands, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.search = search
        self.size_slider = QSlider(Qt.Orientation.Horizontal, self)
        self.size_slider.setRange(SMALLEST_PX, LARGEST_PX)
        self.size_slider.setFixedWidth(96)
        self.size_slider.setAccessibleName(self.tr("Size of the thumbnails"))
        self.size_slider.setToolTip(self.tr("Size of the thumbnails"))
        self._smaller = IconButton("grid-small", self.tr("Smaller"), self, shortcut="Ctrl+-")
        self._larger = IconButton("grid-large", self.tr("Larger"), self, shortcut="Ctrl++")
        self._smaller.clicked.connect(commands.action("view.smaller").trigger)
        self._larger.clicked.connect(commands.action("view.larger").trigger)
        more = IconButton("more", self.tr("Menu"), self)
        more.setObjectName("menuButton")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACING_PX, theme.SPACING_PX, theme.SPACING_PX, theme.SPACING_PX)
        row.setSpacing(4)
        for name in ("view.sidebar", "go.back", "go.forward"):
            row.addWidget(self._button(commands.action(name)))
        row.addSpacing(4)
        row.addWidget(self.search, 1)
        row.addSpacing(4)
        for widget in (self._smaller, self.size_slider, self._larger):
            row.addWidget(widget)
        row.addSpacing(4)
        row.addWidget(self._button(commands.action("view.inspector")))
        row.addWidget(more)

    def show_width(self, width_px: int) -> None:
        """Leave out what a narrow window has no room for; the keys still work."""
        for widget in (self.size_slider, self._smaller, self._larger):
            widget.setVisible(width_px >= _NARROW_PX)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setIconSize(QSize(theme.ICON_PX, theme.ICON_PX))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text())
        return button
