"""The starter encoder as shipped: its real weights, its real heads, pictures that are not photos of the training."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
import torch
from PIL import Image
from threadpoolctl import ThreadpoolController

from core.domain import Embedding
from core.embedding import starter, starter_heads, starter_hubness, starter_query, starter_towers
from core.embedding.starter_encoder import StarterEncoder
from core.embedding.starter_query import QueryEncoder
from core.embedding.text_half import TextHalf
from core.errors import LibraryError
from core.jobs import JobControl
from core.search import background_file, captioned_photos, encoder_trial
from tests.support.real_photos import real_photos_folder

TEXTS = [
    "a dog",
    "two children build a sandcastle on a wide beach at sunset",
    "",
    "ein Hund",
    "word " * 3000,
    "🐕 \udcff",
]


@pytest.fixture(scope="module")
def queries() -> QueryEncoder:
    return QueryEncoder()


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> StarterEncoder:
    return StarterEncoder(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def other_heads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "heads.safetensors"
    monkeypatch.setattr(starter, "heads", lambda: path)
    return path


def test_any_text_becomes_a_unit_row(queries: QueryEncoder) -> None:
    rows = queries.encode(TEXTS)
    assert rows.shape == (len(TEXTS), starter.DIMENSION)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_a_text_means_the_same_whatever_else_is_in_its_batch(queries: QueryEncoder) -> None:
    together = queries.encode(TEXTS * 20)
    alone = np.concatenate([queries.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together[: len(TEXTS)], alone, atol=1e-5)


class Halting(QueryEncoder):
    """Stops in the middle of a text called "vocabulary"."""

    reached, go_on = threading.Event(), threading.Event()

    def _encode(self, texts: Sequence[str]) -> Embedding:
        if texts == ["vocabulary"]:
            self.reached.set()
            assert self.go_on.wait(60)
        return super()._encode(texts)


def test_a_query_does_not_wait_for_a_vocabulary_that_is_being_encoded() -> None:
    queries, threads = Halting(), ThreadpoolController().select(internal_api="openblas")
    usual = threads.info()
    with ThreadPoolExecutor(2) as pool:
        vocabulary = pool.submit(queries.encode, ["vocabulary"])
        assert queries.reached.wait(60)
        try:
            assert pool.submit(queries.encode, ["a dog"]).result(60).shape == (1, starter.DIMENSION)
            assert [one["num_threads"] for one in threads.info()] == [1] * len(usual)
        finally:
            queries.go_on.set()
        vocabulary.result(60)
    assert threads.info() == usual


def test_a_text_means_the_same_alone_and_among_many(encoder: StarterEncoder) -> None:
    together = encoder.encode_texts(TEXTS * 20)
    alone = np.concatenate([encoder.encode_texts([text]) for text in TEXTS])
    np.testing.assert_allclose(together[: len(TEXTS)], alone, atol=1e-5)


def test_numpy_answers_as_the_torch_tower_that_was_trained(queries: QueryEncoder) -> None:
    trained = TextHalf(starter_towers.load().text(), torch.device("cpu"))
    np.testing.assert_allclose(queries.encode(TEXTS), trained.encode(TEXTS), atol=1e-5)


def test_minilm_in_numpy_is_berts_own_definition() -> None:
    from transformers.models.bert import BertConfig, BertModel

    weights = safetensors.numpy.load_file(starter.text_weights())
    config = BertConfig.from_json_file(str(starter.text_weights().with_name("config.json")))
    reference = BertModel(config, add_pooling_layer=False).eval()
    own = {name: torch.from_numpy(array) for name, array in weights.items() if not name.startswith("pooler.")}
    reference.load_state_dict(own, strict=False)
    ids = np.array([[101, 1037, 3899, 102], [101, 4937, 102, 0]])
    mask = ids != 0
    with torch.inference_mode():
        expected = reference(torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)).last_hidden_state.numpy()
    np.testing.assert_allclose(starter_query.hidden_states(weights, ids, mask)[mask], expected[mask], atol=1e-5)


def test_a_text_that_says_the_same_is_nearer_than_one_that_does_not(queries: QueryEncoder) -> None:
    question, same, other = queries.encode(["a puppy in the snow", "a young dog plays in snow", "a plate of food"])
    assert question @ same > question @ other


def test_a_full_stop_and_capitals_do_not_change_a_query(queries: QueryEncoder) -> None:
    plain, written = queries.encode(["a dog on the beach", "  A dog on the BEACH ."])
    np.testing.assert_allclose(plain, written, atol=1e-6)


def test_pictures_become_unit_rows_and_equal_pictures_equal_rows(encoder: StarterEncoder) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (300, 200, 3), dtype=np.uint8)
    prepared = [
        encoder.prepare_image(Image.fromarray(noise)),
        encoder.prepare_image(Image.new("RGB", (50, 900), "red")),
    ]
    rows = encoder.encode_prepared([*prepared, prepared[0]])
    assert rows.shape == (3, starter.DIMENSION)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    assert rows[0] @ rows[2] > 0.999
    assert rows[0] @ rows[1] < 0.9


def test_words_find_the_sample_photos_they_describe(encoder: StarterEncoder) -> None:
    data = pytest.importorskip("skimage.data", reason="scikit-image's sample photos are not installed")
    pictures = {
        "a photo of a cat": data.chelsea(),
        "a cup of coffee": data.coffee(),
        "a rocket on a launch pad": data.rocket(),
        "a portrait of a woman in an orange suit": data.astronaut(),
    }
    photos = encoder.encode_prepared([encoder.prepare_image(Image.fromarray(pixels)) for pixels in pictures.values()])
    scores = encoder.encode_texts(list(pictures)) @ photos.T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_a_hub_is_lowered_for_every_query_and_its_length_stays_one() -> None:
    head = starter_towers.ProjectionHead(features=4, reduced=4, hidden=1, dimension=4)
    for part in (head.into, head.out, head.linear):
        torch.nn.init.zeros_(part.weight)
    torch.nn.init.eye_(head.reduce.weight)
    torch.nn.init.eye_(head.linear.weight)
    torch.nn.init.zeros_(head.linear.bias)
    hubs = {
        "centres": 0.4 * np.eye(4, dtype=np.float32)[:1],
        "log_shares": np.zeros(1, dtype=np.float32),
        "mean": np.array([0.2], dtype=np.float32),
    }
    with torch.inference_mode():
        photos = starter_towers.PhotoProjection(head, hubs)(torch.eye(4)[:2]).numpy()
    texts = starter_hubness.extend_texts(np.array([[0.6, 0.6, 0.5291503, 0.0]], dtype=np.float32))
    np.testing.assert_allclose(np.linalg.norm(photos, axis=1), 1.0, atol=1e-6)
    hub, plain = photos @ texts[0]
    expected = 0.4 * starter_hubness.STRENGTH * starter_hubness.KEPT * np.cos(np.arctan(starter_hubness.STRENGTH))
    assert plain - hub == pytest.approx(expected, abs=1e-5)


def test_the_first_query_waits_for_no_neural_network_library() -> None:
    program = (
        "import sys; from core.embedding.starter_encoder import StarterEncoder; from pathlib import Path;"
        "StarterEncoder(Path('unused')).encode_texts(['a dog']);"
        "sys.exit(' '.join(m for m in ('torch', 'timm', 'open_clip', 'transformers') if m in sys.modules) or None)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_weights_of_another_checksum_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"not the weights")
    with pytest.raises(LibraryError, match="damaged"):
        starter.check(path, starter.TEXT_WEIGHTS_SHA256)
    with pytest.raises(LibraryError, match="missing"):
        starter.check(tmp_path / "absent", starter.TEXT_WEIGHTS_SHA256)


def test_truncated_heads_are_said_to_be_damaged(other_heads: Path, tmp_path: Path) -> None:
    shipped = Path(starter.__file__).parents[2] / "resources" / "starter_encoder" / starter.HEADS_FILE
    other_heads.write_bytes(shipped.read_bytes()[:100_000])
    with pytest.raises(LibraryError, match="damaged"):
        starter_heads.head("text")


def test_a_thin_change_is_added_to_the_towers_own_weights(other_heads: Path) -> None:
    left, right = np.array([[1.0], [2.0]], dtype=np.float16), np.array([[3.0, 4.0]], dtype=np.float16)
    replaced = np.array([9.0], dtype=np.float16)
    tensors = {"text.change.a.weight.left": left, "text.change.a.weight.right": right, "text.tower.b": replaced}
    safetensors.numpy.save_file(tensors, other_heads)
    own = {"a.weight": np.ones((2, 2), dtype=np.float32), "b": np.zeros(1, dtype=np.float32)}
    changed = starter_heads.with_changes("text", own)
    assert changed["a.weight"].tolist() == [[4.0, 5.0], [7.0, 9.0]]
    assert changed["b"].tolist() == [9.0]
    assert own["b"].tolist() == [0.0]


def test_the_fingerprint_follows_the_heads(other_heads: Path) -> None:
    prints = []
    for content in (b"first", b"second"):
        other_heads.write_bytes(content)
        starter.fingerprint.cache_clear()
        prints.append(starter.fingerprint())
    starter.fingerprint.cache_clear()
    assert prints[0] != prints[1]


def test_the_background_texts_that_come_with_it_are_what_it_says(encoder: StarterEncoder, tmp_path: Path) -> None:
    """When this fails, run packaging/starter_encoder/background.py: weights or texts have changed since."""
    background = background_file.load_or_make(encoder, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()  # nothing had to be computed
    shipped = np.concatenate([background.everyday, background.unusual])
    np.testing.assert_allclose(shipped, encoder.encode_texts(background_file.all_prompts()), atol=2e-4)


def test_our_own_weights_stay_small() -> None:
    assert starter.heads().stat().st_size < 10_000_000


@pytest.mark.parametrize(("part", "recall_at_10"), [("coco", 0.80), ("phone", 0.78)])
def test_it_finds_real_photos_it_was_not_trained_on(encoder: StarterEncoder, part: str, recall_at_10: float) -> None:
    folder = real_photos_folder()
    if folder is None:
        pytest.skip("no captioned photos: set RECOLLECT_TEST_PHOTOS to their folder")
    captioned = captioned_photos.read(folder / f"{part}.jsonl", "val")
    result = encoder_trial.evaluate(encoder, captioned, folder / part, JobControl("evaluate", "Evaluating"))
    assert result.text_to_photo.recall_at_10 >= recall_at_10
