"""The catalog file: made from nothing, refused when it is not ours, one writer, many readers, nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from core.catalog import albums, backups, migrations, tags
from core.catalog import connection as connections
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import APPLICATION_ID, Connection, query
from core.catalog.migrations import Migration
from core.domain import Membership, PhotoId
from core.errors import LibraryError
from core.events import CatalogChanged, Event, EventBus
from tests.support import libraries

NEWEST = migrations.migrations()[-1].version


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "library.sqlite"


@pytest.fixture
def heard() -> list[Event]:
    return []


@pytest.fixture
def catalog(path: Path, heard: list[Event]) -> Iterator[Catalog]:
    bus = EventBus()
    bus.subscribe(heard.append)
    opened = Catalog(path, bus)
    yield opened
    opened.close()


def add_tag(name: str, changes: Changes | None = None, connection: Connection | None = None) -> None:
    assert connection is not None
    tags.ensure(connection, name)
    if changes is not None:
        changes.tags = True


def names(catalog: Catalog) -> list[str]:
    with catalog.reading() as connection:
        return [row[0] for row in query(connection, "SELECT name FROM tags ORDER BY id")]


def write_tag(catalog: Catalog, name: str) -> None:
    catalog.write(lambda connection, changes: add_tag(name, changes, connection))


def foreign_database(path: Path, *, application: int = 0, wal: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = apsw.Connection(str(path))
    if wal:
        connection.pragma("journal_mode", "wal")
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.pragma("application_id", application)
    connection.close()


def everything_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


# -- opening -----------------------------------------------------------------------------------------------------


def test_a_new_file_has_the_newest_schema_and_our_mark(catalog: Catalog) -> None:
    with catalog.reading() as connection:
        assert connection.pragma("user_version") == NEWEST
        assert connection.pragma("application_id") == APPLICATION_ID
        assert connection.pragma("integrity_check") == "ok"
        assert connection.pragma("foreign_key_check") is None


def test_closing_leaves_two_files_and_no_wal(catalog: Catalog, path: Path) -> None:
    write_tag(catalog, "sea")
    catalog.close()
    catalog.close()

    assert sorted(everything_in(path.parent)) == ["library.sqlite", "library.sqlite-thumbnails"]


def test_what_was_written_is_there_after_reopening(catalog: Catalog, path: Path) -> None:
    write_tag(catalog, "sea")
    catalog.close()
    again = Catalog(path, EventBus())
    assert names(again) == ["sea"]
    again.close()


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b"Dear diary, this is no database at all. " * 50),
        lambda path: path.write_bytes(b"x"),
        lambda path: foreign_database(path),
        lambda path: foreign_database(path, application=0x12345678),
        lambda path: foreign_database(path, application=0x12345678, wal=True),
    ],
    ids=["text", "one byte", "unmarked database", "marked database", "marked database in WAL mode"],
)
def test_another_programs_file_is_refused_and_not_touched(tmp_path: Path, make: object) -> None:
    path = tmp_path / "theirs" / "file.sqlite"
    path.parent.mkdir()
    make(path)  # type: ignore[operator]
    before = everything_in(path.parent)

    with pytest.raises(LibraryError, match="not a Recollect library"):
        Catalog(path, EventBus())

    assert everything_in(path.parent) == before


def test_another_programs_unfinished_writes_are_not_touched(tmp_path: Path) -> None:
    """It crashed and left a -wal file, which whoever opens and closes the database would replay and delete."""
    path = tmp_path / "theirs" / "file.sqlite"
    foreign_database(path, application=0x12345678, wal=True)
    theirs = apsw.Connection(str(path))
    theirs.execute("INSERT INTO bookmarks VALUES ('https://example.org')")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name, content in everything_in(path.parent).items():
        (crashed / name).write_bytes(content)
    theirs.close()
    before = everything_in(crashed)
    assert len(before["file.sqlite-wal"]) > 0

    with pytest.raises(LibraryError, match="not a Recollect library"):
        Catalog(crashed / "file.sqlite", EventBus())

    assert everything_in(crashed) == before


def test_a_newer_file_is_refused_and_not_touched(catalog: Catalog, path: Path) -> None:
    catalog.close()
    connection = connections.open_writer(path)
    connection.pragma("user_version", NEWEST + 1)
    connection.close()
    before = everything_in(path.parent)

    with pytest.raises(LibraryError, match=r"newer version.*Update Recollect"):
        Catalog(path, EventBus())

    assert everything_in(path.parent) == before


def test_a_folder_or_a_file_in_the_way_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        Catalog(tmp_path, EventBus())
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="cannot be written"):
        Catalog(tmp_path / "file" / "library.sqlite", EventBus())


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"")
    catalog = Catalog(path, EventBus())
    assert names(catalog) == []
    catalog.close()


def test_damaged_thumbnails_are_replaced(catalog: Catalog, path: Path) -> None:
    write_tag(catalog, "kept")
    catalog.close()
    connections.thumbnails_path(path).write_bytes(b"no database " * 1000)

    again = Catalog(path, EventBus())

    assert names(again) == ["kept"]
    with again.reading() as connection:
        assert query(connection, "SELECT count(*) FROM thumbs.thumbnails") == [(0,)]
    again.close()


# -- migrations --------------------------------------------------------------------------------------------------


def later(script: str) -> list[Migration]:
    return [*migrations.migrations(), Migration(NEWEST + 1, script)]


def test_an_older_file_is_brought_up_and_a_copy_of_it_kept(
    catalog: Catalog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tag(catalog, "before")
    catalog.close()
    steps = later("CREATE TABLE novelties (id INTEGER PRIMARY KEY) STRICT;")
    monkeypatch.setattr(migrations, "migrations", lambda: steps)

    again = Catalog(path, EventBus())
    with again.reading() as connection:
        assert connection.pragma("user_version") == NEWEST + 1
        assert query(connection, "SELECT count(*) FROM novelties") == [(0,)]
    assert names(again) == ["before"]
    again.close()

    (backup,) = backups.all_of_them(path)
    assert f"before-{NEWEST + 1:04d}" in backup.path.name
    copy = apsw.Connection(str(backup.path))
    assert copy.pragma("user_version") == NEWEST
    assert list(copy.execute("SELECT name FROM tags")) == [("before",)]
    copy.close()


def test_albums_of_before_smart_albums_are_plain_and_their_photos_put_in_by_hand(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "migrations", lambda steps=migrations.migrations(): steps[:2])
        old = Catalog(path, EventBus())
        old.close()
    before = apsw.Connection(str(path))
    before.execute("INSERT INTO folders (id, path, added_at) VALUES (1, x'2f70', 0)")
    before.execute(
        "INSERT INTO photos (id, folder_id, relative_path, name, state_since, size_bytes, modified_ns, content_hash,"
        " format, width_px, height_px, average_color, taken_at, added_at)"
        " VALUES (5, 1, x'61', 'a', 0, 1, 1, x'01', 'JPEG', 1, 1, 0, 0, 0)"
    )
    before.execute("INSERT INTO albums (id, name, created_at) VALUES (3, 'Summer', 0)")
    before.execute("INSERT INTO album_photos VALUES (3, 5, 0)")
    before.close()

    again = Catalog(path, EventBus())
    with again.reading() as connection:
        (album,) = albums.all_of_them(connection)
        assert (album.name, album.photo_count, album.is_smart, album.automatic_count) == ("Summer", 1, False, 0)
        assert albums.memberships(connection, album.id) == {PhotoId(5): Membership.BY_HAND}
    again.close()


def test_a_failing_migration_leaves_the_file_as_it_was(
    catalog: Catalog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tag(catalog, "before")
    catalog.close()
    steps = later("CREATE TABLE novelties (id); INSERT INTO tags (name) VALUES ('half'); SELECT no_such_function();")
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "migrations", lambda: steps)
        with pytest.raises((LibraryError, apsw.Error)):
            Catalog(path, EventBus())

    again = Catalog(path, EventBus())
    assert names(again) == ["before"]
    with again.reading() as connection:
        assert query(connection, "SELECT 1 FROM sqlite_schema WHERE name = 'novelties'") == []
    again.close()


# -- writing -----------------------------------------------------------------------------------------------------


def test_a_change_is_announced_once_after_the_commit(catalog: Catalog, heard: list[Event]) -> None:
    seen_inside: list[int] = []

    def work(connection: Connection, changes: Changes) -> str:
        add_tag("sea", changes, connection)
        changes.added.add(PhotoId(7))
        seen_inside.append(len(heard))
        return "result"

    assert catalog.write(work) == "result"
    assert seen_inside == [0]
    assert heard == [CatalogChanged(added=frozenset({PhotoId(7)}), tags=True)]


def test_whoever_hears_of_a_change_can_read_it(path: Path) -> None:
    bus = EventBus()
    catalog = Catalog(path, bus)
    read: list[list[str]] = []
    bus.subscribe(lambda event: read.append(names(catalog)))
    write_tag(catalog, "sea")
    catalog.close()

    assert read == [["sea"]]


def test_nothing_changed_announces_nothing(catalog: Catalog, heard: list[Event]) -> None:
    catalog.write(lambda connection, changes: None)
    assert heard == []


@pytest.mark.parametrize("error", [ValueError("bug"), KeyboardInterrupt(), LibraryError("No.")])
def test_an_exception_rolls_back_and_announces_nothing(
    catalog: Catalog, heard: list[Event], error: BaseException
) -> None:
    def work(connection: Connection, changes: Changes) -> None:
        add_tag("half", changes, connection)
        raise error

    with pytest.raises(type(error)):
        catalog.write(work)
    assert (names(catalog), heard) == ([], [])
    write_tag(catalog, "next")
    assert names(catalog) == ["next"]


def test_a_commit_that_fails_rolls_back_and_the_next_write_works(catalog: Catalog, heard: list[Event]) -> None:
    def work(connection: Connection, changes: Changes) -> None:
        add_tag("half", changes, connection)
        connection.pragma("defer_foreign_keys", True)
        connection.execute("INSERT INTO album_photos (album_id, photo_id, added_at) VALUES (404, 404, 0)")

    with pytest.raises(apsw.ConstraintError):
        catalog.write(work)
    assert (names(catalog), heard) == ([], [])
    write_tag(catalog, "next")
    assert names(catalog) == ["next"]


def test_a_full_disk_is_said_in_words_and_nothing_is_lost(catalog: Catalog) -> None:
    write_tag(catalog, "before")

    def fill(connection: Connection, changes: Changes) -> None:
        pages = connection.pragma("page_count")
        connection.pragma("max_page_count", int(str(pages)) + 2)
        connection.executemany("INSERT INTO tags (name) VALUES (?)", [("x" * 3000 + str(one),) for one in range(100)])

    with pytest.raises(LibraryError, match="disk is full"):
        catalog.write(fill)
    assert names(catalog) == ["before"]


def test_writes_are_carried_out_in_order(catalog: Catalog) -> None:
    futures = [
        catalog.submit(lambda connection, changes, name=f"t{n}": add_tag(name, changes, connection))  # type: ignore[misc]
        for n in range(50)
    ]
    for future in futures:
        catalog.written(future)
    assert names(catalog) == [f"t{n}" for n in range(50)]


def test_what_was_submitted_before_closing_is_written(catalog: Catalog, path: Path) -> None:
    for n in range(20):
        catalog.submit(lambda connection, changes, name=f"t{n}": add_tag(name, changes, connection))  # type: ignore[misc]
    catalog.close()
    again = Catalog(path, EventBus())
    assert len(names(again)) == 20
    again.close()


def test_a_closed_catalog_says_so(catalog: Catalog) -> None:
    catalog.close()
    with pytest.raises(LibraryError, match="closed"):
        write_tag(catalog, "late")
    with pytest.raises(LibraryError, match="closed"):
        names(catalog)


# -- reading -----------------------------------------------------------------------------------------------------


def test_a_reader_sees_one_moment(catalog: Catalog) -> None:
    write_tag(catalog, "first")
    with catalog.reading() as connection:
        before = query(connection, "SELECT name FROM tags")
        write_tag(catalog, "second")
        assert query(connection, "SELECT name FROM tags") == before
    assert names(catalog) == ["first", "second"]


def test_a_reader_cannot_write(catalog: Catalog) -> None:
    with pytest.raises(LibraryError), catalog.reading() as connection:
        connection.execute("INSERT INTO tags (name) VALUES ('smuggled')")
    assert names(catalog) == []


def test_a_hundred_threads_read_while_one_writes(catalog: Catalog) -> None:
    """Each transaction adds two tags: a reader must never see an odd number, nor fewer than before."""
    start = threading.Barrier(101)

    def read() -> bool:
        start.wait()
        counts = [len(names(catalog)) for _ in range(5)]
        return all(count % 2 == 0 for count in counts) and counts == sorted(counts)

    def add_two(connection: Connection, changes: Changes, number: int) -> None:
        tags.ensure(connection, f"a{number}")
        tags.ensure(connection, f"b{number}")

    with ThreadPoolExecutor(100) as readers:
        answers = [readers.submit(read) for _ in range(100)]
        start.wait()
        for number in range(30):
            catalog.write(lambda connection, changes, number=number: add_two(connection, changes, number))  # type: ignore[misc]
        assert all(answer.result() for answer in answers)
    assert len(names(catalog)) == 60


def test_closing_waits_for_a_reader_and_leaves_no_wal(catalog: Catalog, path: Path) -> None:
    is_reading, may_end = threading.Event(), threading.Event()

    def read() -> None:
        with catalog.reading() as connection:
            query(connection, "SELECT name FROM tags")
            is_reading.set()
            assert may_end.wait(libraries.PATIENCE_S)

    write_tag(catalog, "sea")
    reader = threading.Thread(target=read)
    reader.start()
    assert is_reading.wait(libraries.PATIENCE_S)
    closer = threading.Thread(target=catalog.close)
    closer.start()
    libraries.wait_until(lambda: catalog._is_closed, "closing")
    may_end.set()
    closer.join()
    reader.join()

    assert sorted(everything_in(path.parent)) == ["library.sqlite", "library.sqlite-thumbnails"]


def test_closing_ends_a_query_that_takes_for_ever(catalog: Catalog) -> None:
    is_reading = threading.Event()
    ended: list[str] = []

    def read() -> None:
        try:
            with catalog.reading() as connection:
                is_reading.set()
                query(
                    connection, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
                )
        except LibraryError as error:
            ended.append(error.title)

    reader = threading.Thread(target=read)
    reader.start()
    assert is_reading.wait(libraries.PATIENCE_S)
    closer = threading.Thread(target=catalog.close)
    closer.start()
    reader.join(libraries.PATIENCE_S)
    closer.join(libraries.PATIENCE_S)

    assert ended == ["The library is closed."]
    assert not closer.is_alive()


def test_a_new_file_may_be_opened_by_two_at_the_same_moment(path: Path) -> None:
    """Each sees an empty file first; only one makes the tables."""
    path.parent.mkdir()
    first, second = connections.open_writer(path), connections.open_writer(path)
    with pytest.MonkeyPatch.context() as patch:
        apply = migrations._apply

        def interrupted(connection: Connection, step: Migration) -> None:
            patch.undo()
            migrations.migrate(second, path)
            apply(connection, step)

        patch.setattr(migrations, "_apply", interrupted)
        migrations.migrate(first, path)
    assert first.pragma("user_version") == second.pragma("user_version") == NEWEST
    first.close()
    second.close()
