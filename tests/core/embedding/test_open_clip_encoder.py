"""The encoder over real, small open_clip models of every kind: it must give what open_clip itself gives."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch
from PIL import Image, ImageFilter

from core.domain import Embedding
from core.embedding import installation
from core.embedding.image_half import ImageHalf
from core.embedding.open_clip_encoder import OpenClipEncoder
from core.embedding.open_clip_towers import image_tower, load, text_tower
from core.embedding.registry import EncoderRegistry
from core.embedding.towers import ImageTower, Towers
from core.jobs import JobControl
from tests.support import small_encoders
from tests.support.small_encoders import Kind

KINDS: tuple[Kind, ...] = ("vit", "resnet", "timm", "reparameterizable", "siglip")
_CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every small encoder, imported once; sources are below `sources`."""
    root = tmp_path_factory.mktemp("encoders")
    registry = EncoderRegistry(root / "encoders", root / "cache", is_in_process=True)
    for kind in KINDS:
        registry.import_from(small_encoders.save(root / "sources" / kind, kind), JobControl("import", "Import"), kind)
    return root


def _encoder(home: Path, kind: str, cache: Path | None = None, **options: object) -> OpenClipEncoder:
    installed = installation.find(home / "encoders", kind)
    assert installed is not None
    return OpenClipEncoder(
        kind,
        installed.fingerprint,
        installed.spec.dimension,
        installed.preprocessing,
        lambda: load(installed),
        cache or home / "cache",
        **options,  # type: ignore[arg-type]
    )


def _photos() -> list[Image.Image]:
    """Soft coloured noise: different pictures, but without detail at the scale of a pixel."""
    random = np.random.default_rng(3)
    sizes = ((120, 90), (90, 150), (100, 100), (64, 64))
    noise = [Image.fromarray(random.integers(0, 255, (height, width, 3), dtype=np.uint8)) for width, height in sizes]
    return [
        picture.resize((600, 450), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(9)) for picture in noise
    ]


def _reference(folder: Path, photos: list[Image.Image], texts: list[str]) -> tuple[Embedding, Embedding]:
    """What open_clip's own recipe gives for a folder in the hub's layout."""
    pair, _, preprocess = open_clip.create_model_and_transforms(f"local-dir:{folder}")
    tokens = open_clip.get_tokenizer(f"local-dir:{folder}")(texts)
    with torch.inference_mode():
        images = pair.eval().encode_image(torch.stack([preprocess(photo) for photo in photos]), normalize=True)
        words = pair.encode_text(tokens, normalize=True)
    return images.numpy(), words.numpy()


def _cosines(one: Embedding, other: Embedding) -> Embedding:
    """Row by row, after taking away what all rows share: random weights make everything look alike."""
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    cosines: Embedding = (one * other).sum(axis=1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)
    return cosines


@pytest.mark.parametrize("kind", KINDS)
def test_it_gives_what_open_clip_gives(home: Path, kind: Kind) -> None:
    encoder, photos = _encoder(home, kind), _photos()
    texts = ["a photo of a dog", "a red house", "the beach"]
    images, words = _reference(home / "sources" / kind, photos, texts)
    exact = ImageHalf(image_tower(home / "encoders" / kind), encoder._preprocessing, _CPU, torch.float32)
    ours = exact.encode([encoder.prepare_image(photo) for photo in photos])
    assert _cosines(ours, images).min() > 0.98
    assert np.abs(encoder.encode_texts(texts) - words).max() < 1e-4


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_unit_float32_of_the_promised_size(home: Path, kind: Kind) -> None:
    encoder = _encoder(home, kind)
    pictures = [encoder.prepare_image(photo) for photo in _photos()]
    assert pictures[0].shape == (encoder.input_side_px, encoder.input_side_px, 3)
    rows = encoder.encode_prepared(pictures)
    assert rows.shape == (4, encoder.dimension)
    for embedded in (rows, encoder.encode_texts(["a dog", ""])):
        assert embedded.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(embedded, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_faster_number_formats_agree_with_float32(home: Path, kind: Kind) -> None:
    encoder = _encoder(home, kind)
    pictures = [encoder.prepare_image(photo) for photo in _photos()]
    tower = home / "encoders" / kind
    exact, fast = (
        ImageHalf(image_tower(tower), encoder._preprocessing, _CPU, dtype).encode(pictures)
        for dtype in (torch.float32, torch.bfloat16)
    )
    assert (exact * fast).sum(axis=1).min() > 0.99


def test_pieces_on_several_threads_give_what_one_batch_gives(home: Path) -> None:
    encoder = _encoder(home, "vit")
    half = ImageHalf(image_tower(home / "encoders" / "vit"), encoder._preprocessing, _CPU, torch.float32)
    pictures = [encoder.prepare_image(photo) for photo in _photos() * 3]
    assert np.allclose(half.encode(pictures), half.encode(pictures, 2), atol=1e-5)


def test_nothing_gives_no_rows(home: Path) -> None:
    encoder = _encoder(home, "vit")
    assert encoder.encode_prepared([]).shape == (0, 32)
    assert encoder.encode_texts([]).shape == (0, 32)


def test_equal_texts_are_encoded_once_and_keep_their_places(home: Path) -> None:
    seen: list[int] = []
    tower = text_tower(home / "encoders" / "vit")
    tower.module.register_forward_pre_hook(lambda _, tokens: seen.append(len(tokens[0])))
    towers = Towers(image=lambda: pytest.fail("no picture was given"), text=lambda: tower)
    encoder = _encoder(home, "vit")
    encoder._load = lambda: towers
    dog, cat, same = encoder.encode_texts(["dog", "the cat on the beach", " dog\n"])
    assert sum(seen) == 2
    assert (dog == same).all()
    assert not np.allclose(dog, cat)
    assert np.allclose(encoder.encode_texts(["the cat on the beach"])[0], cat, atol=1e-6)


@pytest.mark.parametrize("kind", ["vit", "siglip"])
def test_strange_texts_are_cut_or_cleaned(home: Path, kind: Kind) -> None:
    strange = [
        "word " * 5000,
        "x" * 10_000,
        "猫と犬が浜辺で遊んでいる",
        "\ud800 lone surrogate",
        "🎉",
        "\n\t",
        "<end_of_text>",
    ]
    assert np.isfinite(_encoder(home, kind).encode_texts(strange)).all()


def test_many_texts_take_several_batches(home: Path) -> None:
    encoder = _encoder(home, "vit")
    texts = [f"photo number {number}" for number in range(75)]
    rows = encoder.encode_texts(texts)
    assert np.allclose(rows[70], encoder.encode_texts([texts[70]])[0], atol=1e-5)


def test_the_image_tower_can_be_released(home: Path) -> None:
    encoder = _encoder(home, "resnet")
    pictures = [encoder.prepare_image(photo) for photo in _photos()]
    encoder.release_image_tower()
    before = encoder.encode_prepared(pictures)
    encoder.release_image_tower()
    assert np.allclose(encoder.encode_prepared(pictures), before, atol=1e-5)


def test_many_threads_get_their_own_answers(home: Path) -> None:
    encoder = _encoder(home, "vit")
    pictures = [encoder.prepare_image(photo) for photo in _photos()]
    alone = [encoder.encode_prepared([picture])[0] for picture in pictures]
    words = encoder.encode_texts(["dog", "cat"])
    wrong: list[str] = []

    def work(number: int) -> None:
        for _ in range(5):
            if not np.allclose(encoder.encode_prepared([pictures[number]])[0], alone[number], atol=1e-3):
                wrong.append(f"picture {number}")
            if not np.allclose(encoder.encode_texts(["dog", "cat"]), words, atol=1e-5):
                wrong.append("texts")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_self_test_is_kept_for_the_next_time(home: Path, tmp_path: Path) -> None:
    loads: list[ImageTower] = []

    def counted(encoder: OpenClipEncoder) -> OpenClipEncoder:
        load_towers = encoder._load

        def image() -> ImageTower:
            loads.append(tower := load_towers().image())
            return tower

        towers = Towers(image=image, text=load_towers().text)
        encoder._load = lambda: towers
        return encoder

    first = counted(_encoder(home, "vit", tmp_path)).batch_size()
    tried = len(loads)
    assert tried > 1
    assert counted(_encoder(home, "vit", tmp_path)).batch_size() == first
    assert len(loads) == tried + 1
