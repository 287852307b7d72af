from __future__ import annotations

import pytest

from core.errors import UnreadableImage
from core.images import reading, thumbnails
from tests.support import pictures
from tests.support.pictures import RED, make_jpeg, plain


@pytest.mark.parametrize(
    ("size", "expected"),
    [((2000, 1000), (512, 256)), ((300, 1200), (128, 512)), ((100, 80), (100, 80)), ((5000, 1), (512, 1))],
)
def test_thumbnails_are_512_pixels_at_most_and_never_enlarged(size: tuple[int, int], expected: tuple[int, int]) -> None:
    thumbnail = thumbnails.open_thumbnail(thumbnails.make(plain(size)))
    assert thumbnail.size == expected
    assert thumbnail.mode == "RGB"


def test_a_thumbnail_looks_like_its_picture() -> None:
    found = pictures.quarter_colours(thumbnails.open_thumbnail(thumbnails.make(pictures.quarters((1200, 800)))))
    for colour, expected in zip(found, pictures.QUARTERS, strict=True):
        assert max(abs(a - b) for a, b in zip(colour, expected, strict=True)) < 12


def test_a_damaged_thumbnail_is_unreadable() -> None:
    content = thumbnails.make(pictures.photo_like())
    for damaged in (b"", b"nothing", content[: len(content) // 2]):
        with pytest.raises(UnreadableImage):
            thumbnails.open_thumbnail(damaged)


def test_the_average_colour_is_the_mean() -> None:
    assert thumbnails.average_color(plain(colour=(1, 2, 255))) == 0x0102FF
    half = plain((10, 10), (0, 0, 0))
    half.paste((255, 255, 255), (0, 0, 5, 10))
    assert thumbnails.average_color(half) in (0x7F7F7F, 0x808080)


def test_one_pass_gives_pixels_enough_for_encoder_and_thumbnail() -> None:
    picture = reading.read_picture(make_jpeg((1500, 4000), RED, orientation=6), "x.jpg", 100)
    assert (picture.width_px, picture.height_px) == (1500, 4000)
    assert min(picture.image.size) >= 100
    assert max(picture.image.size) >= thumbnails.ENOUGH_PX
    assert picture.metadata.orientation == 6
    assert picture.format == "JPEG"
    red, green, blue = picture.average_color >> 16, picture.average_color >> 8 & 255, picture.average_color & 255
    assert max(abs(a - b) for a, b in zip((red, green, blue), RED, strict=True)) < 6
