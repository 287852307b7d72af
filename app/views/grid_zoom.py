"""Ctrl with the wheel, pinching on a screen and on a touch pad: all change the size of the cells. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from app.views.grid_view import GridView

_NOTCH = 120


class GridZoom:
    """Turns gestures on one view into cell sizes, keeping the photo under the fingers where it is."""

    def __init__(self, view: GridView) -> None:
        self._view = view
        self._wheel_rest = 0
        self._pinched_px = 0.0
        view.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def wheel(self, event: QWheelEvent) -> None:
        """One notch of the wheel is one column."""
        self._wheel_rest += event.angleDelta().y()
        steps = int(self._wheel_rest / _NOTCH)
        self._wheel_rest -= steps * _NOTCH
        if steps:
            self._view.zoom(steps, event.position().toPoint())

    def gesture(self, event: QEvent) -> bool:
        """Follow a pinch; whether `event` was one."""
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if not isinstance(pinch, QPinchGesture):
                return False
            if pinch.state() == Qt.GestureState.GestureStarted or not self._pinched_px:
                self._pinched_px = float(self._view.cell_size_px)
            point = self._view.viewport().mapFromGlobal(pinch.centerPoint().toPoint())
            self._view.set_cell_size_px(round(self._pinched_px * pinch.totalScaleFactor()), point)
            return True
        if not isinstance(event, QNativeGestureEvent):
            return False
        if event.gestureType() == Qt.NativeGestureType.BeginNativeGesture or not self._pinched_px:
            self._pinched_px = float(self._view.cell_size_px)
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._pinched_px *= 1.0 + event.value()
            self._view.set_cell_size_px(round(self._pinched_px), event.position().toPoint())
            return True
        return False
