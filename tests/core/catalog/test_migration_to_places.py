"""A library from before places and text in pictures keeps everything and still answers."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from core.catalog import connection as connections
from core.catalog import migrations, texts
from core.catalog.catalog import Catalog
from core.catalog.connection import Connection
from core.domain import PhotoId
from core.events import EventBus


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog as version 2 wrote it, with two photos and their words."""
    path = tmp_path / "library.sqlite"
    with monkeypatch.context() as patch:
        steps = migrations.migrations()[:2]
        patch.setattr(migrations, "migrations", lambda: steps)
        connection = connections.open_writer(path)
        migrations.migrate(connection, path)
    connection.execute("INSERT INTO folders (id, path, added_at) VALUES (1, ?, 0)", (b"/photos",))
    for number, latitude in ((1, 38.7139), (2, None)):
        connection.execute(
            "INSERT INTO photos (id, folder_id, relative_path, name, state_since, size_bytes, modified_ns,"
            " content_hash, format, width_px, height_px, average_color, taken_at, latitude, longitude, added_at)"
            " VALUES (?, 1, ?, ?, 0, 1, 1, ?, 'JPEG', 1, 1, 0, 0, ?, ?, 0)",
            (number, f"{number}.jpg".encode(), f"{number}.jpg", bytes([number]), latitude, latitude and -9.1394),
        )
        connection.execute(
            "INSERT INTO texts (rowid, name, folder, caption) VALUES (?, ?, 'photos', ?)",
            (number, f"{number}.jpg", f"Café number{number}"),
        )
    connection.close()
    return path


def holding(connection: Connection, *words: str) -> list[int]:
    """The photos that hold every word."""
    expression = texts.every_word(words)
    return texts.ids_of(connection, expression).tolist() if expression else []


def test_everything_is_kept_and_the_words_still_answer(older: Path) -> None:
    catalog = Catalog(older, EventBus())
    try:
        with catalog.reading() as connection:
            assert connection.execute("SELECT count(*) FROM photos").get == 2
            assert sorted(holding(connection, "cafe")) == [1, 2]
            assert holding(connection, "numb", "2") == []
            assert holding(connection, "number2") == [2]
        catalog.write(lambda connection, _changes: texts.refresh(connection, [PhotoId(2)]))
        with catalog.reading() as connection:
            assert holding(connection, "number1") == [1]
            assert connection.execute("SELECT count(*) FROM photos WHERE place_edition IS NULL").get == 2
    finally:
        catalog.close()


def test_a_copy_of_the_file_is_kept_before(older: Path) -> None:
    Catalog(older, EventBus()).close()
    (copy,) = older.parent.rglob("*before-0003*")
    kept = apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READONLY)
    assert kept.pragma("user_version") == 2
    kept.close()
