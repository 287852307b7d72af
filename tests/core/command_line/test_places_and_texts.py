"""`recollect places` and `recollect read-text`, as a person uses them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from core import places
from core.library import door
from tests.core.command_line.conftest import Recollect
from tests.support import pictures
from tests.support.colour_names import ColourNames


@pytest.fixture
def reads_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "RapidTextReader", ColourNames)
    monkeypatch.setattr(door.Library.__init__, "__defaults__", (None, ColourNames))


def test_places_lists_where_photos_were_taken(
    recollect: Recollect, photos: Path, lend_gazetteer: Callable[[Path], None]
) -> None:
    lend_gazetteer(places.places().cache)
    exif = pictures.make_exif(gps=pictures.make_gps(38.7139, -9.1394))
    (photos / "tram.jpg").write_bytes(pictures.make_jpeg(colour=(10, 20, 30), exif=exif))
    assert recollect("index", photos).code == 0
    assert "1  Lisbon, Lisboa, Portugal" in recollect("places").out
    (only,) = recollect("places", "--json").json
    assert only == {"town": "Lisbon", "region": "Lisboa", "country": "Portugal", "photo_count": 1}
    assert "1 photo with a place." in recollect("status").out


def test_without_a_position_it_says_so(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    assert recollect("places").out == "No photo says where it was taken.\n"


@pytest.mark.usefixtures("reads_colours")
def test_reading_once_switches_nothing_on(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    said = recollect("read-text", "--json").json
    assert (said["read"], said["pictures_with_text"], said["pictures_to_read"]) == (3, 3, 0)
    assert said["is_text_read"] is False
    assert recollect("read-text", "--json").json["read"] == 0


@pytest.mark.usefixtures("reads_colours")
def test_switched_on_new_pictures_are_read_while_indexing(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    assert recollect("read-text", "--on", "--json").json["is_text_read"] is True
    (photos / "new.png").write_bytes((photos / "red one.png").read_bytes() + b" ")
    recollect("index")
    assert recollect("status", "--json").json["pictures_read"] == 4
    assert recollect("read-text", "--forget", "--json").json["pictures_read"] == 0
    assert recollect("status", "--json").json["is_text_read"] is False


def test_without_the_option_one_line_says_how_to_get_it(
    recollect: Recollect, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recollect("index", photos)
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "rapidocr" else found(name, *rest)
    )
    said = recollect("read-text")
    assert said.code == 1
    assert 'pip install "recollect[text]"' in said.err
    assert len(said.err.splitlines()) == 1
