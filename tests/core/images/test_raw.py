from __future__ import annotations

import pytest
from PIL import Image

from core.errors import UnreadableImage
from core.images import decoding, metadata
from tests.support import pictures
from tests.support.pictures import QUARTERS, make_dng, make_jpeg


def is_quarters(image: Image.Image) -> bool:
    pairs = zip(pictures.quarter_colours(image), QUARTERS, strict=True)
    return all(abs(a - b) < 25 for found, expected in pairs for a, b in zip(found, expected, strict=True))


def test_the_embedded_preview_is_used_where_it_is_large_enough() -> None:
    decoded = decoding.decode(make_dng(make_jpeg((80, 60))), "x.dng", 48)
    assert (decoded.format, decoded.width_px, decoded.height_px) == ("RAW", 128, 96)
    assert decoded.image.size == (80, 60)
    assert is_quarters(decoded.image)


def test_a_preview_that_is_nearly_full_size_serves_as_full_size() -> None:
    assert is_quarters(decoding.decode(make_dng(make_jpeg((124, 93))), "x.dng", None).image)


def test_a_preview_that_is_too_small_is_passed_over_for_the_sensor_data() -> None:
    image = decoding.decode(make_dng(make_jpeg((16, 12))), "x.dng", None).image
    assert image.size == (128, 96)
    red, green, blue = image.getpixel((64, 48))  # type: ignore[misc]
    assert green > red
    assert green > blue


def test_without_a_preview_the_sensor_data_are_developed_no_larger_than_needed() -> None:
    content = make_dng(None, (512, 384))
    assert decoding.decode(content, "x.dng", 150).image.size == (256, 192)
    assert decoding.decode(content, "x.dng", None).image.size == (512, 384)


@pytest.mark.parametrize("preview", [make_jpeg((80, 60)), None])
def test_a_turned_raw_file_comes_out_upright(preview: bytes | None) -> None:
    decoded = decoding.decode(make_dng(preview, orientation=6), "x.dng", 48)
    assert (decoded.width_px, decoded.height_px) == (96, 128)
    assert decoded.image.width < decoded.image.height
    if preview is not None:
        assert is_quarters(decoded.image.rotate(90, expand=True))


def test_a_preview_the_camera_has_turned_already_is_left_alone() -> None:
    assert is_quarters(decoding.decode(make_dng(make_jpeg((60, 80)), orientation=6), "x.dng", 48).image)


def test_metadata_come_from_the_raw_file_itself() -> None:
    found = metadata.read(make_dng(make_jpeg((80, 60)), taken_at="2024:05:01 12:30:00"), "x.dng")
    assert found.camera == "Recollect Test Camera"
    assert found.taken_at is not None


def test_a_dng_file_called_tif_is_still_raw() -> None:
    assert decoding.decode(make_dng(make_jpeg((80, 60))), "x.tif", 48).format == "RAW"


def test_an_ordinary_tiff_file_with_a_raw_name_is_read() -> None:
    decoded = decoding.decode(pictures.encoded(pictures.quarters(), "TIFF"), "x.nef", None)
    assert decoded.format == "TIFF"
    assert is_quarters(decoded.image)


def test_sensor_data_that_are_cut_off_are_unreadable_and_not_half_black() -> None:
    content = make_dng(None)
    with pytest.raises(UnreadableImage):
        decoding.decode(content[:8] + content[5000:], "x.dng", None)
