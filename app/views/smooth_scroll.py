"""Turns the steps of a mouse wheel into smooth motion of a scroll bar. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QVariantAnimation
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QStyle

_DURATION_MS = 160
_STEP = 120


class SmoothScroll:
    """Moves one scroll bar; a touch pad's pixels are followed exactly, a wheel's notches are eased."""

    def __init__(self, bar: QScrollBar) -> None:
        self._bar = bar
        self._target = 0
        self._motion = QVariantAnimation(bar)
        self._motion.setDuration(_DURATION_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(lambda value: bar.setValue(round(value)))

    def stop(self) -> None:
        """End the motion where it is."""
        self._motion.stop()

    def follow(self, event: QWheelEvent, notch_px: int) -> None:
        """Scroll by a wheel event; one notch of a wheel is `notch_px`."""
        if not event.pixelDelta().isNull():
            self.stop()
            self._bar.setValue(self._bar.value() - event.pixelDelta().y())
            return
        self.move(round(-event.angleDelta().y() / _STEP * notch_px))

    def move(self, distance_px: int) -> None:
        """Move on by this much from where the motion under way would end."""
        is_moving = self._motion.state() == QVariantAnimation.State.Running
        start = self._target if is_moving else self._bar.value()
        self._target = min(max(start + distance_px, self._bar.minimum()), self._bar.maximum())
        self._motion.stop()
        if not QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
            self._bar.setValue(self._target)
            return
        self._motion.setStartValue(float(self._bar.value()))
        self._motion.setEndValue(float(self._target))
        self._motion.start()
