"""The encoder page of the settings: known encoders are fetched, imported, measured and chosen here. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.event_bridge import EventBridge
from app.tasks import Tasks
from app.views.encoder_card import EncoderCard
from app.views.encoder_import import EncoderImport
from core.domain import EncoderEntry, EncoderState
from core.errors import LibraryError
from core.events import CatalogChanged, JobProgress
from core.jobs import JobControl
from core.library import Library

_REFRESH_MS = 500
_RANK = {EncoderState.ACTIVE: 0, EncoderState.EMBEDDING: 1, EncoderState.INSTALLED: 3, EncoderState.DAMAGED: 3}
_RECOMMENDED_RANK, _OTHER_RANK = 2, 4

_NOT_LONG_S = 120.0


class EncoderSettings(QWidget):
    """Fetching goes to the internet, and only after its button was pressed."""

    encoder_chosen = Signal(str)
    """The person wants to use this encoder."""

    def __init__(self, library: Library, tasks: Tasks, bridge: EventBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._cards: dict[str, EncoderCard] = {}
        self._jobs: dict[str, JobControl] = {}
        self._answering = "starter"
        self._import = EncoderImport(self)
        self._import.import_requested.connect(self._import_from)
        self._build()
        self._refresh_soon = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh_soon.timeout.connect(self.refresh)
        bridge.catalog_changed.connect(self._catalog_changed)
        bridge.job_progress.connect(self._job_progressed)

    def _build(self) -> None:
        intro = QLabel(
            self.tr(
                "An encoder turns photos and words into numbers that can be compared: it decides how well Recollect "
                "understands what you type. Everything runs on this computer. Recollect goes to the internet only "
                "when you press Fetch, to download that encoder from its publisher; no photo and no search is sent."
            ),
            self,
        )
        intro.setWordWrap(True)
        intro.setProperty("role", "muted")
        body = QWidget(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(intro)
        column.addLayout(self._list)
        column.addWidget(self._import)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.tr("Encoders"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    @property
    def cards(self) -> dict[str, EncoderCard]:
        """The cards by encoder name."""
        return self._cards

    def refresh(self) -> None:
        """Ask the library how all encoders stand."""
        library = self._library

        def work() -> tuple[list[EncoderEntry], int]:
            return library.encoders(), library.status().photos

        self._tasks.run("encoders:look", work, lambda found: self._show(*found))

    def stop(self) -> None:
        """Stop whatever was begun here: the window is closing. What was fetched so far is kept."""
        for job in self._jobs.values():
            job.stop()

    def _show(self, entries: Sequence[EncoderEntry], photo_count: int) -> None:
        active = next((one for one in entries if one.state is EncoderState.ACTIVE), None)
        self._answering = active.name if active else "starter"
        if {one.name for one in entries} != set(self._cards):
            self._make_cards(entries)
        for entry in entries:
            self._cards[entry.name].show_entry(entry, photo_count, active.title if active else "")
        self._import.show_known([one.name for one in entries])

    def _make_cards(self, entries: Sequence[EncoderEntry]) -> None:
        for entry in sorted(entries, key=_rank):
            if entry.name not in self._cards:
                card = EncoderCard(entry, self)
                card.fetch_requested.connect(self._fetch)
                card.cancel_requested.connect(self._cancel)
                card.use_requested.connect(self._choose)
                card.stay_requested.connect(lambda _name: self._use(self._answering))
                card.measure_requested.connect(lambda name: self._measure(name))
                self._cards[entry.name] = card
                self._list.addWidget(card)
        for name in set(self._cards) - {one.name for one in entries}:
            card = self._cards.pop(name)
            card.hide()
            card.deleteLater()

    # -- doing ------------------------------------------------------------------------------------------------

    def _fetch(self, name: str) -> None:
        card = self._cards[name]
        job = self._library.job(
            f"fetch:{name}", self.tr("Fetching {encoder}").format(encoder=card.entry.title), "bytes"
        )
        self._jobs[name] = job
        card.show_fetching()
        library = self._library

        def work() -> None:
            try:
                library.fetch_encoder(name, job)
            finally:
                job.finish()

        def failed(error: LibraryError) -> None:
            self._ended(name, can_resume=True)
            card.show_problem(error)

        self._tasks.run(f"encoders:fetch:{name}", work, lambda _none: self._ended(name, can_resume=False), failed)

    def _cancel(self, name: str) -> None:
        if name in self._jobs:
            self._jobs[name].stop()
            self._ended(name, can_resume=True)

    def _ended(self, name: str, *, can_resume: bool) -> None:
        self._jobs.pop(name, None)
        if name in self._cards:
            self._cards[name].show_stopped(can_resume=can_resume)
        self.refresh()

    def _choose(self, name: str) -> None:
        """Use it; but one that will take long over this library says so first, and waits for a second click."""
        if self._cards[name].entry.photos_per_s is None:
            self._measure(name, then=self._use)
        else:
            self._use(name)

    def _use(self, name: str) -> None:
        card = self._cards[name]
        card.show_problem(None)
        self._tasks.edit(lambda: self._library.use_encoder(name), lambda _none: self._used(name), card.show_problem)

    def _used(self, name: str) -> None:
        self.refresh()
        self.encoder_chosen.emit(name)

    def _measure(self, name: str, then: Callable[[str], None] | None = None) -> None:
        """Try it on this library for some seconds; `then` where the whole library will not take long."""
        card = self._cards[name]
        card.show_problem(None)
        card.show_measuring(True)

        def done(photos_per_s: float) -> None:
            card.show_measuring(False)
            self.refresh()
            if then is not None and card.lacking_count / photos_per_s <= _NOT_LONG_S:
                then(name)

        def failed(error: LibraryError) -> None:
            card.show_measuring(False)
            card.show_problem(error)

        self._tasks.run(f"encoders:measure:{name}", lambda: self._library.measure_encoder(name), done, failed)

    def _import_from(self, path: Path, name: str) -> None:
        job = self._library.job("import", self.tr("Importing {file}").format(file=path.name), "bytes")
        self._jobs["import"] = job
        library = self._library

        def work() -> str:
            try:
                return library.import_encoder(path, job, name or None)
            finally:
                job.finish()

        def done(imported: str) -> None:
            self._jobs.pop("import", None)
            self._import.show_imported(imported)
            self.refresh()

        def failed(error: LibraryError) -> None:
            self._jobs.pop("import", None)
            self._import.show_problem(error)

        self._import.show_busy(path)
        self._tasks.run("encoders:import", work, done, failed)

    # -- following --------------------------------------------------------------------------------------------

    def _catalog_changed(self, event: CatalogChanged) -> None:
        matters = event.encoders or event.embedded or event.added or event.removed
        if matters and self.isVisible() and not self._refresh_soon.isActive():
            self._refresh_soon.start()

    def _job_progressed(self, progress: JobProgress) -> None:
        name = progress.job.removeprefix("fetch:")
        if name != progress.job and name in self._jobs and not progress.is_finished:
            self._cards[name].show_progress(progress)

    def showEvent(self, event: QShowEvent) -> None:
        """Get ready to be looked at; Qt override."""
        super().showEvent(event)
        self.refresh()


def _rank(entry: EncoderEntry) -> int:
    return _RANK.get(entry.state, _RECOMMENDED_RANK if entry.is_recommended else _OTHER_RANK)
