"""Paints one cell of the photo grid: picture, marks, selection, buttons under the pointer. GUI thread.

Everything small that lies on a picture is drawn once and kept, so that a full screen of cells paints in a few ms.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from app import theme
from app.stacks import Stack
from app.views import cell_buttons
from app.views.cell_buttons import CellButton
from app.views.cell_marks import CellMarks
from app.views.grid_layout import Box
from core.domain import Photo

RING_PX = 3
_BAR_PX = 3
_MARK_INSET_PX = 7
_DIMMED_ALPHA = 110
_MOST_ENLARGED = 2.0
_BADGED_FORMATS = frozenset({"RAW", "HEIC", "GIF"})


@dataclass(slots=True)
class Look:
    """How one cell looks in this frame."""

    image: QImage | None
    color: int | None
    photo: Photo | None
    image_opacity: float = 1.0
    is_absent: bool = False
    """There is no thumbnail and none is coming."""
    is_selected: bool = False
    is_dimmed: bool = False
    has_focus: bool = False
    is_under_pointer: bool = False
    hot_button: CellButton | None = None
    relevance: float | None = None
    stack: Stack | None = None
    """It stands for copies of the same picture."""


class PhotoPainting:
    """Paints cells for one appearance and one device pixel ratio."""

    def __init__(self, shades: theme.Colors, ratio: float, is_cropped: bool) -> None:
        self.shades = shades
        self.ratio = ratio
        self.is_cropped = is_cropped
        self._marks = CellMarks(shades, ratio)
        self._placeholder = QColor(shades.placeholder)
        self._dim = QColor(shades.surface)
        self._dim.setAlpha(_DIMMED_ALPHA)
        self._ring = QPen(
            QColor(shades.ring), RING_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
        )
        self._edge = QPen(QColor(shades.surface), 1)
        self._focus = QPen(
            QColor(shades.text), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
        )
        self._bar_track = QColor(0, 0, 0, 110)
        self._bar = QColor(shades.ring)

    def paint(self, painter: QPainter, cell: Box, look: Look) -> None:
        """Paint one cell; `cell` is in the painter's coordinates."""
        picture = self._paint_picture(painter, QRect(*cell), look)
        if look.is_dimmed:
            painter.fillRect(picture, self._dim)
        marked = Box(picture.x(), picture.y(), picture.width(), picture.height())
        self._paint_marks(painter, marked, look)
        if look.relevance is not None:
            self._paint_relevance(painter, marked, look.relevance)
        if look.is_selected:
            self._paint_ring(painter, picture)
        elif look.has_focus:
            painter.setPen(self._focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(picture.adjusted(1, 1, -1, -1))
        if look.is_under_pointer:
            self._paint_buttons(painter, cell, look)

    def _paint_picture(self, painter: QPainter, cell: QRect, look: Look) -> QRect:
        image = look.image
        target = cell if self.is_cropped else self._fitted(cell, look)
        if image is None:
            self._paint_placeholder(painter, target, look)
            return target
        if look.image_opacity < 1.0:
            self._paint_placeholder(painter, target, look)
            painter.setOpacity(look.image_opacity)
        painter.drawImage(target, image, self._source(target, image) if self.is_cropped else image.rect())
        if look.image_opacity < 1.0:
            painter.setOpacity(1.0)
        return target

    def _paint_placeholder(self, painter: QPainter, target: QRect, look: Look) -> None:
        if look.is_absent:
            painter.fillRect(target, self._placeholder)
            is_broken = look.photo is not None and look.photo.is_unreadable
            self._marks.paint_centred(painter, "error" if is_broken else "photos", target)
        else:
            painter.fillRect(target, self._placeholder if look.color is None else QColor.fromRgb(look.color))

    def _source(self, target: QRect, image: QImage) -> QRect:
        """The middle of the image in the shape of `target`; pixel for pixel where the image has the right size."""
        width, height = round(target.width() * self.ratio), round(target.height() * self.ratio)
        spare = min(image.width() - width, image.height() - height)
        if not 0 <= spare <= 2:
            scale = min(image.width() / width, image.height() / height)
            width, height = max(1, int(width * scale)), max(1, int(height * scale))
        return QRect((image.width() - width) // 2, (image.height() - height) // 2, width, height)

    def _fitted(self, cell: QRect, look: Look) -> QRect:
        """Where the whole picture lies in the middle of the cell."""
        if look.image is not None:
            width, height = look.image.width(), look.image.height()
        elif look.photo is not None and look.photo.width_px and look.photo.height_px:
            width, height = look.photo.width_px * 16, look.photo.height_px * 16
        else:
            return cell
        scale = min(cell.width() / width, cell.height() / height, _MOST_ENLARGED / self.ratio)
        fitted = QRect(0, 0, max(1, round(width * scale)), max(1, round(height * scale)))
        fitted.moveCenter(cell.center())
        return fitted

    def _paint_marks(self, painter: QPainter, cell: Box, look: Look) -> None:
        photo = look.photo
        if photo is None:
            return
        lift = _MARK_INSET_PX + (_BAR_PX if look.relevance is not None else 0)
        bottom = cell.y + cell.height - lift
        left = cell.x + _MARK_INSET_PX
        if look.is_under_pointer:
            left += cell_buttons.SIDE_PX
        elif photo.is_favourite:
            left += self._marks.paint(painter, self._marks.favourite(), left, bottom) + 4
        if photo.rating:
            self._marks.paint(painter, self._marks.stars(photo.rating), left, bottom)
        right = cell.x + cell.width - _MARK_INSET_PX
        if look.stack is not None:
            mark = self._marks.stack(look.stack.copy_count, look.stack.is_open, look.hot_button is CellButton.COPIES)
            right -= self._marks.paint_leftwards(painter, mark, right, bottom) + 4
        for badge in self._badges(photo, look.is_absent):
            right -= self._marks.paint_leftwards(painter, badge, right, bottom) + 4

    def _badges(self, photo: Photo, is_absent: bool) -> list[QPixmap]:
        badges = []
        if photo.is_unreadable and not is_absent:  # otherwise the cell itself says so
            badges.append(self._marks.icon_badge("warning"))
        if photo.is_offline:
            badges.append(self._marks.icon_badge("folder-offline"))
        if photo.format in _BADGED_FORMATS:
            badges.append(self._marks.text_badge(photo.format))
        return badges

    def _paint_relevance(self, painter: QPainter, cell: Box, relevance: float) -> None:
        top = cell.y + cell.height - _BAR_PX
        painter.fillRect(QRect(cell.x, top, cell.width, _BAR_PX), self._bar_track)
        painter.fillRect(QRect(cell.x, top, round(cell.width * relevance), _BAR_PX), self._bar)

    def _paint_ring(self, painter: QPainter, cell: QRect) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._edge)
        painter.drawRect(cell.adjusted(RING_PX, RING_PX, -RING_PX - 1, -RING_PX - 1))
        painter.setPen(self._ring)
        painter.drawRect(QRectF(cell).adjusted(RING_PX / 2, RING_PX / 2, -RING_PX / 2, -RING_PX / 2))

    def _paint_buttons(self, painter: QPainter, cell: Box, look: Look) -> None:
        is_favourite = look.photo is not None and look.photo.is_favourite
        for button in cell_buttons.ON_ALL:
            is_on = {CellButton.SELECT: look.is_selected, CellButton.FAVOURITE: is_favourite}.get(button, False)
            box = cell_buttons.place(button, cell)
            picture = self._marks.button(button, is_on, look.hot_button == button)
            painter.drawPixmap(QPoint(box.x, box.y), picture)
