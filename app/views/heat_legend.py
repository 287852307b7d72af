"""What the colours of a heat map mean: a bar from weak to strong. GUI thread only."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app import theme
from core import heat_colours

_BAR = QSize(88, 10)
_STOPS = 9


class HeatLegend(QWidget):
    """ "weak", the scale, "strong"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (QLabel(self.tr("weak"), self), _Scale(self), QLabel(self.tr("strong"), self)):
            part.setProperty("role", "muted")
            row.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class _Scale(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; Qt override."""
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shades = QLinearGradient(box.topLeft(), box.topRight())
        if self.isRightToLeft():
            shades = QLinearGradient(box.topRight(), box.topLeft())
        places = np.linspace(0, 1, _STOPS, dtype=np.float32)
        for place, shade in zip(places.tolist(), heat_colours.rgb(places).tolist(), strict=True):
            shades.setColorAt(place, QColor(*shade))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.colors().border), 1))
        painter.setBrush(shades)
        painter.drawRoundedRect(box, 4, 4)
