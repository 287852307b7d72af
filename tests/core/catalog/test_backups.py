"""Backups: made once a day, verified, thinned out."""

from __future__ import annotations

import os
from pathlib import Path

import apsw
import pytest

from core.catalog import backups
from core.catalog import connection as connections
from core.catalog.catalog import Catalog
from core.errors import DamagedCatalog, LibraryError
from core.events import EventBus
from tests.support.damage import overwrite_pages
from tests.support.libraries import Shelf

DAY = 86_400
ONE_OF_EACH = """
INSERT INTO tags (name) VALUES ('kept');
INSERT INTO folders (path, added_at) VALUES (x'2f', 0);
INSERT INTO photos (folder_id, relative_path, name, state_since, size_bytes, modified_ns, content_hash, format,
  width_px, height_px, average_color, taken_at, added_at) VALUES (1, x'61', 'a', 0, 1, 1, x'00', 'PNG', 1, 1, 0, 0, 0);
"""
NOON = 1_700_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite"
    catalog = Catalog(path, EventBus())
    catalog.write(lambda connection, _: connection.execute(ONE_OF_EACH))
    catalog.close()
    return path


def make(path: Path, at: float, label: str = "") -> backups.Backup:
    connection = connections.open_reader(path)
    try:
        return backups.make(connection, path, label, now=at)
    finally:
        connection.close()


def test_a_backup_is_a_whole_catalog(path: Path) -> None:
    made = make(path, NOON)
    copy = apsw.Connection(str(made.path))
    assert list(copy.execute("SELECT name FROM tags")) == [("kept",)]
    copy.close()
    assert [one.made_at for one in backups.all_of_them(path)] == [NOON]


def test_one_a_day_and_only_when_something_changed(path: Path) -> None:
    first = backups.make_when_due(path, now=NOON)
    assert first is not None
    os.utime(path, (NOON - 1, NOON - 1))
    assert backups.make_when_due(path, now=NOON + 3 * DAY) is None, "nothing changed"
    os.utime(path, (NOON + 60, NOON + 60))
    assert backups.make_when_due(path, now=NOON + 3600) is None, "too soon"
    assert backups.make_when_due(path, now=NOON + DAY) is not None


def test_a_library_that_grows_fast_is_copied_sooner(path: Path) -> None:
    assert backups.make_when_due(path, now=NOON) is not None
    with path.open("ab") as file:
        file.write(b"\0" * 4096 * 200)
    os.utime(path, (NOON + 60, NOON + 60))
    assert not backups.is_due(path, NOON + 300)
    assert backups.is_due(path, NOON + 900)


def test_an_empty_library_needs_no_copy(tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite"
    Catalog(empty, EventBus()).close()
    assert backups.make_when_due(empty, NOON) is None


def test_a_week_of_days_is_kept(path: Path) -> None:
    for day in range(12):
        make(path, NOON + day * DAY)
        make(path, NOON + day * DAY + 60)
    kept = [one.made_at for one in backups.all_of_them(path)]
    assert kept == [NOON + day * DAY + 60 for day in range(11, 11 - backups.KEPT, -1)]


def test_the_copy_before_a_migration_outlives_the_days_own(path: Path) -> None:
    before = make(path, NOON, "before-0003")
    make(path, NOON + 60)
    assert before.path in [one.path for one in backups.all_of_them(path)]


def test_backups_are_bounded_in_size_but_one_always_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "MOST_BYTES", 10)
    for day in range(3):
        make(path, NOON + day * DAY)
    assert [one.made_at for one in backups.all_of_them(path)] == [NOON + 2 * DAY]


def test_a_damaged_catalog_gives_no_backup_and_says_so(path: Path) -> None:
    make(path, NOON)
    overwrite_pages(path, range(1, 40))
    os.utime(path, (NOON + DAY, NOON + DAY))
    with pytest.raises(DamagedCatalog):
        backups.make_when_due(path, NOON + DAY)
    assert [one.made_at for one in backups.all_of_them(path)] == [NOON], "the good one is not pushed out"
    assert not list(backups.folder_of(path).glob("*unfinished"))


def test_a_backup_that_rotted_is_passed_over(path: Path) -> None:
    good, rotten = make(path, NOON), make(path, NOON + DAY)
    overwrite_pages(rotten.path, range(1, 40))
    found = backups.newest_sound(path)
    assert found is not None
    assert found.path == good.path


def test_a_full_disk_leaves_no_half_backup(path: Path) -> None:
    backups.folder_of(path).write_text("in the way")
    with pytest.raises(LibraryError):
        make(path, NOON)


def test_indexing_keeps_a_backup(shelf: Shelf) -> None:
    shelf.picture("a.png")
    shelf.watch_root()
    assert len(backups.all_of_them(shelf.places.catalog)) == 1
    shelf.scan()
    assert len(backups.all_of_them(shelf.places.catalog)) == 1
