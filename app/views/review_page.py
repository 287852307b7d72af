"""The working page of the tag review: its lists, its buttons, its sentences. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app import photo_facts
from app.item_models.suggestion_models import TagLineModel
from app.item_models.suggestion_review import SuggestionReview
from app.tasks import Tasks
from app.views.accept_line import AcceptLine
from app.views.elided_label import ElidedLabel
from app.views.suggestion_grid import SuggestionGrid
from app.views.tag_line_delegate import TagLineDelegate
from app.views.tag_teaching import TagTeaching
from core.domain import Suggestion
from core.library import Library


class ReviewPage(QWidget):
    """Shows a `SuggestionReview`; the signals' bool says accepted (True) or rejected."""

    selection_decided = Signal(bool)
    above_line_accepted = Signal(int)
    """Accept so many photos of the tag on show, the surest first"""
    tag_shown = Signal(str)
    tag_decided = Signal(bool)
    all_decided = Signal(bool)
    undo_requested = Signal()
    vocabulary_requested = Signal()
    done_requested = Signal()

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_tag: str | None = None
        self.lines = TagLineModel(self)
        self.tags = self._tag_list()
        self.grid = SuggestionGrid(library, tasks, self)
        self._title, self._progress = ElidedLabel(self), QLabel(self)
        self._tag, self._tag_count = ElidedLabel(self, Qt.TextElideMode.ElideRight), QLabel(self)
        self._message = QLabel(self)
        for label, role in (
            (self._title, "title"),
            (self._tag, "title"),
            (self._progress, "muted"),
            (self._tag_count, "muted"),
            (self._message, "muted"),
        ):
            label.setProperty("role", role)
        self._vocabulary = self._button(self.tr("Edit words…"), self.vocabulary_requested.emit)
        self._done = self._button(self.tr("Done"), self.done_requested.emit)
        self._reject_tag = self._button(self.tr("Reject all"), lambda: self.tag_decided.emit(False))
        self.line = AcceptLine(self)
        self.teaching = TagTeaching(self)
        self._undo = self._button(self.tr("Undo"), self.undo_requested.emit)
        self._reject_chosen = self._button(self.tr("Reject  R"), lambda: self.selection_decided.emit(False))
        self._accept_chosen = self._button(self.tr("Accept  A"), lambda: self.selection_decided.emit(True))
        self._reject_everything = self._button(self.tr("Reject everything"), lambda: self.all_decided.emit(False))
        self._accept_everything = self._button(self.tr("Accept everything"), lambda: self.all_decided.emit(True))
        self._lay_out()
        self.line.moved.connect(self.grid.show_line)
        self.line.accepted.connect(self.above_line_accepted)
        self.grid.line_asked.connect(self.line.put_below)
        self.grid.above_line_accepted.connect(self.line.accept)
        self.grid.selectionModel().selectionChanged.connect(lambda _new, _old: self._selection_changed())

    def _tag_list(self) -> QListView:
        tags = QListView(self)
        tags.setModel(self.lines)
        tags.setItemDelegate(TagLineDelegate(tags))
        tags.setObjectName("reviewTags")
        tags.setAccessibleName(self.tr("Suggested tags"))
        tags.setFrameShape(QFrame.Shape.NoFrame)
        tags.setMouseTracking(True)
        tags.setUniformItemSizes(True)
        tags.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tags.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return tags

    def _button(self, text: str, does: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: does())  # type: ignore[operator]
        return button

    def _lay_out(self) -> None:
        head = _row(_column(self._title, self._progress), self._vocabulary, self._done, margins=(16, 12, 16, 12))
        tag_head = _row(_column(self._tag, self._tag_count), self._reject_tag, margins=(12, 12, 16, 4))
        tag_line = QHBoxLayout()
        tag_line.setContentsMargins(12, 0, 16, 8)
        tag_line.setSpacing(16)
        tag_line.addWidget(self.teaching, 1)
        tag_line.addWidget(self.line, 1)
        right = QWidget(self)
        right.setObjectName("reviewRight")
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tag_head)
        column.addLayout(tag_line)
        column.addWidget(self.grid, 1)
        split = QSplitter(self)
        split.addWidget(self.tags)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([220, 800])
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self._undo)
        foot.addSpacing(16)
        foot.addWidget(self._reject_chosen)
        foot.addWidget(self._accept_chosen)
        foot.addWidget(self._message, 1)
        foot.addWidget(self._reject_everything)
        foot.addWidget(self._accept_everything)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(_line(self))
        whole.addWidget(split, 1)
        whole.addWidget(_line(self))
        whole.addLayout(foot)

    def show_title(self, title: str) -> None:
        """What the run was about."""
        self._shown_tag = None
        self._title.show_text(self.tr("Suggested tags: {title}").format(title=title))
        self.say("")

    def show_review(self, review: SuggestionReview) -> None:
        """Bring everything in step with the review."""
        locale = QLocale()
        self._progress.setText(
            self.tr("{decided} of {total} decided · nothing is added until you accept it").format(
                decided=locale.toString(review.total - review.open_count), total=locale.toString(review.total)
            )
        )
        self._undo.setEnabled(review.can_undo)
        has_open = bool(review.open_count)
        for button in (self._reject_everything, self._accept_everything):
            button.setEnabled(has_open)
        self.lines.show_lines(review.lines())
        if self._shown_tag is not None and review.has_open(self._shown_tag):
            self.show_tag(self._shown_tag, review.open_of(self._shown_tag))
        elif has_open and not self.tags.currentIndex().isValid():
            self._choose_row(0)
        elif has_open:
            self._choose_row(self.tags.currentIndex().row())
        else:
            self.show_tag("", [])

    def show_tag(self, tag: str, suggestions: Sequence[Suggestion]) -> None:
        """The photos of one tag."""
        is_other_tag, self._shown_tag = tag != self._shown_tag, tag
        self._tag.show_text(tag)
        self._tag_count.setText(
            photo_facts.counted(len(suggestions), self.tr("One photo"), self.tr("{n} photos, the surest first"))
        )
        self._reject_tag.setEnabled(bool(suggestions))
        self.grid.show_suggestions(suggestions)
        self.line.show_suggestions(suggestions, is_other_tag=is_other_tag)
        if is_other_tag:
            self.tag_shown.emit(tag)
        self._selection_changed()

    @property
    def shown_tag(self) -> str:
        """The tag whose photos are shown; empty while there is none."""
        return self._shown_tag or ""

    def choose_tag(self, tag: str) -> None:
        """Go to a tag."""
        for row, line in enumerate(self.lines.lines):
            if line.tag == tag:
                self._choose_row(row)

    def say(self, text: str, *, is_error: bool = False) -> None:
        """A sentence at the bottom."""
        self._message.setText(text)
        self._message.setProperty("role", "danger" if is_error else "muted")
        self._message.style().polish(self._message)

    def _choose_row(self, row: int) -> None:
        index = self.lines.index(row)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if self.tags.currentIndex() == index:
            self.tags.selectionModel().clearCurrentIndex()
        self.tags.selectionModel().setCurrentIndex(index, flags)

    def _selection_changed(self) -> None:
        has_chosen = self.grid.selectionModel().hasSelection()
        for button in (self._reject_chosen, self._accept_chosen):
            button.setEnabled(has_chosen)


def _row(words: QVBoxLayout, *buttons: QWidget, margins: tuple[int, int, int, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(*margins)
    row.setSpacing(8)
    row.addLayout(words, 1)
    for button in buttons:
        row.addWidget(button)
    return row


def _column(*labels: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    for label in labels:
        column.addWidget(label)
    return column


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    return line
