"""What can be done with albums, tags, folders and suggestions. GUI thread; the work itself is a task or an edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from app import catalog_edits
from app.notices import Notices
from app.tasks import Tasks
from app.undo import Undo
from app.views.problems_list import ProblemsList
from app.views.tag_history import TagHistory
from core import places
from core.domain import AlbumId, Folder, FolderId, PhotoId, Problem, Scope, ScopeKind, SuggestionRun, TagId, TagRun
from core.errors import LibraryError
from core.jobs import JobControl
from core.library import Library


class ShelfDeeds(QObject):
    """Makes, renames, deletes; adds and locates folders; suggests tags."""

    run_ready = Signal(object)
    """SuggestionRun to be reviewed"""

    def __init__(
        self,
        library: Library,
        tasks: Tasks,
        undo: Undo,
        notices: Notices,
        show_in_folder: Callable[[Path], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._tasks = tasks
        self._undo = undo
        self._notices = notices
        self._show_in_folder = show_in_folder
        self._window = window
        self._tag_job: JobControl | None = None

    # -- albums and tags --------------------------------------------------------------------------------------

    def ask_for_new_album(self, ids: Sequence[PhotoId] = ()) -> None:
        """Let the person name an album; the chosen photos go into it."""
        name, is_given = QInputDialog.getText(self._window, self.tr("New album"), self.tr("Name of the album:"))
        if is_given and name.strip():
            self._undo.make(lambda: catalog_edits.create_album(self._library, name.strip(), ids))

    def rename(self, scope: Scope, old: str, new: str) -> None:
        """Give an album or a tag another name."""
        library, number = self._library, scope.id or 0
        if not new or new == old:
            return
        if scope.kind is ScopeKind.ALBUM:
            self._undo.make(lambda: catalog_edits.rename_album(library, AlbumId(number), old, new))
        elif scope.kind is ScopeKind.TAG:
            self._undo.make(lambda: catalog_edits.rename_tag(library, TagId(number), old, new))

    def delete(self, scope: Scope) -> None:
        """Delete an album or a tag (undo makes it again), never a photo."""
        library, number = self._library, scope.id or 0
        if scope.kind is ScopeKind.ALBUM:
            self._undo.make(lambda: catalog_edits.delete_album(library, AlbumId(number)))
        elif scope.kind is ScopeKind.TAG:
            self._undo.make(lambda: catalog_edits.delete_tag(library, TagId(number)))

    # -- folders ----------------------------------------------------------------------------------------------

    def ask_for_folder(self) -> None:
        """Let the person choose a folder to watch."""
        start = places.pictures_folder() or Path.home()
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder"), str(start))
        if chosen:
            self.add_folders([Path(chosen)])

    def add_folders(self, paths: Sequence[Path], done: Callable[[], None] | None = None) -> None:
        """Watch folders; one that cannot be watched is told and does not stop the others."""

        def work() -> list[LibraryError]:
            refused: list[LibraryError] = []
            for path in paths:
                try:
                    self._library.add_folder(path)
                except LibraryError as error:
                    refused.append(error)
            return refused

        def finished(refused: list[LibraryError]) -> None:
            for error in refused:
                self._notices.show_error(error)
            if done is not None:
                done()

        self._tasks.edit(work, finished)

    def ask_to_remove_folder(self, folder: Folder) -> None:
        """Stop watching a folder, after asking: its tags and albums leave with its photos."""
        question = self.tr("Remove “{0}” from the library?").format(folder.path.name or str(folder.path))
        box = QMessageBox(QMessageBox.Icon.NoIcon, self.tr("Remove folder"), question, parent=self._window)
        box.setInformativeText(
            self.tr("Its photos, with their tags and albums, leave the library. The files stay untouched.")
        )
        box.addButton(QMessageBox.StandardButton.Cancel)
        remove = box.addButton(self.tr("Remove folder"), QMessageBox.ButtonRole.DestructiveRole)
        box.finished.connect(lambda _result: self._remove_folder(folder.id) if box.clickedButton() is remove else None)
        box.open()

    def remove_missing(self, folder: Folder) -> None:
        """Give up the photos that vanished from a folder; undo waits for them again."""
        self._undo.make(lambda: catalog_edits.remove_missing(self._library, folder.id))

    def locate(self, folder: Folder) -> None:
        """Let the person say where an offline folder is now."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Where is “{0}” now?").format(folder.path.name), str(folder.path.parent)
        )
        if chosen:
            self._tasks.edit(lambda: self._library.move_folder(folder.id, Path(chosen)), lambda _none: None)

    def _remove_folder(self, folder_id: FolderId) -> None:
        self._tasks.edit(lambda: self._library.remove_folder(folder_id), lambda _none: None)

    # -- suggestions ------------------------------------------------------------------------------------------

    def auto_tag(self, scope: Scope) -> None:
        """Suggest tags for a part of the library; nothing is written before the review."""
        if self._tag_job is not None:
            self._notices.say(self.tr("Suggestions are already being made."), key="auto-tag")
            return
        library = self._library
        job = self._tag_job = library.job("tag", self.tr("Suggesting tags"))

        def work() -> SuggestionRun:
            try:
                return library.suggest_tags(scope, job)
            finally:
                job.finish()
                self._tag_job = None

        self._tasks.run("auto-tag", work, self._review)

    def review_pending(self) -> None:
        """Review the suggestions that came with new photos."""
        self._tasks.run("auto-tag", self._library.pending_suggestions, self._review)

    def find_more(self, tag: str) -> None:
        """Suggest one tag for photos like those that have it; what is accepted and rejected teaches it."""
        library = self._library
        self._tasks.run("auto-tag", lambda: library.more_like(tag), self._review)

    def set_automatic(self, tag: str, is_automatic: bool) -> None:
        """Whether new photos get a tag without a review."""
        library = self._library

        def done(_none: None) -> None:
            said = self.tr("New photos get “{0}” by themselves") if is_automatic else self.tr("“{0}” asks first again")
            detail = self.tr("Each time can be taken back under Tag history.") if is_automatic else ""
            self._notices.say(said.format(tag), detail=detail, key="automatic")

        self._tasks.edit(lambda: library.set_automatic_tag(tag, is_automatic), done)

    def _review(self, run: SuggestionRun) -> None:
        if run.suggestions:
            self.run_ready.emit(run)
        else:
            self._notices.say(
                self.tr("No tags to suggest"),
                detail=self.tr("Nothing fits clearly enough that is not there already."),
            )

    def stop_auto_tag(self) -> None:
        """Give up making suggestions."""
        if self._tag_job is not None:
            self._tag_job.stop()

    def show_history(self) -> None:
        """Show past runs."""
        dialog = TagHistory(self._window)

        def look() -> None:
            self._tasks.run("tag runs", self._library.tag_runs, dialog.show_runs)

        def toggle(run: TagRun) -> None:
            make = catalog_edits.redo_tag_run if run.is_undone else catalog_edits.undo_tag_run
            self._undo.make(lambda: make(self._library, run.id, run.title), look)

        dialog.toggle_requested.connect(toggle)
        dialog.finished.connect(lambda _result: self._tasks.forget("tag runs"))
        look()
        dialog.open()

    def show_problems(self) -> None:
        """Show what could not be read."""

        def show(problems: list[Problem]) -> None:
            dialog = ProblemsList(problems, self._window)
            dialog.folder_requested.connect(self._show_in_folder)
            dialog.open()

        self._tasks.run("problems", self._library.problems, show)
