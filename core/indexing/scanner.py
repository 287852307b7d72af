"""Compares watched folders with the catalog and writes what was added, changed, moved, gone or is offline.

Runs on the thread that calls it (the scanner thread, or the command line's); files are read on decoder threads.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from core.catalog import file_words, folders, photos, problems, texts, thumbnails
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.photos import FileRow
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
        changed = [self._touched(one, displaced) for one in found]
        report += self._settle(list(zip(found, changed, strict=True)), displaced, job, pace)
        for one in found:
            self._reread_sidecars(one)
            report += self._finish(one, displaced)
        return report

    def _settle(
        self,
        found: Sequence[tuple[Findings, list[DiskFile]]],
        displaced: Displaced,
        job: JobControl,
        pace: Pace | None,
    ) -> ScanReport:
        """Read what is new and what changed, and write it; the next files are read while a batch is written."""
        report, done = ScanReport(), 0
        total = sum(len(one.new) + len(changed) for one, changed in found)
        writes: deque[Future[ScanReport]] = deque()
        try:
            for place, files in [(one.place, one.new) for one, _ in found] + [(one.place, new) for one, new in found]:
                for batch in self._reading.batches(files, job, pace):

                    def write(
                        connection: Connection,
                        changes: Changes,
                        place: Place = place,
                        batch: Sequence[ReadFile | UnreadableFile] = batch,
                    ) -> ScanReport:
                        return identity.settle(connection, changes, place, batch, displaced)

                    writes.append(self._catalog.submit(write))
                    if len(writes) > _WRITES_BEHIND:
                        report += self._catalog.written(writes.popleft())
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
                ids = (row.photo_id for row in photos.files_of(connection, folder.id))
                changes.changed.update(ids)

            self._catalog.write(write)
        return is_offline

    def _compare(self, folder: Folder, inside: list[Path] | None) -> Findings:
        with self._catalog.reading() as connection:
            if inside is None:
                rows = photos.files_of(connection, folder.id)
                lacking = thumbnails.lacking(connection, folder.id) | file_words.lacking(connection, folder.id)
            else:
                rows = [row for path in inside for row in photos.files_at(connection, folder.id, folder.path, path)]
                lacking = set()
            unreadable = problems.known(connection, folder.id)
        on_disk = disk.walk(folder.path) if inside is None else disk.at(folder.path, inside)
        place = Place(folder.id, folder.path)
        return comparing.compare(place, on_disk, rows, unreadable, lacking, folder.photo_count, inside)

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
                    photos.set_seen(connection, row.photo_id, file.size_bytes, file.modified_ns)
                    changes.changed.add(row.photo_id)
                changes.problems = True

            self._catalog.write(write)
        return changed

    def _finish(self, one: Findings, displaced: Displaced) -> ScanReport:
        """What is left: missing photos are gone, or offline when many vanished at once; returned ones are back."""
        lost = [row for row in displaced.rows.values() if row.folder_id == one.place.folder_id]
        vanished = [row for row in lost if row.photo_id not in displaced.replaced]
        is_offline = len(vanished) >= OFFLINE_AT_LEAST and len(vanished) > OFFLINE_SHARE * one.known_count
        gone = [row.photo_id for row in lost if not is_offline or row.photo_id in displaced.replaced]
        kept = [row.photo_id for row in vanished] if is_offline else []
        new_problems = tuple(Problem(folder.path, "This folder may not be opened.") for folder in one.blind)

        def write(connection: Connection, changes: Changes) -> None:
            if not folders.is_watched(connection, one.place.folder_id):  # removed since the scan began
                return
            photos.set_state(connection, kept, "offline")
            photos.set_state(connection, gone, "gone")
            photos.set_state(connection, one.returned, "present")
            changes.changed.update(one.returned, kept, photos.inherit(connection, gone))
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

        if lost or one.returned or one.settled_problems or one.blind:
            self._catalog.write(write)
        return ScanReport(gone=len(gone), offline=(one.place.root,) if is_offline else (), unreadable=new_problems)


def folder_of(path: Path, watched: Iterable[Folder]) -> FolderId | None:
    """The watched folder that a path lies in."""
    return next((folder.id for folder in watched if path.is_relative_to(folder.path)), None)


def is_reachable(folder: Folder) -> bool:
    """Whether the folder is there; an empty one where photos were is the mount point of a drive that is away."""
    try:
        with os.scandir(folder.path) as entries:
            return next(entries, None) is not None or folder.photo_count == 0
    except OSError:
        return False
