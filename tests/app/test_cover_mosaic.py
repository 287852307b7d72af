"""The cover of a suggested album: every picture has its place, none is stretched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize

from app.views.cover_mosaic import covering, places


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_places_fill_the_room_and_do_not_overlap(count: int) -> None:
    room = QRect(0, 0, 264, 176)
    found = places(room, count)
    assert len(found) == max(1, count)
    for number, one in enumerate(found):
        assert room.contains(one)
        assert not any(one.intersects(other) for other in found[number + 1 :])
    assert max(one.right() for one in found) == room.right()
    assert max(one.bottom() for one in found) == room.bottom()


@pytest.mark.parametrize("picture", [QSize(512, 341), QSize(341, 512), QSize(100, 100), QSize(1, 1)])
def test_the_middle_of_a_picture_is_shown_in_the_shape_of_its_place(picture: QSize) -> None:
    shown = covering(picture, QSize(174, 176))
    assert QRect(0, 0, picture.width(), picture.height()).contains(shown)
    assert shown.width() == picture.width() or shown.height() == picture.height()
    assert abs(shown.center().x() - (picture.width() - 1) / 2) <= 1
