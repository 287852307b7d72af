"""Photos as something to drag: files for other programs, ids for our own albums. GUI thread."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app import theme
from core.domain import Photo, PhotoId

MIME_TYPE = "application/x-recollect-photos"
_SIDE_PX = 88
_FAN_PX = 6
_COUNT_PX = 24


def mime_data(ids: Sequence[PhotoId], photos: Sequence[Photo]) -> QMimeData:
    """`ids` for Recollect itself, the files of `photos` (those that are known) for everybody else."""
    content = QMimeData()
    content.setData(MIME_TYPE, json.dumps([int(one) for one in ids]).encode())
    # as_uri keeps the bytes of names that are not valid UTF-8, which QUrl.fromLocalFile would lose.
    content.setUrls([QUrl.fromEncoded(photo.path.as_uri().encode()) for photo in photos if not photo.is_offline])
    return content


def photo_ids(content: QMimeData) -> list[PhotoId]:
    """The photos that are being dragged, if they come from a grid of Recollect."""
    if not content.hasFormat(MIME_TYPE):
        return []
    return [PhotoId(int(one)) for one in json.loads(bytes(content.data(MIME_TYPE).data()))]


def picture(images: Sequence[QImage], count: int, ratio: float) -> QPixmap:
    """What follows the pointer: up to three thumbnails in a fan, and how many photos they stand for."""
    side = _SIDE_PX + 2 * _FAN_PX + _COUNT_PX // 2
    canvas = QPixmap(QSize(side, side) * ratio)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
    for depth, image in reversed(list(enumerate(images[:3]))):
        shorter = min(image.width(), image.height())
        middle = QRect((image.width() - shorter) // 2, (image.height() - shorter) // 2, shorter, shorter)
        place = QRect(depth * _FAN_PX, _COUNT_PX // 2 + depth * _FAN_PX, _SIDE_PX, _SIDE_PX)
        painter.setOpacity(0.95 - 0.2 * depth)
        painter.drawImage(place, image, middle)
    painter.setOpacity(1.0)
    if count > 1:
        _paint_count(painter, count)
    painter.end()
    return canvas


def _paint_count(painter: QPainter, count: int) -> None:
    shades = theme.colors()
    font = painter.font()
    font.setPixelSize(12)
    font.setBold(True)
    painter.setFont(font)
    width = max(_COUNT_PX, painter.fontMetrics().horizontalAdvance(str(count)) + 12)
    pill = QRect(_SIDE_PX + _FAN_PX - width // 2 - _COUNT_PX // 4, 0, width, _COUNT_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shades.accent))
    painter.drawRoundedRect(pill, _COUNT_PX / 2, _COUNT_PX / 2)
    painter.setPen(QColor(shades.accent_text))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(count))
