"""The doctor: finds what does not fit, mends it, and saves what can be saved of a damaged file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core import doctor, library, running
from core.catalog import backups
from core.catalog.catalog import Changes
from core.catalog.connection import Connection, query, thumbnails_path
from core.domain import Scope
from core.errors import DamagedCatalog, LibraryError
from core.running import RunningLock
from tests.support.damage import leaf_pages, overwrite_pages
from tests.support.libraries import Shelf


@pytest.fixture
def full(shelf: Shelf) -> Shelf:
    """Thirty photos with a tag and an album, and no backup; the library is closed."""
    for number in range(30):
        shelf.picture(f"{number:02}.png", "red" if number % 2 else "blue")
    shelf.watch_root()
    every = shelf.ids(*shelf.names())
    shelf.library.add_tag("mine", every)
    shelf.library.create_album("Summer", every[:10])
    shelf.library.close()
    for one in backups.all_of_them(shelf.places.catalog):
        one.path.unlink()
    return shelf


def spoil(shelf: Shelf, *statements: str) -> None:
    shelf.open()

    def work(connection: Connection, changes: Changes) -> None:
        for statement in statements:
            connection.execute(statement)

    shelf.library._catalog.write(lambda connection, _: connection.pragma("foreign_keys"))
    connection = shelf.library._catalog._connection
    shelf.library._catalog.written(shelf.library._catalog._submit(lambda: connection.pragma("foreign_keys", False)))
    shelf.library._catalog.write(work)
    shelf.library.close()


def assert_all_there(shelf: Shelf) -> None:
    shelf.open()
    shelf.scan()
    assert len(shelf.names()) == 30
    assert shelf.tags("03.png") == {"mine"}
    assert shelf.albums("03.png") == {"Summer"}
    assert len(shelf.found("red")) == 30

    shelf.library.close()


def test_a_sound_library_is_in_order(full: Shelf) -> None:
    diagnosis = doctor.examine(full.places.catalog)
    assert diagnosis.findings == ()
    assert diagnosis.is_sound
    assert doctor.repair(full.places.catalog).findings == ()


def test_there_is_no_library_yet(full: Shelf, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no photo library yet"):
        doctor.examine(tmp_path / "nothing.sqlite")


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("INSERT INTO photo_tags VALUES (9999, 1, 'user', NULL, NULL, 0)", "orphans"),
        ("DELETE FROM tags", "orphans"),
        ("DELETE FROM texts WHERE rowid < 5", "words"),
        ("INSERT INTO texts (rowid, name) VALUES (777, 'ghost')", "words"),
        ("DELETE FROM embeddings_1 WHERE rowid = 3", "embeddings"),
        ("DELETE FROM embedded WHERE photo_id = 3", "embeddings"),
        ("INSERT INTO thumbs.thumbnails VALUES (x'00', x'00')", "thumbnails"),
    ],
)
def test_what_does_not_fit_is_found_and_mended(full: Shelf, statement: str, kind: str) -> None:
    spoil(full, statement)
    found = doctor.examine(full.places.catalog)
    assert [one.kind for one in found.findings] == [kind]
    assert not found.is_sound
    mended = doctor.repair(full.places.catalog)
    assert [one.kind for one in mended.findings] == [kind]
    assert mended.is_sound
    assert doctor.examine(full.places.catalog).findings == ()
    assert backups.all_of_them(full.places.catalog), "a backup is kept before anything is mended"


def test_an_embedding_that_is_not_a_number_is_made_again(full: Shelf) -> None:
    full.open()
    width = full.encoder().dimension
    full.library.close()
    rotten = np.full(width, np.nan, dtype=np.float32).tobytes().hex()
    insert = f"INSERT INTO embeddings_1 (rowid, embedding) VALUES (4, x'{rotten}')"
    spoil(full, "DELETE FROM embeddings_1 WHERE rowid = 4", insert)
    assert [(one.kind, one.count) for one in doctor.examine(full.places.catalog).findings] == [("embeddings", 1)]
    doctor.repair(full.places.catalog)
    assert_all_there(full)
    assert doctor.examine(full.places.catalog).findings == ()


@pytest.mark.parametrize("table", ["photos", "photo_tags", "album_photos", "texts_data", "embedded"])
def test_a_damaged_page_costs_nothing_when_there_is_a_backup(full: Shelf, table: str) -> None:
    full.open()
    full.scan()
    backups.make_when_due(full.places.catalog)
    full.library.close()
    overwrite_pages(full.places.catalog, leaf_pages(full.places.catalog, table)[:1])
    assert not doctor.examine(full.places.catalog).is_sound
    assert doctor.repair(full.places.catalog).is_sound
    assert doctor.examine(full.places.catalog).findings == ()
    assert_all_there(full)
    assert list(full.places.catalog.parent.glob("*.damaged-*")), "the damaged file is kept"


@pytest.mark.parametrize("table", ["texts_data", "embedded", "photos_by_content"])
def test_what_can_be_made_again_needs_no_backup(full: Shelf, table: str) -> None:
    overwrite_pages(full.places.catalog, leaf_pages(full.places.catalog, table))
    assert doctor.repair(full.places.catalog).is_sound
    assert_all_there(full)


def test_tags_survive_a_damaged_page_of_photos_elsewhere(shelf: Shelf) -> None:
    for number in range(120):
        shelf.picture(f"a long name so that there are several pages {number:03}.png")
    shelf.watch_root()
    shelf.library.add_tag("mine", [photo.id for photo in shelf.all_photos()])
    shelf.library.close()
    catalog = shelf.places.catalog
    for one in backups.all_of_them(catalog):
        one.path.unlink()
    leaves = leaf_pages(catalog, "photos")
    assert len(leaves) > 3
    overwrite_pages(catalog, leaves[1:2])
    doctor.repair(catalog)
    shelf.open()
    tagged = [tag.photo_count for tag in shelf.library.tags() if tag.name == "mine"]
    assert tagged
    assert 60 < tagged[0] < 120, "only the photos of the damaged page lost their tag"
    shelf.scan()
    assert len(shelf.names()) == 120, "and a scan finds them again"


def test_a_file_that_is_no_database_any_more_comes_back_from_the_backup(full: Shelf) -> None:
    full.open()
    full.scan()
    full.library.close()
    full.places.catalog.write_bytes(b"\0" * 100_000)
    with pytest.raises(DamagedCatalog):
        full.open()
    assert doctor.repair(full.places.catalog).is_sound
    assert_all_there(full)


def test_a_file_that_is_gone_comes_back_from_the_backup(full: Shelf) -> None:
    full.open()
    full.scan()
    full.library.close()
    full.places.catalog.unlink()
    assert not doctor.examine(full.places.catalog).is_sound
    doctor.repair(full.places.catalog)
    assert_all_there(full)


def test_nothing_to_save_leaves_everything_as_it_was(full: Shelf) -> None:
    catalog = full.places.catalog
    overwrite_pages(catalog, range(1, 10_000))
    before = catalog.read_bytes()
    with pytest.raises(LibraryError, match=r"Nothing|damaged"):
        doctor.repair(catalog)
    assert catalog.read_bytes() == before
    assert not list(catalog.parent.glob("*recovered*"))


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(LibraryError, match="not a Recollect library"):
        doctor.repair(path)
    assert path.read_bytes() == b"not a database" * 100


@pytest.mark.parametrize("is_header", [True, False])
def test_damaged_thumbnails_are_found_and_made_again(full: Shelf, is_header: bool) -> None:
    path = thumbnails_path(full.places.catalog)
    overwrite_pages(path, [0] if is_header else leaf_pages(path, "thumbnails")[:1])
    assert [one.kind for one in doctor.examine(full.places.catalog).findings] == ["thumbnails"]
    mended = doctor.repair(full.places.catalog)
    assert [(one.kind, one.is_repaired) for one in mended.findings] == [("thumbnails", True)]
    assert doctor.examine(full.places.catalog).findings == ()
    full.open()
    full.scan()
    assert len(full.library.thumbnails(full.ids(*full.names()))) == 30


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_file_of_thumbnails_that_is_gone_or_empty_is_nothing_wrong(full: Shelf, is_gone: bool) -> None:
    path = thumbnails_path(full.places.catalog)
    path.unlink()
    if not is_gone:
        path.touch()
    assert doctor.examine(full.places.catalog).findings == ()
    assert doctor.repair(full.places.catalog).findings == ()


def test_what_is_wrong_beside_damaged_thumbnails_is_told_too(full: Shelf) -> None:
    spoil(full, "DELETE FROM texts WHERE rowid = 3")
    overwrite_pages(thumbnails_path(full.places.catalog), [0])
    for told in (doctor.examine, doctor.repair):
        assert [one.kind for one in told(full.places.catalog).findings] == ["words", "thumbnails"]
    assert doctor.examine(full.places.catalog).findings == ()


def test_a_library_with_a_damaged_file_of_thumbnails_opens_and_makes_them_again(full: Shelf) -> None:
    overwrite_pages(thumbnails_path(full.places.catalog), range(100))
    full.open()
    full.scan()
    assert len(full.library.thumbnails(full.ids(*full.names()))) == 30


def test_a_library_that_is_being_indexed_is_not_repaired(full: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PATIENCE_S", 0.0)
    other = RunningLock(full.places.catalog)
    assert other.take()
    with pytest.raises(LibraryError, match="Another Recollect"):
        library.repair(full.places.catalog)
    other.give_back()
    assert library.repair(full.places.catalog).is_sound


def test_the_words_of_a_salvaged_library_are_searched(full: Shelf) -> None:
    overwrite_pages(full.places.catalog, leaf_pages(full.places.catalog, "texts_content"))
    doctor.repair(full.places.catalog)
    full.open()
    with full.library._catalog.reading() as connection:
        assert query(connection, "SELECT count(*) FROM texts WHERE texts MATCH 'mine'") == [(30,)]
    assert full.library.listing(Scope()).ids.size == 30
