"""Paints the photo grid, shows the month while it scrolls, and has ready what is in sight. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app import theme
from app.item_models import months
from app.item_models.photo_model import PhotoModel
from app.thumbnail_provider import ThumbnailProvider
from app.views import grid_pointer, heading_painting
from app.views.date_bubble import DateBubble
from app.views.grid_pointer import Under
from app.views.grid_selection import SelectionGrid
from app.views.grid_thumbnails import GridThumbnails
from app.views.grid_view import Index
from app.views.photo_painting import Look, PhotoPainting
from core.domain import PhotoId


class PaintedGrid(SelectionGrid):
    """A grid to look at; `PhotoGrid` tells it where the pointer is and which band is being drawn."""

    def __init__(self, model: PhotoModel, thumbnails: ThumbnailProvider, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._thumbnails = GridThumbnails(thumbnails, self)
        self._thumbnails.changed.connect(self._repaint_photo)
        self._is_cropped = True
        self._painting: PhotoPainting | None = None
        self._pointer: QPoint | None = None
        self._by_keyboard = False
        self._band: QRect | None = None
        self._bubble = DateBubble(self)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_cropped(self, is_cropped: bool) -> None:
        """Fill the squares with the middle of the pictures, or show whole pictures."""
        self._is_cropped = is_cropped
        self._painting = None
        self._thumbnails.set_cropped(is_cropped)
        self.viewport().update()

    @property
    def is_cropped(self) -> bool:
        """Whether squares are filled."""
        return self._is_cropped

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what touches the exposed stripe; Qt override."""
        top, area = self.verticalOffset(), event.rect()
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(area, QColor(theme.colors().surface))
            self._paint_headings(painter, area.top() + top, area.bottom() + 1 + top)
            self._paint_cells(painter, area.top() + top, area.bottom() + 1 + top)
            if self._band is not None:
                self._paint_band(painter, self._band)

    def _paint_cells(self, painter: QPainter, top: int, bottom: int) -> None:
        painting, layout = self._painting_now(), self.grid_layout()
        rows = layout.rows_between(top, bottom)
        hot = self._hot()
        focus_row = self.currentIndex().row() if self._by_keyboard and self.hasFocus() else -1
        chosen, dims = self.chosen_rows()[rows.start : rows.stop].tolist(), self.selected_count() > 1
        ids = self.photo_ids[rows.start : rows.stop].tolist()
        for (row, box), photo_id, is_selected in zip(layout.boxes(rows), ids, chosen, strict=True):
            look = self._look_of(row, photo_id)
            look.is_selected, look.is_dimmed = is_selected, dims and not is_selected
            look.has_focus = row == focus_row
            if row == hot.row:
                look.is_under_pointer, look.hot_button = True, hot.button
            painting.paint(painter, self.on_screen(box), look)

    def _look_of(self, row: int, photo_id: int) -> Look:
        image, opacity = self._thumbnails.image(photo_id)
        return Look(
            image=image,
            color=self.photos.color(row) if image is None or opacity < 1.0 else None,
            photo=self.photos.known_photo(photo_id),
            image_opacity=opacity,
            is_absent=image is None and self._thumbnails.is_absent(photo_id),
            relevance=self.photos.relevance(row),
            stack=self.photos.stacks.get(PhotoId(photo_id)),
        )

    def _paint_headings(self, painter: QPainter, top: int, bottom: int) -> None:
        layout = self.grid_layout()
        hot = self._hot().weaker_section
        for section in layout.sections_between(top, bottom):
            box = layout.heading(section)
            if box.height:
                heading_painting.paint(
                    painter,
                    self.font(),
                    self.on_screen(box),
                    self.sections[section],
                    is_hot=hot == section,
                    is_only=layout.first_row(section) == 0,
                )

    def _paint_band(self, painter: QPainter, band: QRect) -> None:
        fill = QColor(theme.colors().accent)
        painter.setPen(fill)
        fill.setAlpha(50)
        painter.setBrush(fill)
        painter.drawRect(band.adjusted(0, 0, -1, -1))

    def _painting_now(self) -> PhotoPainting:
        shades, ratio = theme.colors(), self.devicePixelRatioF()
        painting = self._painting
        if painting is None or painting.shades is not shades or painting.ratio != ratio:
            painting = self._painting = PhotoPainting(shades, ratio, self._is_cropped)
        return painting

    def _repaint_photo(self, photo_id: int) -> None:
        row = self.photos.row_of(photo_id)
        if row is not None and row in self.visible_rows():
            self.viewport().update(self.visualRect(self.photos.index(row)))

    def updateGeometries(self) -> None:
        """Qt override."""
        super().updateGeometries()
        self._look()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt override."""
        super().scrollContentsBy(dx, dy)
        self._look()
        if not self._is_placing:
            self._show_bubble()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Records arrived or are out of date; Qt override."""
        super().dataChanged(first, last, list(roles))
        self._look()

    def _look(self) -> None:
        if not hasattr(self, "_thumbnails"):
            return  # Qt asks for geometry while the view is being built
        self._thumbnails.look()

    def _show_bubble(self) -> None:
        rows, height = self.visible_rows(), self.viewport().height()
        month = self.photos.month(rows.start) if rows else None
        if month is None or self.grid_layout().height_px < 3 * height:
            return
        self._bubble.show_beside(self.verticalScrollBar(), months.title(month))

    def _hot(self) -> Under:
        """What is under the pointer and would take a click; nothing while a rubber band is drawn."""
        return grid_pointer.NOTHING if self._band is not None else grid_pointer.under(self, self._pointer)
