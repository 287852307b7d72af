"""Five stars: shows a rating and asks for another by mouse or keyboard. GUI thread only."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import theme

STARS = 5
_CELL_PX = 22
_STAR_PX = 18


@lru_cache(maxsize=64)
def _star(name: str, side_px: int, tint: str) -> QPixmap:
    return theme.pixmap(name, side_px, tint)


class StarRow(QWidget):
    """Asks with `rating_requested`; shows the answer only when `show_rating` is called."""

    rating_requested = Signal(int)
    """0 to 5; the same star again asks for 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = 0
        self._hovered = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_rating(0)

    @property
    def rating(self) -> int:
        """The rating shown."""
        return self._rating

    def show_rating(self, rating: int) -> None:
        """Show 0 to 5 stars."""
        self._rating = rating
        self.setAccessibleName(self.tr("Rating: {n} of 5 stars").format(n=rating))
        self.setToolTip(self.tr("Click a star to rate, the same star again to clear"))
        self.update()

    def star_at(self, position: QPointF) -> int:
        """The star under a point, 1 to 5."""
        column = int(position.x() // _CELL_PX)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            column = STARS - 1 - column
        return min(max(column + 1, 1), STARS)

    def sizeHint(self) -> QSize:
        """The size wished for; Qt override."""
        return QSize(_CELL_PX * STARS, _CELL_PX + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; Qt override."""
        painter = QPainter(self)
        shades, ratio = theme.colors(), self.devicePixelRatioF()
        shown = self._hovered or self._rating
        for star in range(1, STARS + 1):
            column = star - 1
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                column = STARS - star
            name, tint = ("star-filled", shades.text) if star <= shown else ("star", shades.text_muted)
            picture = _star(name, round(_STAR_PX * ratio), tint)
            place = QRectF(column * _CELL_PX, (self.height() - _STAR_PX) / 2, _STAR_PX, _STAR_PX)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(shades.ring), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer; Qt override."""
        self._hover(self.star_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Stop following the pointer; Qt override."""
        self._hover(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer a button; Qt override."""
        if event.button() == Qt.MouseButton.LeftButton:
            star = self.star_at(event.position())
            self.rating_requested.emit(0 if star == self._rating else star)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press was the wish; Qt override."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer a key; Qt override."""
        key = event.key()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_5:
            self.rating_requested.emit(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            rating = self._rating + (1 if key == Qt.Key.Key_Right else -1)
            self.rating_requested.emit(min(max(rating, 0), STARS))
        else:
            super().keyPressEvent(event)

    def _hover(self, star: int) -> None:
        if star != self._hovered:
            self._hovered = star
            self.update()
