"""Files that are wrong: each gives one sentence, none gives half a picture, none takes the program down."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import UnreadableImage
from core.images import metadata, reading
from tests.support import pictures
from tests.support.pictures import encoded, make_avif, make_dng, make_exif, make_gps, make_heic, make_jpeg

# Under the tests' rule that warnings are errors, Pillow's warnings about odd tags would hide what users see.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

EXIF = make_exif(
    main={0x010F: "Canon", 0x0110: "Canon EOS"},
    photo={0x829A: 0.01},
    gps=make_gps(52.5, 13.4),
    taken_at="2024:05:01 12:30:00",
)
PHOTO = pictures.photo_like((96, 72))
FILES = {
    "photo.jpg": encoded(PHOTO, "JPEG", exif=EXIF),
    "progressive.jpg": encoded(PHOTO, "JPEG", progressive=True),
    "photo.png": encoded(PHOTO, "PNG", exif=EXIF),
    "photo.gif": encoded(PHOTO.quantize(32), "GIF"),
    "photo.webp": encoded(PHOTO, "WEBP", exif=EXIF),
    "lossless.webp": encoded(PHOTO, "WEBP", lossless=True),
    "photo.bmp": encoded(PHOTO, "BMP"),
    "photo.tif": encoded(PHOTO, "TIFF", exif=EXIF),
    "lzw.tif": encoded(PHOTO, "TIFF", compression="tiff_lzw"),
    "photo.heic": make_heic(PHOTO, exif=EXIF),
    "photo.avif": make_avif(PHOTO, exif=EXIF),
    "photo.dng": make_dng(),
    "preview.dng": make_dng(make_jpeg((120, 90))),
}


def reason_of(content: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(UnreadableImage) as caught:
        reading.read_picture(content, name, 288)
    reason = str(caught.value)
    assert reason.endswith(".")
    assert "\n" not in reason
    return reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (bytes(5000), "The file holds nothing but zeros; it was probably never copied completely."),
        (b"%PDF-1.7 ...", "This is not a picture (it looks like a PDF)."),
        (b"PK\x03\x04rest", "This is not a picture (it looks like a ZIP archive or an office document)."),
        ("Dear diary, über alles\n".encode(), "This is not a picture (it looks like a text file)."),
        (b"<!DOCTYPE html><html>", "This is not a picture (it looks like a web page)."),
        (b"<?xml version='1.0'?><svg xmlns=''/>", "This is not a picture (it looks like an SVG drawing)."),
        (b"\0\0\0\x18ftypisom\0\0\0\0isom", "This is not a picture (it looks like a video)."),
        (
            bytes(range(256)),
            "This is not a picture of a kind that Recollect reads, or its beginning is damaged.",
        ),
    ],
)
def test_what_is_no_picture_is_named(content: bytes, reason: str) -> None:
    assert reason_of(content) == reason


@pytest.mark.parametrize("name", FILES)
def test_a_cut_off_file_is_unreadable_wherever_it_ends(name: str) -> None:
    content = FILES[name]
    reading.read_picture(content, name, 288)
    reasons = {reason_of(content[: len(content) * part // 40], name) for part in range(1, 39)}
    assert any("cut off" in reason or "damaged" in reason for reason in reasons)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.gif", "photo.webp", "photo.heic", "photo.avif"])
def test_a_cut_off_file_is_called_that(name: str) -> None:
    assert reason_of(FILES[name][:-300], name) == "The file is cut off: the picture ends in the middle."


def test_a_jpeg_file_filled_up_with_zeros_is_cut_off() -> None:
    content = FILES["photo.jpg"]
    assert "cut off" in reason_of(content[: len(content) // 2] + bytes(len(content) // 2))


def test_a_jpeg_file_with_padding_behind_its_end_is_fine() -> None:
    assert reading.read_picture(FILES["photo.jpg"] + bytes(4096), "photo.jpg", 288).width_px == 96


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (pictures.make_png_bomb((60_000, 60_000)), "60,000 x 60,000"),
        (pictures.make_jpeg_bomb((65_000, 65_000)), "65,000 x 65,000"),
        (pictures.make_png_bomb((2_000_000_000, 2)), "2,000,000,000 x 2"),
    ],
)
def test_a_decompression_bomb_is_refused_from_its_header(content: bytes, size: str) -> None:
    assert reason_of(content).startswith(f"The picture claims to be {size} pixels, more than Recollect opens")


def test_a_large_picture_below_the_limit_is_no_bomb() -> None:
    # Pillow itself would warn at 89 megapixels, and warnings fail these tests.
    huge = Image.new("1", (11_000, 9_000), 1)
    picture = reading.read_picture(encoded(huge, "PNG"), "huge.png", 100)
    assert (picture.width_px, picture.height_px) == (11_000, 9_000)
    assert max(picture.image.size) < 1000


def test_damaged_heic_item_names_do_not_crash() -> None:
    content = FILES["photo.heic"]
    place = content.index(b"Exif")
    for offset in range(4):
        damaged = bytearray(content)
        damaged[place + offset] ^= 0x80
        assert "damaged" in reason_of(bytes(damaged), "photo.heic")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from([b"", *(content[:16] for content in FILES.values())]))
def test_any_bytes_are_either_a_picture_or_unreadable(content: bytes, head: bytes) -> None:
    for name in ("photo.jpg", "photo.dng"):
        with contextlib.suppress(UnreadableImage):
            reading.read_picture(head + content, name, 64)
        metadata.read(head + content, name)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=8),
    st.booleans(),
)
def test_flipped_bits_never_do_more_than_make_a_file_unreadable(
    name: str, flips: list[tuple[float, int]], is_in_head: bool
) -> None:
    damaged = bytearray(FILES[name])
    reach = min(len(damaged), 700) if is_in_head else len(damaged)
    for place, bits in flips:
        damaged[int(place * reach)] ^= bits
    with contextlib.suppress(UnreadableImage):
        picture = reading.read_picture(bytes(damaged), name, 64)
        assert picture.image.mode == "RGB"
        assert min(picture.width_px, picture.height_px) > 0
