"""The rows of the photo grid: a listing or the hits of a search, columns in memory, records on demand. GUI thread."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.item_models import photo_columns, photo_texts, row_changes
from app.item_models.photo_columns import PhotoColumns, Section, SectionKind
from app.item_models.photo_rows import PhotoRows, PhotoSource
from app.stacks import NO_STACKS, Stack
from app.tasks import Tasks
from core.domain import Hit, Hits, Listing, Photo, PhotoId
from core.events import CatalogChanged

PHOTO_ID_ROLE = Qt.ItemDataRole.UserRole
_NO_HITS = Hits.of(())
_MOST_SINGLE_REPAINTS = 300

Index = QModelIndex | QPersistentModelIndex


class PhotoModel(QAbstractListModel):
    """Photos in display order. Everything but `photo` answers at once, for any number of rows.

    Showing a list keeps the place (selection and scroll position, by photo) when `keeps_place`
    says so: for the same list grown or shrunk, not for a new answer or after `clear`.
    """

    sections_changed = Signal()
    """Headings or counts of `sections` differ; rows are announced as for any Qt model."""

    def __init__(self, library: PhotoSource, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records = PhotoRows(library, tasks, self)
        self._records.loaded.connect(self._repaint)
        self._columns = photo_columns.empty()
        self._hidden = photo_columns.empty()
        self._strong_count = 0
        self._hits = _NO_HITS
        self.stacks: Mapping[PhotoId, Stack] = NO_STACKS
        """By photo that stands for copies of the same picture."""
        self._is_result = False
        self._by_month = False
        self._order: NDArray[np.intp] | None = None
        self.keeps_place = False

    # -- what is shown ----------------------------------------------------------------------------------------

    def show_listing(self, listing: Listing, by_month: bool, keep_place: bool = True) -> None:
        """Show photos in the listing's order; what was shown before is changed in place where possible."""
        keep_place = keep_place and not self._is_result and len(self._columns) > 0
        can_change_in_place = keep_place and by_month == self._by_month
        self._is_result, self._by_month, self._hits, self.stacks = False, by_month, _NO_HITS, NO_STACKS
        self._hidden = photo_columns.empty()
        columns = photo_columns.from_listing(listing, by_month)
        self._show(columns, keep_place, can_change_in_place)

    def show_hits(
        self,
        hits: Hits,
        strong_count: int,
        listing: Listing | None = None,
        keep_place: bool = False,
        stacks: Mapping[PhotoId, Stack] = NO_STACKS,
    ) -> None:
        """Show a result, best first; hits after `strong_count` wait behind `show_weaker`.

        `listing`, if given, supplies the colours that are painted until thumbnails arrive; `stacks` tells which
        photos stand for copies that are not among the hits, or follow.
        """
        keep_place = keep_place and self._is_result
        show_weaker = keep_place and self.is_weaker_shown
        columns = photo_columns.from_hits(hits, listing)
        cut = len(columns) if show_weaker else min(strong_count, len(columns))
        self._is_result, self._by_month = True, False
        self._hits = hits
        self.stacks = stacks
        self._strong_count = min(strong_count, len(columns))
        self._hidden = columns.take(slice(cut, None))
        self._show(columns.take(slice(0, cut)), keep_place, keep_place)

    def clear(self) -> None:
        """Show nothing, and forget the place."""
        self._is_result, self._by_month, self._hits, self.stacks = False, False, _NO_HITS, NO_STACKS
        self._hidden, self._strong_count = photo_columns.empty(), 0
        self._show(photo_columns.empty(), keeps_place=False, in_place=False)

    def show_weaker(self) -> None:
        """Make the weaker matches rows, below the good ones."""
        first, count = len(self._columns), len(self._hidden)
        if not count:
            return
        hidden, self._hidden = self._hidden, photo_columns.empty()
        self._insert(range(first, first + count), hidden)
        self.sections_changed.emit()

    def catalog_changed(self, event: CatalogChanged) -> None:
        """Slot: repaint what changed, let go of what left; added photos come with the next listing."""
        if event.changed:
            self._records.outdate(event.changed)
            self._repaint(event.changed)
        if event.removed:
            self._records.forget(event.removed)
            self._remove(np.fromiter(event.removed, np.int64, len(event.removed)))

    # -- questions --------------------------------------------------------------------------------------------

    @property
    def is_result(self) -> bool:
        """Whether hits are shown, best first, rather than a listing."""
        return self._is_result

    @property
    def is_weaker_shown(self) -> bool:
        """Whether weaker matches are rows."""
        return self._is_result and len(self._columns) > self._strong_count

    @property
    def ids(self) -> NDArray[np.int64]:
        """All photo ids in row order, (n,). Not to be written to."""
        return self._columns.ids

    def photo_id(self, row: int) -> PhotoId:
        """The photo of a row."""
        return PhotoId(int(self._columns.ids[row]))

    def row_of(self, photo_id: int) -> int | None:
        """The row of a photo, or None if it is not shown."""
        rows = self.rows_of([photo_id])
        return int(rows[0]) if len(rows) else None

    def rows_of(self, ids: Iterable[int]) -> NDArray[np.intp]:
        """The rows of those of `ids` that are shown, ascending."""
        wanted = np.fromiter(ids, np.int64)
        shown = self._columns.ids
        if not len(shown) or not len(wanted):
            return np.empty(0, np.intp)
        if self._order is None:
            self._order = np.argsort(shown, kind="stable")
        spots = self._order[np.searchsorted(shown, wanted, sorter=self._order).clip(max=len(shown) - 1)]
        return np.sort(spots[shown[spots] == wanted])

    def photo(self, row: int) -> Photo | None:
        """The record of a row; if it is not known yet it is fetched, and `dataChanged` tells."""
        photo_id = int(self._columns.ids[row])
        self._records.want((photo_id,))
        return self._records.get(photo_id)

    def known_photo(self, photo_id: int) -> Photo | None:
        """The record of a photo if it is known; asks for nothing."""
        return self._records.get(photo_id)

    def prepare(self, ids: Sequence[PhotoId]) -> None:
        """Have the records of these photos ready soon (to drag their files, for instance)."""
        self._records.want(ids)

    def look_at(self, rows: range) -> None:
        """These rows are on screen: fetch their records, then as many before and after them."""
        ids = self._columns.ids
        first, end = max(0, rows.start - len(rows)), rows.stop + len(rows)
        for part in (slice(first, rows.start), slice(rows.stop, end), slice(rows.start, rows.stop)):
            self._records.want(ids[part].tolist())

    def color(self, row: int) -> int | None:
        """The average colour 0xRRGGBB, or None if nobody knows it yet."""
        color = int(self._columns.colors[row])
        if photo_columns.color_is_known(color):
            return color
        photo = self.known_photo(int(self._columns.ids[row]))
        return photo.average_color if photo else None

    def month(self, row: int) -> int | None:
        """Months since January 1970, in a listing by month."""
        return int(self._columns.months[row]) if self._by_month else None

    def relevance(self, row: int) -> float | None:
        """0 to 1 within this result; None in a listing, and where no photo answers better than another."""
        relevance = float(self._columns.relevance[row])
        return relevance if self._is_result and not math.isnan(relevance) else None

    def hit(self, row: int) -> Hit | None:
        """Score and reasons, in a result."""
        return self._hits.of_photo(int(self._columns.ids[row]))

    @property
    def behind_count(self) -> int:
        """How many photos are behind the rows that are shown."""
        closed = [photo_id for photo_id, stack in self.stacks.items() if not stack.is_open]
        shown = np.isin(np.array(closed, np.int64), self._columns.ids).tolist()
        return sum(self.stacks[one].copy_count for one, is_shown in zip(closed, shown, strict=True) if is_shown)

    def sections(self) -> list[Section]:
        """The rows in order, cut where a heading stands."""
        count = len(self._columns)
        if self._is_result:
            strong = min(self._strong_count, count)
            sections = [Section(SectionKind.PLAIN, strong)]
            if count > strong or len(self._hidden):
                sections.append(Section(SectionKind.WEAKER, count - strong, hidden_count=len(self._hidden)))
            return sections
        if not self._by_month or not count:
            return [Section(SectionKind.PLAIN, count)]
        return photo_columns.month_sections(self._columns.months)

    # -- Qt's side --------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Number of rows; Qt override."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, spoken text, tooltip and id of a row; Qt override."""
        if not index.isValid() or index.row() >= len(self._columns):
            return None
        if role == PHOTO_ID_ROLE:
            return self.photo_id(index.row())
        if role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole,
        ):  # fmt: skip
            return None
        photo = self.photo(index.row())
        if photo is None:
            return ""
        if role == Qt.ItemDataRole.DisplayRole:
            return photo.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return photo_texts.spoken(photo, self.stacks.get(photo.id))
        return photo_texts.tool_tip(photo, self.hit(index.row()), self.stacks.get(photo.id))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Photos can be selected and dragged; Qt override."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren if index.isValid() else flags

    # -- inside -----------------------------------------------------------------------------------------------

    def _show(self, columns: PhotoColumns, keeps_place: bool, in_place: bool) -> None:
        changes = row_changes.between(self._columns.ids, columns.ids) if in_place else None
        self.keeps_place = keeps_place
        if changes is None:
            self.beginResetModel()
            self._set(columns)
            self.endResetModel()
        else:
            for run in changes.removed:
                self._drop(run)
            for run in changes.inserted:
                self._insert(run, columns.take(slice(run.start, run.stop)))
            self._set(columns)
            if len(columns):
                self.dataChanged.emit(self.index(0), self.index(len(columns) - 1))
        self.sections_changed.emit()

    def _set(self, columns: PhotoColumns) -> None:
        self._columns = columns
        self._order = None

    def _insert(self, rows: range, columns: PhotoColumns) -> None:
        self.beginInsertRows(QModelIndex(), rows.start, rows.stop - 1)
        self._set(self._columns.spliced(range(rows.start, rows.start), columns))
        self.endInsertRows()

    def _drop(self, rows: range) -> None:
        self.beginRemoveRows(QModelIndex(), rows.start, rows.stop - 1)
        self._set(self._columns.spliced(rows, photo_columns.empty()))
        self.endRemoveRows()

    def _remove(self, gone: NDArray[np.int64]) -> None:
        hidden_stay = ~np.isin(self._hidden.ids, gone)
        stay = ~np.isin(self._columns.ids, gone)
        if stay.all() and hidden_stay.all():
            return
        self._hidden = self._hidden.take(hidden_stay)
        self._strong_count = int(np.count_nonzero(stay[: self._strong_count]))
        self._show(self._columns.take(stay), keeps_place=True, in_place=True)

    def _repaint(self, ids: Iterable[int]) -> None:
        rows = self.rows_of(ids)
        if not len(rows):
            return
        if len(rows) > _MOST_SINGLE_REPAINTS:
            self.dataChanged.emit(self.index(int(rows[0])), self.index(int(rows[-1])))
            return
        marked = np.zeros(int(rows[-1] - rows[0]) + 1, np.bool_)
        marked[rows - rows[0]] = True
        for run in row_changes.runs(marked):
            first = int(rows[0]) + run.start
            self.dataChanged.emit(self.index(first), self.index(first + len(run) - 1))
