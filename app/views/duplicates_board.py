"""The working page of the duplicates: tabs, the list of groups, the cards, the buttons. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app import duplicate_wording, photo_facts
from app.duplicate_choices import GroupChoice
from app.item_models.duplicate_groups import DuplicateGroupModel
from app.tasks import Tasks
from app.thumbnail_provider import Size, ThumbnailProvider
from app.views.duplicate_group import DuplicateGroupView
from app.views.duplicate_line_delegate import PICTURE_PX, ROW_PX, DuplicateLineDelegate
from app.views.elided_label import ElidedLabel
from app.views.empty_state import EmptyState
from app.views.flow_layout import FlowLayout
from app.wording import number
from core.domain import DuplicateKind
from core.events import JobProgress
from core.library import Library

_LIST_PX = 240
_NARROW_LIST_PX = 84
_NARROW_PX = 800
_KINDS = tuple(DuplicateKind)
_SETTLED_KINDS = (DuplicateKind.SAME, DuplicateKind.SIMILAR)


class _GroupList(QListView):
    """Leaves every key but the list's own to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        own = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.key() in own:
            super().keyPressEvent(event)
        else:
            event.ignore()


class DuplicatesBoard(QWidget):
    """Shows and asks; `DuplicatesPage` decides."""

    kind_chosen = Signal(object)
    """DuplicateKind"""
    keep_all_requested = Signal()
    rules_followed = Signal()
    rules_requested = Signal()
    not_duplicates_requested = Signal()
    trash_requested = Signal()
    trash_group_requested = Signal()
    stop_requested = Signal()
    done_requested = Signal()

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = DuplicateKind.SAME
        self.groups = DuplicateGroupModel(self)
        self._thumbnails = ThumbnailProvider(library, tasks, self, most_bytes=16 * 1024 * 1024)
        self.list = self._group_list()
        self.cards = DuplicateGroupView(library, tasks, self)
        self.empty = EmptyState(self)
        self._title, self._summary = (ElidedLabel(self, Qt.TextElideMode.ElideRight) for _number in range(2))
        self._title.setProperty("role", "title")
        self._title.show_text(self.tr("Duplicates"))
        self._hint, self._progress = QLabel(self), QLabel(self)
        for label in (self._summary, self._hint, self._progress):
            label.setProperty("role", "muted")
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(self.tr("Kind"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        for kind in _KINDS:
            self.tabs.addTab(duplicate_wording.kind(kind))
        self.tabs.currentChanged.connect(lambda row: self.kind_chosen.emit(_KINDS[row]))
        self._make_buttons()
        self._lay_out()
        self._look_soon = QTimer(self, singleShot=True, interval=0)
        self._look_soon.timeout.connect(self._look)
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self._look_soon.start())
        self._thumbnails.ready.connect(lambda _photo_id: self.list.viewport().update())

    def _group_list(self) -> QListView:
        shown = _GroupList(self)
        shown.setModel(self.groups)
        shown.setItemDelegate(DuplicateLineDelegate(self._thumbnails, shown))
        shown.setObjectName("reviewTags")
        shown.setAccessibleName(self.tr("Groups"))
        shown.setFrameShape(QFrame.Shape.NoFrame)
        shown.setMouseTracking(True)
        shown.setUniformItemSizes(True)
        shown.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return shown

    def _make_buttons(self) -> None:
        self._rules = self._button(self.tr("Keep rules…"), self.rules_requested.emit)
        self._done = self._button(self.tr("Done"), self.done_requested.emit)
        self._keep_all = self._button(self.tr("Keep all  A"), self.keep_all_requested.emit)
        self._by_rules = self._button(self.tr("By the rules"), self.rules_followed.emit)
        self._settle = self._button(self.tr("Not duplicates  N"), self.not_duplicates_requested.emit)
        self._trash_group = self._button(self.tr("Move this group's rest…"), self.trash_group_requested.emit)
        self._trash = self._button(self.tr("Move the rest to the trash…"), self.trash_requested.emit)
        self._trash.setProperty("role", "primary")
        self._stop = self._button(self.tr("Stop"), self.stop_requested.emit)
        self._stop.hide()

    def _button(self, text: str, does: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: does())
        return button

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        head = _row((16, 12, 16, 4), words, self._rules, self._done)
        tabs = _row((12, 0, 16, 4), self.tabs)
        tabs.addStretch(1)
        deeds = FlowLayout()
        for widget in (self._keep_all, self._by_rules, self._settle, self._trash_group, self._hint):
            deeds.addWidget(widget)
        right = QWidget(self)
        right.setObjectName("reviewRight")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inset = QVBoxLayout()  # a FlowLayout has no margins of its own
        inset.setContentsMargins(16, 8, 16, 0)
        inset.addLayout(deeds)
        column.addLayout(inset)
        column.addWidget(self.cards, 1)
        split = self._split = QSplitter(self)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST_PX, 900])
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        self.list.setMinimumWidth(_NARROW_LIST_PX)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(split)
        self._middle.addWidget(self.empty)
        foot = _row((16, 8, 16, 8), self._progress, self._stop)
        foot.addStretch(1)
        foot.addWidget(self._trash)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (head, tabs, _line(self), self._middle, _line(self), foot):
            if isinstance(part, QWidget):
                whole.addWidget(part, 1 if part is self._middle else 0)
            else:
                whole.addLayout(part)

    # -- showing ----------------------------------------------------------------------------------------------

    def show_kind(self, kind: DuplicateKind) -> None:
        """Mark a tab without asking for it again."""
        self._kind = kind
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(_KINDS.index(kind))
        self.tabs.blockSignals(False)
        self._settle.setVisible(kind in _SETTLED_KINDS)
        self._by_rules.setVisible(kind is DuplicateKind.SAME)
        self.show_summary((), None, is_trashing=False)

    def show_group(self, choice: GroupChoice | None) -> None:
        """The photos of one group."""
        self.hint("")
        self.cards.show_choice(choice)
        self._enable(choice)
        self._look_soon.start()

    def show_summary(self, choices: Sequence[GroupChoice], current: GroupChoice | None, *, is_trashing: bool) -> None:
        """How much there is, and how much can go."""
        explained = duplicate_wording.explanation(self._kind)
        self._summary.show_text(f"{duplicate_wording.summary(choices)} · {explained}" if choices else explained)
        leaving = sum(len(one.leaving) for one in choices)
        size = photo_facts.size(sum(one.size_bytes for one in choices))
        text = self.tr("Move {n} to the trash ({size})…").format(n=number(leaving), size=size)
        self._trash.setText(text if leaving else self.tr("Move the rest to the trash…"))
        self._trash.setEnabled(bool(leaving) and not is_trashing)
        self._enable(current)

    def say(self, icon: str, title: str, detail: str) -> None:
        """Something instead of groups; an empty title shows the groups again."""
        if title:
            self.empty.show_message(icon, title, detail)
        self._middle.setCurrentIndex(1 if title else 0)
        if not title and not self.list.hasFocus() and self.isVisible() and self.cards.focused is None:
            self.list.setFocus()

    def hint(self, text: str) -> None:
        """One line about what was just done."""
        self._hint.setText(text)

    def show_job(self, progress: JobProgress) -> None:
        """How far some work is; nothing when it has ended."""
        is_shown = not progress.is_finished and progress.total is not None
        of_all = f"{number(progress.done)} / {number(progress.total or 0)}"
        self._progress.setText(f"{progress.title} · {of_all}" if is_shown else "")
        self._stop.setVisible(is_shown and progress.job in ("similar", "trash"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window keeps the list of groups to its pictures; Qt override."""
        super().resizeEvent(event)
        if (event.oldSize().width() < _NARROW_PX) != (event.size().width() < _NARROW_PX):
            list_px = _NARROW_LIST_PX if event.size().width() < _NARROW_PX else _LIST_PX
            self._split.setSizes([list_px, event.size().width() - list_px])

    def _enable(self, choice: GroupChoice | None) -> None:
        for button in (self._keep_all, self._by_rules, self._settle):
            button.setEnabled(choice is not None)
        self._trash_group.setEnabled(choice is not None and bool(choice.leaving))

    def _look(self) -> None:
        """Fetch the pictures of the rows in sight."""
        first = self.list.verticalScrollBar().value() // ROW_PX
        rows = self.list.viewport().height() // ROW_PX + 2
        ids = [choice.group.photos[0].id for choice in self.groups.choices[first : first + 3 * rows]]
        side = round(PICTURE_PX * self.devicePixelRatioF())
        self._thumbnails.show(ids[:rows], ids[rows:], Size(side, is_cover=True))


def _row(margins: tuple[int, int, int, int], *parts: QWidget | QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(*margins)
    row.setSpacing(8)
    for part in parts:
        if isinstance(part, QWidget):
            row.addWidget(part)
        else:
            row.addLayout(part, 1)
    return row


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    return line
