"""Thumbnails: what is on screen first, at the right size, within bounds."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.tasks import Tasks
from app.thumbnail_provider import Size, ThumbnailProvider, decode
from core.domain import PhotoId
from core.errors import LibraryError
from tests.support import photo_shelf
from tests.support.photo_shelf import PhotoShelf

COVER = Size(100, is_cover=True)


@pytest.fixture
def shelf() -> PhotoShelf:
    return PhotoShelf()


@pytest.fixture
def tasks(qtbot: QtBot, shelf: PhotoShelf) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    shelf.gate.set()
    tasks.close()


@pytest.fixture
def provider(shelf: PhotoShelf, tasks: Tasks) -> ThumbnailProvider:
    return ThumbnailProvider(shelf, tasks)


def all_are_there(provider: ThumbnailProvider, ids: range) -> bool:
    return all(provider.image(one) is not None for one in ids)


def color_of(image: QImage | None) -> tuple[int, int, int]:
    assert image is not None
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    return middle.red(), middle.green(), middle.blue()


def expected_color(photo_id: int) -> object:
    number = photo_shelf.color(photo_id)
    return pytest.approx((number >> 16, number >> 8 & 255, number & 255), abs=4)


def test_images_cover_their_square_or_fit_into_it() -> None:
    jpeg = photo_shelf.jpeg(1, 512, 256)
    assert decode(jpeg, Size(100, is_cover=True)).size().toTuple() == (200, 100)
    assert decode(jpeg, Size(100, is_cover=False)).size().toTuple() == (100, 50)
    assert decode(jpeg, Size(2000, is_cover=True)).size().toTuple() == (512, 256)  # never enlarged
    assert decode(jpeg, COVER).format() == QImage.Format.Format_RGB32


def test_what_does_not_decode_is_a_null_image() -> None:
    assert decode(b"not a picture", COVER).isNull()
    assert decode(b"", COVER).isNull()


def test_visible_photos_become_ready(provider: ThumbnailProvider, qtbot: QtBot) -> None:
    ready: list[int] = []
    provider.ready.connect(ready.append)
    provider.show([3, 4], [5], COVER)
    assert provider.image(3) is None
    qtbot.waitUntil(lambda: sorted(ready) == [3, 4, 5])
    assert color_of(provider.image(4)) == expected_color(4)


def test_visible_come_before_those_ahead(provider: ThumbnailProvider, shelf: PhotoShelf, qtbot: QtBot) -> None:
    provider.show(range(30), range(100, 130), COVER)
    qtbot.waitUntil(lambda: provider.image(129) is not None)
    asked = [one for batch in shelf.asked_thumbnails for one in batch]
    assert sorted(asked[:30]) == list(range(30))
    assert len(asked) == len(set(asked))


def test_the_latest_viewport_wins(provider: ThumbnailProvider, shelf: PhotoShelf, qtbot: QtBot) -> None:
    shelf.gate.clear()
    provider.show(range(200), [], COVER)
    qtbot.waitUntil(lambda: len(shelf.asked_thumbnails) == 2)
    provider.show(range(500, 510), [], COVER)
    shelf.gate.set()
    qtbot.waitUntil(lambda: provider.image(509) is not None)
    asked = [one for batch in shelf.asked_thumbnails[2:] for one in batch]
    assert sorted(asked) == list(range(500, 510))


def test_memory_is_bounded_and_what_is_visible_stays(shelf: PhotoShelf, tasks: Tasks, qtbot: QtBot) -> None:
    one_image = decode(photo_shelf.jpeg(0), COVER).sizeInBytes()
    provider = ThumbnailProvider(shelf, tasks, most_bytes=40 * one_image)
    for first in range(0, 200, 20):
        visible = range(first, first + 20)
        provider.show(visible, range(first + 20, first + 100), COVER)
        qtbot.waitUntil(functools.partial(all_are_there, provider, visible))
    kept = [one for one in range(400) if provider.image(one) is not None]
    assert len(kept) <= 40
    assert set(range(180, 200)) <= set(kept)


def test_a_viewport_larger_than_the_memory_comes_to_rest(shelf: PhotoShelf, tasks: Tasks, qtbot: QtBot) -> None:
    provider = ThumbnailProvider(shelf, tasks, most_bytes=1)
    provider.show(range(25), range(25, 50), COVER)
    qtbot.waitUntil(functools.partial(all_are_there, provider, range(25)))
    provider.show(range(25), range(25, 50), COVER)
    asked = [one for batch in shelf.asked_thumbnails for one in batch]
    assert sorted(asked) == list(range(25))


def test_another_size_is_decoded_while_the_old_image_stays(
    provider: ThumbnailProvider, shelf: PhotoShelf, qtbot: QtBot
) -> None:
    provider.show([1], [], COVER)
    qtbot.waitUntil(lambda: provider.image(1) is not None)
    shelf.gate.clear()
    provider.show([1], [], Size(200, is_cover=True))
    old = provider.image(1)
    assert old is not None
    assert old.height() == 100
    shelf.gate.set()
    qtbot.waitUntil(lambda: (new := provider.image(1)) is not None and new.height() == 200)


def test_an_invalidated_thumbnail_is_fetched_again(
    provider: ThumbnailProvider, shelf: PhotoShelf, qtbot: QtBot
) -> None:
    provider.show([1], [], COVER)
    qtbot.waitUntil(lambda: provider.image(1) is not None)
    shelf.pictures[1] = photo_shelf.jpeg(2)
    provider.invalidate([1])
    assert provider.image(1) is not None  # no flicker
    qtbot.waitUntil(lambda: color_of(provider.image(1)) == expected_color(2))


def test_a_change_during_the_fetch_is_not_lost(provider: ThumbnailProvider, shelf: PhotoShelf, qtbot: QtBot) -> None:
    shelf.gate.clear()
    provider.show([1], [], COVER)
    qtbot.waitUntil(lambda: len(shelf.asked_thumbnails) == 1)
    provider.invalidate([1])
    shelf.gate.set()
    qtbot.waitUntil(lambda: len(shelf.asked_thumbnails) == 2)
    qtbot.waitUntil(lambda: provider.image(1) is not None)


def test_a_missing_thumbnail_is_asked_for_again_only_after_a_change(
    provider: ThumbnailProvider, shelf: PhotoShelf, qtbot: QtBot
) -> None:
    shelf.missing.add(1)
    provider.show([1, 2], [], COVER)
    qtbot.waitUntil(lambda: provider.is_absent(1) and provider.image(2) is not None)
    provider.show([1, 2], [], COVER)
    assert shelf.asked_thumbnails == [[1, 2]]
    shelf.missing.clear()
    provider.invalidate([1])
    qtbot.waitUntil(lambda: provider.image(1) is not None)


class FullDisk(PhotoShelf):
    def thumbnails(self, ids: object) -> dict[PhotoId, bytes]:
        raise LibraryError("The disk is full.")


def test_a_failure_is_told_once_and_ends(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[LibraryError] = []
    tasks.failed.connect(told.append)
    provider = ThumbnailProvider(FullDisk(), tasks)
    provider.show([1, 2], [], COVER)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert provider.is_absent(1)
