"""Puts what is browsed on the screen: asks for answers, shows them, keeps the way back. GUI thread only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from app import picture_loader, query_pieces, wording
from app.answers import Answer, shown_order
from app.browsing import Browsing, Order, Place, View
from app.stacks import StackedHits, leader_of, stacked
from app.views.grid_place import GridPosition
from app.views.sidebar import album_of
from core.domain import Album, ExamplePicture, PhotoId
from core.errors import LibraryError
from core.library import Library

if TYPE_CHECKING:
    from app.shell import Shell

_CHIP_PX = 96
_LONG_MS = 400
"""An answer that takes longer is announced."""


class Screen(QObject):
    """The library page follows `browsing`; the answer comes later and replaces what is shown in one step."""

    shown = Signal()
    """Something else is shown now."""
    viewer_wanted = Signal(object)
    """PhotoId: the way back leads to a photo that filled the window."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self._library = shell.library
        self._tasks = shell.tasks
        self._contents = shell.contents
        self._answers = shell.answers
        self._window = shell.window
        self._model = shell.model
        self._grid = shell.grid
        self._viewer = shell.viewer
        self._search = shell.search
        self._sidebar = shell.sidebar
        self.browsing = Browsing(self.place_now, self)
        self.answer: Answer | None = None
        self.is_scanning = False
        self.is_stacking = True
        """Whether copies of a picture are one cell of a result."""
        self._opened: set[PhotoId] = set()
        self._found: StackedHits | None = None
        self.browsing.changed.connect(self._view_changed)
        self._wait = QTimer(self, singleShot=True, interval=_LONG_MS)
        self._wait.timeout.connect(lambda: self._window.results.show_facts(self.tr("Searching…")))
        self._search.completions.closed.connect(self._show_mistakes)
        self._answers.busy_changed.connect(self._busy_changed)
        self._answers.ready.connect(self._show)
        self._answers.refused.connect(self._refuse)
        self._answers.failed.connect(shell.notices.show_error)
        self._contents.changed.connect(lambda _contents: self._contents_changed())

    def place_now(self) -> Place:
        """Where the person is: in the grid, or at a photo that fills the window."""
        viewed = self._viewer.current if self._window.pages.currentWidget() is self._viewer else None
        if viewed is not None:
            return Place(self._grid.position(), (viewed,), viewed, viewed)
        return Place(self._grid.position(), tuple(self._grid.selected_ids()), self._grid.current_id())

    def show_weaker(self) -> None:
        """Show the nearest photos although none is a good match."""
        self._model.show_weaker()
        self._window.photo_pages.setCurrentWidget(self._grid)
        self._grid.setFocus()
        self.shown.emit()

    def set_stacking(self, is_stacking: bool) -> None:
        """Show copies of a picture as one cell of a result, or every photo."""
        if is_stacking != self.is_stacking:
            self.is_stacking = is_stacking
            self._show_hits_anew()

    def toggle_stack(self, photo_id: PhotoId) -> None:
        """Show the copies behind a photo, or put them behind it again."""
        groups = self.answer.copies if self.answer is not None else ()
        leader = leader_of(photo_id, groups, self._model.stacks)
        if leader is None:
            return
        group = next(one for one in groups if leader in one)
        if self._model.stacks[leader].is_open:
            self._opened -= set(group)
        else:
            self._opened.add(leader)
        self._show_hits_anew()
        if self._grid.current_id() is None:
            self._grid.select_ids([leader])

    def scanning_changed(self, is_scanning: bool) -> None:
        """Folders are being looked through, or no longer."""
        if is_scanning != self.is_scanning:
            self.is_scanning = is_scanning
            self._show_message()

    def scope_name(self, view: View) -> str | None:
        """The name of the album, tag or folder that is shown."""
        return self._contents.now.name_of(view.scope) if self._contents.now else None

    def album(self) -> Album | None:
        """The album on screen."""
        return self._album(self.browsing.view)

    # -- inside -----------------------------------------------------------------------------------------------

    def _album(self, view: View) -> Album | None:
        album_id = album_of(view.scope)
        contents = self._contents.now
        return contents.album(album_id) if contents is not None and album_id is not None else None

    def _edited_name(self, view: View) -> str | None:
        contents = self._contents.now
        album = contents.album(view.edits) if contents is not None and view.edits is not None else None
        return album.name if album is not None else None

    def _view_changed(self, view: View, place: Place | None) -> None:
        self._show_view(view)
        self._answers.ask(view, place)
        for index, example in enumerate(view.examples):
            self._load_chip(index, example)

    def _show_view(self, view: View) -> None:
        name = self.scope_name(view)
        fixed = wording.title(View(view.scope), name) if view.scope.id is None else name
        self._search.show_view(view, fixed if view.scope != View().scope else None)
        self._sidebar.show_scope(view.scope, view.text)
        is_ranked = view.is_search and query_pieces.is_ranked(view.text, view.examples)
        self._window.results.show_order(shown_order(view), is_ranked)
        self._window.results.offer_saving(is_search=view.is_search, album=self._edited_name(view))

    def _show(self, answer: Answer) -> None:
        self.answer = answer
        keep_place = answer.place is None
        if answer.result is None:
            by_month = answer.view.order in (Order.NEWEST, Order.OLDEST)
            self._model.show_listing(answer.listing, by_month, keep_place)
        else:
            if answer.place is not None:
                self._opened = _copies_at(answer.place, answer)
            self._show_hits(answer, keep_place)
            if not answer.result.strong_count and wording.is_by_picture(answer):
                self._model.show_weaker()
        if answer.place is not None:
            position = answer.place.position
            self._grid.restore_position(position if isinstance(position, GridPosition) else None)
            self._grid.select_ids(list(answer.place.selected), answer.place.current)
        self._show_texts()
        self._show_message()
        self.shown.emit()
        if answer.place is not None and answer.place.viewed is not None:
            self.viewer_wanted.emit(answer.place.viewed)

    def _show_hits(self, answer: Answer, keep_place: bool) -> None:
        strong_count = answer.result.strong_count if answer.result is not None else 0
        copies = answer.copies if self.is_stacking else ()
        found = self._found = stacked(answer.hits, strong_count, copies, self._opened)
        self._model.show_hits(found.hits, found.strong_count, answer.listing, keep_place, found.stacks)

    def _show_hits_anew(self) -> None:
        """The same answer, with other stacks open."""
        answer = self.answer
        if answer is not None and answer.result is not None:
            self._show_hits(answer, keep_place=True)
            self._show_texts()
            self.shown.emit()

    def _busy_changed(self, is_busy: bool) -> None:
        if not is_busy or not self.browsing.view.is_search:
            self._wait.stop()
        elif not self._wait.isActive():
            self._wait.start()

    def _show_texts(self) -> None:
        if self.answer is not None:
            view = self.answer.view
            self._window.results.show_title(wording.title(view, self.scope_name(view)))
            self._window.results.show_facts(wording.facts(self.answer, self._album(view), self._found))
            self._show_mistakes()

    def _show_mistakes(self) -> None:
        """What is wrong with the query, but not while a person is being helped to write it."""
        result = self.answer.result if self.answer is not None else None
        is_helped = self._search.completions.is_helping
        is_hidden = is_helped or (result is not None and wording.says_mistakes(result))
        self._window.results.show_mistakes(result.mistakes if result is not None and not is_hidden else ())

    def _show_message(self) -> None:
        answer = self.answer
        message = wording.message_for(answer, self._contents.now, self.is_scanning) if answer else None
        if message is None or self._model.is_weaker_shown:
            self._window.photo_pages.setCurrentWidget(self._grid)
            return
        self._window.empty.show_message(message.icon, message.title, message.detail, message.buttons)
        self._window.photo_pages.setCurrentWidget(self._window.empty)

    def _refuse(self, error: LibraryError) -> None:
        self._window.results.show_mistakes([str(error)])

    def _contents_changed(self) -> None:
        now = self._contents.now
        if now is None:
            return
        self._sidebar.show_contents(now)
        self._window.strip.show_problems(now.status.unreadable)
        if not now.exists(self.browsing.view.scope):
            self.browsing.go_to(View())
        self._show_view(self.browsing.view)
        self._show_texts()
        self._show_message()

    def _load_chip(self, index: int, example: ExamplePicture) -> None:
        def done(image: QImage) -> None:
            if self.browsing.view.examples[index : index + 1] == (example,):
                self._search.show_example(index, QPixmap.fromImage(image))

        self._tasks.run(f"chip {index}", lambda: small_picture(self._library, example), done, lambda _error: None)


def _copies_at(place: Place, answer: Answer) -> set[PhotoId]:
    """The photos where a person was that are behind others in a result: their stacks have to be open."""
    there = {*place.selected, place.current, place.viewed}
    return {one for group in answer.copies for one in group[1:] if one in there}


def small_picture(library: Library, example: ExamplePicture) -> QImage:
    """An example as a small image; null where there is none. Not for the GUI thread."""
    if example.region is not None:
        return picture_loader.to_qimage(library.example_image(example, _CHIP_PX))
    if example.photo_id is not None:
        jpeg = library.thumbnails([PhotoId(example.photo_id)]).get(example.photo_id, b"")
        image = QImage.fromData(jpeg)
    elif example.content is not None:
        image = QImage.fromData(example.content)
    else:
        image = QImage(str(example.path))
    return image if image.isNull() else image.scaledToHeight(_CHIP_PX)
