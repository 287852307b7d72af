"""The main window: arranges the parts, and says what happens to the window itself. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app import desktop
from app.views import photo_drag
from app.views.empty_state import EmptyState
from app.views.progress_strip import ProgressStrip
from app.views.result_line import ResultLine
from app.views.toasts import Toasts
from app.views.top_bar import TopBar
from core import places

_INSPECTOR_PX = 280
_HIDES_INSPECTOR_PX = 1000
_HIDES_SIDEBAR_PX = 720
_TOAST_BOTTOM_PX = 48


class MainWindow(QMainWindow):
    """Welcome, the library, the viewer and a review are pages; toasts float over all of them."""

    closing = Signal()
    content_dropped = Signal(QMimeData)
    back_pressed = Signal()
    forward_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Recollect")
        self.setWindowIcon(QIcon(str(places.resource("icons/recollect.svg"))))
        self.setMinimumSize(420, 360)
        self.resize(1280, 800)
        self.setAcceptDrops(True)
        self._wants_sidebar = True
        self._wants_inspector = False
        self.pages = QStackedWidget(self)
        self.setCentralWidget(self.pages)
        self.toasts = Toasts(self, _TOAST_BOTTOM_PX)
        self.results = ResultLine(self)
        self.empty = EmptyState(self)
        self.strip = ProgressStrip(self)
        self.photo_pages = QStackedWidget(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)

    def arrange(self, top: TopBar, sidebar: QWidget, grid: QWidget, inspector: QWidget) -> None:
        """Put the parts of the library page in their places."""
        self.top, self._sidebar, self._inspector, self._grid = top, sidebar, inspector, grid
        self.photo_pages.addWidget(grid)
        self.photo_pages.addWidget(self.empty)
        middle = QWidget(self)
        middle.setObjectName("middle")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.results)
        column.addWidget(self.photo_pages, 1)
        inspector.setMinimumWidth(_INSPECTOR_PX)
        for part in (sidebar, middle, inspector):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setStretchFactor(2, 0)
        self.splitter.setSizes([216, 800, _INSPECTOR_PX])
        self.library_page = QWidget(self)
        whole = QVBoxLayout(self.library_page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget in (top, self.splitter, self.strip):
            whole.addWidget(widget, 1 if widget is self.splitter else 0)
        self.pages.addWidget(self.library_page)
        self._fold()

    def come_to_front(self) -> None:
        """Somebody started the program again: here is its window."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def fit_into(self, room: QRect) -> None:
        """Be no larger than the part of a screen that is free: that screen may be smaller than the last one."""
        if self.isMaximized() or self.isFullScreen() or room.contains(self.geometry()):
            return
        size = self.size().boundedTo(room.size())
        corner = self.geometry().topLeft()
        self.setGeometry(
            max(room.left(), min(corner.x(), room.right() + 1 - size.width())),
            max(room.top(), min(corner.y(), room.bottom() + 1 - size.height())),
            size.width(),
            size.height(),
        )

    def add_page(self, page: QWidget) -> None:
        """A page that can fill the window."""
        self.pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Fill the window with a page."""
        self.pages.setCurrentWidget(page)

    @property
    def is_on_library(self) -> bool:
        """Whether photos are listed."""
        return self.pages.currentWidget() is self.library_page

    def watch_mouse_of(self, *widgets: QWidget) -> None:
        """Let the side buttons of the mouse mean back and forward over these widgets too."""
        for widget in widgets:
            widget.installEventFilter(self)

    # -- folding ----------------------------------------------------------------------------------------------

    @property
    def wants_sidebar(self) -> bool:
        """Whether the person wants the sidebar, if there is room."""
        return self._wants_sidebar

    @property
    def wants_inspector(self) -> bool:
        """Whether the person wants the inspector, if there is room."""
        return self._wants_inspector

    def show_sidebar(self, is_wanted: bool) -> None:
        """Fold the sidebar in or out."""
        self._wants_sidebar = is_wanted
        self._fold(asked_for=self._sidebar if is_wanted else None)

    def show_inspector(self, is_wanted: bool) -> None:
        """Fold the inspector in or out."""
        self._wants_inspector = is_wanted
        self._fold(asked_for=self._inspector if is_wanted else None)

    def _fold(self, asked_for: QWidget | None = None) -> None:
        # A narrow window gives up the inspector first, then the sidebar; what was just asked for is shown anyway, and
        # takes the place of the other, so that room for photos is left.
        width = self.width()
        is_taken = asked_for is self._inspector and width < _HIDES_INSPECTOR_PX
        self._inspector.setVisible(
            self._wants_inspector and (width >= _HIDES_INSPECTOR_PX or asked_for is self._inspector)
        )
        has_room = width >= _HIDES_SIDEBAR_PX or asked_for is self._sidebar
        self._sidebar.setVisible(self._wants_sidebar and has_room and not is_taken)
        self.top.show_width(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt override."""
        super().resizeEvent(event)
        if hasattr(self, "top") and event.oldSize().width() != event.size().width():
            self._fold()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop that."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- what happens to the window ---------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt override."""
        self.closing.emit()
        super().closeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        if not self._side_button(event):
            super().mousePressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Side buttons of the mouse; Qt override."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and self._side_button(event):
            return True
        return super().eventFilter(watched, event)

    def _side_button(self, event: QMouseEvent) -> bool:
        signals: dict[Qt.MouseButton, Callable[[], object]] = {
            Qt.MouseButton.BackButton: self.back_pressed.emit,
            Qt.MouseButton.ForwardButton: self.forward_pressed.emit,
        }
        tell = signals.get(event.button())
        if tell is None:
            return False
        tell()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures and folders from outside; Qt override."""
        content = event.mimeData()
        if content is not None and not photo_drag.photo_ids(content) and desktop.can_take(content):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt override."""
        event.acceptProposedAction()
        self.content_dropped.emit(event.mimeData())
