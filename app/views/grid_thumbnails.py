"""Asks for what a grid has in sight and ahead, records and thumbnails, and fades in what arrives. GUI thread.

While the view flies past photos faster than anybody can see them, nothing is asked for: decoding what is gone
by the time it is ready would only cost the frames that are being painted.
"""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QStyle

from app.thumbnail_provider import Size, ThumbnailProvider
from app.views.grid_view import GridView

_FADE_S = 0.14
_FRAME_MS = 16
_FAST_VIEWS_PER_S = 6.0
_FLIGHT_RESTS_MS = 60
_SIZE_RESTS_MS = 90
"""While the size of the cells is being changed, the old images are stretched; new ones are made when it rests."""


class GridThumbnails(QObject):
    """The images of one grid view."""

    changed = Signal(object)
    """PhotoId to be painted again."""

    def __init__(self, provider: ThumbnailProvider, view: GridView) -> None:
        super().__init__(view)
        self._provider = provider
        self._view = view
        self._is_cropped = True
        self._seen_top = 0
        self._seen_at = 0.0
        self._direction = 1
        self._bare: set[int] = set()
        self._arrived_at: dict[int, float] = {}
        self._size = Size(0, is_cover=True)
        self._ask_soon = QTimer(self, singleShot=True)
        self._ask_soon.timeout.connect(self._ask)
        self._next_frame = QTimer(self, interval=_FRAME_MS)
        self._next_frame.timeout.connect(self._fade_on)
        provider.ready.connect(self._take)

    def set_cropped(self, is_cropped: bool) -> None:
        """Whether images have to fill their squares."""
        self._is_cropped = is_cropped
        self.look()

    def look(self) -> None:
        """What is in sight may have changed: ask for it when this turn of the event loop is over, or later."""
        delay_ms = self._flight_delay_ms()
        if self._size.side_px and self._wanted_size() != self._size:
            delay_ms = _SIZE_RESTS_MS
        if delay_ms is not None:
            self._ask_soon.start(delay_ms)

    def _flight_delay_ms(self) -> int | None:
        """How long to wait before asking; None: as long as was decided when the view last moved."""
        now, top = time.monotonic(), self._view.verticalOffset()
        moved_px, elapsed_s = abs(top - self._seen_top), max(now - self._seen_at, _FRAME_MS / 2000)
        if not moved_px:
            return None if self._ask_soon.isActive() else 0
        self._direction = 1 if top > self._seen_top else -1
        self._seen_top, self._seen_at = top, now
        is_fast = moved_px / elapsed_s > _FAST_VIEWS_PER_S * self._view.viewport().height()
        return _FLIGHT_RESTS_MS if is_fast else 0

    def image(self, photo_id: int) -> tuple[QImage | None, float]:
        """The image to paint now, and how far it has faded in (0 to 1)."""
        image = self._provider.image(photo_id)
        if image is None:
            self._bare.add(photo_id)
            return None, 1.0
        arrived_at = self._arrived_at.get(photo_id)
        if arrived_at is None:
            return image, 1.0
        return image, min(1.0, (time.monotonic() - arrived_at) / _FADE_S)

    def is_absent(self, photo_id: int) -> bool:
        """Whether there is no thumbnail to wait for."""
        return self._provider.is_absent(photo_id)

    def _wanted_size(self) -> Size:
        side_px = math.ceil(self._view.grid_layout().cell_px * self._view.devicePixelRatioF())
        return Size(side_px, self._is_cropped)

    def _ask(self) -> None:
        self._size = self._wanted_size()
        rows = self._view.visible_rows()
        self._view.photos.look_at(rows)
        ids = self._view.photo_ids
        after = ids[rows.stop : rows.stop + len(rows)].tolist()
        before = ids[max(0, rows.start - len(rows)) : rows.start][::-1].tolist()
        ahead = after + before if self._direction > 0 else before + after
        in_sight = ids[rows.start : rows.stop].tolist()
        self._bare.intersection_update(in_sight)
        self._provider.show(in_sight, ahead, self._size)

    def _take(self, photo_id: int) -> None:
        if photo_id in self._bare and self._animates():
            self._arrived_at[photo_id] = time.monotonic()
            if not self._next_frame.isActive():
                self._next_frame.start()
        self._bare.discard(photo_id)
        self.changed.emit(photo_id)

    def _fade_on(self) -> None:
        now = time.monotonic()
        for photo_id, arrived_at in list(self._arrived_at.items()):
            if now - arrived_at >= _FADE_S:
                del self._arrived_at[photo_id]
            self.changed.emit(photo_id)
        if not self._arrived_at:
            self._next_frame.stop()

    @staticmethod
    def _animates() -> bool:
        return bool(QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration))
