"""One picture that can be zoomed and moved with mouse, touchpad and keyboard. GUI thread only.

It holds up to two versions of the photo and paints the smallest that is sharp enough at the scale in use.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from app import theme
from app.views import zooming
from app.views.zooming import Placement

STEP = 1.25
"""One notch of the wheel, one press of the zoom buttons."""
_SHOW_PIXELS_FROM = 4.0
"""From this scale on, pixels are drawn as squares: whoever looks this closely wants to see them."""


class ImageCanvas(QWidget):
    """Paints a photo in a `Placement`; asks for more detail when the scale needs it."""

    scale_changed = Signal(float)
    detail_wanted = Signal()
    """The versions at hand are too small for the scale in use."""
    pointer_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._placement = Placement(0, 0, 1, 1)
        self._versions: list[QImage] = []
        self._is_preview = True
        self._drag_from: QPointF | None = None

    @property
    def placement(self) -> Placement:
        """Where the photo lies now, in device pixels."""
        return self._placement

    @property
    def versions(self) -> tuple[QImage, ...]:
        """The pictures held, smallest first."""
        return tuple(self._versions)

    def show_photo(self, size: QSize, preview: QImage | None) -> None:
        """Begin with another photo, fitted. `size`: its own pixels, upright; `preview`: shown until it arrives."""
        self._versions = [] if preview is None else [preview]
        self._is_preview = True
        self._placement = Placement(size.width(), size.height(), *self._device_size())
        self._changed()

    def add_version(self, image: QImage) -> None:
        """A sharper picture of the same photo; the place on screen does not move.

        The screen-sized picture stays beside the full one: it was reduced with a good filter, so it
        looks better and paints faster when the whole photo is shown.
        """
        if self._is_preview:
            self._versions, self._is_preview = [image], False
        elif image.width() > self._versions[-1].width():
            self._versions = [self._versions[0], image]
        self._match_shape(image)
        self._changed()

    def background(self) -> QColor:
        """What surrounds the photo: black on the full screen, quiet in a window."""
        return QColor("#000000" if self.window().isFullScreen() else theme.colors().scrim)

    def fit(self) -> None:
        """The whole photo."""
        self._place(zooming.fitted(self._placement))

    def actual_size(self, at: QPointF | None = None) -> None:
        """One pixel of the photo per pixel of the screen, around a point (the middle)."""
        self._zoom_to(1.0, at)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a point (the middle)."""
        self._zoom_to(self._placement.real_scale * factor, at)

    def toggle_fit(self, at: QPointF | None = None) -> None:
        """Between the whole photo and 100 %; a photo smaller than the window is doubled instead."""
        if not self._placement.is_fitted:
            self.fit()
        elif self._placement.fit_scale < 1.0:
            self.actual_size(at)
        else:
            self._zoom_to(2 * self._placement.fit_scale, at)

    def pan_by(self, by: QPointF) -> None:
        """Move the photo by logical pixels."""
        ratio = self.devicePixelRatioF()
        self._place(zooming.panned(self._placement, by.x() * ratio, by.y() * ratio))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; Qt override."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.background())
        image = self._sharp_enough()
        if image is None:
            return
        ratio = self.devicePixelRatioF()
        left, top, width, height = self._placement.rectangle()
        whole = QRectF(round(left) / ratio, round(top) / ratio, width / ratio, height / ratio)
        seen = whole.intersected(QRectF(self.rect()))
        across, down = image.width() / whole.width(), image.height() / whole.height()
        source = QRectF(
            (seen.x() - whole.x()) * across,
            (seen.y() - whole.y()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        smooth = self._placement.real_scale < _SHOW_PIXELS_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(seen, image, source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; Qt override."""
        self._place(zooming.resized(self._placement, *self._device_size()))
        for overlay in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            overlay.setGeometry(self.rect())  # what lies over the photo: a map, a rectangle being drawn
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Answer the wheel; Qt override."""
        is_touchpad = event.device().type() == QPointingDevice.DeviceType.TouchPad
        if is_touchpad and not event.pixelDelta().isNull() and not event.modifiers():
            self.pan_by(QPointF(event.pixelDelta()))
        else:
            self.zoom_by(STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer a button; Qt override."""
        if event.button() == Qt.MouseButton.LeftButton and not self._placement.is_fitted:
            self._drag_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer; Qt override."""
        if self._drag_from is not None:
            self.pan_by(event.position() - self._drag_from)
            self._drag_from = event.position()
        self.pointer_moved.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag; Qt override."""
        self._drag_from = None
        self._set_cursor()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Answer a double click; Qt override."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle_fit(event.position())

    def event(self, event: QEvent) -> bool:
        """Pick out the events that matter here; Qt override."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1.0 + event.value(), event.position())
                return True
            if event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
                self.toggle_fit(event.position())
                return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.zoom_by(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.hotSpot())))
                return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._place(zooming.resized(self._placement, *self._device_size()))
        return super().event(event)

    def _zoom_to(self, scale: float, at: QPointF | None) -> None:
        ratio = self.devicePixelRatioF()
        point = QRectF(self.rect()).center() if at is None else at
        self._place(zooming.zoomed(self._placement, scale, point.x() * ratio, point.y() * ratio))

    def _place(self, placement: Placement) -> None:
        if placement != self._placement:
            self._placement = placement
            self._changed()

    def _changed(self) -> None:
        self._set_cursor()
        self.update()
        self.scale_changed.emit(self._placement.real_scale)
        if not self._is_preview and self._needed_width() > self._versions[-1].width() * 1.05:
            self.detail_wanted.emit()

    def _needed_width(self) -> float:
        return self._placement.photo_width * min(1.0, self._placement.real_scale)

    def _sharp_enough(self) -> QImage | None:
        for image in self._versions:
            if image.width() >= self._needed_width() * 0.95:
                return image
        return self._versions[-1] if self._versions else None

    def _match_shape(self, image: QImage) -> None:
        # The catalog's size may be that of the file before it was turned upright, or of an older file.
        width, height = self._placement.photo_width, self._placement.photo_height
        if not width or not height:
            width, height = image.width(), image.height()
        elif (image.width() > image.height()) != (width > height) and image.width() != image.height():
            width, height = height, width
        held = self._placement
        if (width, height) != (held.photo_width, held.photo_height):
            self._placement = Placement(width, height, held.canvas_width, held.canvas_height)

    def _set_cursor(self) -> None:
        if self._drag_from is None:
            shape = Qt.CursorShape.ArrowCursor if self._placement.is_fitted else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape)

    def _device_size(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
