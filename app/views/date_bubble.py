"""The month beside the scroll bar while a long library is being scrolled. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QRectF, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from app import theme

_STAYS_MS = 700
_FADES_MS = 180
_HEIGHT_PX = 32
_PADDING_PX = 14
_RIGHT_PX = 8


class DateBubble(QWidget):
    """A label that fades away when it is not renewed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._text = ""
        self._opacity = 1.0
        self._rest = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(_FADES_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutQuad)
        self._fade.valueChanged.connect(self._set_opacity)
        self._fade.finished.connect(self.hide)
        self._rest.timeout.connect(self._fade.start)

    @property
    def text(self) -> str:
        """What it shows, or showed last."""
        return self._text

    def show_beside(self, bar: QScrollBar, text: str) -> None:
        """Show `text` to the left of the scroll bar, level with its handle."""
        option = QStyleOptionSlider()
        bar.initStyleOption(option)
        handle = bar.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, bar
        )
        corner = bar.mapTo(self._surroundings, QPoint(0, handle.center().y()))
        self._show_at(text, corner.x(), corner.y())

    def _show_at(self, text: str, right_px: int, middle_px: int) -> None:
        self._fade.stop()
        self._set_opacity(1.0)
        font = self.font()
        font.setPixelSize(theme.TEXT_PX)
        font.setWeight(font.Weight.DemiBold)
        self.setFont(font)
        self._text = text
        width = self.fontMetrics().horizontalAdvance(text) + 2 * _PADDING_PX
        lowest = self._surroundings.height() - _HEIGHT_PX - theme.SPACING_PX
        top = min(max(middle_px - _HEIGHT_PX // 2, theme.SPACING_PX), lowest)
        self.setGeometry(right_px - width - _RIGHT_PX, top, width, _HEIGHT_PX)
        self.show()
        self.raise_()
        self.update()
        self._rest.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill; Qt override."""
        shades = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self._opacity)
        painter.setBrush(QColor(shades.surface_raised))
        painter.setPen(QColor(shades.border))
        pill = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor(shades.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()

    def _set_opacity(self, opacity: float) -> None:
        self._opacity = opacity
        self.update()
