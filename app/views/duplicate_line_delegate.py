"""Paints one row of the groups at the left: the kept picture, how many photos, what can be won. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app import duplicate_wording, theme
from app.duplicate_choices import GroupChoice
from app.item_models.duplicate_groups import CHOICE_ROLE
from app.thumbnail_provider import ThumbnailProvider

ROW_PX = 64
PICTURE_PX = 48
_LEAST_WORDS_PX = 48


class DuplicateLineDelegate(QStyledItemDelegate):
    """A square picture, the name, and one muted line."""

    def __init__(self, thumbnails: ThumbnailProvider, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt override."""
        return QSize(160, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt override."""
        choice = index.data(CHOICE_ROLE)
        if not isinstance(choice, GroupChoice):
            return
        shades = theme.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box: QRect = option.rect.adjusted(6, 1, -6, -1)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades.accent_soft if is_chosen else shades.hover))
            painter.drawRoundedRect(box, theme.RADIUS_PX, theme.RADIUS_PX)
        if is_chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(shades.ring), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.RADIUS_PX, theme.RADIUS_PX)
        square = QRect(box.left() + 8, box.center().y() - PICTURE_PX // 2, PICTURE_PX, PICTURE_PX)
        self._paint_picture(painter, square, choice)
        _paint_words(painter, box.adjusted(PICTURE_PX + 18, 12, -8, -12), choice)
        painter.restore()

    def _paint_picture(self, painter: QPainter, square: QRect, choice: GroupChoice) -> None:
        image = self._thumbnails.image(choice.group.photos[0].id)
        path = QPainterPath()
        path.addRoundedRect(square, 4, 4)
        painter.save()
        painter.setClipPath(path)
        if image is None:
            painter.fillRect(square, QColor(theme.colors().placeholder))
        else:
            side = min(image.width(), image.height())
            middle = QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side)
            painter.drawImage(square, image, middle)
        painter.restore()


def _paint_words(painter: QPainter, box: QRect, choice: GroupChoice) -> None:
    shades, metrics = theme.colors(), painter.fontMetrics()
    if box.width() < _LEAST_WORDS_PX:  # a narrow window shows the pictures only
        return
    for text, tint, edge in (
        (choice.group.photos[0].photo.name, shades.text, Qt.AlignmentFlag.AlignTop),
        (duplicate_wording.line(choice), shades.text_muted, Qt.AlignmentFlag.AlignBottom),
    ):
        painter.setPen(QColor(tint))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, edge | Qt.AlignmentFlag.AlignLeft, shown)
