"""Walks folders on disk: which picture files are there. Only `os.scandir` and `stat`; opens nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from core.file_words import SidecarStamp
from core.images import formats, sidecar_names

_SKIPPED_FOLDERS = {"@eadir", "$recycle.bin", "system volume information", "#recycle", "lost+found", "__macosx"}


@dataclass(frozen=True, slots=True)
class DiskFile:
    """A picture file as the disk shows it."""

    path: Path
    size_bytes: int
    modified_ns: int
    sidecar: SidecarStamp | None = None
    """The sidecar beside it."""


@dataclass(frozen=True, slots=True)
class UnreadableFolder:
    """A folder that may not be listed; nothing can be said about what is in it."""

    path: Path


def walk(root: Path, starts: Iterable[Path] | None = None) -> Iterator[DiskFile | UnreadableFolder]:
    """All picture files below `root`, or below the folders `starts` inside it.

    Links to files and to folders outside `root` are followed; a folder is visited once, so a loop of links ends.
    """
    visited: set[tuple[int, int]] = set()
    real_root = os.path.realpath(root)
    pending = [root] if starts is None else sorted(starts, reverse=True)
    while pending:
        folder = pending.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
            beside = _Sidecars(found)
        except FileNotFoundError:
            continue
        except OSError:
            yield UnreadableFolder(folder)
            continue
        for entry in found:
            if _is_folder_to_visit(entry, real_root):
                pending.append(Path(entry.path))
            elif formats.is_picture_name(entry.name) and (file := _file(entry, beside)):
                yield file


def mounted_below(root: Path) -> frozenset[Path]:
    """Where other drives are mounted below `root`, as far as the system says."""
    real_root = Path(os.path.realpath(root))
    try:
        places = [Path(one.mountpoint) for one in psutil.disk_partitions(all=True)]
    except (OSError, RuntimeError):
        return frozenset()
    below = [one for one in places if one != real_root and one.is_relative_to(real_root)]
    return frozenset(root / one.relative_to(real_root) for one in below)


def at(root: Path, paths: Iterable[Path]) -> Iterator[DiskFile | UnreadableFolder]:
    """What is at these paths below `root` now: the file, everything below the folder, or nothing.

    The parent is listed, because on a file system that ignores case a `stat` also finds the old name of a
    file that was renamed from `A.jpg` to `a.jpg`.
    """
    by_parent: dict[Path, list[Path]] = {}
    for path in paths:
        by_parent.setdefault(path.parent, []).append(path)
    for parent, wanted in by_parent.items():
        try:
            with os.scandir(parent) as entries:
                found = {entry.name: entry for entry in entries}
        except OSError:
            continue
        real_root = os.path.realpath(root)
        beside = _Sidecars(found.values())
        for path in wanted:
            if any(_is_skipped(part) for part in parent.parts[len(root.parts) :]):
                continue
            entry = found.get(path.name)
            if path == root or (entry is not None and _is_folder_to_visit(entry, real_root)):
                yield from walk(root, [path])
            elif entry is not None and formats.is_picture_name(entry.name) and (file := _file(entry, beside)):
                yield file


def with_pictures_of_sidecars(paths: Iterable[Path]) -> list[Path]:
    """The same paths, with the pictures beside each sidecar that it may belong to."""
    found: dict[Path, None] = {}
    names: dict[Path, list[str]] = {}
    for path in paths:
        found[path] = None
        if not sidecar_names.is_sidecar_name(path.name):
            continue
        if path.parent not in names:
            try:
                names[path.parent] = os.listdir(path.parent)  # noqa: PTH208  (Path.iterdir makes a Path of each)
            except OSError:
                names[path.parent] = []
        found |= {path.parent / name: None for name in sidecar_names.pictures_of(path.name, names[path.parent])}
    return list(found)


class _Sidecars:
    """The sidecars of one folder."""

    def __init__(self, entries: Collection[os.DirEntry[str]]) -> None:
        self._entries = {one.name: one for one in entries if sidecar_names.is_sidecar_name(one.name)}
        self._beside = sidecar_names.Beside(one.name for one in entries) if self._entries else None

    def of(self, picture: str) -> SidecarStamp | None:
        name = self._beside.sidecar_of(picture) if self._beside is not None else None
        if name is None:
            return None
        file = _file(self._entries[name])
        return SidecarStamp(name, file.size_bytes, file.modified_ns) if file is not None else None


def _is_skipped(folder_name: str) -> bool:
    return folder_name.startswith(".") or folder_name.lower() in _SKIPPED_FOLDERS


def _is_folder_to_visit(entry: os.DirEntry[str], real_root: str) -> bool:
    if _is_skipped(entry.name):
        return False
    try:
        if entry.is_dir(follow_symlinks=False):
            return True
        if not (entry.is_symlink() and entry.is_dir()):
            return False
    except OSError:
        return False
    target = os.path.realpath(entry.path)
    try:
        return os.path.commonpath([target, real_root]) not in (real_root, target)
    except ValueError:  # another drive
        return True


def _file(entry: os.DirEntry[str], beside: _Sidecars | None = None) -> DiskFile | None:
    try:
        status = entry.stat()
    except OSError:
        return None  # deleted since, or a link to nowhere
    if not stat.S_ISREG(status.st_mode):
        return None
    sidecar = beside.of(entry.name) if beside is not None else None
    return DiskFile(Path(entry.path), status.st_size, status.st_mtime_ns, sidecar)
