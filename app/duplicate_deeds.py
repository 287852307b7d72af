"""What is done with duplicates: finding, settling, trashing. GUI thread; the work itself is a task or an edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from app import catalog_edits, duplicate_wording
from app.duplicate_choices import GroupChoice
from app.notices import Notices
from app.tasks import Tasks
from app.undo import Undo
from app.views.keep_rules_dialog import KeepRulesDialog
from core.domain import DuplicateGroup, DuplicateKind, KeepRule, PhotoId, TrashReport
from core.errors import LibraryError
from core.jobs import JobControl
from core.library import Library

_LOADING = "duplicates"


class DuplicateDeeds(QObject):
    """One search and one move to the trash at a time."""

    def __init__(self, library: Library, tasks: Tasks, undo: Undo, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._tasks = tasks
        self._undo = undo
        self._notices = notices
        self._window = window
        self._search: JobControl | None = None
        self._trash: JobControl | None = None

    @property
    def is_trashing(self) -> bool:
        """Whether files are being moved."""
        return self._trash is not None

    def find(
        self,
        kind: DuplicateKind,
        done: Callable[[list[DuplicateGroup]], None],
        failed: Callable[[LibraryError], None],
    ) -> None:
        """Get the groups of a kind; a search that is still going on is given up."""
        self.stop_search()
        library = self._library
        job = self._search = library.job("similar", self.tr("Looking for similar photos"))

        def work() -> list[DuplicateGroup]:
            try:
                return library.duplicates(kind, job)
            finally:
                job.finish()

        self._tasks.run(_LOADING, work, done, failed)

    def settle(self, photo_ids: Sequence[PhotoId], done: Callable[[], None]) -> None:
        """Remember that these are no duplicates; can be undone."""
        self._undo.make(lambda: catalog_edits.settle_not_duplicates(self._library, photo_ids), done)

    def ask_to_trash(self, choices: Sequence[GroupChoice], done: Callable[[TrashReport], None]) -> None:
        """Move what is not kept to the trash, after asking with counts and sizes."""
        wanted = [one for one in choices if one.leaving]
        if not wanted or self.is_trashing:
            return
        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Move to trash"),
            duplicate_wording.question(wanted),
            parent=self._window,
        )
        are_same = all(one.group.kind is DuplicateKind.SAME for one in wanted)
        stays = self.tr("One of each picture stays.") if are_same else self.tr("One photo of each group stays.")
        inherits = self.tr("It takes over the tags, albums, favourite mark and best rating of those that go.")
        restores = self.tr(
            "The files, with sidecars that are only theirs, go to the system's trash, from where they can be restored."
        )
        box.setInformativeText(f"{stays} {inherits} {restores}")
        box.addButton(QMessageBox.StandardButton.Cancel)
        move = box.addButton(self.tr("Move to trash"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(move)
        box.finished.connect(lambda _result: self.trash(wanted, done) if box.clickedButton() is move else None)
        box.open()

    def trash(self, choices: Sequence[GroupChoice], done: Callable[[TrashReport], None]) -> None:
        """Move what is not kept to the trash."""
        library = self._library
        job = self._trash = library.job("trash", self.tr("Moving to the trash"))
        wanted = [one.choice() for one in choices]

        def work() -> TrashReport:
            try:
                return library.trash_duplicates(wanted, job)
            finally:
                job.finish()

        def finished(report: TrashReport) -> None:
            self._trash = None
            title, detail = duplicate_wording.outcome(report)
            self._notices.say(title, detail=detail, level="warning" if report.failed else "info")
            done(report)

        def refused(error: LibraryError) -> None:
            self._trash = None
            self._notices.show_error(error)
            done(TrashReport((), 0, ()))

        self._tasks.edit(work, finished, refused)

    def ask_for_rules(self, done: Callable[[], None]) -> None:
        """Let the person order the rules and name preferred folders; `done` when they changed."""
        settings = self._library.settings
        dialog = KeepRulesDialog(settings.keep_rules, settings.preferred_folders, self._window)

        def apply(rules: tuple[KeepRule, ...], folders: tuple[Path, ...]) -> None:
            self._tasks.edit(
                lambda: self._library.change_settings(keep_rules=rules, preferred_folders=folders),
                lambda _none: done(),
            )

        dialog.applied.connect(apply)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def stop_search(self) -> None:
        """Give up looking for similar photos."""
        if self._search is not None:
            self._search.stop()
            self._tasks.forget(_LOADING)

    def stop(self) -> None:
        """Give up whatever runs; what was moved by then stays in the trash."""
        self.stop_search()
        if self._trash is not None:
            self._trash.stop()
