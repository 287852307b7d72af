"""The small drawings that lie on pictures: badges, stars, hearts and round buttons, drawn once and kept. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPen, QPixmap

from app import theme
from app.views.cell_buttons import SIDE_PX, CellButton

_BADGE_HEIGHT_PX = 16
_BADGE_TEXT_PX = 9
_ICON_PX = 12
_HEART_PX = 16
_STAR_PX = 11
_CENTRED_PX = 28
_BUTTON_ICON_PX = 16
_SHADOW = "#000000"
_ON_PICTURE = "#ffffff"


class CellMarks:
    """Marks for one appearance and one device pixel ratio. They lie on photos, so most are white on dark."""

    def __init__(self, shades: theme.Colors, ratio: float) -> None:
        self._shades = shades
        self._ratio = ratio
        self._kept: dict[str, QPixmap] = {}

    def paint(self, painter: QPainter, mark: QPixmap, left: int, bottom: int) -> int:
        """Draw with the lower left corner there; returns the width."""
        size = mark.deviceIndependentSize()
        painter.drawPixmap(QPointF(left, bottom - size.height()), mark)
        return round(size.width())

    def paint_leftwards(self, painter: QPainter, mark: QPixmap, right: int, bottom: int) -> int:
        """Draw with the lower right corner there; returns the width."""
        return self.paint(painter, mark, right - round(mark.deviceIndependentSize().width()), bottom)

    def paint_centred(self, painter: QPainter, icon: str, target: QRect) -> None:
        """Draw an icon in the middle of an empty cell."""
        side_px = min(_CENTRED_PX, target.width() // 2)
        mark = self._once(f"centred {icon} {side_px}", lambda: self._icon(icon, side_px, self._shades.text_muted))
        painter.drawPixmap(target.center() - QRect(0, 0, side_px, side_px).center(), mark)

    def text_badge(self, text: str) -> QPixmap:
        """A word on a dark pill."""
        return self._once(f"badge {text}", lambda: self._draw_text_badge(text))

    def icon_badge(self, icon: str) -> QPixmap:
        """An icon on a dark pill."""
        return self._once(f"badge icon {icon}", lambda: self._draw_icon_badge(icon))

    def stack(self, copy_count: int, is_open: bool, is_hot: bool) -> QPixmap:
        """How many copies are behind a photo, or follow it: "+2", "−2"; `is_hot` right under the pointer."""
        text = f"{'−' if is_open else '+'}{copy_count}"
        return self._once(f"stack {text} {is_hot}", lambda: self._draw_text_badge(text, is_hot=is_hot))

    def favourite(self) -> QPixmap:
        """The heart of a favourite."""
        return self._once("favourite", lambda: self._shadowed("heart-filled", _HEART_PX, 1))

    def stars(self, rating: int) -> QPixmap:
        """One star for each point."""
        return self._once(f"stars {rating}", lambda: self._shadowed("star-filled", _STAR_PX, rating))

    def button(self, button: CellButton, is_on: bool, is_hot: bool) -> QPixmap:
        """A round button: `is_on` for selected and favourite, `is_hot` right under the pointer."""
        return self._once(f"button {button} {is_on} {is_hot}", lambda: self._draw_button(button, is_on, is_hot))

    def _once(self, key: str, draw: Callable[[], QPixmap]) -> QPixmap:
        mark = self._kept.get(key)
        if mark is None:
            mark = self._kept[key] = draw()
        return mark

    def _blank(self, width_px: int, height_px: int) -> QPixmap:
        mark = QPixmap(QSize(width_px, height_px) * self._ratio)
        mark.setDevicePixelRatio(self._ratio)
        mark.fill(Qt.GlobalColor.transparent)
        return mark

    def _icon(self, name: str, side_px: int, tint: str, alpha: float = 1.0) -> QPixmap:
        icon = theme.pixmap(name, max(1, round(side_px * self._ratio)), tint, alpha)
        icon.setDevicePixelRatio(self._ratio)
        return icon

    def _draw_text_badge(self, text: str, *, is_hot: bool = False) -> QPixmap:
        font = QFont(QGuiApplication.font())
        font.setPixelSize(_BADGE_TEXT_PX)
        font.setBold(True)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
        mark = self._blank(QFontMetrics(font).horizontalAdvance(text) + 10, _BADGE_HEIGHT_PX)
        painter = self._begin_pill(mark, self._shades.accent if is_hot else self._shades.badge_background)
        painter.setFont(font)
        painter.setPen(QColor(self._shades.accent_text if is_hot else self._shades.badge_text))
        painter.drawText(
            QRectF(0.5, 0, mark.deviceIndependentSize().width(), _BADGE_HEIGHT_PX), Qt.AlignmentFlag.AlignCenter, text
        )
        painter.end()
        return mark

    def _draw_icon_badge(self, icon: str) -> QPixmap:
        mark = self._blank(_ICON_PX + 8, _BADGE_HEIGHT_PX)
        painter = self._begin_pill(mark, self._shades.badge_background)
        painter.drawPixmap(
            QPointF(4, (_BADGE_HEIGHT_PX - _ICON_PX) / 2), self._icon(icon, _ICON_PX, self._shades.badge_text)
        )
        painter.end()
        return mark

    def _begin_pill(self, mark: QPixmap, fill: str) -> QPainter:
        painter = QPainter(mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        size = mark.deviceIndependentSize()
        painter.drawRoundedRect(QRectF(0, 0, size.width(), size.height()), 4, 4)
        return painter

    def _shadowed(self, icon: str, side_px: int, count: int) -> QPixmap:
        """Icons in a row, white with a soft dark edge, readable on any picture."""
        mark = self._blank(side_px * count + 2, side_px + 2)
        painter = QPainter(mark)
        edge, face = self._icon(icon, side_px, _SHADOW, 0.35), self._icon(icon, side_px, _ON_PICTURE)
        for position in range(count):
            left = 1 + position * side_px
            for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1), (0, 1)):
                painter.drawPixmap(QPointF(left + dx * 0.75, 1 + dy * 0.75), edge)
            painter.drawPixmap(QPointF(left, 1), face)
        painter.end()
        return mark

    def _draw_button(self, button: CellButton, is_on: bool, is_hot: bool) -> QPixmap:
        mark = self._blank(SIDE_PX, SIDE_PX)
        painter = QPainter(mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(2, 2, SIDE_PX - 4, SIDE_PX - 4)
        is_chosen = button is CellButton.SELECT and is_on
        fill = QColor(self._shades.accent) if is_chosen else QColor(0, 0, 0, 190 if is_hot else 120)
        painter.setBrush(fill)
        is_circle = button is CellButton.SELECT
        painter.setPen(QPen(QColor(_ON_PICTURE), 1.5) if is_circle else Qt.PenStyle.NoPen)
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1) if is_circle else disc)
        icon = {
            CellButton.SELECT: "check" if is_on or is_hot else None,
            CellButton.FAVOURITE: "heart-filled" if is_on else "heart",
            CellButton.SIMILAR: "similar",
        }[button]
        if icon is not None:
            inset = (SIDE_PX - _BUTTON_ICON_PX) / 2
            painter.drawPixmap(QPointF(inset, inset), self._icon(icon, _BUTTON_ICON_PX, _ON_PICTURE))
        painter.end()
        return mark
