"""A tree on whose albums, tags and favourites photos can be dropped. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from app.views import photo_drag, sidebar_rows
from core.domain import Scope, ScopeKind

_TAKES = (ScopeKind.ALBUM, ScopeKind.TAG, ScopeKind.FAVOURITES)


class PhotoDropTree(QTreeWidget):
    """Marks the row under the photos that are dragged."""

    photos_dropped = Signal(object, list)
    """Scope of the album or tag, photo ids"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self._target: QTreeWidgetItem | None = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt override."""
        if photo_drag.photo_ids(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Qt override."""
        target = self._target_at(event.position().toPoint())
        self._mark(target)
        if target is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt override."""
        self._mark(None)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt override."""
        target = self._target_at(event.position().toPoint())
        self._mark(None)
        ids = photo_drag.photo_ids(event.mimeData())
        if target is None or not ids:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.photos_dropped.emit(target.data(0, sidebar_rows.SCOPE_ROLE), ids)

    def _target_at(self, point: QPoint) -> QTreeWidgetItem | None:
        item = self.itemAt(point)
        scope = item.data(0, sidebar_rows.SCOPE_ROLE) if item is not None else None
        can_take = isinstance(scope, Scope) and scope.kind in _TAKES
        return item if can_take else None

    def _mark(self, item: QTreeWidgetItem | None) -> None:
        if item is not self._target:
            blocker = QSignalBlocker(self)  # a mark is no new name
            if self._target is not None:
                self._target.setData(0, sidebar_rows.DROP_ROLE, None)
            if item is not None:
                item.setData(0, sidebar_rows.DROP_ROLE, True)
            self._target = item
            blocker.unblock()
