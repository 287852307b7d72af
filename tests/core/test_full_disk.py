"""A full disk and one that may only be read, for real: one clear sentence each, nothing lost, and it goes on after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from core import places
from core.catalog import backups
from core.domain import AlbumDefinition
from core.errors import LibraryError
from core.indexing import indexer, settling
from core.library import Library
from tests.support.libraries import Shelf, wait_until
from tests.support.small_disk import SmallDisk, mounted, read_only

FULL = "The disk is full."


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """Recollect's own files are on a disk of 6 MB, the photos elsewhere."""
    with mounted(tmp_path / "small", 6) as one:
        monkeypatch.setenv("RECOLLECT_HOME", str(one.place / "home"))
        yield one


@pytest.fixture
def shelf(disk: SmallDisk, tmp_path: Path) -> Iterator[Shelf]:
    """Ten tagged photos on that disk."""
    opened = Shelf(tmp_path / "photos")
    for number in range(10):
        opened.picture(f"{number}.png", "red")
    opened.watch_root()
    opened.library.add_tag("mine", opened.ids(*opened.names()))
    yield opened
    opened.library.close()


def said(deed: Callable[[], object]) -> str:
    """What a deed is refused with; "" when it was done."""
    refused: LibraryError | None = None
    try:
        deed()
    except LibraryError as error:
        refused = error
    if refused is None:
        return ""
    assert refused.hint, "there must be a way out"
    return refused.title


def assert_nothing_lost(shelf: Shelf, count: int = 10) -> None:
    assert len(shelf.names()) == count
    assert shelf.tags("3.png") >= {"mine"}
    connection = apsw.Connection(str(shelf.places.catalog))
    assert connection.pragma("quick_check") == "ok"
    connection.close()


def test_indexing_on_a_full_disk_is_said_and_goes_on_when_there_is_room(shelf: Shelf, disk: SmallDisk) -> None:
    for number in range(10, 150):
        shelf.picture(f"{number}.png", "blue")
    disk.fill(left_bytes=50_000)
    assert said(shelf.scan) == FULL
    disk.free()
    shelf.scan()
    assert shelf.library.status().embedded == 150
    assert_nothing_lost(shelf, 150)


def test_every_edit_on_a_full_disk_is_done_or_refused_in_words(shelf: Shelf, disk: SmallDisk) -> None:
    disk.fill()
    before = shelf.library.settings
    ids = shelf.ids("3.png")
    refused = []
    for number in range(200):
        edits: list[Callable[[], object]] = [
            lambda number=number: shelf.library.add_tag(f"a long tag {number} " * 20, ids),  # type: ignore[misc]
            lambda number=number: shelf.library.create_album(f"album {number}", ids),  # type: ignore[misc]
            lambda number=number: shelf.library.set_rating(ids, number % 5),  # type: ignore[misc]
            lambda number=number: shelf.library.create_smart_album(f"smart {number}", AlbumDefinition("red")),  # type: ignore[misc]
        ]
        refused = [said(one) for one in edits]
        if all(refused):
            break
    assert set(refused) == {FULL}
    assert said(lambda: shelf.library.change_settings(indexing_speed="slow")) == FULL
    assert shelf.library.settings == before, "what could not be kept is not pretended"
    assert said(lambda: shelf.library.save_vocabulary(shelf.library.vocabulary_text())) == FULL
    disk.free()
    shelf.reopen()
    assert shelf.library.settings == before
    assert said(lambda: shelf.library.change_settings(indexing_speed="slow")) == ""
    assert_nothing_lost(shelf)


def test_a_library_on_a_full_disk_opens_or_says_why_not(shelf: Shelf, disk: SmallDisk) -> None:
    shelf.library.close()
    disk.fill()
    refused = said(shelf.open)
    assert refused in ("", FULL)
    if not refused:
        assert len(shelf.found("red")) == 10, "looking and searching need no room"
        shelf.library.close()
    disk.free()
    shelf.open()
    assert_nothing_lost(shelf)


def test_the_window_says_it_once_and_goes_on_by_itself(
    shelf: Shelf, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "QUIET_S", 0.1)
    monkeypatch.setattr(indexer, "ROOT_CHECK_S", 0.3)
    monkeypatch.setattr(indexer, "TRY_AGAIN_S", 0.5)
    disk.fill()
    shelf.library.start()
    for number in range(10, 150):
        shelf.picture(f"{number}.png", "blue")
    wait_until(lambda: any(one.title == FULL for one in shelf.heard.notices()), "the notice")
    shelf.heard.events.clear()
    wait_until(lambda: len(shelf.heard.progress("scan")) > 6, "it is tried again")
    assert [one.title for one in shelf.heard.notices()] in ([], [FULL]), "once for photos, once for searching"
    disk.free()
    wait_until(lambda: shelf.library.status().embedded == 150, "going on")
    assert_nothing_lost(shelf, 150)


def test_a_backup_leaves_room_for_the_library(shelf: Shelf, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "LEAST_FREE_BYTES", 1_000_000)
    for one in backups.all_of_them(shelf.places.catalog):
        one.path.unlink()
    disk.fill(left_bytes=1_100_000)
    assert said(lambda: backups.make_when_due(shelf.places.catalog)) == "There is no room for a backup of the library."
    assert backups.all_of_them(shelf.places.catalog) == []
    disk.free()
    assert backups.make_when_due(shelf.places.catalog) is not None


def test_a_read_only_home_is_said_and_nothing_is_touched(shelf: Shelf, disk: SmallDisk) -> None:
    shelf.library.close()
    disk.set_read_only(True)
    assert said(shelf.open) == "The photo library file cannot be written."
    disk.set_read_only(False)
    shelf.open()
    assert_nothing_lost(shelf)


def test_settings_that_may_not_be_written_are_said_and_stay_as_they_were(shelf: Shelf) -> None:
    before = shelf.library.settings
    with read_only(shelf.places.settings.parent):
        assert said(lambda: shelf.library.change_settings(indexing_speed="slow")) == "The settings cannot be saved."
        assert said(shelf.library.pause_indexing) == "The settings cannot be saved."
        own = "[groups.a]\nwords = ['x']"
        assert said(lambda: shelf.library.save_vocabulary(own)) == "The vocabulary cannot be saved."
        assert shelf.library.settings == before
        assert said(lambda: shelf.library.add_tag("sea", shelf.ids("3.png"))) == ""
    shelf.library.change_settings(indexing_speed="slow")
    assert_nothing_lost(shelf)


def test_the_first_start_in_a_read_only_home_is_said(disk: SmallDisk, tmp_path: Path) -> None:
    disk.set_read_only(True)
    with pytest.raises(LibraryError, match="cannot be written"):
        Library(places.places())
    disk.set_read_only(False)
