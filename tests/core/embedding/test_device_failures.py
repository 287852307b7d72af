"""What an encoder does when the device under it fails: smaller batches, the processor, float32, or plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from core.embedding import devices, trial
from core.embedding.measurements import Measurements, Plan
from core.embedding.open_clip_encoder import OpenClipEncoder
from core.embedding.open_clip_towers import image_tower, text_tower
from core.embedding.preprocessing import Preprocessing
from core.embedding.towers import ImageTower, Towers
from core.errors import LibraryError
from tests.support import small_encoders

_PIXELS = Preprocessing(32, (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small ViT."""
    return small_encoders.save(tmp_path_factory.mktemp("encoder"), "vit")


def _expected(home: Path, tmp_path: Path, count: int) -> np.ndarray:
    """What the same encoder gives where nothing fails."""
    return _with_hook(home, tmp_path / "undisturbed", lambda pixels: None).encode_prepared(trial.pictures(count, 32))


def _with_hook(
    home: Path, tmp_path: Path, hook: Callable[[torch.Tensor], None], device: str = "cpu", batch_size: int = 8
) -> OpenClipEncoder:
    """The small ViT, on what it is told is its best device, with a hook before each batch."""

    def image() -> ImageTower:
        tower = image_tower(home)
        tower.module.register_forward_pre_hook(lambda _, pixels: hook(pixels[0]))
        return tower

    towers = Towers(image=image, text=lambda: text_tower(home))
    encoder = OpenClipEncoder(
        "small", "small-1", 32, _PIXELS, lambda: towers, tmp_path, best_device=lambda: torch.device(device)
    )
    name = devices.full_name(torch.device(device))
    Measurements(tmp_path).keep_plan(encoder.fingerprint, name, Plan(device, "float32", batch_size))
    return encoder


def test_out_of_memory_means_smaller_batches(home: Path, tmp_path: Path) -> None:
    batches: list[int] = []

    def hook(pixels: torch.Tensor) -> None:
        if len(pixels) > 3:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB")
        batches.append(len(pixels))

    encoder = _with_hook(home, tmp_path, hook)
    pictures = trial.pictures(7, 32)
    rows = encoder.encode_prepared(pictures)
    assert batches == [3, 3, 1]
    assert np.allclose(rows, _expected(home, tmp_path, len(pictures)), atol=0.05)
    assert encoder.batch_size() == 3


def test_a_lost_device_means_the_processor(home: Path, tmp_path: Path) -> None:
    devices_used: list[str] = []

    def hook(pixels: torch.Tensor) -> None:
        devices_used.append(pixels.device.type)
        if len(devices_used) == 2:
            raise RuntimeError("CUDA error: device-side assert triggered")

    encoder = _with_hook(home, tmp_path, hook, device="cpu:0", batch_size=2)  # an address that is not plain "cpu"
    Measurements(tmp_path).keep_plan(encoder.fingerprint, _full_name("cpu"), Plan("cpu", "float32", 4))
    pictures = trial.pictures(6, 32)
    rows = encoder.encode_prepared(pictures)
    assert np.allclose(rows, _expected(home, tmp_path, len(pictures)), atol=0.05)
    assert encoder.batch_size() == 4
    assert len(devices_used) == 3


def _full_name(device: str) -> str:
    return devices.full_name(torch.device(device))


def test_a_processor_that_fails_is_told(home: Path, tmp_path: Path) -> None:
    def hook(pixels: torch.Tensor) -> None:
        raise RuntimeError("could not create a primitive")

    with pytest.raises(LibraryError, match="failed on this machine"):
        _with_hook(home, tmp_path, hook).encode_prepared(trial.pictures(1, 32))


def test_too_little_memory_for_one_picture_is_told(home: Path, tmp_path: Path) -> None:
    def hook(pixels: torch.Tensor) -> None:
        raise RuntimeError("[enforce fail at alloc_cpu.cpp:121] DefaultCPUAllocator: can't allocate memory")

    with pytest.raises(LibraryError, match="not enough memory"):
        _with_hook(home, tmp_path, hook).encode_prepared(trial.pictures(3, 32))


def test_an_overflow_in_a_small_format_is_repeated_in_float32(home: Path, tmp_path: Path) -> None:
    def hook(pixels: torch.Tensor) -> None:
        if pixels.dtype != torch.float32:
            pixels.fill_(float("nan"))

    encoder = _with_hook(home, tmp_path, hook)
    Measurements(tmp_path).keep_plan(encoder.fingerprint, _full_name("cpu"), Plan("cpu", "bfloat16", 4))
    pictures = trial.pictures(3, 32)
    assert np.isfinite(encoder.encode_prepared(pictures)).all()
    kept = Measurements(tmp_path).plan(encoder.fingerprint, _full_name("cpu"))
    assert kept == Plan("cpu", "float32", 4)


def test_weights_that_are_not_numbers_are_told(home: Path, tmp_path: Path) -> None:
    def hook(pixels: torch.Tensor) -> None:
        pixels.fill_(float("nan"))

    encoder = _with_hook(home, tmp_path, hook)
    with pytest.raises(LibraryError, match="weights are broken"):
        encoder.encode_prepared(trial.pictures(1, 32))
