"""A layout that puts its items side by side and goes on in the next line where they do not fit. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items keep their size hint, but are never wider than the line; one of them may take the rest of its line."""

    def __init__(self, parent: QWidget | None = None, gap_px: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap_px = gap_px
        self._growing: QWidget | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Append; Qt override."""
        self._items.append(item)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Put a widget before the item at a place."""
        self.addWidget(widget)  # so that Qt makes the item, and owns it
        self._items.insert(index, self._items.pop())

    def let_grow(self, widget: QWidget) -> None:
        """Give what its line has left to this one."""
        self._growing = widget

    def count(self) -> int:
        """Number of items; Qt override."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place; Qt override."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove the item at a place; Qt override."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None; Qt override."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Whether it wraps; Qt override."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height at a width; Qt override."""
        if width <= 0:
            return self.minimumSize().height()  # Qt asks so for a size hint; a line for each item would be no answer
        return self._place(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place all items; Qt override."""
        super().setGeometry(rect)
        self._place(rect, is_real=True)

    def sizeHint(self) -> QSize:
        """The size wished for; Qt override."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """One item's height: the width is taken as it comes; Qt override."""
        heights = [item.sizeHint().height() for item in self._items]
        return QSize(0, max(heights, default=0))

    def _place(self, rect: QRect, *, is_real: bool) -> int:
        x, y, line_height = rect.x(), rect.y(), 0
        parent = self.parentWidget()
        is_mirrored = parent is not None and parent.isRightToLeft()
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), rect.width())
            if x > rect.x() and x + width > rect.x() + rect.width():
                x, y, line_height = rect.x(), y + line_height + self._gap_px, 0
            if item.widget() is self._growing and self._growing is not None:
                width = rect.x() + rect.width() - x
            if is_real:
                left = rect.x() + rect.width() - (x - rect.x()) - width if is_mirrored else x
                item.setGeometry(QRect(QPoint(left, y), QSize(width, hint.height())))
            x += width + self._gap_px
            line_height = max(line_height, hint.height())
        return y + line_height - rect.y()
