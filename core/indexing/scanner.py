"""Compares watched folders with the catalog and writes what was added, changed, moved, gone or is offline.

Runs on the thread that calls it (the scanner thread, or the command line's); files are read on decoder threads.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from core.catalog import file_words, folders, inheritance, mounts, photo_files, problems, texts, thumbnails
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.photo_files import FileRow
from core.domain import Folder, FolderId, PhotoId, Problem, ScanReport
from core.file_words import SidecarWords
from core.indexing import comparing, disk, file_reading, identity
from core.indexing.comparing import Findings
from core.indexing.disk import DiskFile
from core.indexing.file_reading import ReadFile, UnreadableFile
from core.indexing.identity import Displaced, Place
from core.indexing.pace import Pace
from core.indexing.reading_ahead import BATCH_FILES, ReadingAhead
from core.indexing.reading_process import ReadingProcesses
from core.jobs import JobControl

OFFLINE_SHARE = 0.2
OFFLINE_AT_LEAST = 10
_WRITES_BEHIND = 2


class Scanner:
    """Scans folders; one scan at a time."""

    def __init__(
        self, catalog: Catalog, decoders: ThreadPoolExecutor, decoder_count: int, readers: ReadingProcesses
    ) -> None:
        self._catalog = catalog
        self._decoders = decoders
        self._reading = ReadingAhead(decoders, decoder_count, readers)

    def scan(
        self,
        wanted: Sequence[Folder],
        job: JobControl,
        paths: Collection[Path] | None = None,
        pace: Pace | None = None,
    ) -> ScanReport:
        """Scan whole folders, or only `paths` inside them; `pace` None: with all decoders all the time.

        Raises Cancelled when the job is stopped.
        """
        report = ScanReport()
        found: list[Findings] = []
        for folder in wanted:
            job.report(0, None)
            if self._is_gone_offline(folder):
                report += ScanReport(offline=(folder.path,))
                continue
            inside = None
            if paths is not None:
                inside = disk.with_pictures_of_sidecars(path for path in paths if path.is_relative_to(folder.path))
            if inside != []:
                found.append(self._compare(folder, inside))
        displaced = Displaced({row.photo_id: row for one in found for row in one.missing})
        displaced.away = {row.photo_id for one in found for row in one.away}
        with self._catalog.reading() as connection:
            displaced.away_folders = folders.offline(connection)
        changed = [self._touched(one, displaced) for one in found]
        report += self._settle(
            list(zip(found, changed, strict=True)), displaced, job, pace, is_partial=paths is not None
        )
        for one in found:
            self._reread_sidecars(one)
            report += self._finish(one, displaced)
        return report

    def _settle(
        self, found: Sequence[tuple[Findings, list[DiskFile]]], displaced: Displaced, job: JobControl,
        pace: Pace | None, *, is_partial: bool,
    ) -> ScanReport:  # fmt: skip
        """Read what is new and what changed, and write it; the next files are read while a batch is written.

        `is_partial`: only some paths were looked at, so before each batch the batches before it must be written.
        """
        report, done = ScanReport(), 0
        total = sum(len(one.new) + len(changed) for one, changed in found)
        writes: deque[Future[ScanReport]] = deque()
        try:
            for place, files in [(one.place, one.new) for one, _ in found] + [(one.place, new) for one, new in found]:
                for batch in self._reading.batches(files, job, pace):
                    overwritten = self._overwritten(batch, displaced) if is_partial else {}
                    displaced.rows |= overwritten
                    writes.append(self._catalog.submit(_settling(place, batch, displaced)))
                    while len(writes) > (0 if is_partial else _WRITES_BEHIND):
                        report += self._catalog.written(writes.popleft())
                    for photo_id in overwritten:  # what happened at their own paths is told by another event
                        displaced.rows.pop(photo_id, None)
                    done += len(batch)
                    job.report(done, total)
        finally:
            while writes:
                report += self._catalog.written(writes.popleft())
        return report

    def _is_gone_offline(self, folder: Folder) -> bool:
        """Whether the folder's root is missing, or empty where photos were; says so in the catalog when new."""
        is_offline = not is_reachable(folder)
        if is_offline != folder.is_offline:

            def write(connection: Connection, changes: Changes) -> None:
                changes.folders = folders.set_offline(connection, folder.id, is_offline)
                ids = (row.photo_id for row in photo_files.files_of(connection, folder.id))
                changes.changed.update(ids)

            self._catalog.write(write)
        return is_offline

    def _compare(self, folder: Folder, inside: list[Path] | None) -> Findings:
        with self._catalog.reading() as connection:
            if inside is None:
                rows = photo_files.files_of(connection, folder.id)
                lacking = thumbnails.lacking(connection, folder.id) | file_words.lacking(connection, folder.id)
            else:
                rows = [
                    row for path in inside for row in photo_files.files_at(connection, folder.id, folder.path, path)
                ]
                lacking = set()
            unreadable = problems.known(connection, folder.id)
            were_mounted = mounts.known(connection, folder.id, folder.path)
        on_disk = disk.walk(folder.path) if inside is None else disk.at(folder.path, inside)
        place = Place(folder.id, folder.path)
        found = comparing.compare(place, on_disk, rows, unreadable, lacking, folder.photo_count, inside)
        mounted = disk.mounted_below(folder.path)  # after the look: a drive pulled out meanwhile is away
        comparing.set_aside_away(found, were_mounted, mounted)
        remembered = mounted | found.away_mounts
        if inside is None and remembered != were_mounted:
            self._catalog.write(lambda connection, _: mounts.keep(connection, folder.id, folder.path, remembered))
        return found

    def _reread_sidecars(self, one: Findings) -> None:
        """Only the sidecars: their photos are as they were."""
        for start in range(0, len(one.reworded), BATCH_FILES):
            batch = one.reworded[start : start + BATCH_FILES]
            read = list(
                self._decoders.map(lambda pair: file_reading.read_sidecar(pair[0].path.parent, pair[0].sidecar), batch)
            )

            def write(
                connection: Connection,
                changes: Changes,
                found: Sequence[tuple[PhotoId, SidecarWords | None]] = tuple(
                    zip((row.photo_id for _, row in batch), read, strict=True)
                ),
            ) -> None:
                for photo_id, sidecar in found:
                    file_words.apply_sidecar(connection, changes, photo_id, sidecar)
                texts.refresh(connection, changes.changed)

            self._catalog.write(write)

    def _touched(self, one: Findings, displaced: Displaced) -> list[DiskFile]:
        """Of the photos whose size or time differs: those with new content, by hash; the others are only noted."""
        changed: list[DiskFile] = []
        same: list[tuple[DiskFile, FileRow]] = []
        hashes = self._decoders.map(file_reading.hash_of, [file for file, _ in one.touched])
        for (file, row), found in zip(one.touched, hashes, strict=True):
            if found == row.content_hash and row.size_bytes == file.size_bytes and row.state == "present":
                same.append((file, row))
                if file.sidecar != row.sidecar:
                    one.reworded.append((file, row))
            else:
                changed.append(file)
                if found != row.content_hash:
                    displaced.rows[row.photo_id] = row
        if same:

            def write(connection: Connection, changes: Changes) -> None:
                for file, row in same:
                    photo_files.set_seen(connection, row.photo_id, file.size_bytes, file.modified_ns)
                    changes.changed.add(row.photo_id)
                changes.problems = True

            self._catalog.write(write)
        return changed

    def _overwritten(self, batch: Sequence[ReadFile | UnreadableFile], displaced: Displaced) -> dict[PhotoId, FileRow]:
        """The photos with these contents whose files hold something else by now, though nobody looked there yet.

        A photo renamed, and another one saved under its old name in the same moment: its marks go with the content,
        whichever path is looked at first.
        """
        hashes = {file.content.content_hash for file in batch if isinstance(file, ReadFile)}
        with self._catalog.reading() as connection:
            known = photo_files.files_with_content(connection, hashes)
        suspects = [row for row in known if row.state == "present" and row.photo_id not in displaced.rows]
        return {row.photo_id: row for row in suspects if _holds_something_else(row)}

    def _finish(self, one: Findings, displaced: Displaced) -> ScanReport:
        """What is left: missing photos are gone, or offline when many vanished at once; returned ones are back."""
        lost = [row for row in displaced.rows.values() if row.folder_id == one.place.folder_id]
        vanished = [row for row in lost if row.photo_id not in displaced.replaced]
        are_many = len(vanished) >= OFFLINE_AT_LEAST and len(vanished) > OFFLINE_SHARE * one.known_count
        # The drive may have been pulled out while it was looked at.
        is_offline = are_many or (bool(vanished) and not is_there(one.place.root, one.known_count))
        gone = [row.photo_id for row in lost if not is_offline or row.photo_id in displaced.replaced]
        kept = [row.photo_id for row in vanished] if is_offline else []
        kept += [row.photo_id for row in one.away if row.state != "offline"]
        new_problems = tuple(Problem(folder.path, "This folder may not be opened.") for folder in one.blind)

        def write(connection: Connection, changes: Changes) -> None:
            if not folders.is_watched(connection, one.place.folder_id):  # removed since the scan began
                return
            photo_files.set_state(connection, kept, "offline")
            photo_files.set_state(connection, gone, "gone")
            photo_files.set_state(connection, one.returned, "present")
            changes.changed.update(one.returned, kept, inheritance.inherit(connection, gone))
            changes.removed.update(gone)
            changes.albums = changes.tags = bool(gone)
            for path in one.settled_problems:
                problems.remove(connection, one.place.folder_id, one.place.root, path)
            for folder in one.blind:
                problems.put(
                    connection, one.place.folder_id, one.place.root, folder.path, "This folder may not be opened.", 0, 0
                )
            changes.problems = bool(one.settled_problems or one.blind)
            texts.refresh(connection, changes.changed | changes.removed)

        if lost or kept or one.returned or one.settled_problems or one.blind:
            self._catalog.write(write)
        offline = (*([one.place.root] if is_offline else ()), *sorted(one.away_mounts))
        return ScanReport(gone=len(gone), offline=offline, unreadable=new_problems)


def _settling(
    place: Place, batch: Sequence[ReadFile | UnreadableFile], displaced: Displaced
) -> Callable[[Connection, Changes], ScanReport]:
    return lambda connection, changes: identity.settle(connection, changes, place, batch, displaced)


def _holds_something_else(row: FileRow) -> bool:
    """Whether a photo's file is there with another content; only one whose size or time differs is read."""
    try:
        status = row.path.stat()
    except OSError:
        return False
    if (status.st_size, status.st_mtime_ns) == (row.size_bytes, row.modified_ns):
        return False
    found = file_reading.hash_of(DiskFile(row.path, status.st_size, status.st_mtime_ns))
    return found is not None and found != row.content_hash


def folder_of(path: Path, watched: Iterable[Folder]) -> FolderId | None:
    """The watched folder that a path lies in."""
    return next((folder.id for folder in watched if path.is_relative_to(folder.path)), None)


def is_reachable(folder: Folder) -> bool:
    """Whether a watched folder is there."""
    return is_there(folder.path, folder.photo_count)


def is_there(root: Path, photo_count: int) -> bool:
    """Whether a folder is there; an empty one where photos were is the mount point of a drive that is away."""
    try:
        with os.scandir(root) as entries:
            return next(entries, None) is not None or photo_count == 0
    except OSError:
        return False
