"""Walks folders on disk: which picture files are there. Only `os.scandir` and `stat`; opens nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.images import formats

_SKIPPED_FOLDERS = {"@eadir", "$recycle.bin", "system volume information", "#recycle", "lost+found", "__macosx"}


@dataclass(frozen=True, slots=True)
class DiskFile:
    """A picture file as the disk shows it."""

    path: Path
    size_bytes: int
    modified_ns: int


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
        except FileNotFoundError:
            continue
        except OSError:
            yield UnreadableFolder(folder)
            continue
        for entry in found:
            if _is_folder_to_visit(entry, real_root):
                pending.append(Path(entry.path))
            elif formats.is_picture_name(entry.name) and (file := _file(entry)):
                yield file


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
        for path in wanted:
            if any(_is_skipped(part) for part in parent.parts[len(root.parts) :]):
                continue
            entry = found.get(path.name)
            if path == root or (entry is not None and _is_folder_to_visit(entry, real_root)):
                yield from walk(root, [path])
            elif entry is not None and formats.is_picture_name(entry.name) and (file := _file(entry)):
                yield file


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


def _file(entry: os.DirEntry[str]) -> DiskFile | None:
    try:
        status = entry.stat()
    except OSError:
        return None  # deleted since, or a link to nowhere
    if not stat.S_ISREG(status.st_mode):
        return None
    return DiskFile(Path(entry.path), status.st_size, status.st_mtime_ns)
