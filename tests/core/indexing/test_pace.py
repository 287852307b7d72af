"""The indexer steps back for the person, for the battery, and when it is told to be slow."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.domain import PhotoId
from core.indexing import file_reading, pace
from core.indexing.disk import DiskFile
from core.indexing.embedding_pass import Todo
from core.indexing.pace import Pace
from core.indexing.reading_process import Result
from core.indexing.scanner import Scanner
from core.jobs import JobControl
from core.settings import Speed
from tests.support.libraries import Shelf


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def made(speed: Speed, clock: Clock, *, on_battery: bool = False) -> Pace:
    return Pace(lambda: speed, lambda: on_battery, clock)


def test_at_full_speed_it_never_rests() -> None:
    clock = Clock()
    full = made("full", clock, on_battery=True)
    full.note_use()
    assert full.rest_s(1.0) == 0.0


def test_it_steps_back_while_the_window_is_in_use_and_no_longer() -> None:
    clock = Clock()
    polite = made("considerate", clock)
    assert polite.rest_s(1.0) == 0.0
    polite.note_use()
    assert polite.rest_s(1.0) == pytest.approx(1.0)
    clock.now += pace.IN_USE_S + 0.1
    assert polite.rest_s(1.0) == 0.0


def test_on_battery_it_works_half_the_time_and_less_in_use() -> None:
    clock = Clock()
    polite = made("considerate", clock, on_battery=True)
    assert polite.rest_s(1.0) == pytest.approx(1.0)
    polite.note_use()
    assert polite.rest_s(1.0) == pytest.approx(3.0)


def test_slow_is_slow_but_no_rest_is_endless() -> None:
    slow = made("slow", Clock())
    assert slow.rest_s(0.1) == pytest.approx(0.3)
    assert slow.rest_s(100.0) == pace.LONGEST_REST_S


def ids(*numbers: int) -> list[PhotoId]:
    return [PhotoId(one) for one in numbers]


def test_photos_that_are_looked_at_come_first_and_each_once() -> None:
    looked_at = ids(7, 99, 5)
    todo = Todo(ids(*range(10)), lambda: looked_at)
    assert todo.next(4) == ids(7, 5, 0, 1)
    looked_at[:] = ids(9, 7)
    assert todo.next(3) == ids(9, 2, 3)
    assert todo.next(100) == ids(4, 6, 8)
    assert todo.next(1) == []


def test_what_is_looked_at_is_embedded_first(shelf: Shelf) -> None:
    for number in range(150):
        shelf.picture(f"{number:03}.png", "red")
    shelf.library.add_folder(shelf.root)
    shelf.library.scan_until_done()
    wanted = shelf.ids("000.png", "001.png")
    shelf.library.look_at(wanted)
    shelf.library._work.embed()
    order = [one for change in shelf.heard.changes() for one in sorted(change.embedded)]
    assert set(wanted) <= set(order[:8])
    assert shelf.library.status().embedded == 150


def test_the_speed_is_remembered(shelf: Shelf) -> None:
    shelf.library.change_settings(indexing_speed="slow")
    shelf.reopen()
    assert shelf.library.settings.indexing_speed == "slow"


def test_a_trial_measures_the_library_and_keeps_nothing(shelf: Shelf) -> None:
    for number in range(60):
        shelf.picture(f"{number:03}.png", "red")
    shelf.watch_root()
    before = shelf.library.status()
    assert shelf.library.measure_encoder("colours-2") > 0
    assert next(one for one in shelf.library.encoders() if one.name == "colours-2").photos_per_s is not None
    assert shelf.library.status() == before
    assert next(one for one in shelf.library.encoders() if one.name == "colours-2").embedded_count == 0


class CountingReaders:
    """Reads in this process and notes how many files are read at once; waits for `together` of them to begin."""

    def __init__(self, together: int = 1) -> None:
        self._together = threading.Barrier(together)
        self._lock = threading.Lock()
        self._now = 0
        self.most = 0

    def read(self, file: DiskFile) -> Result:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self._together.wait(timeout=30)
        result = file_reading.read(file)
        with self._lock:
            self._now -= 1
        return result


@pytest.mark.parametrize(("is_in_use", "most"), [(False, 2), (True, 1)])
def test_fewer_files_are_read_at_once_while_the_window_is_in_use(shelf: Shelf, is_in_use: bool, most: int) -> None:
    for number in range(6):
        shelf.picture(f"{number}.png")
    folder = shelf.library.add_folder(shelf.root)
    polite, readers = made("considerate", Clock()), CountingReaders(most)
    if is_in_use:
        polite.note_use()
    with ThreadPoolExecutor(2) as threads:
        scanner = Scanner(shelf.library._catalog, threads, 2, readers)  # type: ignore[arg-type]
        report = scanner.scan([folder], JobControl("scan", "Looking"), pace=polite)
    assert (report.added, readers.most) == (6, most)
