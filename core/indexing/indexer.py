"""The background work: a scanner thread that follows the disk and an indexer thread that embeds.

Both can be paused, resumed and stopped; the to-do list is in the catalog, so nothing is lost by stopping.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core import manners
from core.catalog import folders
from core.catalog.catalog import Catalog
from core.domain import Folder, ScanReport
from core.errors import LibraryError
from core.events import EventBus, Notice
from core.indexing import disk, scanner
from core.indexing.pace import Pace
from core.indexing.scanner import Scanner
from core.indexing.settling import Settling
from core.indexing.watcher import Watcher
from core.jobs import Cancelled, JobControl
from core.trouble import Trouble

log = logging.getLogger(__name__)

ROOT_CHECK_S = 15.0
IDLE_S = 60.0
TRY_AGAIN_S = 60.0
"""After a failure that may pass: a full disk, a file in use."""
_STOP = object()
_RESCAN = object()


class FolderFollower:
    """The scanner thread: a full scan at the start, then whatever the watcher reports, once it is quiet."""

    def __init__(
        self, catalog: Catalog, scans: Scanner, events: EventBus, new_job: Callable[[], JobControl],
        on_scanned: Callable[[JobControl], None], pace: Pace,
    ) -> None:  # fmt: skip
        """`on_scanned` is given the job of each scan that ended, however it ended."""
        self._pace = pace
        self._catalog = catalog
        self._scans = scans
        self._events = events
        self._new_job = new_job
        self._on_scanned = on_scanned
        self._inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._watcher = Watcher(self._inbox.put)
        self._job: JobControl | None = None
        self._told_offline: set[Path] = set()
        self._trouble = Trouble(events.publish)
        self._again_at: float | None = None
        """When to look at everything again, after a scan that failed."""
        self._next_check_at = 0.0
        self._mounted: dict[Path, frozenset[Path]] = {}
        """Where drives were mounted below each watched folder at the last check."""
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="scanner")

    def start(self) -> None:
        """Begin to follow the folders."""
        self._inbox.put(_RESCAN)
        self._thread.start()

    def rescan(self) -> None:
        """Scan everything again soon (a folder was added, or the person asked)."""
        self._inbox.put(_RESCAN)

    def close(self) -> None:
        """Stop the scan that runs, the watcher and the thread."""
        self._is_closing = True
        self._inbox.put(_STOP)
        job = self._job
        if job is not None:
            job.stop()
        if self._thread.is_alive():
            self._thread.join()
        self._watcher.close()

    def _run(self) -> None:
        manners.step_back()
        settling = Settling()
        self._next_check_at = time.monotonic() + ROOT_CHECK_S
        while not self._is_closing:
            try:
                self._turn(settling)
            except LibraryError as error:  # the catalog itself is away, or may not be read
                self._again_at = time.monotonic() + TRY_AGAIN_S
                self._trouble.tell(error)

    def _turn(self, settling: Settling) -> None:
        """Wait for something to do, and do it."""
        now = time.monotonic()
        again_s = None if self._again_at is None else self._again_at - now
        waits = [self._next_check_at - now, again_s, settling.wait_s(now)]
        wants_all = self._collect(settling, max(0.0, min(one for one in waits if one is not None)))
        if self._is_closing:
            return
        if time.monotonic() >= self._next_check_at:
            self._next_check_at = time.monotonic() + ROOT_CHECK_S
            wants_all = wants_all or self._roots_changed()
        if self._again_at is not None and time.monotonic() >= self._again_at:
            wants_all = True
        due = settling.due(time.monotonic())
        if wants_all:
            self._scan(None)
        elif due:
            self._scan(due)

    def _collect(self, settling: Settling, timeout_s: float) -> bool:
        """Wait for the first message, take all that follow; returns whether a full scan was asked for."""
        wants_all = False
        try:
            message = self._inbox.get(timeout=timeout_s)
            while True:
                if message is _RESCAN:
                    wants_all = True
                elif isinstance(message, Path):
                    settling.note(message, time.monotonic())
                message = self._inbox.get_nowait()
        except queue.Empty:
            return wants_all

    def _scan(self, paths: set[Path] | None) -> None:
        watched = self._folders()
        if paths is not None and (lost_roots := paths & {folder.path for folder in watched}):
            for root in lost_roots:  # its watch died with it, even when another folder of that name is there by now
                self._watcher.unwatch(root)
            paths = None
        if paths is None:
            self._watch(watched)
        # Back, and maybe gone again before this scan ends: then that is told.
        self._told_offline -= {one.path for one in watched if one.is_offline and scanner.is_reachable(one)}
        job = self._job = self._new_job()
        self._again_at = time.monotonic() + TRY_AGAIN_S
        try:
            if self._is_closing:
                return
            report = self._scans.scan(watched, job, paths, self._pace)
            self._again_at = None
            self._trouble.is_over()
            # As the scan found them: a drive may be back by now, whose photos are badged until the next scan.
            reachable = {one.path for one in self._folders() if not one.is_offline and scanner.is_reachable(one)}
            self._tell(report, reachable, is_whole=paths is None)
        except Cancelled:
            self._again_at = None
        except LibraryError as error:
            self._trouble.tell(error)
        except Exception:
            self._again_at = None
            log.exception("a scan failed")
            self._events.publish(Notice("error", "A scan of the folders failed.", hint="The log says more."))
        finally:
            self._job = None
            self._on_scanned(job)

    def _watch(self, watched: list[Folder]) -> None:
        """Watch before the scan, so that nothing that happens meanwhile is missed."""
        self._watcher.keep_only({folder.path for folder in watched})
        for folder in watched:
            if folder.is_offline:  # a drive that returns needs a new watch: the old one died with it
                self._watcher.unwatch(folder.path)
            if os.path.isdir(folder.path):  # noqa: PTH112  (Path.is_dir may raise)
                self._watcher.watch(folder.path)

    def _roots_changed(self) -> bool:
        """Whether a watched folder came or went, or a drive below one."""
        is_changed = False
        for folder in self._folders():
            mounted = disk.mounted_below(folder.path)
            if self._mounted.setdefault(folder.path, mounted) != mounted:
                self._mounted[folder.path] = mounted
                self._watcher.unwatch(folder.path)  # the watch does not reach into a drive that was mounted since
                is_changed = True
            is_changed = is_changed or folder.is_offline == scanner.is_reachable(folder)
        return is_changed

    def _folders(self) -> list[Folder]:
        with self._catalog.reading() as connection:
            return folders.all_of_them(connection)

    def _tell(self, report: ScanReport, reachable: set[Path], is_whole: bool) -> None:
        newly_offline = set(report.offline) - self._told_offline
        self._told_offline = set(report.offline) | (set() if is_whole else self._told_offline)
        for path in newly_offline:
            self._events.publish(_many_missing(path) if path in reachable else _is_offline(path))


def _is_offline(folder: Path) -> Notice:
    return Notice(
        "warning",
        f"{folder.name or folder} is offline.",
        f"{folder} cannot be reached.",
        "Its photos stay in the library; connect the drive again, or locate the folder.",
        about=folder,
    )


def _many_missing(folder: Path) -> Notice:
    return Notice(
        "warning",
        f"Many photos of {folder.name or folder} are missing.",
        "They vanished at once, so they stay in the library.",
        "They are back as soon as their files are; or remove them from the library.",
        about=folder,
    )


class BackgroundIndexer:
    """The indexer thread: embeds whatever lacks an embedding each time it is woken."""

    def __init__(self, work: Callable[[], None], on_idle: Callable[[], None], on_failure: Callable[[], None]) -> None:
        """`work` embeds everything that is left; it may raise Cancelled. `on_idle` gives memory back after a while.

        `on_failure` is called when one of them raised something else; the thread goes on.
        """
        self._work = work
        self._on_idle = on_idle
        self._on_failure = on_failure
        self._wake = threading.Event()
        self._is_closing = False
        self._is_trying_again = False
        self._thread = threading.Thread(target=self._run, name="indexer")

    def start(self) -> None:
        """Begin to embed."""
        self._wake.set()
        self._thread.start()

    def wake(self) -> None:
        """There may be something to embed."""
        self._wake.set()

    def try_again(self) -> None:
        """Called by the work, when it failed at something that may pass: it is called again after a while."""
        self._is_trying_again = True

    @property
    def is_woken(self) -> bool:
        """Whether there may be something to embed since the running work began."""
        return self._wake.is_set()

    def close(self) -> None:
        """End the thread; the running work must be stopped through its job."""
        self._is_closing = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        manners.step_back()
        is_idle_told = True
        while True:
            limit_s = TRY_AGAIN_S if self._is_trying_again else None if is_idle_told else IDLE_S
            is_woken = self._wake.wait(timeout=limit_s) or self._is_trying_again
            self._is_trying_again = False
            self._wake.clear()
            if self._is_closing:
                return
            is_idle_told = not is_woken
            try:
                (self._work if is_woken else self._on_idle)()
            except Cancelled:
                continue
            except Exception:
                log.exception("embedding failed")
                self._on_failure()


def decoder_pool(cores: int) -> tuple[ThreadPoolExecutor, int]:
    """The decoder threads: one for each core, of low priority, as are the children that they wait for."""
    count = max(1, cores)
    threads = ThreadPoolExecutor(count, thread_name_prefix="decoder", initializer=manners.step_back)
    return threads, count
