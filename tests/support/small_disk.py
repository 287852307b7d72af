"""A real file system of a few megabytes, mounted for one test; where nobody may mount, the test is skipped."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_BLOCK = b"\0" * 4096


class SmallDisk:
    """A mounted tmpfs. `fill` leaves no room, `free` gives it back."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._ballast = place / "ballast"

    def fill(self, left_bytes: int = 0) -> None:
        """Leave `left_bytes` of room."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(_BLOCK)
            except OSError:
                pass
            file.truncate(max(0, file.tell() - left_bytes))

    def free(self) -> None:
        """Take the ballast away."""
        self._ballast.unlink(missing_ok=True)

    def set_read_only(self, is_read_only: bool) -> None:
        """As a card with its lock pushed, or a disk that the system no longer trusts."""
        _run("mount", "-o", f"remount,{'ro' if is_read_only else 'rw'}", str(self.place))


class Drive:
    """A drive with files of its own, which can be mounted and unmounted; beneath it lies an empty folder."""

    def __init__(self, files: Path, place: Path) -> None:
        self.files = files
        self.place = place

    def mount(self) -> bool:
        """Connect it; False where nobody may."""
        self.place.mkdir(parents=True, exist_ok=True)
        self.files.mkdir(parents=True, exist_ok=True)
        return sys.platform == "linux" and _run("mount", "--bind", str(self.files), str(self.place))

    def unmount(self) -> bool:
        """Pull it out, whoever still looks at it; False when it was not connected."""
        return _run("umount", "-l", str(self.place))


@contextmanager
def drive(files: Path, place: Path) -> Iterator[Drive]:
    """A mounted drive while inside."""
    one = Drive(files, place)
    if not one.mount():
        pytest.skip("nobody but root may mount a drive")
    try:
        yield one
    finally:
        while one.unmount():
            pass


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """One folder may only be read while inside; no file in it may be open."""
    is_bound = _run("mount", "--bind", str(folder), str(folder))
    if not is_bound or not _run("mount", "-o", "remount,bind,ro", str(folder)):
        pytest.skip("nobody but root may mount a disk")
    try:
        yield
    finally:
        _run("umount", "-l", str(folder))


@contextmanager
def mounted(place: Path, size_mb: int) -> Iterator[SmallDisk]:
    """Mount one at `place` while inside."""
    place.mkdir(parents=True, exist_ok=True)
    if sys.platform != "linux" or not _run("mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(place)):
        pytest.skip("nobody but root may mount a disk")
    try:
        yield SmallDisk(place)
    finally:
        _run("umount", "-l", str(place))


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
