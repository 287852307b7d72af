"""The review of duplicates: groups at the left, the photos of one side by side, what to do below. GUI thread only.

Nothing is touched before the person has confirmed it; looking in and leaving again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app import duplicate_wording
from app.duplicate_choices import GroupChoice
from app.duplicate_deeds import DuplicateDeeds
from app.tasks import Tasks
from app.views.duplicate_compare import DuplicateCompare
from app.views.duplicates_board import DuplicatesBoard
from core.domain import DuplicateGroup, DuplicateKind, PhotoId, TrashReport
from core.errors import LibraryError
from core.events import CatalogChanged, JobProgress
from core.library import Library

_JOBS = ("duplicates", "similar", "trash")


class DuplicatesPage(QWidget):
    """Keeps what the person chose while the groups are fetched anew."""

    finished = Signal()

    def __init__(self, library: Library, tasks: Tasks, deeds: DuplicateDeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._kind = DuplicateKind.SAME
        self._wanted_key: frozenset[PhotoId] | None = None
        self._is_comparing = False
        self.board = DuplicatesBoard(library, tasks, self)
        self.compare = DuplicateCompare(library, tasks, self)
        self._pages = QStackedLayout(self)
        for page in (self.board, self.compare):
            self._pages.addWidget(page)
        self._connect()

    def _connect(self) -> None:
        board = self.board
        board.kind_chosen.connect(self.show_kind)
        board.list.selectionModel().currentChanged.connect(lambda index, _old: self._show_group(index))
        board.cards.toggled.connect(lambda photo_id: self._change(lambda choice: choice.toggle(photo_id)))
        board.cards.keep_only_requested.connect(lambda one: self._change(lambda choice: choice.keep_only(one)))
        board.cards.compare_requested.connect(self.compare_with)
        board.keep_all_requested.connect(self.keep_all)
        board.rules_followed.connect(self.follow_rules)
        board.not_duplicates_requested.connect(self.settle)
        board.trash_requested.connect(self.trash_all)
        board.trash_group_requested.connect(self.trash_group)
        board.rules_requested.connect(lambda: self._deeds.ask_for_rules(self._rules_changed))
        board.stop_requested.connect(self._deeds.stop)
        board.done_requested.connect(self.finished)
        self.compare.closed.connect(self._end_comparison)

    # -- showing ----------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Begin (again) with the duplicates."""
        self._end_comparison()
        self.show_kind(DuplicateKind.SAME)

    def show_kind(self, kind: DuplicateKind) -> None:
        """Show the groups of another kind."""
        self._kind = kind
        self._wanted_key = None
        self.board.show_kind(kind)
        self.board.groups.show_choices([])
        self.board.say("search", self.tr("Looking…"), "")
        self.refresh()

    def refresh(self) -> None:
        """Fetch the groups anew; choices and place stay."""
        self._deeds.find(self._kind, self._arrived, self._refused)

    def catalog_changed(self, event: CatalogChanged) -> None:
        """Photos came or went, or others were compared meanwhile."""
        if self.isVisible() and not self._deeds.is_trashing and (event.duplicates or event.removed or event.added):
            self.refresh()

    def show_job(self, progress: JobProgress) -> None:
        """How far the comparing or the moving is."""
        if progress.job in _JOBS:
            if progress.job == "duplicates":
                self._is_comparing = not progress.is_finished
                self._say_nothing()
            self.board.show_job(progress)

    @property
    def current(self) -> GroupChoice | None:
        """The group that is shown."""
        row = self.board.list.currentIndex().row()
        choices = self.board.groups.choices
        return choices[row] if 0 <= row < len(choices) else None

    def _arrived(self, groups: list[DuplicateGroup]) -> None:
        row = max(0, self.board.list.currentIndex().row())
        current = self.current
        key = self._wanted_key or (current.key if current is not None else None)
        touched = {choice.key: choice for choice in self.board.groups.choices if choice.is_touched}
        choices = [_renewed(group, touched) for group in groups]
        self.board.groups.show_choices(choices)
        self._wanted_key = None
        at = next((number for number, one in enumerate(choices) if one.key == key), min(row, len(choices) - 1))
        self._go_to(at)
        self._refresh_words()
        self._say_nothing()

    def _refused(self, error: LibraryError) -> None:
        self.board.say("error", error.title, f"{error.detail} {error.hint}".strip())

    def _say_nothing(self) -> None:
        if self.board.groups.choices:
            self.board.say("", "", "")
        elif self._is_comparing and self._kind is DuplicateKind.SAME:
            title = self.tr("No duplicates so far")
            self.board.say("search", title, self.tr("Photos are still being compared; what is found appears here."))
        else:
            title, detail = duplicate_wording.nothing(self._kind)
            self.board.say("check", title, detail)

    def _show_group(self, _index: QModelIndex) -> None:
        self.board.show_group(self.current)

    def _go_to(self, row: int) -> None:
        index = self.board.groups.index(row)
        if not index.isValid():
            self.board.show_group(None)
            return
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.board.list.selectionModel().setCurrentIndex(index, flags)

    # -- choosing ---------------------------------------------------------------------------------------------

    def keep_all(self) -> None:
        """Nothing of this group goes."""
        self._change(lambda choice: choice.keep_all())

    def follow_rules(self) -> None:
        """Keep what the rules say in this group."""
        self._change(lambda choice: choice.follow_rules())

    def _change(self, act: Callable[[GroupChoice], bool | None]) -> None:
        choice = self.current
        if choice is None:
            return
        if act(choice) is False:
            self.board.hint(self.tr("One photo of each group stays."))
        else:
            self.board.hint("")
        self.board.cards.update_states(choice)
        self.board.groups.row_changed(self.board.list.currentIndex().row())
        self._refresh_words()

    def _refresh_words(self) -> None:
        self.board.show_summary(self.board.groups.choices, self.current, is_trashing=self._deeds.is_trashing)

    def _rules_changed(self) -> None:
        for choice in self.board.groups.choices:
            choice.is_touched = False
        self.refresh()

    # -- deciding ---------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """The photos of this group are no duplicates."""
        choice = self.current
        if choice is not None and self._kind in (DuplicateKind.SAME, DuplicateKind.SIMILAR):
            self._deeds.settle([one.id for one in choice.group.photos], lambda: None)

    def trash_all(self) -> None:
        """Move the rest of all groups to the trash, after asking."""
        self._deeds.ask_to_trash(self.board.groups.choices, self._trashed)

    def trash_group(self) -> None:
        """Move the rest of this group to the trash, after asking."""
        if self.current is not None:
            self._deeds.ask_to_trash([self.current], self._trashed)

    def _trashed(self, _report: TrashReport) -> None:
        self.refresh()

    def compare_with(self, photo_id: PhotoId | None = None) -> None:
        """Show a photo of the group beside the one that is kept."""
        choice = self.current
        if choice is None:
            return
        photos = choice.group.photos
        focused = self.board.cards.focused
        wanted = photo_id if photo_id is not None else focused.one.id if focused is not None else None
        other = next((one for one in photos[1:] if one.id == wanted), photos[1])
        self.compare.show_photos(photos[0], other)
        self._pages.setCurrentWidget(self.compare)
        self.compare.setFocus()

    def _end_comparison(self) -> None:
        if self._pages.currentWidget() is self.compare:
            self.compare.clear()
            self._pages.setCurrentWidget(self.board)
            self.board.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer a key; Qt override."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.finished.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.board.cards.move_focus(1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._go_to(self.board.list.currentIndex().row() + (1 if event.key() == Qt.Key.Key_Down else -1))
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.compare_with()
            case Qt.Key.Key_K if (card := self.board.cards.focused) is not None:
                self._change(lambda choice: choice.toggle(card.one.id))
            case Qt.Key.Key_A:
                self.keep_all()
            case Qt.Key.Key_N:
                self.settle()
            case Qt.Key.Key_Delete:
                self.trash_group()
            case _:
                super().keyPressEvent(event)


def _renewed(group: DuplicateGroup, touched: dict[frozenset[PhotoId], GroupChoice]) -> GroupChoice:
    fresh = GroupChoice(group)
    known = touched.get(fresh.key)
    return GroupChoice(group, set(known.kept), is_touched=True) if known is not None else fresh
