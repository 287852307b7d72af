"""Controls that lie over a picture and fade away while nobody moves. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPropertyAnimation, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QWidget

FADE_MS = 180
REST_MS = 2200


class Fading(QObject):
    """Shows `widgets` when `wake` is called and fades them out after `rest_ms` of quiet.

    They stay while the pointer is over one of them or the keyboard is in one.
    """

    def __init__(self, widgets: Sequence[QWidget], parent: QObject, rest_ms: int = REST_MS) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        self._animations = [self._animation(widget) for widget in widgets]
        self._rest = QTimer(self, singleShot=True, interval=rest_ms)
        self._rest.timeout.connect(self._rested)
        self._is_awake = True

    @property
    def is_awake(self) -> bool:
        """Whether the widgets are shown (or about to be)."""
        return self._is_awake

    def wake(self) -> None:
        """Show the widgets and start waiting for quiet."""
        self._rest.start()
        self._fade(is_awake=True)

    def stay(self) -> None:
        """Show the widgets for good."""
        self._rest.stop()
        self._fade(is_awake=True)

    def sleep(self) -> None:
        """Fade out now."""
        self._rest.stop()
        self._fade(is_awake=False)

    def _rested(self) -> None:
        if any(self._is_used(widget) for widget in self._widgets):
            self._rest.start()
        else:
            self.sleep()

    def _is_used(self, widget: QWidget) -> bool:
        focus = QApplication.focusWidget()
        is_under_pointer = widget.isVisible() and widget.rect().contains(widget.mapFromGlobal(QCursor.pos()))
        return is_under_pointer or (focus is not None and widget.isAncestorOf(focus))

    def _fade(self, *, is_awake: bool) -> None:
        if is_awake == self._is_awake:
            return
        self._is_awake = is_awake
        for animation in self._animations:
            animation.stop()
            animation.setEndValue(1.0 if is_awake else 0.0)
            animation.start()

    def _animation(self, widget: QWidget) -> QPropertyAnimation:
        effect = QGraphicsOpacityEffect(widget)
        effect.setOpacity(1.0)
        widget.setGraphicsEffect(effect)
        animation = QPropertyAnimation(effect, b"opacity", self)
        animation.setDuration(FADE_MS)
        return animation
