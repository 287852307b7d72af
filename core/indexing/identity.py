"""A photo is its content: decides, inside one transaction, which photo a file that was read belongs to.

Moves, renames, swaps, copies, edits in place and returns all come down to four outcomes: the photo whose
content this is takes the path; the photo of this path gets new content; a copy is added; a new photo is added.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.catalog import (
    file_words,
    folders,
    inheritance,
    photo_files,
    picture_hashes,
    problems,
    texts,
    thumbnails,
    vectors,
)
from core.catalog.catalog import Changes
from core.catalog.connection import Connection
from core.catalog.photo_files import FileRow
from core.domain import FolderId, PhotoId, Problem, ScanReport
from core.indexing import another_picture
from core.indexing.file_reading import ReadFile, UnreadableFile


@dataclass(slots=True)
class Displaced:
    """Photos whose content is no longer at their path, by id: missing files, and files with new content.

    A photo leaves this set when its content is found elsewhere, or when its path keeps it (an edit in place).
    """

    rows: dict[PhotoId, FileRow] = field(default_factory=dict)
    replaced: set[PhotoId] = field(default_factory=set)
    """Photos whose path now holds a known other photo: gone unless they turn up, never offline."""
    edited: set[PhotoId] = field(default_factory=set)
    """Photos that got new content in this scan."""
    away: set[PhotoId] = field(default_factory=set)
    away_folders: set[FolderId] = field(default_factory=set)
    """Photos that cannot be looked for, by themselves or with their folder: they lost nothing, their drive is away."""


@dataclass(frozen=True, slots=True)
class Place:
    """The watched folder a file lies in."""

    folder_id: FolderId
    root: Path


def settle(
    connection: Connection,
    changes: Changes,
    place: Place,
    files: Sequence[ReadFile | UnreadableFile],
    displaced: Displaced,
) -> ScanReport:
    """Write a batch of files of one folder and say what became of them."""
    if not folders.is_watched(connection, place.folder_id):  # removed since the scan began
        return ScanReport()
    readable = [file for file in files if isinstance(file, ReadFile)]
    known = _by_hash(photo_files.files_with_content(connection, {file.content.content_hash for file in readable}))
    report = ScanReport()
    for file in files:
        row = photo_files.file_at(connection, place.folder_id, place.root, file.file.path)
        if isinstance(file, UnreadableFile):
            report += _settle_unreadable(connection, changes, place, file, row, displaced)
            continue
        same = known.setdefault(file.content.content_hash, [])
        report += _settle_readable(connection, changes, place, file, row, same, displaced)
    texts.refresh(connection, changes.added | changes.changed | changes.removed)
    return report


def _settle_readable(
    connection: Connection,
    changes: Changes,
    place: Place,
    file: ReadFile,
    row: FileRow | None,
    same: list[FileRow],
    displaced: Displaced,
) -> ScanReport:
    path, content = file.file.path, file.content
    thumbnails.put(connection, content.content_hash, file.thumbnail)
    picture_hashes.put(connection, content.content_hash, file.perceptual_hash)
    problems.remove(connection, place.folder_id, place.root, path)
    if row is not None and row.content_hash == content.content_hash:
        photo_files.set_seen(connection, row.photo_id, content.size_bytes, content.modified_ns)
        displaced.rows.pop(row.photo_id, None)
        changes.changed.add(row.photo_id)
        changes.problems = True
        _take_words(connection, changes, row.photo_id, file)
        return ScanReport()
    mover = _mover(same, path, place, displaced, row)
    copied = [one for one in same if one.state != "gone" and one.photo_id not in displaced.edited]
    if row is not None and (mover is not None or copied or another_picture.is_one(connection, row, file)):
        photo_files.set_state(connection, [row.photo_id], "gone")  # may be found at another path later in the scan
        displaced.replaced.add(row.photo_id)
        displaced.rows[row.photo_id] = row
        changes.removed.add(row.photo_id)
    if mover is not None:
        photo_files.set_file(connection, mover.photo_id, place.folder_id, place.root, path)
        photo_files.set_seen(connection, mover.photo_id, content.size_bytes, content.modified_ns)
        displaced.rows.pop(mover.photo_id, None)
        if mover.state == "gone" and copied:  # what its living copies were given meanwhile
            inheritance.copy_marks(connection, copied[0].photo_id, mover.photo_id)
        _replace(same, mover, replace(mover, path=path, folder_id=place.folder_id, state="present"))
        changes.removed.discard(mover.photo_id)
        (changes.added if mover.state == "gone" else changes.changed).add(mover.photo_id)
        _take_words(connection, changes, mover.photo_id, file, mover, row)
        is_return = mover.state == "gone" and mover.path == path
        return ScanReport(added=1) if is_return else ScanReport(moved=1)
    if row is not None and row.photo_id not in displaced.replaced:
        photo_files.set_content(connection, row.photo_id, content)
        thumbnails.drop_unused(connection, row.content_hash)
        vectors.forget(connection, [row.photo_id])
        if same and vectors.copy(connection, same[0].photo_id, row.photo_id):
            changes.embedded.add(row.photo_id)
        displaced.rows.pop(row.photo_id, None)
        displaced.edited.add(row.photo_id)
        same.append(replace(row, content_hash=content.content_hash))
        changes.changed.add(row.photo_id)
        _take_words(connection, changes, row.photo_id, file)
        return ScanReport(changed=1)
    _add(connection, changes, place, file, same, row)
    return ScanReport(added=1)


def _add(
    connection: Connection,
    changes: Changes,
    place: Place,
    file: ReadFile,
    same: list[FileRow],
    replaced: FileRow | None,
) -> None:
    path, content = file.file.path, file.content
    photo_id = photo_files.insert(connection, place.folder_id, place.root, path, content)
    _take_words(connection, changes, photo_id, file, replaced=replaced)
    source = next((one for one in same if one.state != "gone"), None)
    if source is not None:
        inheritance.copy_marks(connection, source.photo_id, photo_id)
        if vectors.copy(connection, source.photo_id, photo_id):
            changes.embedded.add(photo_id)
        changes.tags = True
    same.append(
        FileRow(
            photo_id, place.folder_id, path, "present", content.size_bytes, content.modified_ns, content.content_hash
        )
    )
    changes.added.add(photo_id)


def _take_words(
    connection: Connection,
    changes: Changes,
    photo_id: PhotoId,
    file: ReadFile,
    mover: FileRow | None = None,
    replaced: FileRow | None = None,
) -> None:
    """What the file and its sidecar say; `mover`: the photo as it was elsewhere, `replaced`: whose path this was.

    A sidecar that lay here before the photo came says something about the photo that was here.
    """
    sidecar = file.sidecar
    is_anothers = replaced is not None and sidecar is not None and replaced.sidecar == sidecar.stamp
    if mover is not None and mover.sidecar is not None and (sidecar is None or is_anothers):
        file_words.apply_left(connection, changes, photo_id, file.words)
    else:
        file_words.apply(connection, changes, photo_id, file.words, None if is_anothers else sidecar)
    if is_anothers and sidecar is not None:
        file_words.note_seen(connection, photo_id, sidecar.stamp)


def _settle_unreadable(
    connection: Connection,
    changes: Changes,
    place: Place,
    file: UnreadableFile,
    row: FileRow | None,
    displaced: Displaced,
) -> ScanReport:
    seen = file.file
    changes.problems = True
    if row is not None:
        photo_files.set_unreadable(connection, row.photo_id, file.reason, seen.size_bytes, seen.modified_ns)
        displaced.rows.pop(row.photo_id, None)
        changes.changed.add(row.photo_id)
    else:
        problems.put(connection, place.folder_id, place.root, seen.path, file.reason, seen.size_bytes, seen.modified_ns)
    return ScanReport(unreadable=(Problem(seen.path, file.reason),))


def _mover(
    same: Iterable[FileRow], path: Path, place: Place, displaced: Displaced, row: FileRow | None
) -> FileRow | None:
    """The photo with this content that lost its file, the likeliest one first: same name, then same folder."""
    free = [
        one
        for one in same
        if (row is None or one.photo_id != row.photo_id)
        and (one.photo_id in displaced.rows or one.state == "gone" or _lost_its_file(one, displaced))
    ]
    return max(
        free,
        key=lambda one: (
            one.state != "gone",
            one.path == path,
            one.path.name == path.name,
            one.folder_id == place.folder_id,
        ),
        default=None,
    )


def _lost_its_file(row: FileRow, displaced: Displaced) -> bool:
    """A photo of a folder that this scan does not look at: did its file go away? An unmounted drive says no."""
    if row.photo_id in displaced.away or row.folder_id in displaced.away_folders:
        return False
    if row.state != "present" or not os.path.isdir(row.path.parent):  # noqa: PTH112  (Path.is_dir may raise)
        return False
    try:
        row.path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _by_hash(rows: Iterable[FileRow]) -> dict[bytes, list[FileRow]]:
    found: dict[bytes, list[FileRow]] = {}
    for row in rows:
        found.setdefault(row.content_hash, []).append(row)
    return found


def _replace(rows: list[FileRow], old: FileRow, new: FileRow) -> None:
    rows[rows.index(old)] = new
