"""The photo grid: turns clicks, keys, gestures and drags into signals. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QWidget,
)

from app.item_models.photo_model import PhotoModel
from app.thumbnail_provider import ThumbnailProvider
from app.views import photo_drag
from app.views.cell_buttons import CellButton
from app.views.grid_painting import PaintedGrid
from app.views.grid_zoom import GridZoom
from app.views.smooth_scroll import SmoothScroll

_MOST_DRAGGED_FILES = 2000
_CURSOR_KEYS = frozenset(
    {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
        Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    }
)  # fmt: skip


class PhotoGrid(PaintedGrid):
    """Photos to look at, select, open and drag. What a wish leads to is decided by whoever listens."""

    opened = Signal(object)
    """PhotoId: Enter or double click."""
    quick_look_requested = Signal()
    favourite_toggled = Signal(object)
    """PhotoId"""
    similar_requested = Signal(object)
    """PhotoId"""
    copies_toggled = Signal(object)
    """PhotoId: show what is behind it, or no longer"""
    context_menu_requested = Signal(QPoint)
    """Global position; the photos meant are the selected ones."""
    weaker_shown = Signal()

    def __init__(self, model: PhotoModel, thumbnails: ThumbnailProvider, parent: QWidget | None = None) -> None:
        super().__init__(model, thumbnails, parent)
        self._pressed_button = False
        self._zoom = GridZoom(self)
        self._scrolling = SmoothScroll(self.verticalScrollBar())
        self.setAccessibleName(self.tr("Photos"))
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.selection_changed.connect(self._prepare_files)

    # -- pointer ----------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Buttons on photos and the line before weaker matches first, then Qt's selection; Qt override."""
        self._scrolling.stop()
        self._by_keyboard = False
        self._pointer = event.position().toPoint()
        self._pressed_button = event.button() == Qt.MouseButton.LeftButton and self._press_button()
        if self._pressed_button:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        self._move_pointer(event.position().toPoint())
        if not self._pressed_button:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        if self._pressed_button:
            self._pressed_button = False
            return
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the photo; a quick second click on one of its buttons is a second press; Qt override."""
        self._pointer = event.position().toPoint()
        index = self.indexAt(self._pointer)
        if event.button() != Qt.MouseButton.LeftButton or self._hot().button or not index.isValid():
            self.mousePressEvent(event)
        else:
            self.opened.emit(self.photos.photo_id(index.row()))

    def leaveEvent(self, event: QEvent) -> None:
        """Qt override."""
        self._move_pointer(None)
        super().leaveEvent(event)

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        """Also remember the rubber band to paint; Qt override."""
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band = rect.normalized()
            self.viewport().update()
        super().setSelection(rect, flags)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu at the pointer, or at the current photo when a key asked; Qt override."""
        position = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            position = self.viewport().mapToGlobal(self._focus_point())
        self.context_menu_requested.emit(position)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll smoothly; with Ctrl, change the size of the cells; Qt override."""
        event.accept()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom.wheel(event)
        else:
            self._scrolling.follow(event, max(100, self.grid_layout().cell_px * 2 // 3))

    def viewportEvent(self, event: QEvent) -> bool:
        """Pinch to change the size of the cells; Qt override."""
        zoom = getattr(self, "_zoom", None)  # Qt sends events while the view is being built
        return (zoom is not None and zoom.gesture(event)) or super().viewportEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the selected photos, as files and as our own ids; Qt override."""
        ids = self.selected_ids()
        current = self.current_id()
        leading = [current, *(one for one in ids if one != current)] if current in ids and current else ids
        known = [photo for one in ids[:_MOST_DRAGGED_FILES] if (photo := self.photos.known_photo(one))]
        images = [image for one in leading[:12] if (image := self._thumbnails.image(one)[0]) is not None]
        drag = QDrag(self)
        drag.setMimeData(photo_drag.mime_data(ids, known))
        drag.setPixmap(photo_drag.picture(images, len(ids), self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(24, 36))
        drag.exec(Qt.DropAction.CopyAction)

    # -- keyboard ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select, open; letters are left to the window's commands; Qt override."""
        current, plain = self.current_id(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.opened.emit(current)
        elif event.key() == Qt.Key.Key_Space and plain:
            self.quick_look_requested.emit()
        elif event.key() == Qt.Key.Key_Escape and self.selected_count():
            self.clearSelection()
        elif event.matches(QKeySequence.StandardKey.SelectAll) or event.key() in (*_CURSOR_KEYS, Qt.Key.Key_Space):
            self._scrolling.stop()
            self._by_keyboard = True
            super().keyPressEvent(event)
            self.viewport().update()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is when it came by a key; Qt override."""
        self._by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.viewport().update()

    # -- inside -----------------------------------------------------------------------------------------------

    def _press_button(self) -> bool:
        """Do what the button under the pointer is for; whether there was one."""
        hot = self._hot()
        if hot.weaker_section is not None:
            self.show_weaker()
            return True
        if hot.row is None or hot.button is None:
            return False
        photo_id = self.photos.photo_id(hot.row)
        match hot.button:
            case CellButton.SELECT:
                index, flag = self.photos.index(hot.row), QItemSelectionModel.SelectionFlag
                self.selectionModel().setCurrentIndex(index, flag.Toggle)
            case CellButton.FAVOURITE:
                self.favourite_toggled.emit(photo_id)
            case CellButton.SIMILAR:
                self.similar_requested.emit(photo_id)
            case CellButton.COPIES:
                self.copies_toggled.emit(photo_id)
        return True

    def show_weaker(self) -> None:
        """Show the matches that wait behind the line."""
        self.photos.show_weaker()
        self.weaker_shown.emit()

    def _move_pointer(self, point: QPoint | None) -> None:
        before = self._hot()
        self._pointer = point
        after = self._hot()
        if before == after:
            return
        for row in (before.row, after.row):
            if row is not None:
                self.viewport().update(self.visualRect(self.photos.index(row)))
        if before.weaker_section != after.weaker_section:
            is_link = after.weaker_section is not None
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _prepare_files(self) -> None:
        """Dragging needs the paths of what is selected, and a drag cannot wait for them."""
        self.photos.prepare(self.selected_ids(_MOST_DRAGGED_FILES))
