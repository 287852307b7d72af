"""Full pictures come from threads, the neighbours ahead of time, and memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.picture_loader import PictureLoader, to_qimage
from app.tasks import Tasks
from core.domain import PhotoId
from core.library import Library
from tests.support import colour_library

RED, GREEN, BLUE = (220, 20, 30), (30, 160, 40), (30, 60, 210)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with colour_library.open_library(tmp_path / "home") as library:
        colour_library.write_pictures(tmp_path / "photos", {"r.jpg": RED, "g.jpg": GREEN, "b.jpg": BLUE})
        yield library


@pytest.fixture
def ids(library: Library, tmp_path: Path) -> dict[str, PhotoId]:
    return colour_library.indexed(library, tmp_path / "photos")


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def test_qimage_has_the_pixels_of_the_image() -> None:
    image = Image.new("RGB", (3, 2), RED)
    image.putpixel((2, 1), BLUE)
    converted = to_qimage(image)
    assert (converted.width(), converted.height()) == (3, 2)
    assert converted.pixelColor(0, 0) == QColor(*RED)
    assert converted.pixelColor(2, 1) == QColor(*BLUE)


def test_neighbours_are_there_before_they_are_asked_for(
    qtbot: QtBot, library: Library, tasks: Tasks, ids: dict[str, PhotoId]
) -> None:
    loader = PictureLoader(library, tasks)
    arrived: list[PhotoId] = []
    loader.loaded.connect(lambda photo_id, _image: arrived.append(photo_id))
    assert loader.show(ids["r.jpg"], 100, [ids["g.jpg"], ids["b.jpg"]]) is None
    qtbot.waitUntil(lambda: len(arrived) == 3)
    assert arrived[0] == ids["r.jpg"]
    following = loader.show(ids["g.jpg"], 100, [])
    assert isinstance(following, QImage)
    assert following.width() == 100


def test_what_changed_on_disk_is_read_again(
    qtbot: QtBot, library: Library, tasks: Tasks, ids: dict[str, PhotoId]
) -> None:
    loader = PictureLoader(library, tasks)
    with qtbot.waitSignal(loader.loaded):
        loader.show(ids["r.jpg"], 100, [])
    loader.forget([ids["r.jpg"]])
    assert loader.show(ids["r.jpg"], 100, []) is None


def test_memory_is_bounded(qtbot: QtBot, library: Library, tasks: Tasks, ids: dict[str, PhotoId]) -> None:
    one_picture = 100 * 67 * 4
    loader = PictureLoader(library, tasks, most_bytes=2 * one_picture)
    for photo_id in ids.values():
        with qtbot.waitSignal(loader.loaded):
            loader.show(photo_id, 100, [])
    assert 0 < loader.cached_bytes <= 2 * one_picture
    with qtbot.waitSignal(loader.loaded):
        loader.show_in_full(ids["r.jpg"])
    assert loader.cached_bytes <= 2 * one_picture
    loader.clear()
    assert loader.cached_bytes == 0


def test_photo_that_left_the_library_is_reported(qtbot: QtBot, library: Library, tasks: Tasks) -> None:
    loader = PictureLoader(library, tasks)
    with qtbot.waitSignal(loader.failed) as failure:
        loader.show(PhotoId(999), 100, [])
    assert failure.args is not None
    assert "no longer" in failure.args[1].title
