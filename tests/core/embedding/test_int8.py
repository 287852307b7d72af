"""Products of 8-bit integers: what they give, when the self-test takes them, and what happens where they fail."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import timm
import torch
from torch import nn

from core.domain import Embedding
from core.embedding import agreement, devices, int8, int8_layers, self_test, trial
from core.embedding.image_half import ImageHalf
from core.embedding.int8_layers import Int8Attention, Int8Linear, Int8Patches
from core.embedding.measurements import Measurements, Plan
from core.embedding.open_clip_encoder import OpenClipEncoder
from core.embedding.open_clip_towers import image_tower, text_tower
from core.embedding.preprocessing import Preprocessing
from core.embedding.towers import ImageTower, Towers
from tests.support import small_encoders
from tests.support.small_encoders import Kind

_CPU = torch.device("cpu")
_SIDES: dict[Kind, int] = {"vit": 32, "siglip": 160}

needs_int8 = pytest.mark.skipif(not int8.works_here(), reason="this processor has no exact 8-bit products")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Path]:
    """The folders of small vision transformers of open_clip's and of timm's making."""
    root = tmp_path_factory.mktemp("encoders")
    return {kind: small_encoders.save(root / kind, kind) for kind in _SIDES}


def _pixels(side: int) -> Preprocessing:
    return Preprocessing(side, (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))


def _half(tower: ImageTower, dtype: torch.dtype, side: int) -> ImageHalf:
    return ImageHalf(tower, _pixels(side), _CPU, dtype)


@needs_int8
@pytest.mark.parametrize("kind", _SIDES)
def test_an_int8_half_agrees_with_float32(homes: dict[Kind, Path], kind: Kind) -> None:
    pictures = trial.scenes(9, _SIDES[kind])
    exact = _half(image_tower(homes[kind]), torch.float32, _SIDES[kind]).encode(pictures)
    half = _half(image_tower(homes[kind]), torch.int8, _SIDES[kind])
    assert agreement.is_faithful(half.encode(pictures), exact, is_int8=True)
    assert agreement.is_faithful(half.encode(pictures, stream_count=2), exact, is_int8=True)
    assert half.dtype == torch.int8


@needs_int8
@pytest.mark.parametrize("kind", _SIDES)
def test_the_large_products_are_of_8_bits(homes: dict[Kind, Path], kind: Kind) -> None:
    tower = int8.convert(image_tower(homes[kind]).module)
    left = [name for name, part in tower.named_modules() if type(part) in (nn.Linear, nn.MultiheadAttention, nn.Conv2d)]
    assert all("attn_pool" in name for name in left)
    made = {type(part) for part in tower.modules()}
    assert {Int8Linear, Int8Patches} <= made
    assert (Int8Attention in made) == (kind == "vit")


@needs_int8
def test_an_extreme_token_does_not_coarsen_the_others() -> None:
    torch.manual_seed(0)
    linear, tokens = nn.Linear(64, 48), torch.randn(2, 5, 64)
    alone = Int8Linear(linear.weight, linear.bias)(tokens)
    tokens[1, 4] *= 1000
    with torch.inference_mode():
        exact, fast = linear(tokens), Int8Linear(linear.weight, linear.bias)(tokens)
    assert torch.equal(fast[0], alone[0])
    assert float((fast - exact).norm() / exact.norm()) < 0.02
    assert float((fast[0] - exact[0]).norm() / exact[0].norm()) < 0.02


@needs_int8
def test_rows_of_equal_numbers_and_rows_of_one_sign_are_kept() -> None:
    torch.manual_seed(0)
    linear = nn.Linear(64, 32, bias=False)
    rows = torch.stack([torch.zeros(64), torch.full((64,), 3.0), torch.full((64,), -1e5), torch.rand(64) + 100])
    with torch.inference_mode():
        exact, fast = linear(rows), Int8Linear(linear.weight, None)(rows)
    assert torch.equal(fast[0], torch.zeros(32))
    assert float((fast[1:] - exact[1:]).norm(dim=1).div(exact[1:].norm(dim=1)).max()) < 0.02


@needs_int8
def test_patches_may_leave_a_rest() -> None:
    torch.manual_seed(0)
    convolution, pixels = nn.Conv2d(3, 16, (4, 6), stride=(4, 6)), torch.randn(2, 3, 18, 20)
    with torch.inference_mode():
        exact, fast = convolution(pixels), Int8Patches(convolution)(pixels)
    assert fast.shape == exact.shape
    assert float((fast - exact).norm() / exact.norm()) < 0.02


@needs_int8
def test_an_attention_that_reads_its_layers_weights_still_works() -> None:
    torch.manual_seed(0)
    tower = timm.create_model(
        "eva02_tiny_patch14_224", pretrained=False, num_classes=0, img_size=28, depth=1, qkv_fused=True, qkv_bias=True
    ).eval()
    pixels = torch.randn(2, 3, 28, 28)
    with torch.inference_mode():
        exact = tower(pixels)
        fast = int8.convert(tower)(pixels)
    assert float(torch.cosine_similarity(fast, exact).min()) > 0.999


def test_an_attention_says_what_it_cannot_do() -> None:
    if not int8.works_here():
        pytest.skip("this processor has no exact 8-bit products")
    attention = Int8Attention(nn.MultiheadAttention(32, 2, batch_first=True))
    tokens = torch.randn(1, 3, 32)
    with pytest.raises(RuntimeError):
        attention(tokens, tokens.clone(), tokens)
    with pytest.raises(RuntimeError):
        attention(tokens, tokens, tokens, attn_mask=torch.zeros(3, 3))


def _unit(rows: np.ndarray) -> Embedding:
    unit: Embedding = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def test_int8_must_agree_more_strictly_than_other_formats() -> None:
    random = np.random.default_rng(2)
    exact = _unit(random.standard_normal((4, 64)))
    noise = _unit(random.standard_normal((4, 64)))
    coarse, fine = _unit(exact + 0.08 * noise), _unit(exact + 0.02 * noise)
    assert agreement.is_faithful(coarse, exact, is_int8=False)
    assert not agreement.is_faithful(coarse, exact, is_int8=True)
    assert agreement.is_faithful(fine, exact, is_int8=True)


def test_where_all_pictures_lie_close_together_int8_must_be_finer() -> None:
    random = np.random.default_rng(2)
    exact = _unit(np.ones((4, 64)) + 0.05 * random.standard_normal((4, 64)))
    fast = _unit(exact + 0.02 * _unit(random.standard_normal((4, 64))))
    assert (fast * exact).sum(axis=1).min() > 0.999
    assert not agreement.is_faithful(fast, exact, is_int8=True)


class _Gap(nn.Module):
    """Two large products whose difference is what is left: 8 bits are far too few for it."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.one, self.other = nn.Linear(192, 32), nn.Linear(192, 32)
        self.other.weight = nn.Parameter(self.one.weight + 1e-5 * torch.randn(32, 192))

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        rows = pixels[:, :, ::4, ::4].flatten(1)
        gap: torch.Tensor = self.one(rows) - self.other(rows)
        return gap


def _ticking() -> Callable[[], float]:
    """A clock by which everything takes as long: each look at it is a millisecond later."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.001
        return now

    return clock


@needs_int8
def test_the_self_test_refuses_a_tower_on_which_int8_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "dtypes", lambda device: (torch.float32, torch.int8))
    monkeypatch.setattr(self_test, "_WORTH_INT8", 0.5)  # faster or not, it would be taken

    def found(module: nn.Module) -> str:
        def make(device: torch.device, dtype: torch.dtype) -> ImageHalf:
            return _half(ImageTower(copy.deepcopy(module).eval()), dtype, 32)

        return self_test.find_plan(make, _CPU, 32, _ticking()).plan.dtype

    assert found(_Gap()) == "float32"
    assert found(nn.Sequential(nn.Flatten(), nn.Linear(3 * 32 * 32, 64))) == "int8"


def test_convolutions_are_not_tried_in_int8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "dtypes", lambda device: (torch.float32, torch.int8))
    made: list[torch.dtype] = []

    def make(device: torch.device, dtype: torch.dtype) -> ImageHalf:
        made.append(dtype)
        tower = nn.Sequential(nn.Conv2d(3, 8, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        return _half(ImageTower(tower.eval(), is_convolutional=True), dtype, 32)

    assert self_test.find_plan(make, _CPU, 32, _ticking()).plan.dtype == "float32"
    assert made == [torch.float32]


@pytest.mark.parametrize(
    "error", [RuntimeError("no engine"), AttributeError("no such operation"), TypeError("changed")]
)
def test_a_missing_operation_means_other_formats(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(weight: torch.Tensor) -> torch.Tensor:
        raise error

    monkeypatch.setattr(int8_layers, "pack", fail)
    monkeypatch.setattr(int8, "works_here", int8.works_here.__wrapped__)
    assert torch.int8 not in devices.dtypes(_CPU)


@needs_int8
def test_products_that_overflow_mean_other_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    right = int8_layers.product
    monkeypatch.setattr(int8_layers, "product", lambda *operands: right(*operands).clamp_(-32768, 32767))
    monkeypatch.setattr(int8, "works_here", int8.works_here.__wrapped__)
    assert torch.int8 not in devices.dtypes(_CPU)


def _encoder(home: Path, cache: Path, hook: Callable[[torch.Tensor], None] = lambda pixels: None) -> OpenClipEncoder:
    """The small ViT by a kept plan of int8, with a hook before each batch."""

    def image() -> ImageTower:
        tower = image_tower(home)
        tower.module.register_forward_pre_hook(lambda _, pixels: hook(pixels[0]))
        return tower

    towers = Towers(image=image, text=lambda: text_tower(home))
    encoder = OpenClipEncoder("small", "small-1", 32, _pixels(32), lambda: towers, cache, best_device=lambda: _CPU)
    Measurements(cache).keep_plan(encoder.fingerprint, devices.full_name(_CPU), _PLAN)
    return encoder


_PLAN = Plan("cpu", "int8", 4)


@needs_int8
@pytest.mark.parametrize("failure", ["not a number", "error"])
def test_an_int8_half_that_fails_later_is_replaced_by_float32(
    homes: dict[Kind, Path], tmp_path: Path, failure: str
) -> None:
    failed: list[str] = []

    def hook(pixels: torch.Tensor) -> None:
        if not failed:
            failed.append(failure)
            if failure == "error":
                raise RuntimeError("could not create a primitive")
            pixels.fill_(float("nan"))

    pictures = trial.scenes(6, 32)
    rows = _encoder(homes["vit"], tmp_path, hook).encode_prepared(pictures)
    assert failed == [failure]
    exact = _half(image_tower(homes["vit"]), torch.float32, 32).encode(pictures)
    assert np.allclose(rows, exact, atol=1e-5)
    assert Measurements(tmp_path).plan("small-1", devices.full_name(_CPU)) == replace(_PLAN, dtype="float32")


def test_a_plan_for_int8_is_found_anew_where_it_no_longer_works(
    homes: dict[Kind, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(int8, "works_here", lambda: False)
    assert np.isfinite(_encoder(homes["vit"], tmp_path).encode_prepared(trial.scenes(3, 32))).all()
    kept = Measurements(tmp_path).plan("small-1", devices.full_name(_CPU))
    assert kept is not None
    assert kept.dtype in ("float32", "bfloat16")


def test_the_plan_is_kept_and_one_of_a_newer_program_is_found_anew(tmp_path: Path) -> None:
    Measurements(tmp_path).keep_plan("small-1", "cpu", _PLAN)
    assert Measurements(tmp_path).plan("small-1", "cpu") == _PLAN
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text().replace('"int8"', '"int4"'))
    assert json.loads(file.read_text())
    assert Measurements(tmp_path).plan("small-1", "cpu") is None
