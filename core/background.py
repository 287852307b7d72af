"""The library's background work: follow the folders, embed what lacks an embedding, swap encoders when ready."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence

from core.catalog import backups
from core.catalog.catalog import Catalog
from core.domain import Folder, PhotoId, ScanReport, SidecarReport
from core.duplicates import looking
from core.embedding.encoder import Encoder
from core.encoder_choice import EncoderChoice
from core.errors import LibraryError
from core.events import EventBus, JobProgress, Notice
from core.indexing import embedding_pass
from core.indexing.indexer import BackgroundIndexer, FolderFollower, decoder_pool
from core.indexing.pace import Pace
from core.indexing.reading_process import ReadingProcesses
from core.indexing.scanner import Scanner
from core.jobs import Cancelled, JobControl
from core.running import RunningLock
from core.settings import Settings
from core.sidecars.writing import SidecarWriting

log = logging.getLogger(__name__)

_STOPPABLE = ("index", "duplicates", "sidecars")
TURN_CHECK_S = 1.0


class BackgroundWork:
    """Owns the scanner thread, the indexer thread and the decoder threads. `close` ends all of them."""

    def __init__(
        self, catalog: Catalog, events: EventBus, choice: EncoderChoice, settings: Callable[[], Settings]
    ) -> None:
        self._catalog = catalog
        self._events = events
        self._choice = choice
        self._lock = threading.Lock()
        self._jobs: list[JobControl] = []
        self._settings = settings
        self._is_paused = settings().is_indexing_paused
        self._is_stopped = False
        self._is_closing = False
        self._is_started = False
        self._running = RunningLock(catalog.path)
        self._is_closed = threading.Event()
        self._waiting: threading.Thread | None = None
        self._decoders, count = decoder_pool(os.cpu_count() or 2)
        self._pace = Pace(lambda: settings().indexing_speed)
        self._sidecars = SidecarWriting(catalog, events.publish)
        self._looked_at: Sequence[PhotoId] = ()
        self._readers = ReadingProcesses()
        self._scanner = Scanner(catalog, self._decoders, count, self._readers)
        self._indexer = BackgroundIndexer(self._embed, self._release, self._tell_failure)
        self._follower = FolderFollower(
            catalog, self._scanner, events, lambda: self._new_job("scan", "Looking through folders"), self._scanned
        )

    @property
    def is_paused(self) -> bool:
        """Whether the person paused the work."""
        return self._is_paused

    def start(self) -> None:
        """Start the threads; once. While another process indexes this library they wait for it to end."""
        if self._is_started or self._waiting is not None:
            return
        if self._running.take():
            self._start_threads()
            return
        self._events.publish(
            Notice("info", "Another Recollect is indexing this library.", "This one goes on when that is done.")
        )
        self._waiting = threading.Thread(target=self._wait_for_turn, name="waiting-for-turn")
        self._waiting.start()

    def _wait_for_turn(self) -> None:
        while not self._is_closed.wait(TURN_CHECK_S):
            if self._running.take():
                self._start_threads()
                return

    def _start_threads(self) -> None:
        self._is_started = True
        self._follower.start()
        self._indexer.start()

    def look_at(self, ids: Sequence[PhotoId]) -> None:
        """The person looks at these photos: they are embedded first."""
        self._looked_at = tuple(ids)

    def note_use(self) -> None:
        """The person did something in the window: step back for a moment."""
        self._pace.note_use()

    def rescan(self) -> None:
        """Look through all folders again soon."""
        self._follower.rescan()

    def wake(self) -> None:
        """There may be something new to embed."""
        self._indexer.wake()

    def pause(self) -> None:
        """Hold scanning and embedding where they are."""
        self._is_paused = True
        self._each_job(JobControl.pause)

    def resume(self) -> None:
        """Go on after a pause or a stop."""
        self._is_paused = self._is_stopped = False
        self._each_job(JobControl.resume)
        self._indexer.wake()

    def stop(self) -> None:
        """Give up embedding and comparing until `resume` or the next start of the program."""
        self._is_stopped = True
        with self._lock:
            jobs = [job for job in self._jobs if job.job in _STOPPABLE]
        for job in jobs:
            job.stop()

    def restart_embedding(self) -> None:
        """Another encoder was chosen: leave the pass that runs and begin with the new one."""
        with self._lock:
            jobs = [job for job in self._jobs if job.job == "index"]
        for job in jobs:
            job.stop()
        self._indexer.wake()

    def scan(self, folders: list[Folder]) -> ScanReport:
        """Scan `folders` on the calling thread, paused or not. Raises Cancelled, LibraryError."""
        job = self._new_job("scan", "Looking through folders", is_asked_for=True)
        try:
            with self._running.held():
                return self._scanner.scan(folders, job)
        finally:
            self._finish(job)

    def embed(self) -> None:
        """Embed what lacks an embedding, on the calling thread, paused or not. Raises Cancelled, LibraryError."""
        with self._running.held():
            self._keep_backup()
            self._embed_or_raise(is_asked_for=True)

    def look_for_duplicates(self, *, is_asked_for: bool = True) -> None:
        """Compare what was never compared, on the calling thread. Raises Cancelled, LibraryError.

        Another process that indexes this library does it by itself: then this does nothing.
        """
        if not self._running.take():
            return
        job = self._new_job("duplicates", "Looking for duplicates", is_asked_for=is_asked_for)
        try:
            looking.look(self._catalog, self._decoders, job)
        finally:
            self._finish(job)
            self._running.give_back()

    def write_sidecars(self, ids: Sequence[PhotoId] | None) -> SidecarReport:
        """Write sidecars on the calling thread; None: of all photos that differ. Raises Cancelled, LibraryError."""
        job = self._new_job("sidecars", "Writing sidecars", is_asked_for=True)
        try:
            return self._sidecars.write(ids, job)
        finally:
            self._finish(job)

    def stop_sidecars(self) -> None:
        """Give up writing sidecars for now; what is left is written with the next change."""
        with self._lock:
            jobs = [job for job in self._jobs if job.job == "sidecars"]
        for job in jobs:
            job.stop()

    def measure(self, encoder: Encoder) -> float | None:
        """Photos a second this encoder will reach on this library, from a trial; None: too few photos."""
        return embedding_pass.measure(self._catalog, encoder, self._decoders)

    def close(self) -> None:
        """Stop what runs and end the threads."""
        self._is_stopped = self._is_closing = True
        self._is_closed.set()
        self._each_job(JobControl.stop)
        if self._waiting is not None:
            self._waiting.join()
        if self._is_started:
            self._is_started = False
            self._follower.close()
            self._indexer.close()
            self._running.give_back()
        self._readers.close()
        self._decoders.shutdown(wait=True, cancel_futures=True)

    def _release(self) -> None:
        """Nothing was embedded for a while: the image tower's memory goes back, the text tower stays warm."""
        self._readers.rest()
        for encoder, _ in self._choice.targets():
            encoder.release_image_tower()

    def _embed(self) -> None:
        self._keep_backup()
        if self._is_stopped:
            return
        try:
            self._embed_or_raise(is_asked_for=False)
        except LibraryError as error:
            self._events.publish(Notice("error", error.title, error.detail, error.hint))
        self._keep_sidecars()
        self.look_for_duplicates(is_asked_for=False)

    def _keep_sidecars(self) -> None:
        """Where the person wants it, bring the sidecars up to date."""
        if not self._settings().writes_sidecars:
            return
        job = self._new_job("sidecars", "Writing sidecars")
        try:
            self._sidecars.write(None, job)
        except Cancelled:
            return  # only this: comparing goes on
        except LibraryError as error:
            self._events.publish(Notice("error", error.title, error.detail, error.hint))
        finally:
            self._finish(job)

    def _embed_or_raise(self, *, is_asked_for: bool) -> None:
        job = self._new_job("index", "Embedding photos", is_asked_for=is_asked_for)
        try:
            for encoder, row in self._choice.targets():
                pace = None if is_asked_for else self._pace
                while embedding_pass.embed_all(
                    self._catalog, encoder, row, self._decoders, job, pace, lambda: self._looked_at
                ):
                    pass
            if self._choice.switch_when_ready():
                self._events.publish(Notice("info", "The new encoder answers now."))
        finally:
            self._finish(job)

    def _keep_backup(self) -> None:
        """Once a day, before anything is embedded; a backup that fails must not keep the photos from being indexed."""
        try:
            backups.make_when_due(self._catalog.path)
        except LibraryError as error:
            log.warning("no backup: %s", error)
            self._events.publish(Notice("warning", "No backup of the library could be made.", str(error)))

    def _tell_failure(self) -> None:
        self._events.publish(Notice("error", "Embedding the photos failed.", hint="The log says more."))

    def _scanned(self, job: JobControl) -> None:
        self._finish(job)
        self._indexer.wake()

    def _new_job(self, key: str, title: str, *, is_asked_for: bool = False) -> JobControl:
        """A job of the background, or one that somebody waits for: an earlier pause or stop does not hold that."""
        job = JobControl(key, title, can_pause=True, publish=self._publish)
        with self._lock:
            self._jobs.append(job)
        if self._is_paused and not is_asked_for:
            job.pause()
        if self._is_closing or (self._is_stopped and key in _STOPPABLE and not is_asked_for):
            job.stop()
        return job

    def _finish(self, job: JobControl) -> None:
        job.finish()
        with self._lock:
            self._jobs = [one for one in self._jobs if one is not job]

    def _publish(self, progress: JobProgress) -> None:
        self._events.publish(progress)

    def _each_job(self, act: Callable[[JobControl], None]) -> None:
        with self._lock:
            jobs = list(self._jobs)
        for job in jobs:
            act(job)
