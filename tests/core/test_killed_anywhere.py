"""Killed at 200 random moments of indexing, tagging, writing sidecars, moving, switching encoders, migrating.

Nothing is lost. By SIGKILL, as the system does when memory runs out. The moments are drawn from a seed;
RECOLLECT_KILLS sets another number of them. The same library is killed again and again, so that damage would add up.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import shutil
import sqlite3
import sys
import time
from multiprocessing.context import BaseContext
from pathlib import Path

import apsw
import pytest
import sqlite_vec

from core import places
from core.catalog import connection as connections
from core.catalog import migrations
from core.catalog.catalog import Catalog
from core.domain import Query
from core.events import EventBus
from core.images.metadata import xmp
from tests.support import busy_life
from tests.support.busy_life import Journal
from tests.support.libraries import PATIENCE_S, Shelf, add_picture

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"), pytest.mark.timeout(600)]

KILLS = int(os.environ.get("RECOLLECT_KILLS", "200"))
WORKS = ("index", "tag", "sidecars", "move", "switch")
LONGEST_S = 0.25
SEED = 2024
EVERYTHING = Query("red", limit=100_000)


@pytest.fixture(scope="module")
def processes() -> BaseContext:
    """Starts processes that have everything imported already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.busy_life"])
    return context


def live_and_be_killed(processes: BaseContext, work: str, shelf_root: Path, home: Path, choose: random.Random) -> None:
    """Start a process that does `work` on the library and kill it at a random moment."""
    ready, told = processes.Pipe(duplex=False)
    process = processes.Process(  # type: ignore[attr-defined]
        target=busy_life.live, args=(work, str(home), str(shelf_root), choose.getrandbits(32), told), daemon=True
    )
    process.start()
    told.close()
    if work != "migrate":  # which happens while the library is opened
        assert ready.poll(PATIENCE_S), "the process never began"
    time.sleep(choose.uniform(0.0, LONGEST_S))  # the moment is what is tested, nothing is waited for
    process.kill()
    process.join()
    ready.close()
    process.close()


def assert_sound(catalog: Path) -> None:
    connection = apsw.Connection(str(catalog))
    connection.enable_load_extension(True)
    connection.load_extension(sqlite_vec.loadable_path())
    assert connection.pragma("integrity_check") == "ok"
    assert list(connection.execute("PRAGMA foreign_key_check")) == []
    connection.close()


def assert_nothing_lost(shelf: Shelf, facts: set[tuple[str, str, str]]) -> None:
    """Every file once, searchable once, with every tag and album that was certain."""
    files = sorted(path.name for path in shelf.root.rglob("*.png"))
    rows = shelf.all_photos()
    assert sorted(photo.name for photo in rows) == files
    assert shelf.library.status().embedded == len(files)
    hits = shelf.library.search(EVERYTHING).hits
    assert len({hit.photo_id for hit in hits}) == len(hits) == len(files)
    for beside in shelf.root.rglob("*.xmp"):
        assert xmp.sidecar_words(beside.read_bytes()) is not None, "a sidecar is whole, or not there"
    details = {photo.name: shelf.library.details(photo.id) for photo in rows}
    for kind, name, subject in facts:
        found = details[subject]
        held = {tag.name for tag in found.tags} if kind == "tag" else {album.name for album in found.albums}
        assert name in held, (kind, name, subject)


def test_a_library_survives_being_killed_anywhere(home: Path, tmp_path: Path, processes: BaseContext) -> None:
    photos = tmp_path / "photos"
    shelf = Shelf(photos)
    for number in range(20):
        add_picture(photos / "a" / f"{number}.png", busy_life.COLOURS[number % 4], number)
    shelf.watch_root()
    shelf.library.close()
    choose = random.Random(SEED)
    journal = Journal(home / "journal")
    for kill in range(KILLS * 4 // 5):
        live_and_be_killed(processes, WORKS[kill % len(WORKS)], photos, home, choose)
        assert_sound(shelf.places.catalog)
        if kill % 8 == 7:
            shelf.open()
            shelf.scan()
            assert_nothing_lost(shelf, journal.facts())
            shelf.library.close()
    kinds = {kind for kind, _, _ in journal.facts()}
    assert kinds == {"tag", "album"}, "the killed processes had got something done"


def make_old(path: Path, photos: int) -> None:
    """A catalog as the first version wrote it, with tagged photos in an album."""
    connection = connections.open_writer(path)
    first = migrations.migrations()[0]
    connection.execute(first.script)
    connection.pragma("application_id", connections.APPLICATION_ID)
    connection.pragma("user_version", first.version)
    connection.execute("INSERT INTO folders (id, path, added_at) VALUES (1, x'2f6f6c64', 0)")
    connection.execute("INSERT INTO tags (id, name) VALUES (1, 'mine')")
    connection.execute("INSERT INTO albums (id, name, created_at) VALUES (1, 'Summer', 0)")
    with connection:
        for number in range(1, photos + 1):
            connection.execute(
                "INSERT INTO photos (id, folder_id, relative_path, name, state_since, size_bytes, modified_ns,"
                " content_hash, format, width_px, height_px, average_color, taken_at, added_at)"
                " VALUES (?, 1, ?, ?, 0, 1, 1, ?, 'JPEG', 1, 1, 0, 0, 0)",
                (number, f"{number}.jpg".encode(), f"{number}.jpg", number.to_bytes(16, "big")),
            )
            connection.execute("INSERT INTO photo_tags VALUES (?, 1, 'user', NULL, NULL, 0)", (number,))
            connection.execute("INSERT INTO album_photos VALUES (1, ?, 0)", (number,))
            connection.execute("INSERT INTO texts (rowid, name, tags) VALUES (?, ?, 'mine')", (number, f"{number}.jpg"))
    connection.close()


def test_a_migration_survives_being_killed_anywhere(home: Path, tmp_path: Path, processes: BaseContext) -> None:
    catalog = places.places().catalog
    catalog.parent.mkdir(parents=True)
    make_old(catalog, 500)
    old = tmp_path / "old"
    shutil.copytree(catalog.parent, old)
    newest = migrations.migrations()[-1].version
    choose = random.Random(SEED)
    halfway = 0
    for _ in range(KILLS // 5):
        shutil.rmtree(catalog.parent)
        shutil.copytree(old, catalog.parent)
        live_and_be_killed(processes, "migrate", tmp_path / "photos", home, choose)
        assert_sound(catalog)
        with contextlib.closing(sqlite3.connect(catalog)) as looked_at:
            halfway += looked_at.execute("PRAGMA user_version").fetchone()[0] < newest
        Catalog(catalog, EventBus()).close()
        assert_sound(catalog)
        with contextlib.closing(connections.open_copy(catalog)) as migrated:
            for table in ("photos", "photo_tags", "album_photos", "texts"):
                assert migrated.execute(f"SELECT count(*) FROM {table}").get == 500, table
            assert migrated.execute("SELECT count(*) FROM texts WHERE texts MATCH 'mine'").get == 500
            assert migrated.pragma("user_version") == newest
    assert halfway, "some were killed before the last step"
