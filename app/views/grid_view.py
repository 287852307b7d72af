"""A Qt item view over `GridLayout`: geometry, and scrolling that keeps its place. GUI thread.

The place is kept by photo: whatever is inserted, removed or
resized, the photo at the top of the view stays where it is; only at the very top new photos push in.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QWidget

from app.item_models.photo_columns import Section, SectionKind
from app.item_models.photo_model import PhotoModel
from app.views import grid_place
from app.views.grid_layout import GAP_PX, MARGIN_PX, Box, GridLayout
from app.views.grid_place import GridPosition
from core.domain import PhotoId

SMALLEST_PX = 96
LARGEST_PX = 320
_HEADING_PX = {SectionKind.PLAIN: 0, SectionKind.MONTH: 48, SectionKind.WEAKER: 48}

Index = QModelIndex | QPersistentModelIndex


class GridView(QAbstractItemView):
    """Square cells in month sections or in one run, scrolled by the pixel."""

    cell_size_changed = Signal(int)
    """The wished cell side in logical pixels."""

    def __init__(self, model: PhotoModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos = model
        self._cell_size_px = 176
        self.sections: list[Section] = []
        self._layout: GridLayout | None = None
        self._place: GridPosition | None = None
        self._is_placing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        model.rowsRemoved.connect(self._lay_out_later)
        model.sections_changed.connect(self._lay_out_later)
        model.modelReset.connect(self._lay_out_anew)

    # -- size and place ---------------------------------------------------------------------------------------

    @property
    def photo_ids(self) -> NDArray[np.int64]:
        """All ids in row order, (rows,)."""
        return self.photos.ids

    @property
    def cell_size_px(self) -> int:
        """The wished side of a cell, in logical pixels; real cells differ a little so that lines are full."""
        return self._cell_size_px

    def set_cell_size_px(self, size_px: int, keep_still: QPoint | None = None) -> None:
        """Make cells about this large (96 to 320), keeping the photo at a point of the viewport where it is.

        Without a point the current photo stays, if it is in sight, else the one in the middle.
        """
        size_px = min(max(size_px, SMALLEST_PX), LARGEST_PX)
        if size_px == self._cell_size_px:
            return
        point = keep_still or self._focus_point()
        layout, top = self.grid_layout(), self.verticalOffset()
        row = layout.nearest_row(point.x(), point.y() + top)
        self._cell_size_px = size_px
        if row is not None:
            before = layout.box(row)
            part = (point.y() + top - before.y) / before.height
            after = self._new_layout().box(row)
            self._place = self._position_of(row, round(point.y() - part * after.height))
        self._lay_out_now()
        self.cell_size_changed.emit(size_px)

    def zoom(self, steps: int, keep_still: QPoint | None = None) -> None:
        """Show so many columns fewer (or, if negative, more)."""
        columns = max(1, self.grid_layout().columns - steps)
        inner_px = self._layout_width() - 2 * MARGIN_PX
        self.set_cell_size_px(round((inner_px + GAP_PX) / columns) - GAP_PX, keep_still)

    def position(self) -> GridPosition | None:
        """Where the view stands, to come back to; None for the top."""
        self.grid_layout()
        return self._place

    def restore_position(self, position: GridPosition | None) -> None:
        """Go back to where `position` was taken, also if the rows or the size of the view have changed."""
        self._place = position
        self._lay_out_now()

    def grid_layout(self) -> GridLayout:
        """The layout of the rows as they are now."""
        if self._layout is None:
            self._layout = self._new_layout()
        return self._layout

    def visible_rows(self) -> range:
        """The rows of which at least a stripe is in sight."""
        top = self.verticalOffset()
        return self.grid_layout().rows_between(top, top + self.viewport().height())

    def on_screen(self, box: Box) -> Box:
        """A box of the layout in the viewport's coordinates."""
        return box._replace(y=box.y - self.verticalOffset())

    def reveal(self, photo_id: PhotoId) -> None:
        """Scroll as little as needed to bring a photo into sight."""
        row = self.photos.row_of(photo_id)
        if row is not None:
            self.scrollTo(self.photos.index(row))

    # -- Qt's questions ---------------------------------------------------------------------------------------

    def horizontalOffset(self) -> int:
        """Always 0: the grid is as wide as the view; Qt override."""
        return 0

    def verticalOffset(self) -> int:
        """Scrolled distance in pixels; Qt override."""
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        """The cell in viewport coordinates; Qt override."""
        if not index.isValid() or index.row() >= self.grid_layout().row_count:
            return QRect()
        return QRect(*self.on_screen(self.grid_layout().box(index.row())))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The photo under a point of the viewport; Qt override."""
        row = self.grid_layout().row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.photos.index(row)

    def isIndexHidden(self, _index: Index) -> bool:
        """Every row has a cell; Qt override."""
        return False

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell, with the gap around it, into sight; Qt override."""
        if not index.isValid() or index.row() >= self.grid_layout().row_count:
            return
        box, bar, height = self.grid_layout().box(index.row()), self.verticalScrollBar(), self.viewport().height()
        above, below = box.y - MARGIN_PX, box.y + box.height + MARGIN_PX - height
        match hint:
            case QAbstractItemView.ScrollHint.PositionAtTop:
                bar.setValue(above)
            case QAbstractItemView.ScrollHint.PositionAtBottom:
                bar.setValue(below)
            case QAbstractItemView.ScrollHint.PositionAtCenter:
                bar.setValue((above + below) // 2)
            case _ if bar.value() > above:
                bar.setValue(0 if index.row() < self.grid_layout().columns else above)
            case _ if bar.value() < below:
                bar.setValue(min(below, above))

    # -- Qt's news --------------------------------------------------------------------------------------------

    def updateGeometries(self) -> None:
        """Lay out anew and keep the place; Qt override, called when rows or the size of the view change."""
        super().updateGeometries()
        self._layout = None
        layout, bar = self.grid_layout(), self.verticalScrollBar()
        height = self.viewport().height()
        row = self.photos.row_of(self._place.photo_id) if self._place else None
        target = grid_place.scroll_of(self._place, row, layout)
        self._is_placing = True
        bar.setRange(0, max(0, layout.height_px - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(24, layout.cell_px // 3))
        bar.setValue(target)
        self._is_placing = False
        self._note_place()
        self.viewport().update()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """The scroll bar moved; Qt override. Painting all cells again is cheap and never leaves traces."""
        if not self._is_placing:
            self._note_place()
        self.viewport().update()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Qt override."""
        self._lay_out_later()
        super().rowsInserted(parent, start, end)

    # -- inside -----------------------------------------------------------------------------------------------

    def _new_layout(self) -> GridLayout:
        self.sections = self.photos.sections()
        counts = [section.row_count for section in self.sections]
        return GridLayout(
            self._layout_width(), self._cell_size_px, counts, [_HEADING_PX[section.kind] for section in self.sections]
        )

    def _layout_width(self) -> int:
        """As if the scroll bar were always there: otherwise showing it could make it unnecessary, and so on."""
        bar = self.verticalScrollBar()
        space = (
            0 if self.style().styleHint(QStyle.StyleHint.SH_ScrollBar_Transient, None, bar) else bar.sizeHint().width()
        )
        return max(1, self.contentsRect().width() - space)

    def _lay_out_later(self) -> None:
        self._layout = None
        self.scheduleDelayedItemsLayout()

    def _lay_out_now(self) -> None:
        self._layout = None
        self.updateGeometries()

    def _note_place(self) -> None:
        """Remember the first photo in sight, unless the view is at the top."""
        top, rows = self.verticalOffset(), self.visible_rows()
        if top <= 0 or not rows:
            self._place = None
            return
        self._place = self._position_of(rows.start, self.grid_layout().box(rows.start).y - top)

    def _position_of(self, row: int, offset_px: int) -> GridPosition:
        return GridPosition(self.photos.photo_id(row), row, offset_px)

    def _focus_point(self) -> QPoint:
        current = self.visualRect(self.currentIndex())
        seen = self.viewport().rect()
        return current.center() if seen.intersects(current) else seen.center()

    def _lay_out_anew(self) -> None:
        if not self.photos.keeps_place:
            self._place = None
        self._lay_out_now()
