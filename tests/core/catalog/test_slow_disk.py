"""A catalog on a slow disk: while one write waits for the disk, everything can be looked at, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from core.domain import Query
from tests.support.libraries import PATIENCE_S, Shelf, wait_until


class HeldDisk(apsw.VFS):
    """The system's own, where making a write safe (`fsync`) takes as long as the test wants."""

    def __init__(self) -> None:
        self.base = apsw.vfs_names()[0]
        super().__init__("held", self.base, makedefault=True)
        self.gate = threading.Event()
        self.gate.set()
        self.waiting = 0

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        return _HeldFile(self, name, flags)


class _HeldFile(apsw.VFSFile):
    def __init__(self, disk: HeldDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__(disk.base, name, flags)
        self._disk = disk

    def xSync(self, flags: int) -> None:
        self._disk.waiting += 1
        assert self._disk.gate.wait(PATIENCE_S)
        super().xSync(flags)


@pytest.fixture
def disk() -> Iterator[HeldDisk]:
    held = HeldDisk()
    yield held
    held.gate.set()
    held.unregister()


@pytest.fixture
def shelf(disk: HeldDisk, tmp_path: Path) -> Iterator[Shelf]:
    """Three photos in a library on that disk."""
    opened = Shelf(tmp_path / "photos")
    for number in range(3):
        opened.picture(f"{number}.png", "red")
    opened.watch_root()
    yield opened
    disk.gate.set()
    opened.library.close()


def test_looking_and_searching_do_not_wait_for_a_write(shelf: Shelf, disk: HeldDisk) -> None:
    ids = shelf.ids(*shelf.names())
    disk.gate.clear()
    disk.waiting = 0
    with ThreadPoolExecutor(1) as person:
        edit = person.submit(shelf.library.add_tag, "mine", ids)
        wait_until(lambda: disk.waiting, "the write reaching the disk")
        assert len(shelf.found("red")) == 3
        assert len(shelf.library.thumbnails(ids)) == 3
        assert shelf.tags("1.png") == set(), "nothing is shown that is not safe yet"
        assert not edit.done()
        disk.gate.set()
        assert len(edit.result()) == 3
    assert shelf.tags("1.png") == {"mine"}


def test_closing_waits_for_what_was_accepted(shelf: Shelf, disk: HeldDisk) -> None:
    ids = shelf.ids("0.png")
    disk.gate.clear()
    disk.waiting = 0
    with ThreadPoolExecutor(2) as others:
        edit = others.submit(shelf.library.add_tag, "last", ids)
        wait_until(lambda: disk.waiting, "the write reaching the disk")
        closing = others.submit(shelf.library.close)
        wait_until(lambda: shelf.library._catalog._is_closed, "the library closing")
        assert not closing.done()
        disk.gate.set()
        assert edit.result() == tuple(ids)
        closing.result()
    shelf.open()
    assert shelf.tags("0.png") == {"last"}
    assert shelf.library.search(Query("red")).hits
