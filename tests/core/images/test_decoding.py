from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from core.images import decoding
from tests.support import pictures
from tests.support.pictures import BLUE, QUARTERS, RED, WHITE, encoded, make_avif, make_heic, make_jpeg, plain, quarters


def is_close(found: Sequence[int], expected: Sequence[int], tolerance: int = 14) -> bool:
    return max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= tolerance


def colour_of(content: bytes, name: str = "x.jpg") -> tuple[int, ...]:
    decoded = decoding.decode(content, name, None)
    assert decoded.image.mode == "RGB"
    found = decoded.image.getpixel((decoded.image.width // 2, decoded.image.height // 2))
    assert isinstance(found, tuple)
    return found


ALL_FORMATS = [
    ("JPEG", make_jpeg()),
    ("PNG", encoded(quarters(), "PNG")),
    ("GIF", encoded(quarters(), "GIF")),
    ("WEBP", encoded(quarters(), "WEBP", quality=95)),
    ("BMP", encoded(quarters(), "BMP")),
    ("TIFF", encoded(quarters(), "TIFF")),
    ("TIFF", encoded(quarters(), "TIFF", compression="tiff_lzw")),
    ("HEIC", make_heic()),
    ("AVIF", make_avif()),
]


@pytest.mark.parametrize(("file_format", "content"), ALL_FORMATS)
def test_every_format_is_read_whatever_it_is_called(file_format: str, content: bytes) -> None:
    decoded = decoding.decode(content, "misnamed.jpg", None)
    assert decoded.format == file_format
    assert (decoded.width_px, decoded.height_px) == decoded.image.size == (96, 64)
    assert all(is_close(*pair) for pair in zip(pictures.quarter_colours(decoded.image), QUARTERS, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIC", "AVIF"])
def test_pictures_come_out_upright(file_format: str, orientation: int) -> None:
    stored = pictures.stored_turned(quarters(), orientation)
    exif = pictures.make_exif(orientation=orientation)
    if file_format == "HEIC":
        content = make_heic(stored, exif=exif)
    elif file_format == "AVIF":
        content = make_avif(stored, exif=exif)
    else:
        content = encoded(stored, file_format, exif=exif)
    decoded = decoding.decode(content, "x.jpg", None)
    assert (decoded.width_px, decoded.height_px) == decoded.image.size == (96, 64)
    assert all(is_close(*pair, 30) for pair in zip(pictures.quarter_colours(decoded.image), QUARTERS, strict=True))


def test_an_orientation_that_does_not_exist_is_ignored() -> None:
    decoded = decoding.decode(make_jpeg(exif=pictures.make_exif(orientation=42)), "x.jpg", None)
    assert (decoded.width_px, decoded.height_px) == decoded.image.size == (96, 64)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "BMP"])
@pytest.mark.parametrize(("size", "shorter"), [((1600, 1200), 288), ((1203, 1999), 100), ((500, 400), 288)])
def test_no_larger_than_needed_and_no_smaller(file_format: str, size: tuple[int, int], shorter: int) -> None:
    decoded = decoding.decode(encoded(pictures.photo_like(size), file_format), "x", shorter)
    assert (decoded.width_px, decoded.height_px) == size
    assert shorter <= min(decoded.image.size) < 2 * shorter + 2
    assert decoded.image.width / decoded.image.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_small_pictures_are_not_enlarged() -> None:
    assert decoding.decode(make_jpeg((40, 30)), "x.jpg", 288).image.size == (40, 30)


def test_the_longer_side_can_be_asked_for_as_well() -> None:
    decoded = decoding.decode(make_jpeg((4000, 1000)), "x.jpg", 10, 900)
    assert 900 <= max(decoded.image.size) < 1801


def test_a_reduced_picture_looks_like_the_whole_one() -> None:
    content = encoded(pictures.photo_like((1600, 1200)), "JPEG", quality=90)
    whole = decoding.decode(content, "x.jpg", None).image.resize((64, 48), Image.Resampling.BOX)
    reduced = decoding.decode(content, "x.jpg", 200).image.resize((64, 48), Image.Resampling.BOX)
    assert np.abs(np.asarray(whole, np.int16) - np.asarray(reduced, np.int16)).mean() < 2


def test_transparent_parts_become_white() -> None:
    transparent = Image.new("RGBA", (16, 16), (*RED, 0))
    half = Image.new("LA", (16, 16), (0, 128))
    palette = plain((16, 16)).quantize(4)
    assert colour_of(encoded(transparent, "PNG")) == (255, 255, 255)
    assert is_close(colour_of(encoded(half, "PNG")), (127, 127, 127), 2)
    assert colour_of(encoded(palette, "PNG", transparency=palette.getpixel((0, 0)))) == (255, 255, 255)
    assert colour_of(encoded(transparent, "WEBP", lossless=True)) == (255, 255, 255)
    assert colour_of(encoded(plain((16, 16)), "PNG", transparency=RED)) == (255, 255, 255)


def test_palettes_grey_and_bilevel_pictures_become_rgb() -> None:
    assert is_close(colour_of(encoded(plain((16, 16)).quantize(8), "PNG")), RED, 3)
    assert colour_of(encoded(Image.new("L", (16, 16), 77), "JPEG")) == (77, 77, 77)
    assert colour_of(encoded(Image.new("1", (16, 16), 1), "TIFF")) == (255, 255, 255)


def test_sixteen_bits_a_channel_keep_their_brightness() -> None:
    grey = Image.fromarray(np.full((16, 16), 32768, np.uint16))
    assert is_close(colour_of(encoded(grey, "PNG")), (128, 128, 128), 1)
    assert is_close(colour_of(encoded(grey, "TIFF")), (128, 128, 128), 1)
    assert is_close(colour_of(pictures.make_png_16_bit_rgb(BLUE)), BLUE, 1)


def test_floating_point_pictures_are_stretched_and_survive_what_is_no_number() -> None:
    samples = np.linspace(-5, 5, 256, dtype=np.float32).reshape(16, 16).copy()
    samples[0, 0], samples[0, 1] = np.nan, np.inf
    image = decoding.decode(encoded(Image.fromarray(samples), "TIFF"), "x.tif", None).image
    assert image.getpixel((15, 15)) == (255, 255, 255)
    assert image.getpixel((2, 0)) < image.getpixel((8, 8))  # type: ignore[operator]
    assert colour_of(encoded(Image.fromarray(np.full((4, 4), 0.5, np.float32)), "TIFF")) == (128, 128, 128)


def test_cmyk_pictures_have_the_right_colours() -> None:
    assert is_close(colour_of(encoded(plain(colour=(255, 0, 0)).convert("CMYK"), "JPEG", quality=95)), (254, 0, 0))
    assert is_close(colour_of(encoded(plain(colour=(0, 0, 255)).convert("CMYK"), "TIFF")), (0, 0, 255))


def test_an_embedded_colour_profile_is_converted_to_srgb() -> None:
    # 55 of 255 as light is 128 of 255 in sRGB's tone curve.
    linear = _linear_grey_profile()
    assert is_close(colour_of(encoded(Image.new("L", (16, 16), 55), "PNG", icc_profile=linear)), (128, 128, 128), 3)


def test_a_broken_or_unfitting_colour_profile_is_ignored() -> None:
    assert is_close(colour_of(make_jpeg(colour=RED, icc_profile=b"no profile at all")), RED)
    assert is_close(colour_of(make_jpeg(colour=RED, icc_profile=_linear_grey_profile())), RED)


def _linear_grey_profile() -> bytes:
    """A minimal grey ICC profile whose tone curve is the identity (ICC.1:2010)."""
    curve = b"curv" + bytes(4) + (0).to_bytes(4, "big")
    white = b"XYZ " + bytes(4) + bytes.fromhex("0000f6d6000100000000d32d")
    text = b"desc" + bytes(4) + (2).to_bytes(4, "big") + b"g\0" + bytes(78)
    texts = b"text" + bytes(4) + b"none\0\0\0\0"
    tags, body, table = [(b"kTRC", curve), (b"wtpt", white), (b"desc", text), (b"cprt", texts)], b"", b""
    for name, value in tags:
        table += name + (128 + 4 + 12 * len(tags) + len(body)).to_bytes(4, "big") + len(value).to_bytes(4, "big")
        body += value + bytes(-len(value) % 4)
    tail = len(tags).to_bytes(4, "big") + table + body
    header = (128 + len(tail)).to_bytes(4, "big") + bytes(4) + bytes.fromhex("02100000") + b"mntrGRAYXYZ "
    header += bytes.fromhex("07e8000100010000000000006163737000000000") + bytes(28)
    header = header[:36] + b"acsp" + header[40:]
    header = header[:68].ljust(68, b"\0") + bytes.fromhex("0000f6d6000100000000d32d")
    return header.ljust(128, b"\0") + tail


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_picture_is_read(file_format: str) -> None:
    assert is_close(colour_of(pictures.make_animation(file_format, (RED, BLUE))), RED)


def test_of_a_tiff_with_several_pages_the_first_is_read() -> None:
    content = encoded(plain(colour=BLUE), "TIFF", save_all=True, append_images=[plain(colour=WHITE)])
    assert colour_of(content) == BLUE


def test_of_a_heic_file_with_several_pictures_the_main_one_is_read() -> None:
    collection = pillow_heif.HeifFile()
    collection.add_from_pillow(plain(colour=BLUE))
    collection.add_from_pillow(plain(colour=RED))
    stored = io.BytesIO()
    collection.save(stored, primary_index=1, quality=90)
    assert is_close(colour_of(stored.getvalue()), RED, 30)


def test_many_threads_may_decode_at_once() -> None:
    expected = [decoding.decode(content, "x", 32).image.tobytes() for _, content in ALL_FORMATS]
    start = threading.Barrier(4)

    def decode_all(_: int) -> list[bytes]:
        start.wait()
        return [decoding.decode(content, "x", 32).image.tobytes() for _, content in ALL_FORMATS]

    with ThreadPoolExecutor(4) as threads:
        assert all(found == expected for found in threads.map(decode_all, range(4)))


def test_the_image_carries_nothing_of_the_file_along() -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = make_jpeg(exif=pictures.make_exif(main={271: "Canon"}), icc_profile=icc)
    image = decoding.decode(content, "x.jpg", None).image
    assert type(image) is Image.Image
    assert not image.info
    assert not image.getexif()
