"""Which key does what in the viewer. Pure mapping; GUI thread only."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_Key = Qt.Key
_RATING_KEYS = range(_Key.Key_0, _Key.Key_5 + 1)


class Deed(Enum):
    """Everything the viewer's keyboard can do."""

    NEXT = auto()
    PREVIOUS = auto()
    FIRST = auto()
    LAST = auto()
    CLOSE = auto()
    ESCAPE = auto()
    FIT = auto()
    ACTUAL_SIZE = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    PAN = auto()
    FULL_SCREEN = auto()
    FAVOURITE = auto()
    SIMILAR = auto()
    REGION = auto()
    WHY = auto()
    RATE = auto()


_PLAIN = {
    _Key.Key_Right: Deed.NEXT,
    _Key.Key_PageDown: Deed.NEXT,
    _Key.Key_Left: Deed.PREVIOUS,
    _Key.Key_PageUp: Deed.PREVIOUS,
    _Key.Key_Home: Deed.FIRST,
    _Key.Key_End: Deed.LAST,
    _Key.Key_Space: Deed.CLOSE,
    _Key.Key_Return: Deed.CLOSE,
    _Key.Key_Enter: Deed.CLOSE,
    _Key.Key_Escape: Deed.ESCAPE,
    _Key.Key_0: Deed.FIT,
    _Key.Key_1: Deed.ACTUAL_SIZE,
    _Key.Key_Plus: Deed.ZOOM_IN,
    _Key.Key_Equal: Deed.ZOOM_IN,
    _Key.Key_Minus: Deed.ZOOM_OUT,
    _Key.Key_Up: Deed.PAN,
    _Key.Key_Down: Deed.PAN,
    _Key.Key_F11: Deed.FULL_SCREEN,
    _Key.Key_F: Deed.FAVOURITE,
    _Key.Key_S: Deed.SIMILAR,
    _Key.Key_R: Deed.REGION,
    _Key.Key_W: Deed.WHY,
}
_PAN_STEPS = {
    _Key.Key_Left: (1, 0),
    _Key.Key_Right: (-1, 0),
    _Key.Key_Up: (0, 1),
    _Key.Key_Down: (0, -1),
}


def deed_for(event: QKeyEvent) -> Deed | None:
    """What a key press means here; None for keys the viewer leaves to the window."""
    key = Qt.Key(event.key())
    modifier = Qt.KeyboardModifier
    match event.modifiers() & ~modifier.KeypadModifier:
        case modifier.NoModifier:
            return _PLAIN.get(key)
        case modifier.ShiftModifier if key in _PAN_STEPS:
            return Deed.PAN
        case modifier.ShiftModifier if key == _Key.Key_Plus:
            return Deed.ZOOM_IN
        case modifier.ControlModifier if key in _RATING_KEYS:
            return Deed.RATE
        case modifier.ControlModifier if key in (_Key.Key_Plus, _Key.Key_Equal, _Key.Key_Minus):
            return _PLAIN[key]
    return None


def pan_step(event: QKeyEvent) -> tuple[int, int]:
    """The direction in which an arrow key moves the picture."""
    return _PAN_STEPS.get(Qt.Key(event.key()), (0, 0))


def rating(event: QKeyEvent) -> int:
    """The rating a digit stands for."""
    return event.key() - int(_Key.Key_0)
