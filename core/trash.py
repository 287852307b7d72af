"""Moves files to the system trash. The only importer of send2trash; the only way Recollect ever deletes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from send2trash import send2trash


def put(paths: Sequence[Path]) -> tuple[list[Path], list[tuple[Path, str]]]:
    """Move files to the trash, one by one: those that were moved, and those that were not with the reason."""
    moved: list[Path] = []
    failed: list[tuple[Path, str]] = []
    for path in paths:
        try:
            send2trash(path)
        except OSError as error:
            failed.append((path, error.strerror or str(error)))
        else:
            moved.append(path)
    return moved, failed
