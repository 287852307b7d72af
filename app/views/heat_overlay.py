"""A heat map over a picture, following its zoom. GUI thread only; `heat_image` may run on any thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views.image_canvas import ImageCanvas
from core import heat_colours

_FINER = 8


def heat_image(heat: NDArray[np.float32]) -> QImage:
    """A map (h, w), 0 to 1, in its colours and smooth: the cells are interpolated before they are coloured."""
    rows, columns = heat.shape
    finer = Image.fromarray(heat).resize((columns * _FINER, rows * _FINER), Image.Resampling.BICUBIC)
    pixels = np.ascontiguousarray(heat_colours.rgba(np.asarray(finer)))
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_RGBA8888).copy()


class HeatOverlay(QWidget):
    """Lies over a canvas; the mouse goes through to it."""

    def __init__(self, canvas: ImageCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._heat: QImage | None = None
        self._opacity = 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        canvas.scale_changed.connect(lambda _scale: self.update())
        self.hide()

    @property
    def heat(self) -> QImage | None:
        """The map that is shown; None while there is none."""
        return self._heat

    def show_heat(self, heat: QImage | None) -> None:
        """Show a map; None shows the bare photo."""
        self._heat = heat
        self.setVisible(heat is not None)
        if heat is not None:
            self.setGeometry(self._canvas.rect())
            self.lower()
            self.update()

    def set_opacity(self, opacity: float) -> None:
        """How much of the map is seen: 0 to 1."""
        self._opacity = opacity
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; Qt override."""
        if self._heat is None:
            return
        ratio = self.devicePixelRatioF()
        left, top, width, height = self._canvas.placement.rectangle()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(self._opacity)
        painter.drawImage(QRectF(left / ratio, top / ratio, width / ratio, height / ratio), self._heat)
