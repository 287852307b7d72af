"""Paints one row of the tags at the left of the review: the word, how sure, how many. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app import theme
from app.item_models.suggestion_models import LINE_ROLE
from app.item_models.suggestion_review import TagLine

_HEIGHT_PX = 40
_BAR_PX = 2


class TagLineDelegate(QStyledItemDelegate):
    """The average confidence is a thin bar below the word, never a number."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size wished for; Qt override."""
        return QSize(160, _HEIGHT_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row; Qt override."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, TagLine):
            return
        shades = theme.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        box: QRect = option.rect.adjusted(6, 1, -6, -1)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades.accent_soft if is_chosen else shades.hover))
            painter.drawRoundedRect(box, theme.RADIUS_PX, theme.RADIUS_PX)
        if is_chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(shades.ring), 2))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), theme.RADIUS_PX, theme.RADIUS_PX)
        _paint_words(painter, box.adjusted(10, 4, -10, -(8 + _BAR_PX)), line)
        _paint_bar(painter, QRectF(box.x() + 10, box.bottom() - 7, box.width() - 20, _BAR_PX), line.confidence)
        painter.restore()


def _paint_words(painter: QPainter, box: QRect, line: TagLine) -> None:
    shades = theme.colors()
    count = QLocale().toString(line.count)
    metrics = painter.fontMetrics()
    painter.setPen(QColor(shades.text_muted))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
    room = box.adjusted(0, 0, -metrics.horizontalAdvance(count) - 8, 0)
    painter.setPen(QColor(shades.text))
    word = metrics.elidedText(line.tag, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)


def _paint_bar(painter: QPainter, box: QRectF, share: float) -> None:
    shades = theme.colors()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shades.border))
    painter.drawRoundedRect(box, 1.5, 1.5)
    filled = QRectF(box)
    filled.setWidth(max(_BAR_PX, box.width() * share))
    painter.setBrush(QColor(shades.text_muted))
    painter.drawRoundedRect(filled, 1.5, 1.5)
