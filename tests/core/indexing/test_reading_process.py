"""A decoder that crashes or hangs costs its file and nothing else."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.indexing import disk, file_reading, reading_process
from core.indexing.disk import DiskFile
from core.indexing.file_reading import ReadFile, UnreadableFile
from core.indexing.reading_process import ReadingProcesses
from tests.support import wild_reader
from tests.support.libraries import Shelf, add_picture, wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="crashes are made with signals")


@pytest.fixture
def wild() -> Iterator[ReadingProcesses]:
    processes = ReadingProcesses(wild_reader.read, longest_s=1.0)
    yield processes
    processes.close()


def on_disk(path: Path) -> DiskFile:
    (found,) = disk.at(path.parent, [path])
    assert isinstance(found, DiskFile)
    return found


def test_a_child_reads_what_this_process_would_read(wild: ReadingProcesses, tmp_path: Path) -> None:
    file = on_disk(add_picture(tmp_path / "a.png"))
    assert isinstance(wild.read(file), ReadFile)
    assert wild.read(file) == file_reading.read(file)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("crash.png", reading_process.CRASHED), ("exit.png", reading_process.CRASHED), ("hang.png", reading_process.HUNG)],
)
def test_what_kills_a_decoder_is_unreadable_and_the_next_file_is_read(
    wild: ReadingProcesses, tmp_path: Path, name: str, reason: str
) -> None:
    bad, good = on_disk(add_picture(tmp_path / name)), on_disk(add_picture(tmp_path / "good.png"))
    assert wild.read(bad) == UnreadableFile(bad, reason)
    assert isinstance(wild.read(good), ReadFile)
    assert wild.read(bad) == UnreadableFile(bad, reason)


def test_a_library_survives_pictures_that_kill_their_decoder(shelf: Shelf) -> None:
    for name in ("a.png", "crash 1.png", "b.png", "hang.png", "crash 2.png", "c.png"):
        shelf.picture(name)
    wild = ReadingProcesses(wild_reader.read, longest_s=1.0)
    shelf.library._work._readers.close()
    shelf.library._work._scanner._reading._readers = shelf.library._work._readers = wild
    shelf.watch_root()
    assert shelf.names() == ["a.png", "b.png", "c.png"]
    assert sorted(one.path.name for one in shelf.library.problems()) == ["crash 1.png", "crash 2.png", "hang.png"]
    assert shelf.scan().added == 0, "they are not tried again until they change"


def test_closing_leaves_no_child(wild: ReadingProcesses, tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    wild.read(on_disk(add_picture(tmp_path / "a.png")))
    assert set(multiprocessing.active_children()) - before
    wild.close()
    wait_until(lambda: not set(multiprocessing.active_children()) - before)


def test_idle_children_give_their_memory_back_and_come_again(wild: ReadingProcesses, tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    file = on_disk(add_picture(tmp_path / "a.png"))
    wild.read(file)
    wild.rest()
    assert not set(multiprocessing.active_children()) - before
    assert isinstance(wild.read(file), ReadFile)


@pytest.mark.usefixtures("no_processes")
def test_where_no_child_can_be_started_files_are_read_here(wild: ReadingProcesses, tmp_path: Path) -> None:
    assert isinstance(wild.read(on_disk(add_picture(tmp_path / "a.png"))), ReadFile)
