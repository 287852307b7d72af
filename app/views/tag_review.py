"""The review of suggested tags: nothing is written to a photo until it is accepted here. GUI thread only.

Accepting writes at once; rejecting is only remembered until the review ends, so both can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.item_models.suggestion_models import LINE_ROLE
from app.item_models.suggestion_review import Decision, SuggestionReview
from app.tasks import Tasks
from app.views.review_page import ReviewPage
from app.views.review_summary import ReviewSummary
from app.views.vocabulary_editor import VocabularyEditor
from core.domain import PhotoId, Suggestion, SuggestionRun
from core.errors import LibraryError
from core.library import Library


class TagReview(QWidget):
    """Tags at the left, the photos of one tag at the right, the outcome at the end."""

    finished = Signal()
    accepted = Signal(object, int)
    """RunId, tags written by one decision; fewer than none when one was taken back"""
    photos_opened = Signal(object, int)
    """list[PhotoId] of the tag on show, and the row of the one the person wants to see larger"""

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._writes_under_way = 0
        self._review: SuggestionReview | None = None
        self._written = 0
        self._is_taken_back = False
        self._is_looking = False
        """The page is left to see a photo larger, and will be back."""
        self._page = ReviewPage(library, tasks, self)
        self._summary = ReviewSummary(self)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._page)
        self._pages.addWidget(self._summary)
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.tags.selectionModel().currentChanged.connect(self._tag_chosen)
        page.grid.decided.connect(lambda chosen, is_accepted: self._decide(chosen, is_accepted=is_accepted))
        page.grid.photo_opened.connect(self._open_photo)
        page.above_line_accepted.connect(self._accept_above)
        page.tag_shown.connect(self._look_up_lesson)
        page.teaching.automatic_changed.connect(self._set_automatic)
        page.tag_decided.connect(lambda is_accepted: self._decide_tag(is_accepted=is_accepted))
        page.all_decided.connect(lambda is_accepted: self._decide_all(is_accepted=is_accepted))
        page.selection_decided.connect(lambda is_accepted: page.grid.decide_chosen(is_accepted=is_accepted))
        page.undo_requested.connect(self.undo)
        page.vocabulary_requested.connect(self.edit_vocabulary)
        page.done_requested.connect(self._conclude)
        self._summary.take_back_requested.connect(self._take_back)
        self._summary.put_back_requested.connect(self._put_back)
        self._summary.done_requested.connect(self.finished)

    def show_run(self, run: SuggestionRun) -> None:
        """Begin the review of a run."""
        self._review = SuggestionReview(run)
        self._written = 0
        self._is_taken_back = False
        self._page.show_title(run.title)
        self._pages.setCurrentWidget(self._page)
        self._refresh()
        self._page.grid.setFocus()

    @property
    def tags_shown(self) -> list[str]:
        """The tags at the left that have open suggestions."""
        return [line.tag for line in self._page.lines.lines]

    def undo(self) -> None:
        """Take the last decision back."""
        review = self._review
        decision = review.last() if review else None
        if review is None or decision is None:
            return
        review.reopen(decision)
        if decision.is_accepted:
            self._write_undo(review, decision)
        self._pages.setCurrentWidget(self._page)
        self._refresh()
        self._page.choose_tag(decision.suggestions[0].tag)

    def edit_vocabulary(self) -> None:
        """Open the words that can be suggested; they count from the next run on."""
        editor = VocabularyEditor(self._library, self._tasks, self)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.open()

    # -- deciding ---------------------------------------------------------------------------------------------

    def _decide_tag(self, *, is_accepted: bool) -> None:
        self._decide(list(self._page.grid.rows.suggestions), is_accepted=is_accepted)

    def _accept_above(self, count: int) -> None:
        self._decide(list(self._page.grid.rows.suggestions[:count]), is_accepted=True)

    def _decide_all(self, *, is_accepted: bool) -> None:
        if self._review is not None:
            self._decide(self._review.open_of(), is_accepted=is_accepted)

    def _decide(self, suggestions: Sequence[Suggestion], *, is_accepted: bool) -> None:
        review = self._review
        decision = review.decide(suggestions, is_accepted=is_accepted) if review else None
        if review is None or decision is None:
            return
        if is_accepted:
            self._write_accepted(review, decision)
        self._refresh()
        if not review.open_count:
            self._conclude()

    def _write(
        self,
        work: Callable[[], int],
        done: Callable[[int], None],
        failed: Callable[[LibraryError], None] | None = None,
    ) -> None:
        self._writes_under_way += 1

        def finish(count: int) -> None:
            self._writes_under_way -= 1
            done(count)

        def give_up(error: LibraryError) -> None:
            self._writes_under_way -= 1
            self._refresh()
            (failed or self._tasks.failed.emit)(error)

        self._tasks.edit(work, finish, give_up)

    def _write_accepted(self, review: SuggestionReview, decision: Decision) -> None:
        library, run_id = self._library, review.run.id

        def done(count: int) -> None:
            self._count(review, count)

        def failed(error: LibraryError) -> None:
            review.reopen(decision)
            self._pages.setCurrentWidget(self._page)
            self._refresh()
            self._page.say(str(error), is_error=True)

        self._write(lambda: library.accept_suggestions(run_id, decision.suggestions), done, failed)

    def _write_undo(self, review: SuggestionReview, decision: Decision) -> None:
        library, run_id = self._library, review.run.id

        def work() -> int:
            return library.reopen_suggestions(run_id, decision.suggestions)

        def done(count: int) -> None:
            self._count(review, -count)

        self._write(work, done)

    def _count(self, review: SuggestionReview, written: int) -> None:
        self.accepted.emit(review.run.id, written)
        if review is self._review:
            self._written += written
            self._refresh()
            self._look_up_lesson(self._page.shown_tag)

    # -- teaching ---------------------------------------------------------------------------------------------

    def _look_up_lesson(self, tag: str) -> None:
        teaching, library = self._page.teaching, self._library
        if tag != teaching.tag:
            teaching.clear()
        if tag:
            self._tasks.run("lesson", lambda: library.tag_lesson(tag), teaching.show_lesson, lambda _error: None)

    def _set_automatic(self, tag: str, is_automatic: bool) -> None:
        library = self._library
        self._tasks.edit(lambda: library.set_automatic_tag(tag, is_automatic), lambda _none: None)

    # -- ending -----------------------------------------------------------------------------------------------

    def _conclude(self) -> None:
        review = self._review
        if review is None:
            return
        self._write_rejections(review)
        if not review.accepted_photos and review.open_count:
            self.finished.emit()
            return
        self._pages.setCurrentWidget(self._summary)
        self._refresh()
        self.setFocus()

    def _write_rejections(self, review: SuggestionReview) -> None:
        if rejected := review.rejected:
            library, run_id = self._library, review.run.id
            self._write(lambda: library.reject_suggestions(run_id, rejected), lambda _count: self._refresh())

    def _take_back(self) -> None:
        self._toggle(is_taken_back=True)

    def _put_back(self) -> None:
        self._toggle(is_taken_back=False)

    def _toggle(self, *, is_taken_back: bool) -> None:
        if self._review is None:
            return
        run_id = self._review.run.id
        work = self._library.undo_tag_run if is_taken_back else self._library.redo_tag_run

        def done(count: int) -> None:
            self._is_taken_back = is_taken_back
            self.accepted.emit(run_id, -count if is_taken_back else count)
            self._refresh()

        self._write(lambda: work(run_id), done)

    @property
    def _is_concluded(self) -> bool:
        return self._pages.currentWidget() is self._summary

    def _leave(self) -> None:
        if not self._writes_under_way:  # what was accepted is counted when it is written
            self.finished.emit()

    # -- showing ----------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        review = self._review
        if review is None:
            return
        self._page.show_review(review)
        if self._is_concluded:  # else it would be drawn anew for every decision, unseen
            self._summary.show_review(review, self._written, is_taken_back=self._is_taken_back)
            self._summary.setEnabled(not self._writes_under_way)

    def _tag_chosen(self, index: QModelIndex) -> None:
        if self._review is not None and index.isValid():
            line = index.data(LINE_ROLE)
            self._page.show_tag(line.tag, self._review.open_of(line.tag))

    def _open_photo(self, photo_id: PhotoId) -> None:
        ids = [one.photo_id for one in self._page.grid.rows.suggestions]
        self._is_looking = True
        self.photos_opened.emit(ids, ids.index(photo_id))

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes away without "Done" has rejected all the same; Qt override."""
        super().hideEvent(event)
        if self._review is not None and not event.spontaneous() and not self._is_looking:
            self._write_rejections(self._review)
        self._is_looking = False

    def event(self, event: QEvent) -> bool:
        """Pick out the events that matter here; Qt override."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer a key; Qt override."""
        if _is_undo(event):
            self.undo()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave() if self._is_concluded else self._conclude()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_concluded and self.hasFocus():
            self._leave()
        else:
            super().keyPressEvent(event)


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)
