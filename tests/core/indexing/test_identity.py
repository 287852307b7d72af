"""A photo is its content: what becomes of tags, stars, albums and embeddings when files move, change and come back.

One table of cases (`identity_cases`). Each happens once while Recollect is closed and once while it
follows the folders.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.catalog import vectors
from core.catalog.connection import query
from core.domain import PhotoId, ScanReport
from core.indexing import file_reading, indexer, settling
from tests.core.indexing.identity_cases import CASES, CAT, DUNE, LOOK, MAY, SEA, SECOND, STARS, WOOD, Case
from tests.support.file_deeds import shoot
from tests.support.libraries import Shelf, wait_until


def start(shelf: Shelf) -> None:
    """Four photos in one watched folder beside another one that has none."""
    for name, colour in ((SEA, "blue"), (DUNE, "yellow"), (WOOD, "green")):
        shelf.picture(name, colour)
    shoot(CAT, 1, MAY)(shelf)
    (shelf.root / SECOND).mkdir()
    (shelf.root / SECOND / "notes.txt").write_text("An empty folder would look like a drive that is away.")
    shelf.library.add_folder((shelf.root / SECOND).resolve())
    shelf.watch_root()
    for name, word in ((SEA, "sea"), (DUNE, "dune"), (WOOD, "wood"), (CAT, "cat")):
        shelf.library.add_tag(word, shelf.ids(name))
        shelf.library.create_album(word.upper(), shelf.ids(name))
        shelf.library.set_rating(shelf.ids(name), STARS[word])


def contents_on_disk(shelf: Shelf) -> dict[Path, bytes]:
    """Every picture in the two folders, by its content."""
    folders = (shelf.root, (shelf.root / SECOND).resolve())
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".png", ".jpg")]
    return {path: file_reading.content_hash(path.read_bytes()) for path in files}


def contents_in_catalog(shelf: Shelf) -> dict[Path, bytes]:
    with shelf.library._catalog.reading() as connection:
        rows = query(connection, "SELECT id, content_hash FROM photos WHERE state <> 'gone'")
    contents = {PhotoId(row[0]): row[1] for row in rows}
    return {photo.path: contents[photo.id] for photo in shelf.library.photos(list(contents))}


def is_settled(shelf: Shelf) -> bool:
    """Whether the catalog is as the disk is, with nothing left to do."""
    status = shelf.library.status()
    is_done = status.embedded == status.photos and shelf.library._work._jobs.is_idle
    return is_done and contents_in_catalog(shelf) == contents_on_disk(shelf)


def live_closed(shelf: Shelf, case: Case) -> int:
    """Everything happens while Recollect is closed; returns how many pictures were encoded afterwards."""
    encoded = 0
    shelf.library.close()
    for deed in case.deeds:
        deed(shelf)
        if deed is LOOK:
            shelf.open()
            shelf.scan()
            encoded += shelf.encoder().images_encoded
            shelf.library.close()
    shelf.open()
    report = shelf.scan()
    if case.deeds[-1] is not LOOK:
        assert (report.added, report.changed, report.moved, report.gone) == case.counts
    return encoded + shelf.encoder().images_encoded


def live_open(shelf: Shelf, case: Case) -> int:
    """Recollect follows the folders by itself."""
    before = shelf.encoder().images_encoded
    shelf.library.start()
    wait_until(lambda: is_settled(shelf), "the first look")
    for deed in case.deeds:
        deed(shelf)
        if deed is LOOK:
            wait_until(lambda: is_settled(shelf), "seeing what happened")
    wait_until(lambda: is_settled(shelf), "seeing what happened")
    encoded = shelf.encoder().images_encoded - before
    shelf.reopen()
    return encoded


@pytest.mark.parametrize("live", [live_closed, live_open], ids=["closed", "open"])
@pytest.mark.parametrize("name", CASES)
def test_marks_follow_the_content(
    shelf: Shelf, name: str, live: Callable[[Shelf, Case], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "QUIET_S", 0.1)
    monkeypatch.setattr(indexer, "ROOT_CHECK_S", 0.3)
    case = CASES[name]
    start(shelf)

    assert live(shelf, case) == case.encoded

    expected = {SEA: "sea", DUNE: "dune", WOOD: "wood", CAT: "cat"} | case.after
    worn = {absolute(shelf, path): marks for path, marks in expected.items() if marks is not None}
    assert contents_in_catalog(shelf) == contents_on_disk(shelf)
    assert {path: marks_of(shelf, path) for path in contents_in_catalog(shelf)} == worn
    assert_embeddings_are_of_the_pictures(shelf)
    assert shelf.scan() == ScanReport(), "a second look finds nothing new"


def absolute(shelf: Shelf, name: str) -> Path:
    """The path of a name, links left as they are."""
    return Path(os.path.abspath(shelf.root / name))  # noqa: PTH100


def marks_of(shelf: Shelf, path: Path) -> str:
    """The word of a photo's marks; what does not belong together is said in full."""
    photo = next(one for one in shelf.all_photos() if one.path == path)
    tags, albums = shelf.tags(path), shelf.albums(path)
    word = next(iter(tags), "")
    if tags == {word} - {""} and photo.rating == STARS.get(word) and albums in ({word.upper()} - {""}, set()):
        return word if albums or not word else f"copy of {word}"
    return f"tags {sorted(tags)}, albums {sorted(albums)}, {photo.rating} stars"


def assert_embeddings_are_of_the_pictures(shelf: Shelf) -> None:
    """What is stored for each photo is what the picture on the disk gives."""
    encoder = shelf.encoder()
    with shelf.library._catalog.reading() as connection:
        row = vectors.encoder(connection, encoder.fingerprint)
        assert row is not None
        ids, stored = vectors.load(connection, row)
    rows = dict(zip(ids.tolist(), stored, strict=True))
    for photo in shelf.all_photos():
        with Image.open(photo.path) as opened:
            fresh = encoder.encode_prepared([encoder.prepare_image(opened)])[0]
        assert float(np.dot(rows[photo.id], fresh)) > 0.98, photo.path
