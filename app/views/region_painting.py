"""How a chosen part of a picture looks: bright in dimmed surroundings, framed, with handles. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_DIM = QColor(0, 0, 0, 130)
_DIM_BEFORE = QColor(0, 0, 0, 70)
_FRAME = QColor(255, 255, 255)
_SHADOW = QColor(0, 0, 0, 170)
_HANDLE_PX = 8.0


def paint(painter: QPainter, photo: QRectF, box: QRectF | None, *, has_handles: bool) -> None:
    """Dim the `photo` except `box`; white on dark lines, so that the frame is seen on any photo."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if box is None:
        painter.fillRect(photo, _DIM_BEFORE)
        return
    around = QPainterPath()
    around.addRect(photo)
    around.addRect(box)
    painter.fillPath(around, _DIM)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_SHADOW, 3.5))
    painter.drawRect(box)
    painter.setPen(QPen(_FRAME, 1.5))
    painter.drawRect(box)
    if has_handles:
        _paint_handles(painter, box)


def _paint_handles(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(_SHADOW, 1.0))
    painter.setBrush(_FRAME)
    middle = box.center()
    for x in (box.left(), middle.x(), box.right()):
        for y in (box.top(), middle.y(), box.bottom()):
            if QPointF(x, y) != middle:
                side = _HANDLE_PX
                painter.drawRoundedRect(QRectF(x - side / 2, y - side / 2, side, side), 2, 2)
