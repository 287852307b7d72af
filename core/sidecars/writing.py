"""Writes tags, stars and captions into sidecars, on the thread that calls it (the indexer's, or a front end's task).

What is to be written is asked of the catalog, so stopping loses nothing. A sidecar that another program changed since
it was read last is read first. What cannot be written stays in the catalog and is tried again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from core.catalog import file_words, photo_files, texts
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.file_words import PhotoWords
from core.catalog.photo_files import FileRow
from core.domain import PhotoId, Problem, SidecarReport
from core.errors import LibraryError
from core.events import Notice
from core.file_words import SidecarStamp, SidecarWords
from core.images import sidecar_names
from core.images.metadata import xmp
from core.jobs import JobControl
from core.sidecars import contents, files
from core.sidecars.contents import Wanted
from core.sidecars.files import ChangedMeanwhile, ReadOnlyFolder

_BATCH = 32
_BROKEN = "This sidecar is damaged or no XMP file, so it is left alone."
_READ_ONLY = "This folder may not be written; the tags stay in the library."


class SidecarWriting:
    """One pass at a time; tells of a folder that may not be written once."""

    def __init__(self, catalog: Catalog, publish: Callable[[Notice], None]) -> None:
        self._catalog = catalog
        self._publish = publish
        self._told: set[Path] = set()
        self._told_problems: set[Path] = set()
        self._lock = threading.Lock()

    def write(self, ids: Sequence[PhotoId] | None, job: JobControl) -> SidecarReport:
        """Bring the sidecars of photos up to date; None: of all that differ. Raises Cancelled, LibraryError."""
        with self._lock:
            with self._catalog.reading() as connection:
                todo = file_words.to_write(connection) if ids is None else file_words.worth_writing(connection, ids)
            one = _Pass(self._catalog)
            try:
                for done, photo_id in enumerate(todo):
                    job.report(done, len(todo))
                    one.write(photo_id)
            finally:
                one.keep()
            if ids is None:  # who asked for some photos is given the report
                self._tell(one.read_only)
                self._tell_problems([found for found in one.problems if found.path.parent not in one.read_only])
            return SidecarReport(
                tuple(one.written), one.unchanged_count, tuple(one.problems), tuple(sorted(one.read_only))
            )

    def _tell(self, folders: set[Path]) -> None:
        """A folder that can be written again may be told of another time."""
        for folder in sorted(folders - self._told):
            self._publish(
                Notice(
                    "warning",
                    f"No sidecars can be written in {folder.name or folder}.",
                    f"{folder} may not be written.",
                    "The tags stay in the library and are written as soon as the folder allows it.",
                )
            )
        self._told = set(folders)

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        new = [one for one in problems if one.path not in self._told_problems]
        self._told_problems = {one.path for one in problems}
        if len(new) == 1:
            self._publish(Notice("warning", f"The sidecar of {new[0].path.name} was not written.", new[0].reason))
        elif new:
            detail = f"{new[0].path.name}: {new[0].reason}"
            hint = "recollect sidecars status lists them all."
            self._publish(Notice("warning", f"{len(new):,} sidecars were not written.", detail, hint))


class _Pass:
    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._beside: dict[Path, sidecar_names.Beside] = {}
        self._noted: list[tuple[PhotoId, SidecarStamp, PhotoWords]] = []
        self._failed: list[tuple[PhotoId, str]] = []
        self.written: list[PhotoId] = []
        self.unchanged_count = 0
        self.problems: list[Problem] = []
        self.read_only: set[Path] = set()

    def write(self, photo_id: PhotoId) -> None:
        """One photo's sidecar; what goes wrong with it is noted, not raised."""
        with self._catalog.reading() as connection:
            row = photo_files.file_of(connection, photo_id)
        if row is None or not _is_there(row.path):
            return
        if row.path.parent in self.read_only:
            self._fail(row, _READ_ONLY)
            return
        try:
            self._write(row)
        except ReadOnlyFolder:
            self.read_only.add(row.path.parent)
            self._fail(row, _READ_ONLY)
        except ChangedMeanwhile:
            return  # it is still on the to-do list
        except LibraryError as error:
            self._fail(row, error.title)
        if len(self._noted) + len(self._failed) >= _BATCH:
            self.keep()

    def keep(self) -> None:
        """Note in the catalog what was written and what could not be."""
        noted, failed = self._noted, self._failed
        self._noted, self._failed = [], []

        def write(connection: Connection, changes: Changes) -> None:
            for photo_id, stamp, said in noted:
                file_words.note_written(connection, photo_id, stamp, said)
            for photo_id, problem in failed:
                file_words.note_problem(connection, photo_id, problem)

        if noted or failed:
            self._catalog.write(write)

    def _write(self, row: FileRow) -> None:
        folder = row.path.parent
        path = folder / (self._sidecar_of(row.path) or sidecar_names.usual(row.path.name))
        content, stamp = files.read(path)
        if stamp != row.sidecar:
            self._take_in(row.photo_id, content, stamp)
        with self._catalog.reading() as connection:
            said = file_words.of_photo(connection, row.photo_id)
        if said is None:
            return
        new = contents.update(content, Wanted(said.names, said.paths, said.rating, said.caption, said.embedded))
        if new is None:
            self.unchanged_count += 1
            if stamp is not None:
                self._noted.append((row.photo_id, stamp, said))
            return
        self._noted.append((row.photo_id, files.write(path, new, stamp), said))
        self._beside[folder].add(path.name)
        self.written.append(row.photo_id)

    def _take_in(self, photo_id: PhotoId, content: bytes | None, stamp: SidecarStamp | None) -> None:
        """Another program changed the sidecar: what it says counts before anything is written over it."""
        sidecar = None
        if content is not None and stamp is not None:
            words = xmp.sidecar_words(content)
            sidecar = SidecarWords(stamp, problem=_BROKEN) if words is None else SidecarWords(stamp, words)

        def write(connection: Connection, changes: Changes) -> None:
            file_words.apply_sidecar(connection, changes, photo_id, sidecar)
            texts.refresh(connection, changes.changed)

        self._catalog.write(write)

    def _sidecar_of(self, picture: Path) -> str | None:
        folder = picture.parent
        if folder not in self._beside:
            try:
                names = os.listdir(folder)  # noqa: PTH208
                files.remove_leftovers(folder, names)
                self._beside[folder] = sidecar_names.Beside(names)
            except OSError as error:
                raise LibraryError(f"{folder.name} cannot be listed.") from error
        return self._beside[folder].sidecar_of(picture.name)

    def _fail(self, row: FileRow, problem: str) -> None:
        self._failed.append((row.photo_id, problem))
        self.problems.append(Problem(row.path, problem))


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True
