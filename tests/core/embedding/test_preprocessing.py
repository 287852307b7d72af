import numpy as np
import pytest
from PIL import Image

from core.embedding import resizing
from core.embedding.preprocessing import Preprocessing, Resize

_MEAN = (0.5, 0.5, 0.5)


def _prepare(image: Image.Image, resize: Resize, side_px: int = 8) -> np.ndarray:
    return Preprocessing(side_px, _MEAN, _MEAN, resize).prepare(image)


def _three_stripes(width: int = 90, height: int = 30) -> Image.Image:
    """Red, green and blue side by side."""
    picture = np.zeros((height, width, 3), dtype=np.uint8)
    for channel in range(3):
        picture[:, channel * width // 3 : (channel + 1) * width // 3, channel] = 255
    return Image.fromarray(picture)


@pytest.mark.parametrize("resize", ["squash", "shortest", "longest"])
@pytest.mark.parametrize("size", [(8, 8), (1, 1), (1, 3000), (3000, 1), (640, 480)])
def test_any_picture_becomes_a_square(resize: Resize, size: tuple[int, int]) -> None:
    prepared = _prepare(Image.new("RGB", size, (200, 100, 50)), resize)
    assert prepared.shape == (8, 8, 3)
    assert prepared.dtype == np.uint8
    assert tuple(prepared[3, 4]) == (200, 100, 50) or resize == "longest"


def test_squash_keeps_everything() -> None:
    prepared = _prepare(_three_stripes(), "squash")
    assert prepared[4, 0].argmax() == 0
    assert prepared[4, 7].argmax() == 2


def test_shortest_crops_the_middle() -> None:
    prepared = _prepare(_three_stripes(), "shortest")
    assert (prepared[:, :, 1] > 200).all()


def test_longest_pads_with_black() -> None:
    prepared = _prepare(_three_stripes(), "longest", side_px=9)
    assert not prepared[:3].any()
    assert not prepared[6:].any()
    assert prepared[4, 0].argmax() == 0
    assert prepared[4, 8].argmax() == 2


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1"])
def test_other_modes_are_converted(mode: str) -> None:
    assert _prepare(Image.new("RGB", (20, 10), (255, 255, 255)).convert(mode), "squash").min() > 250


@pytest.mark.parametrize("size", [(512, 384), (384, 512), (40, 30), (2000, 1500)])
def test_torch_resizes_like_pillow(size: tuple[int, int]) -> None:
    spots = np.random.default_rng(0).integers(0, 255, (24, 32, 3), dtype=np.uint8)
    picture = Image.fromarray(spots).resize(size, Image.Resampling.BICUBIC)
    quick = np.asarray(resizing.with_torch(picture, (260, 200), "bicubic"), dtype=np.int16)
    slow = np.asarray(picture.resize((260, 200), Image.Resampling.BICUBIC, reducing_gap=resizing.REDUCING_GAP))
    assert np.abs(quick - slow).max() <= 2
