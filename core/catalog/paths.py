"""Paths as the catalog stores them: the operating system's bytes, relative to the watched folder, with `/`."""

from __future__ import annotations

import os
from pathlib import Path


def stored(path: Path) -> bytes:
    """The bytes of an absolute folder path; a name that is not UTF-8 survives the round trip."""
    return os.fsencode(path)


def loaded(content: bytes) -> Path:
    """The path that `stored` was given."""
    return Path(os.fsdecode(content))


def relative(root: Path, path: Path) -> bytes:
    """`path` below `root`, as stored bytes."""
    return os.fsencode(path.relative_to(root).as_posix())


def joined(root: bytes, relative_path: bytes) -> Path:
    """The absolute path of a stored one."""
    return Path(os.fsdecode(root), os.fsdecode(relative_path))


def display_name(path: Path) -> str:
    """The file name for people: bytes that are not UTF-8 become the replacement character."""
    return os.fsencode(path.name).decode("utf-8", "replace")
