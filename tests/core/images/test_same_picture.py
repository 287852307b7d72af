"""What counts as the same picture: copies of any size and quality do, lookalikes do not."""

from __future__ import annotations

import io
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

from core.images import comparison, perceptual_hash, thumbnails
from tests.support.pictures import photo_like


def stored(image: Image.Image) -> Image.Image:
    """What the library keeps of a picture."""
    return thumbnails.open_thumbnail(thumbnails.make(image))


def recompressed(image: Image.Image, quality: int) -> Image.Image:
    content = io.BytesIO()
    image.save(content, "JPEG", quality=quality)
    return Image.open(content).convert("RGB")


def resized(image: Image.Image, scale: float) -> Image.Image:
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def are_same(one: Image.Image, other: Image.Image) -> bool:
    """As the library decides it: near hashes first, then a look at the thumbnails."""
    first, second = perceptual_hash.of_image(one), perceptual_hash.of_image(other)
    if first is None or second is None:
        return False
    apart = ((first ^ second) & (1 << 64) - 1).bit_count()
    return apart <= perceptual_hash.RADIUS and comparison.difference(stored(one), stored(other)) is not None


def page(seed: int, number: str = "4711") -> Image.Image:
    """A printed page: same layout, other words."""
    words = random.Random(seed)
    image = Image.new("RGB", (800, 1100), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(24)
    draw.text((60, 40), f"Invoice {number}", "black", ImageFont.load_default(44))
    for top in range(130, 1040, 38):
        draw.text((60, top), "".join(words.choice("abcdefghijklm nopqrst uvwxyz") for _ in range(48)), "black", font)
    return image


SIZES = st.sampled_from([(640, 480), (480, 640), (800, 500), (500, 500)])


@given(seed=st.integers(0, 10_000), scale=st.floats(0.25, 2.0), quality=st.integers(40, 95), size=SIZES)
@settings(max_examples=50, deadline=None)
def test_a_copy_is_the_same_picture(seed: int, scale: float, quality: int, size: tuple[int, int]) -> None:
    original = photo_like(size, seed)
    assert are_same(original, recompressed(resized(original, scale), quality))


@given(
    seed=st.integers(0, 10_000),
    brightness=st.floats(0.95, 1.05),
    colour=st.floats(0.9, 1.1),
    quality=st.integers(75, 95),
    size=SIZES,
)
@settings(max_examples=50, deadline=None)
def test_a_copy_with_slightly_other_colours_is_too(
    seed: int, brightness: float, colour: float, quality: int, size: tuple[int, int]
) -> None:
    original = photo_like(size, seed)
    copy = ImageEnhance.Color(ImageEnhance.Brightness(original).enhance(brightness)).enhance(colour)
    assert are_same(original, recompressed(copy, quality))


@given(seed=st.integers(0, 10_000), other=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_two_pictures_are_not(seed: int, other: int) -> None:
    if seed != other:
        assert not are_same(photo_like((320, 240), seed), photo_like((320, 240), other))


@pytest.mark.parametrize(
    ("colour", "other"), [("#6fa0e0", "#6fa0e2"), ("white", "white"), ("black", "#020202"), ("red", "red")]
)
def test_plain_colours_are_never_joined(colour: str, other: str) -> None:
    assert not are_same(Image.new("RGB", (600, 400), colour), Image.new("RGB", (600, 400), other))


def sky(seed: int) -> Image.Image:
    fall = np.linspace(0, 70, 400)[:, None, None] + np.array([110.0, 150.0, 180.0])
    noise = np.random.default_rng(seed).normal(0, 3, (400, 600, 1))
    return Image.fromarray(np.clip(fall + noise, 0, 255).astype(np.uint8))


def test_two_clear_skies_are_not_the_same_picture() -> None:
    assert not are_same(sky(1), sky(2))


def test_dark_frames_are_not_the_same_picture() -> None:
    frames = [
        Image.fromarray(np.random.default_rng(seed).integers(0, 12, (400, 600, 3), dtype=np.uint8)) for seed in (1, 2)
    ]
    assert not are_same(*frames)


def test_the_same_layout_with_another_text_is_another_page() -> None:
    assert not are_same(page(1), page(2))
    assert are_same(page(1), recompressed(resized(page(1), 0.5), 50))


def test_one_other_number_makes_another_page() -> None:
    assert not are_same(page(1, "4711"), page(1, "8236"))


@pytest.mark.parametrize("shift", [4, 8, 16])
def test_a_camera_that_moved_took_another_picture(shift: int) -> None:
    wide = photo_like((700, 500), 3)
    detail = Image.fromarray(np.random.default_rng(1).integers(0, 255, (125, 175, 3), dtype=np.uint8))
    wide = Image.blend(wide, detail.resize(wide.size, Image.Resampling.BICUBIC), 0.4)
    assert not are_same(wide.crop((0, 0, 600, 400)), wide.crop((shift, 0, 600 + shift, 400)))


def test_something_that_moved_within_the_frame_makes_another_picture() -> None:
    one = photo_like((600, 400), 5)
    other = one.copy()
    other.paste(ImageOps.mirror(photo_like((70, 70), 9)), (300, 150))
    assert not are_same(one, other)


def test_black_and_white_is_an_edit_worth_keeping() -> None:
    one = photo_like((600, 400), 7)
    assert not are_same(one, ImageOps.grayscale(one).convert("RGB"))


def test_a_mirrored_or_stretched_picture_is_another_one() -> None:
    one = photo_like((600, 400), 8)
    assert not are_same(one, ImageOps.mirror(one))
    assert not are_same(one, one.resize((600, 500)))
