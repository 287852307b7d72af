"""The library's background work: follow folders, name places, embed, swap encoders when ready, read text."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core import child_process
from core.background_jobs import BackgroundJobs
from core.catalog import backups
from core.catalog.catalog import Catalog
from core.domain import Folder, PhotoId, ScanReport
from core.duplicates import looking
from core.embedding.encoder import Encoder
from core.encoder_choice import EncoderChoice
from core.errors import LibraryError
from core.events import EventBus, Notice
from core.indexing import embedding_pass, placing_pass, text_pass
from core.indexing.indexer import BackgroundIndexer, FolderFollower, decoder_pool
from core.indexing.pace import Pace
from core.indexing.reading_process import ReadingProcesses
from core.indexing.scanner import Scanner
from core.jobs import Cancelled, JobControl
from core.recognition.text_reader import TextReader
from core.running import RunningLock
from core.settings import Speed
from core.sidecar_work import SidecarWork
from core.trouble import Trouble

log = logging.getLogger(__name__)

TURN_CHECK_S = 1.0


@dataclass(frozen=True, slots=True)
class TextReading:
    """How text in pictures is read, and whether the person wants that."""

    make_reader: Callable[[], TextReader]
    is_wanted: Callable[[], bool]


class BackgroundWork:
    """Owns the scanner thread, the indexer thread and the decoder threads. `close` ends all of them."""

    def __init__(
        self, catalog: Catalog, events: EventBus, choice: EncoderChoice, speed: Callable[[], Speed], cache: Path,
        text_reading: TextReading, *, is_paused: bool, on_switched: Callable[[], None] = lambda: None,
        after_embedding: Callable[[JobControl], None] = lambda _job: None,
        writes_sidecars: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        """`cache` is where the gazetteer is compiled into; `on_switched`: another encoder has begun to answer;
        `after_embedding`: there may be photos that were just embedded; `writes_sidecars`: are they kept up to date?
        """
        self._catalog = catalog
        self._events = events
        self._choice = choice
        self._on_switched = on_switched
        self._after_embedding = after_embedding
        self._cache = cache
        self._text_reading = text_reading
        self._jobs = BackgroundJobs(events.publish, is_paused=is_paused)
        self._is_started = False
        self._running = RunningLock(catalog.path)
        self._is_closed = threading.Event()
        self._waiting: threading.Thread | None = None
        self._decoders, count = decoder_pool(os.cpu_count() or 2)
        self._pace = Pace(speed)
        self._trouble = Trouble(events.publish)
        self._is_backup_told = False
        self.sidecars = SidecarWork(catalog, events, self._jobs, writes_sidecars)
        self._looked_at: Sequence[PhotoId] = ()
        self._readers = ReadingProcesses()
        self._scanner = Scanner(catalog, self._decoders, count, self._readers)
        self._indexer = BackgroundIndexer(self._embed_and_read, self._release, self._tell_failure)
        self._follower = FolderFollower(
            catalog,
            self._scanner,
            events,
            lambda: self._jobs.begin("scan", "Looking through folders"),
            self._scanned,
            self._pace,
        )

    @property
    def is_paused(self) -> bool:
        """Whether the person paused the work."""
        return self._jobs.is_paused

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
        child_process.prepare()
        self._follower.start()
        self._indexer.start()
        self.sidecars.start()

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
        self._jobs.pause()

    def resume(self) -> None:
        """Go on after a pause or a stop."""
        self._jobs.resume()
        self._indexer.wake()
        self.sidecars.note()

    def stop(self, key: str) -> None:
        """Give up embedding ("index"), comparing with it, or reading text ("text") until `resume` or a restart."""
        self._jobs.stop(key)
        if key == "index":
            self._jobs.stop("duplicates")

    def restart_embedding(self) -> None:
        """Another encoder was chosen: leave the pass that runs and begin with the new one."""
        self._jobs.leave("index")
        self._indexer.wake()

    def restart_text_reading(self) -> None:
        """Reading text was switched on or off."""
        self._jobs.allow("text")
        self._jobs.leave("text")
        self._indexer.wake()

    def scan(self, folders: list[Folder]) -> ScanReport:
        """Scan `folders` on the calling thread, paused or not. Raises Cancelled, LibraryError."""
        with self._running.held():
            with self._jobs.job("scan", "Looking through folders", is_asked_for=True) as job:
                report = self._scanner.scan(folders, job)
            self._name_places(is_asked_for=True)
        return report

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
        try:
            with self._jobs.job("duplicates", "Looking for duplicates", is_asked_for=is_asked_for) as job:
                looking.look(self._catalog, self._decoders, job)
        finally:
            self._running.give_back()

    def read_texts(self) -> None:
        """Read the text of every picture that was not read, on the calling thread. Raises Cancelled, LibraryError."""
        with self._running.held():
            self._read_texts(is_asked_for=True)

    def measure(self, encoder: Encoder) -> float | None:
        """Photos a second this encoder will reach on this library, from a trial; None: too few photos."""
        return embedding_pass.measure(self._catalog, encoder, self._decoders)

    def close(self) -> None:
        """Stop what runs and end the threads; the last tags and stars are still written, if that is quickly done."""
        self.sidecars.close()
        self._jobs.close()
        self._is_closed.set()
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

    def _embed_and_read(self) -> None:
        """Embedding first; text is read when nothing lacks an embedding, and gives way to what is new."""
        self._keep_backup()
        try:
            if not self._jobs.is_stopped("index"):
                self._embed()
                self._follow_up()
            wants_text = self._text_reading.is_wanted() and not self._jobs.is_stopped("text")
            if wants_text and not self._indexer.is_woken:
                self._read_texts(is_asked_for=False)
            if not self._jobs.is_stopped("index"):
                self.look_for_duplicates(is_asked_for=False)
            self._trouble.is_over()
        except LibraryError as error:
            self._trouble.tell(error)
            self._indexer.try_again()

    def _embed(self) -> None:
        try:
            self._embed_or_raise(is_asked_for=False)
        except Cancelled:
            if self._jobs.is_closing or self._choice.is_closed:
                raise

    def _read_texts(self, *, is_asked_for: bool) -> None:
        pace = None if is_asked_for else self._pace
        with self._jobs.job("text", "Reading text in pictures", is_asked_for=is_asked_for) as job:
            text_pass.read_all(
                self._catalog, self._text_reading.make_reader, self._decoders, job, pace,
                lambda: not is_asked_for and self._indexer.is_woken,
            )  # fmt: skip

    def _name_places(self, *, is_asked_for: bool) -> None:
        with self._jobs.job("places", "Finding the names of places", is_asked_for=is_asked_for) as job:
            try:
                placing_pass.name_places(self._catalog, self._cache, job)
            except (Cancelled, LibraryError):
                raise
            except Exception:  # photos without names of places are still photos
                log.exception("finding the names of places failed")

    def _embed_or_raise(self, *, is_asked_for: bool) -> None:
        with self._jobs.job("index", "Embedding photos", is_asked_for=is_asked_for) as job:
            for encoder, row in self._choice.targets():
                pace = None if is_asked_for else self._pace
                while embedding_pass.embed_all(
                    self._catalog, encoder, row, self._decoders, job, pace, lambda: self._looked_at
                ):
                    pass
            if self._choice.switch_when_ready():
                self._events.publish(Notice("info", "The new encoder answers now."))
                self._on_switched()

    def _follow_up(self) -> None:
        with self._jobs.job("suggest", "Suggesting tags") as job:
            self._after_embedding(job)

    def _keep_backup(self) -> None:
        """Once a day, before anything is embedded; a backup that fails must not keep the photos from being indexed."""
        try:
            if backups.make_when_due(self._catalog.path) is not None:
                self._is_backup_told = False
        except LibraryError as error:
            if not self._is_backup_told:
                log.warning("no backup: %s", error)
                self._events.publish(Notice("warning", "No backup of the library could be made.", str(error)))
            self._is_backup_told = True

    def _tell_failure(self) -> None:
        self._events.publish(Notice("error", "Embedding the photos failed.", hint="The log says more."))

    def _scanned(self, job: JobControl) -> None:
        self._jobs.finish(job)
        self._indexer.wake()
        self.sidecars.note()
        try:
            self._name_places(is_asked_for=False)
        except Cancelled:
            return
        except LibraryError as error:
            self._events.publish(Notice("error", error.title, error.detail, error.hint))
