"""The list under the search field: ways to go on typing. GUI thread only.

It never has the keyboard and nothing is chosen until an arrow key says so: Enter searches for what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app import theme
from core.query_parts import Completion

_DETAIL_ROLE = Qt.ItemDataRole.UserRole
_ICON_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW_PX = 28
_INSET_PX = 10
_WIDEST_PX = 520

Index = QModelIndex | QPersistentModelIndex


class CompletionList(QListWidget):
    """Lies over the window, below an anchor."""

    accepted = Signal(object)
    """Completion"""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self._offered: list[Completion] = []
        self.setObjectName("completionList")
        self.setAccessibleName(self.tr("Completions"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Rows(self))
        self.setMouseTracking(True)
        self.itemClicked.connect(lambda item: self.accepted.emit(self._offered[self.row(item)]))
        self.hide()

    def show_completions(self, offered: Sequence[Completion], recent: Sequence[Completion]) -> None:
        """Offer these, those searched for before last; nothing hides the list."""
        self.clear()
        self._offered = [*offered, *recent]
        for number, one in enumerate(self._offered):
            item = QListWidgetItem(one.label, self)
            item.setData(_DETAIL_ROLE, one.detail)
            item.setData(_ICON_ROLE, "history" if number >= len(offered) else "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.label}, {one.detail}")
        self.setCurrentRow(-1)
        self._place()
        self.setVisible(bool(self._offered))
        self.raise_()

    def texts(self) -> list[str]:
        """What is offered, from the top."""
        return [one.label for one in self._offered] if self.isVisible() else []

    def move_by(self, step: int) -> None:
        """Choose the next or previous row; beyond the ends, none."""
        row = self.currentRow() + step
        if row < -1:
            row = len(self._offered) - 1
        self.setCurrentRow(row if row < len(self._offered) else -1)

    def accept_current(self, is_first_meant: bool = False) -> bool:
        """Accept the chosen row (or the first, if that is meant); False: none is chosen."""
        row = self.currentRow() if self.currentRow() >= 0 or not is_first_meant else 0
        if not self.isVisible() or not 0 <= row < len(self._offered):
            return False
        self.accepted.emit(self._offered[row])
        return True

    def _place(self) -> None:
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        corner = self._anchor.mapTo(window, self._anchor.rect().bottomLeft())
        height = len(self._offered) * _ROW_PX + 2 * self.frameWidth() + 8
        self.setGeometry(corner.x(), corner.y() + 4, min(self._anchor.width(), _WIDEST_PX), height)


class _Rows(QStyledItemDelegate):
    """What is offered at the left, what it means quietly at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt override."""
        return QSize(80, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt override."""
        shades = theme.colors()
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                QColor(shades.accent_soft if option.state & QStyle.StateFlag.State_Selected else shades.hover)
            )
            painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), theme.RADIUS_PX, theme.RADIUS_PX)
        inner: QRect = option.rect.adjusted(_INSET_PX, 0, -_INSET_PX, 0)
        metrics = QFontMetrics(option.font)
        detail = str(index.data(_DETAIL_ROLE) or "")
        icon = str(index.data(_ICON_ROLE) or "")
        if icon:
            side = 16
            place = QRect(inner.left(), inner.center().y() - side // 2, side, side)
            theme.icon(icon).paint(painter, place)
            inner.setLeft(place.right() + 8)
        width = min(metrics.horizontalAdvance(detail), inner.width() // 2)
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(shades.text_muted))
        painter.drawText(
            inner, flags | Qt.AlignmentFlag.AlignRight, metrics.elidedText(detail, Qt.TextElideMode.ElideRight, width)
        )
        painter.setPen(QColor(shades.text))
        room = inner.width() - width - 12
        label = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(inner, flags | Qt.AlignmentFlag.AlignLeft, label)
        painter.restore()
