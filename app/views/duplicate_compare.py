"""Two photos of a group at full size: side by side with one zoom for both, or flickering in one place. GUI thread.

Differences that the eye misses side by side jump out when the pictures take turns (a blink comparator).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app import duplicate_wording, picture_loader, theme
from app.tasks import Tasks
from core.domain import DuplicatePhoto
from core.library import Library

_HEAD_PX = 44
_FOOT_PX = 36
_GAP_PX = 8
_MOST_ZOOM = 32.0
_SIDE_PX = 6000
_STEP = 1.25


class DuplicateCompare(QWidget):
    """Space takes turns, S puts them side by side, the wheel zooms, dragging moves both."""

    closed = Signal()

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._photos: Sequence[DuplicatePhoto] = ()
        self._images: dict[int, QImage] = {}
        self._zoom = 1.0
        self._middle = QPointF(0.5, 0.5)
        self.is_blinking = False
        self.shown = 0
        self._drag_from: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Comparison of two photos"))

    def show_photos(self, one: DuplicatePhoto, other: DuplicatePhoto) -> None:
        """Begin with two photos, fitted, side by side."""
        self._photos, self._images = (one, other), {}
        self._zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        self.is_blinking, self.shown = False, 0
        for number, photo in enumerate(self._photos):
            work = functools.partial(_load, self._library, photo)
            self._tasks.run(f"compare {number}", work, functools.partial(self._arrived, number))
        self.update()

    def _arrived(self, number: int, image: QImage) -> None:
        self._images[number] = image
        self.update()

    def clear(self) -> None:
        """Give the memory back."""
        for number in range(2):
            self._tasks.forget(f"compare {number}")
        self._images = {}

    # -- painting ---------------------------------------------------------------------------------------------

    def _areas(self) -> list[tuple[int, QRectF]]:
        """Which picture is where."""
        whole = QRectF(self.rect()).adjusted(_GAP_PX, _HEAD_PX, -_GAP_PX, -_FOOT_PX)
        if self.is_blinking:
            return [(self.shown, whole)]
        if self.width() >= self.height():
            width = (whole.width() - _GAP_PX) / 2
            second = QRectF(whole.right() - width, whole.top(), width, whole.height())
            return [(0, QRectF(whole.left(), whole.top(), width, whole.height())), (1, second)]
        height = (whole.height() - _HEAD_PX) / 2
        second = QRectF(whole.left(), whole.bottom() - height, whole.width(), height)
        return [(0, QRectF(whole.left(), whole.top(), whole.width(), height)), (1, second)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt override."""
        shades = theme.colors()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(shades.scrim))
        if not self._photos:
            return
        for number, area in self._areas():
            self._paint_picture(painter, number, area)
            self._paint_words(painter, number, QRectF(area.left(), area.top() - _HEAD_PX, area.width(), _HEAD_PX))
        painter.setPen(QColor(shades.text_muted))
        hint = self.tr("Space: take turns   S: side by side   wheel: zoom   0: fit   Esc: back")
        foot = QRectF(self.rect()).adjusted(_GAP_PX, self.height() - _FOOT_PX, -_GAP_PX, 0)
        shown = painter.fontMetrics().elidedText(hint, Qt.TextElideMode.ElideRight, int(foot.width()))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_picture(self, painter: QPainter, number: int, area: QRectF) -> None:
        image = self._images.get(number)
        if image is None:
            painter.setPen(QColor(theme.colors().text_muted))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.tr("Loading…"))
            return
        # In fractions of the picture, so that a small copy and its large original lie in the same place.
        fit = min(area.width() / image.width(), area.height() / image.height()) * self._zoom
        width, height = image.width() * fit, image.height() * fit
        target = QRectF(
            area.center().x() - self._middle.x() * width, area.center().y() - self._middle.y() * height, width, height
        )
        painter.save()
        painter.setClipRect(area)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, image)
        painter.restore()

    def _paint_words(self, painter: QPainter, number: int, area: QRectF) -> None:
        one = self._photos[number]
        pixels, size, *_rest = duplicate_wording.facts(one)
        words = f"{number + 1}  {one.photo.name}   {pixels}   {size}"
        painter.setPen(QColor(theme.colors().text))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)

    # -- moving -----------------------------------------------------------------------------------------------

    def zoom_by(self, factor: float) -> None:
        """Zoom both around the middle of what is seen."""
        self._zoom = max(1.0, min(_MOST_ZOOM, self._zoom * factor))
        self._move_to(self._middle)

    def take_turns(self) -> None:
        """Show one in the place of the other."""
        if self.is_blinking:
            self.shown = 1 - self.shown
        self.is_blinking = True
        self.update()

    def _move_to(self, middle: QPointF) -> None:
        slack = 0.5 / self._zoom
        self._middle = QPointF(
            min(max(middle.x(), slack), 1 - slack) if self._zoom > 1 else 0.5,
            min(max(middle.y(), slack), 1 - slack) if self._zoom > 1 else 0.5,
        )
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt override."""
        self.zoom_by(_STEP ** (event.angleDelta().y() / 120))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        self._drag_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        areas = self._areas()
        image = self._images.get(areas[0][0])
        if self._drag_from is None or image is None:
            return
        area = areas[0][1]
        fit = min(area.width() / image.width(), area.height() / image.height()) * self._zoom
        by = event.position() - self._drag_from
        self._drag_from = event.position()
        self._move_to(self._middle - QPointF(by.x() / (image.width() * fit), by.y() / (image.height() * fit)))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Qt override."""
        self._drag_from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.closed.emit()
            case Qt.Key.Key_Space | Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.take_turns()
            case Qt.Key.Key_S:
                self.is_blinking = False
                self.update()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(_STEP)
            case Qt.Key.Key_Minus:
                self.zoom_by(1 / _STEP)
            case Qt.Key.Key_0:
                self.zoom_by(1 / _MOST_ZOOM)
            case _:
                super().keyPressEvent(event)


def _load(library: Library, one: DuplicatePhoto) -> QImage:
    return picture_loader.to_qimage(library.picture(one.id, _SIDE_PX))
