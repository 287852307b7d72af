"""The suggested photos of one tag as a grid that is worked through with A and R. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.item_models import suggestion_review
from app.item_models.suggestion_models import SUGGESTION_ROLE, SuggestedPhotoModel
from app.tasks import Tasks
from app.thumbnail_provider import Size, ThumbnailProvider
from app.views.suggestion_delegate import CELL_PX, SuggestionDelegate
from core.domain import Suggestion
from core.library import Library

_AHEAD_ROWS = 24


class SuggestionGrid(QListView):
    """Asks for decisions; rows leave only when `show_suggestions` says so."""

    decided = Signal(object, bool)
    """list[Suggestion], whether accepted"""
    photo_opened = Signal(object)
    """PhotoId: double click or Return"""
    line_asked = Signal(int)
    """L: the line belongs below this many photos"""
    above_line_accepted = Signal()
    """Shift+A"""

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = SuggestedPhotoModel(self)
        self._thumbnails = ThumbnailProvider(library, tasks, self)
        self._thumbnails.ready.connect(lambda _photo_id: self.viewport().update())
        self._delegate = delegate = SuggestionDelegate(self._thumbnails.image, self)
        delegate.accept_requested.connect(lambda one: self.decided.emit([one], True))
        delegate.reject_requested.connect(lambda one: self.decided.emit([one], False))
        self.setModel(self._rows)
        self.setItemDelegate(delegate)
        self.setObjectName("suggestionGrid")
        self.setAccessibleName(self.tr("Suggested photos"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(CELL_PX, CELL_PX))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self._fetch_soon = QTimer(self, singleShot=True, interval=0)
        self._fetch_soon.timeout.connect(self._fetch_visible)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._fetch_soon.start())
        self.doubleClicked.connect(self._open)

    @property
    def rows(self) -> SuggestedPhotoModel:
        """What is shown."""
        return self._rows

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these; when rows only went away, the one after them is chosen, so that A A R A works."""
        count_before = len(self._rows.suggestions)
        gone = self._rows.show_suggestions(suggestions)
        row = 0 if gone is None else suggestion_review.next_row(gone, count_before)
        if suggestions and row is not None:
            self.selectionModel().setCurrentIndex(
                self._rows.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self._fetch_soon.start()

    def show_line(self, above: int) -> None:
        """The first `above` photos are above the line; the others are dimmed."""
        self._delegate.above = above
        self.viewport().update()

    def chosen(self) -> list[Suggestion]:
        """The selected suggestions, in order."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [index.data(SUGGESTION_ROLE) for index in indexes]

    def decide_chosen(self, *, is_accepted: bool) -> None:
        """Ask to accept or reject the selection."""
        if chosen := self.chosen():
            self.decided.emit(chosen, is_accepted)

    def event(self, event: QEvent) -> bool:
        """Pick out the events that matter here; Qt override."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_own(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer a key; Qt override."""
        verdict = _verdict(event)
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier and event.key() == Qt.Key.Key_A:
            self.above_line_accepted.emit()
        elif event.key() == Qt.Key.Key_L and not event.modifiers() and self.currentIndex().isValid():
            self.line_asked.emit(self.currentIndex().row() + 1)
        elif verdict is not None:
            self.decide_chosen(is_accepted=verdict)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; Qt override."""
        inner = self.viewport().width() - 1
        side_px = max(1, inner // max(1, round(inner / CELL_PX)))
        if side_px != self._delegate.side_px:
            self._delegate.side_px = side_px
            self.setGridSize(QSize(side_px, side_px))
        super().resizeEvent(event)
        self._fetch_soon.start()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.photo_opened.emit(index.data(SUGGESTION_ROLE).photo_id)

    def _fetch_visible(self) -> None:
        cell_px = self._delegate.side_px
        columns = max(1, self.viewport().width() // cell_px)
        top = self.verticalScrollBar().value() // cell_px
        lines = self.viewport().height() // cell_px + 2
        first, end = top * columns, (top + lines) * columns
        near = [one.photo_id for one in self._rows.suggestions[first : end + _AHEAD_ROWS]]
        side_px = round(cell_px * self.devicePixelRatioF())
        self._thumbnails.show(near[: end - first], near[end - first :], Size(side_px, is_cover=True))


def _is_own(event: QKeyEvent) -> bool:
    """A, R and L are also letters of the window's menus; here they decide."""
    return _verdict(event) is not None or (event.key() == Qt.Key.Key_L and not event.modifiers())


def _verdict(event: QKeyEvent) -> bool | None:
    if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
        return None
    return {Qt.Key.Key_A: True, Qt.Key.Key_R: False, Qt.Key.Key_Delete: False}.get(Qt.Key(event.key()))
