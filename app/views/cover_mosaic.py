"""A few photos as the cover of an album: one large, two small beside it. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import theme
from core.domain import PhotoId

SHOWN = 3
_GAP_PX = 2
_SHARE_OF_LARGE = 0.66


class CoverMosaic(QWidget):
    """Paints what `image_of` has; ask for an update when a picture arrives."""

    def __init__(
        self,
        ids: Sequence[PhotoId],
        image_of: Callable[[int], QImage | None],
        size: QSize,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ids = tuple(ids)[:SHOWN]
        self._image_of = image_of
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt override."""
        return self._size

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt override."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), theme.RADIUS_PX, theme.RADIUS_PX)
        painter.setClipPath(outline)
        for photo_id, place in zip(self._ids, places(self.rect(), len(self._ids)), strict=False):
            image = self._image_of(photo_id)
            if image is None or image.isNull():
                painter.fillRect(place, QColor(theme.colors().hover))
            else:
                painter.drawImage(place, image, covering(image.size(), place.size()))


def places(room: QRect, count: int) -> list[QRect]:
    """Where the pictures go: the first one large at the left, the others stacked at the right."""
    if count <= 1:
        return [room]
    large = round(room.width() * _SHARE_OF_LARGE)
    left = large + _GAP_PX
    found = [QRect(room.left(), room.top(), large, room.height())]
    rest = count - 1
    for number in range(rest):
        top = round(number * (room.height() + _GAP_PX) / rest)
        bottom = round((number + 1) * (room.height() + _GAP_PX) / rest) - _GAP_PX
        found.append(QRect(room.left() + left, room.top() + top, room.width() - left, bottom - top))
    return found


def covering(picture: QSize, room: QSize) -> QRect:
    """The middle part of a picture that has the shape of `room`."""
    size = room.scaled(picture, Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(
        (picture.width() - size.width()) // 2, (picture.height() - size.height()) // 2, size.width(), size.height()
    )
