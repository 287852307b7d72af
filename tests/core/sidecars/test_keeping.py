"""With sidecars kept up to date: written once after a quiet moment, and nothing lost at the end or by a crash."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from core.images.metadata import xmp
from core.sidecars import keeping
from core.sidecars.keeping import SidecarKeeping
from tests.core.sidecars.test_reading import jpeg
from tests.support.libraries import PATIENCE_S, Shelf, wait_until


def stars(path: Path) -> int | None:
    if not path.exists():
        return None
    words = xmp.sidecar_words(path.read_bytes())
    assert words is not None
    return words.rating


@pytest.fixture
def kept(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A library that writes sidecars half a second after the last change, with one photo and nothing to write."""
    monkeypatch.setattr(keeping, "QUIET_S", 0.5)
    jpeg(shelf.root / "one.jpg")
    shelf.watch_root()
    shelf.library.change_settings(writes_sidecars=True)
    shelf.reopen()
    return shelf


def writings(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sidecars each pass wrote, as it goes on."""
    counts: list[int] = []
    write = shelf.library._work.sidecars._writing.write

    def counted(ids: object, job: object) -> object:
        report = write(ids, job)  # type: ignore[arg-type]
        if report.written:
            counts.append(len(report.written))
        return report

    monkeypatch.setattr(shelf.library._work.sidecars._writing, "write", counted)
    return counts


def test_ten_quick_stars_are_one_writing(kept: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = writings(kept, monkeypatch)
    kept.library.start()
    for number in range(10):
        kept.library.set_rating(kept.ids("one.jpg"), number % 5 + 1)
    wait_until(lambda: stars(kept.root / "one.jpg.xmp") == 5, "the sidecar")
    kept.library.close()
    assert counts == [1]


def test_what_was_given_last_is_written_when_the_library_closes(kept: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "QUIET_S", 1000.0)
    kept.reopen()
    kept.library.start()
    kept.library.set_rating(kept.ids("one.jpg"), 4)
    kept.library.close()
    assert stars(kept.root / "one.jpg.xmp") == 4


def test_what_a_crash_left_unwritten_is_written_at_the_next_start(kept: Shelf) -> None:
    kept.library.set_rating(kept.ids("one.jpg"), 3)  # the library is not started: nobody follows the change
    kept.reopen()
    assert stars(kept.root / "one.jpg.xmp") is None
    kept.library.start()
    wait_until(lambda: stars(kept.root / "one.jpg.xmp") == 3, "the sidecar")


def test_closing_while_paused_writes_nothing_and_loses_nothing(kept: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "QUIET_S", 1000.0)
    kept.reopen()
    kept.library.start()
    kept.library.pause_indexing()
    kept.library.set_rating(kept.ids("one.jpg"), 2)
    kept.library.close()
    assert stars(kept.root / "one.jpg.xmp") is None
    kept.open()
    assert kept.library.sidecar_status().waiting_count == 1
    kept.library.resume_indexing()
    kept.library.write_sidecars()
    assert stars(kept.root / "one.jpg.xmp") == 2


def test_closing_ends_a_writing_that_begins_in_that_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop that comes before the writing has begun would be heard by nobody."""
    monkeypatch.setattr(keeping, "QUIET_S", 0.0)
    is_stopped, has_begun = threading.Event(), threading.Event()
    stops: list[bool] = []

    def write() -> None:
        wait_until(lambda: stops, "the first stop, too early")
        is_stopped.clear()
        has_begun.set()
        assert is_stopped.wait(PATIENCE_S)

    def stop() -> None:
        stops.append(has_begun.is_set())
        is_stopped.set()

    kept = SidecarKeeping(write)
    kept.start()
    kept.close(stop)
    assert True in stops
