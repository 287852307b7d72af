"""Writing sidecars for the chosen photos, after a question with a count. GUI thread; the work itself is a task."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from app import wording
from app.notices import Notices
from app.tasks import Tasks
from core.domain import PhotoId, SidecarReport, SidecarStatus
from core.library import Library


class SidecarDeeds(QObject):
    """Files are written, so there is no undo: it asks before."""

    def __init__(
        self, library: Library, tasks: Tasks, notices: Notices, chosen: Callable[[], list[PhotoId]], window: QWidget
    ) -> None:
        super().__init__(window)
        self._library = library
        self._tasks = tasks
        self._notices = notices
        self._chosen = chosen
        self._window = window

    def ask_to_write(self) -> None:
        """Count what there is to write for the chosen photos, and ask."""
        ids, library = self._chosen(), self._library

        def counted(count: int) -> None:
            if count:
                self._ask(ids, count)
            else:
                self._notices.say(
                    self.tr("There is nothing to write"),
                    detail=self.tr("The files of these photos say the same, or there is no tag, star or caption."),
                    key="sidecars",
                )

        if ids:
            self._tasks.run("count sidecars", lambda: library.count_sidecars_to_write(ids), counted)

    def _ask(self, ids: Sequence[PhotoId], count: int) -> None:
        question = (
            self.tr("Write a sidecar file for 1 photo?")
            if count == 1
            else self.tr("Write sidecar files for {0} photos?").format(wording.number(count))
        )
        box = QMessageBox(QMessageBox.Icon.NoIcon, self.tr("Write sidecars"), question, parent=self._window)
        box.setInformativeText(
            self.tr(
                "Tags, stars and captions go into .xmp files beside the photos, for digiKam, Lightroom and darktable."
                " The photos are not touched, nor what other programs wrote there. This cannot be undone."
            )
        )
        box.addButton(QMessageBox.StandardButton.Cancel)
        write = box.addButton(self.tr("Write sidecars"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(write)
        box.finished.connect(lambda _result: self.write(ids) if box.clickedButton() is write else None)
        box.open()

    def write(self, ids: Sequence[PhotoId]) -> None:
        """Write the sidecars of these photos."""
        library = self._library
        self._tasks.run("write sidecars", lambda: library.write_sidecars(ids), self._done)

    def keep_written(self, is_wished: bool) -> None:
        """Keep all sidecars up to date from now on, or no longer."""
        self._tasks.edit(lambda: self._library.change_settings(writes_sidecars=is_wished), lambda _none: None)

    def look(self, done: Callable[[SidecarStatus], None]) -> None:
        """How many photos wait to be written."""
        self._tasks.run("sidecar status", self._library.sidecar_status, done)

    def _done(self, report: SidecarReport) -> None:
        count = len(report.written)
        title = (
            self.tr("Wrote 1 sidecar") if count == 1 else self.tr("Wrote {0} sidecars").format(wording.number(count))
        )
        detail = ""
        if report.problems:
            first = report.problems[0]
            detail = f"{first.path.name}: {first.reason}"
            if len(report.problems) > 1:
                rest = wording.number(len(report.problems) - 1)
                detail += " " + self.tr("The same or something like it holds for {0} more.").format(rest)
        level = "warning" if report.problems else "info"
        self._notices.say(title, detail=detail, level=level, key="sidecars")
