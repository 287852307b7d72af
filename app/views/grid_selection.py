"""Selection and keyboard movement of the photo grid, over Qt's own selection model. GUI thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.item_models import row_changes
from app.item_models.photo_model import PhotoModel
from app.views import grid_motion
from app.views.grid_layout import Box
from app.views.grid_motion import Motion
from app.views.grid_view import GridView, Index
from core.domain import PhotoId


class SelectionGrid(GridView):
    """A grid view whose selection is asked for by photo and survives a reset that keeps the place."""

    selection_changed = Signal()

    def __init__(self, model: PhotoModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._selected_before: tuple[list[PhotoId], PhotoId | None] = ([], None)
        self._chosen: NDArray[np.bool_] | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        model.rowsRemoved.connect(lambda: self.setAutoScroll(True))
        model.modelAboutToBeReset.connect(self._remember_selection)
        model.modelReset.connect(self._after_reset)  # connected late: Qt's own selection has been reset before

    def selected_ids(self, most: int | None = None) -> list[PhotoId]:
        """The selected photos, in row order; the first `most` of them."""
        chosen: list[PhotoId] = self.photos.ids[np.flatnonzero(self.chosen_rows())[:most]].tolist()
        return chosen

    def selected_count(self) -> int:
        """How many photos are selected."""
        return int(np.count_nonzero(self.chosen_rows()))

    def current_id(self) -> PhotoId | None:
        """The photo that the keyboard is at."""
        index = self.currentIndex()
        return self.photos.photo_id(index.row()) if index.isValid() else None

    def select_ids(self, ids: Sequence[PhotoId], current: PhotoId | None = None) -> None:
        """Select exactly those of `ids` that are shown; the keyboard goes to `current` or the first of them.

        Nothing scrolls: see `reveal`.
        """
        rows = self.photos.rows_of(ids)
        marked = np.zeros(len(self.photos.ids), np.bool_)
        marked[rows] = True
        at = self.photos.row_of(current) if current is not None else (int(rows[0]) if len(rows) else None)
        if at is not None:
            with self._staying():
                self.selectionModel().setCurrentIndex(self.photos.index(at), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._select(row_changes.runs(marked), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def chosen_rows(self) -> NDArray[np.bool_]:
        """Which rows are selected, (rows,)."""
        if self._chosen is None or len(self._chosen) != len(self.photos.ids):
            self._chosen = np.zeros(len(self.photos.ids), np.bool_)
            for rows in _spans(self.selectionModel().selection()):
                self._chosen[rows.start : rows.stop] = True
        return self._chosen

    def moveCursor(self, action: Motion, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads from the current photo; Qt override."""
        layout = self.grid_layout()
        if not layout.row_count:
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self.photos.index(min(self.visible_rows().start, layout.row_count - 1))
        return self.photos.index(grid_motion.target(layout, row, action, self.viewport().height()))

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        """Select one, by rubber band, or by Shift: what lies between two corners in reading order; Qt override."""
        layout, top = self.grid_layout(), self.verticalOffset()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            band = rect.normalized().translated(0, top)
            self._select(layout.rows_touching(Box(band.x(), band.y(), band.width(), band.height())), flags)
            return
        if rect.width() == 1 and rect.height() == 1:
            row = layout.row_at(rect.x(), rect.y() + top)
            self._select([] if row is None else [range(row, row + 1)], flags)
            return
        start = layout.nearest_row(rect.left(), rect.top() + top)
        end = layout.nearest_row(rect.right(), rect.bottom() + top)
        if start is not None and end is not None:
            self._select([range(min(start, end), max(start, end) + 1)], flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """The visible part of a selection, for repainting; Qt override."""
        region, shown = QRegion(), self.visible_rows()
        for rows in _spans(selection):
            for row in range(max(rows.start, shown.start), min(rows.stop, shown.stop)):
                region += self.visualRect(self.photos.index(row))
        return region

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Qt override."""
        self._chosen = None
        self.setAutoScroll(False)  # until they are gone: Qt makes another photo current, perhaps far from here
        super().rowsAboutToBeRemoved(parent, start, end)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Qt override."""
        self._chosen = None
        super().selectionChanged(selected, deselected)
        self.viewport().update()  # the others are dimmed or not
        self.selection_changed.emit()

    def keyboardSearch(self, _search: str) -> None:
        """Typing does not jump to names: letters are commands here; Qt override."""

    def _select(self, runs: list[range], flags: QItemSelectionModel.SelectionFlag) -> None:
        selection = QItemSelection()
        for run in runs:
            selection.select(self.photos.index(run.start), self.photos.index(run.stop - 1))
        self.selectionModel().select(selection, flags)

    @contextmanager
    def _staying(self) -> Iterator[None]:
        """Qt scrolls to the current photo whenever that changes; not while this lasts."""
        self.setAutoScroll(False)
        try:
            yield
        finally:
            self.setAutoScroll(True)

    def _remember_selection(self) -> None:
        self._selected_before = (self.selected_ids(), self.current_id())

    def _after_reset(self) -> None:
        ids, current = self._selected_before
        self._selected_before = ([], None)
        self._chosen = None
        if self.photos.keeps_place:
            self.select_ids(ids, current)
        else:
            self.selection_changed.emit()


def _spans(selection: QItemSelection) -> Iterator[range]:
    """The selected rows, in runs."""
    for number in range(selection.count()):
        span = selection.at(number)
        yield range(span.top(), span.bottom() + 1)
