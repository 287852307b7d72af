"""Paints one suggested photo of the review and answers its two small buttons. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app import theme
from app.item_models.suggestion_models import SUGGESTION_ROLE
from core.domain import Suggestion

CELL_PX = 168
_GAP_PX = 4
_BUTTON_PX = 30
_BAR_PX = 3
_VEIL = 150
"""How much a photo below the line is dimmed, of 255."""
_Index = QModelIndex | QPersistentModelIndex


@lru_cache(maxsize=16)
def _icon(name: str, side_px: int, tint: str) -> QPixmap:
    return theme.pixmap(name, side_px, tint)


class SuggestionDelegate(QStyledItemDelegate):
    """A square photo; under the pointer it offers "yes" and "no"."""

    accept_requested = Signal(object)
    """Suggestion"""
    reject_requested = Signal(object)
    """Suggestion"""

    def __init__(self, image_of: Callable[[int], QImage | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image_of = image_of
        self.side_px = CELL_PX
        """Side of a cell; the grid makes its cells fill the line."""
        self.above: int | None = None
        """Rows from here on are below the line; None: there is no line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The size wished for; Qt override."""
        return QSize(self.side_px, self.side_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row; Qt override."""
        suggestion = index.data(SUGGESTION_ROLE)
        if not isinstance(suggestion, Suggestion):
            return
        shades = theme.colors()
        state = option.state
        cell = picture_box(option.rect)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(cell), theme.RADIUS_PX, theme.RADIUS_PX)
        painter.setClipPath(shape)
        image = self._image_of(suggestion.photo_id)
        if image is None:
            painter.fillRect(cell, QColor(shades.placeholder))
        else:
            painter.drawImage(cell, image, _middle_square(image))
        if self.above is not None and index.row() >= self.above:
            veil = QColor(shades.window)
            veil.setAlpha(_VEIL)
            painter.fillRect(cell, veil)
        _paint_confidence(painter, cell, suggestion.confidence)
        if state & QStyle.StateFlag.State_MouseOver:
            for box, name in zip(button_boxes(cell), ("close", "check"), strict=True):
                _paint_button(painter, box, name)
        painter.setClipping(False)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(shades.ring), 3))
            painter.drawRoundedRect(QRectF(cell).adjusted(-1, -1, 1, 1), theme.RADIUS_PX + 1, theme.RADIUS_PX + 1)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """A click on one of the two buttons; Qt override."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            no, yes = button_boxes(picture_box(option.rect))
            point = event.position().toPoint()
            if no.contains(point) or yes.contains(point):
                if event.type() == QEvent.Type.MouseButtonRelease:
                    wish = self.accept_requested if yes.contains(point) else self.reject_requested
                    wish.emit(index.data(SUGGESTION_ROLE))
                return True
        return super().editorEvent(event, model, option, index)


def picture_box(cell: QRect) -> QRect:
    """Where the photo lies in its cell."""
    return cell.adjusted(_GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX)


def button_boxes(picture: QRect) -> tuple[QRect, QRect]:
    """Where "no" and "yes" lie on a photo."""
    top = picture.bottom() - _BUTTON_PX - 14
    no = QRect(picture.left() + 8, top, _BUTTON_PX, _BUTTON_PX)
    return no, QRect(picture.right() - 8 - _BUTTON_PX, top, _BUTTON_PX, _BUTTON_PX)


def _middle_square(image: QImage) -> QRect:
    side = min(image.width(), image.height())
    return QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side)


def _paint_confidence(painter: QPainter, cell: QRect, share: float) -> None:
    bar = QRectF(cell.left() + 8, cell.bottom() - 4 - _BAR_PX, cell.width() - 16, _BAR_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 120))
    painter.drawRoundedRect(bar.adjusted(-1, -1, 1, 1), 2.5, 2.5)
    bar.setWidth(max(_BAR_PX, bar.width() * share))
    painter.setBrush(QColor(255, 255, 255, 235))
    painter.drawRoundedRect(bar, 1.5, 1.5)


def _paint_button(painter: QPainter, box: QRect, name: str) -> None:
    shades = theme.colors()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shades.badge_background))
    painter.drawEllipse(box)
    side = 18
    ratio = painter.device().devicePixelRatio()
    place = QRectF(box.x() + (box.width() - side) / 2, box.y() + (box.height() - side) / 2, side, side)
    picture = _icon(name, round(side * ratio), shades.badge_text)
    painter.drawPixmap(place, picture, QRectF(picture.rect()))
