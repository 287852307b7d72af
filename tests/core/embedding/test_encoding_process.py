"""Encoding in a process of its own: the same answers, and nothing but its batch is lost when it dies."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from core.embedding import encoding_wire
from core.embedding.encoder_recipe import Recipe
from core.embedding.encoding_process import EncodingProcess
from core.embedding.forwarded_encoder import ForwardedEncoder
from core.embedding.registry import EncoderRegistry
from core.errors import LibraryError, UnreadableImage
from core.images import thumbnails
from core.jobs import Cancelled, JobControl
from tests.support import small_encoders, wild_encoding
from tests.support.libraries import PATIENCE_S, add_picture, wait_until
from tests.support.wild_encoding import WildEncoder, picture

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="crashes are made with signals")


@pytest.fixture
def process() -> Iterator[EncodingProcess]:
    damaged: list[str] = []
    made = EncodingProcess(damaged.append, wild_encoding.serve)
    made.damaged = damaged  # type: ignore[attr-defined]
    yield made
    made.close()


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    return wild_encoding.recipe(tmp_path)


def children() -> list[int]:
    """The processes that encode, of this one."""
    return [one.pid or 0 for one in multiprocessing.active_children() if one.name == "encoding"]


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_the_starter_gives_the_same_embeddings_there_as_here(tmp_path: Path) -> None:
    here, there = (EncoderRegistry(tmp_path, tmp_path / "cache", is_in_process=one) for one in (True, False))
    noise = np.random.default_rng(0).integers(0, 256, (5, 384, 512, 3), dtype=np.uint8)
    images = [*map(Image.fromarray, noise), Image.new("RGB", (50, 900), "red"), Image.new("L", (900, 700), 9)]
    words = ["a dog", "snow", *(f"number {number} of many" for number in range(80))]
    rows = []
    for registry in (here, there):
        encoder = registry.encoder("starter")
        prepared = [encoder.prepare_image(one) for one in images]
        size = encoder.batch_size()
        rows.append((size, encoder.encode_prepared(prepared), encoder.encode_texts(words)))
    there.close()
    assert rows[0][0] == rows[1][0]
    np.testing.assert_allclose(rows[0][1], rows[1][1], atol=2e-3)
    np.testing.assert_allclose(rows[0][2], rows[1][2], atol=2e-3)


def test_thumbnails_cross_as_the_files_they_are_and_a_damaged_one_is_said(tmp_path: Path) -> None:
    here, there = (EncoderRegistry(tmp_path, tmp_path / "cache", is_in_process=one) for one in (True, False))
    noise = np.random.default_rng(0).integers(0, 256, (5, 384, 512, 3), dtype=np.uint8)
    jpegs = [thumbnails.make(Image.fromarray(one)) for one in noise]
    rows = []
    for encoder in (here.encoder("starter"), there.encoder("starter")):
        encoder.batch_size()
        prepared = [encoder.prepare_jpeg(one) for one in jpegs]
        rows.append(encoder.encode_prepared([*prepared, encoder.prepare_image(Image.new("RGB", (512, 300), "red"))]))
    np.testing.assert_allclose(rows[0], rows[1], atol=2e-3)
    with pytest.raises(UnreadableImage):
        here.encoder("starter").prepare_jpeg(jpegs[0][:5000])
    damaged = encoder.prepare_jpeg(jpegs[0][:5000])
    assert damaged.ndim == 1, "it is opened over there"
    with pytest.raises(UnreadableImage):
        encoder.encode_prepared([prepared[1], damaged])
    np.testing.assert_allclose(encoder.encode_prepared(prepared[:2]), rows[1][:2], atol=2e-3)
    there.close()


def test_an_imported_encoder_is_used_and_its_damage_heard_of(tmp_path: Path) -> None:
    registry = EncoderRegistry(tmp_path / "encoders", tmp_path / "cache")
    job = JobControl("import", "Import", unit="bytes")
    registry.import_from(small_encoders.save(tmp_path / "source"), job, name="mine")
    weights = tmp_path / "encoders" / "mine" / "open_clip_model.safetensors"
    content = weights.read_bytes()
    weights.write_bytes(b"\xff" * 8 + content[8:])
    with pytest.raises(LibraryError, match="damaged"):
        registry.encoder("mine").encode_texts(["dog"])
    assert registry.is_damaged("mine")
    registry.import_from(tmp_path / "source", job, name="mine")
    assert not registry.is_damaged("mine")
    assert registry.encoder("mine").encode_texts(["dog"]).shape == (1, 32)
    registry.close()


_WINDOW = """
import sys, json
from pathlib import Path
from core import places
from core.domain import ExamplePicture, Query
from core.library import Library
if __name__ == "__main__":
    with Library(places.places()) as library:
        library.add_folder(Path(sys.argv[1]))
        library.index_until_done()
        hits = library.search(Query("a red wall")).hits
        library.search(Query(examples=(ExamplePicture(photo_id=hits[0].photo_id),)))
        loaded = [one for one in ("torch", "open_clip", "timm", "transformers", "torchvision") if one in sys.modules]
        print(json.dumps({"hits": len(hits), "embedded": library.status().embedded, "loaded": loaded}))
"""


def test_torch_is_not_imported_where_photos_are_indexed_and_searched(home: Path, tmp_path: Path) -> None:
    for colour in ("red", "green"):
        add_picture(tmp_path / "photos" / f"{colour}.png", colour)
    program = tmp_path / "window.py"
    program.write_text(_WINDOW)
    run = subprocess.run(
        [sys.executable, program, tmp_path / "photos"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {"hits": 2, "embedded": 2, "loaded": []}


def test_any_number_of_pictures_crosses(process: EncodingProcess, recipe: Recipe) -> None:
    pictures = [picture(100 + number, 500 + number) for number in range(40)]
    rows = process.encode_images(recipe, pictures)
    assert rows.dtype == np.float32
    assert rows[:, 0].tolist() == list(range(100, 140))
    assert process.encode_texts(recipe, ["four", "ü"])[:, 0].tolist() == [4, 1]
    assert process.batch_size(recipe) == (4, True)


def test_what_is_raised_there_is_raised_here(process: EncodingProcess, recipe: Recipe) -> None:
    with pytest.raises(LibraryError) as caught:
        process.encode_images(recipe, [picture(wild_encoding.FAILS)])
    assert (caught.value.title, caught.value.detail, caught.value.hint) == ("It failed.", "This is how.", "Do that.")
    with pytest.raises(Cancelled):
        process.encode_texts(recipe, [str(wild_encoding.STOPS)])
    with pytest.raises(RuntimeError, match="ValueError: a bug"):
        process.encode_images(recipe, [picture(wild_encoding.BUG)])
    assert process.encode_images(recipe, [picture(90)])[0, 0] == 90


def test_damage_and_what_is_logged_are_heard_of(
    process: EncodingProcess, recipe: Recipe, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(LibraryError, match="damaged"):
        process.encode_images(recipe, [picture(wild_encoding.DAMAGED)])
    assert process.damaged == ["wild"]  # type: ignore[attr-defined]
    with caplog.at_level(logging.INFO):
        process.encode_images(recipe, [picture(wild_encoding.LOGS)])
    assert ("core.embedding.runners", logging.WARNING, "moved to cpu") in caplog.record_tuples


def test_a_batch_is_repeated_when_its_process_was_killed(process: EncodingProcess, recipe: Recipe) -> None:
    assert process.encode_images(recipe, [picture(wild_encoding.CRASHES_ONCE)])[0, 0] == wild_encoding.CRASHES_ONCE
    (pid,) = children()
    os.kill(pid, signal.SIGKILL)
    assert process.encode_images(recipe, [picture(90)])[0, 0] == 90


def test_a_batch_that_kills_twice_is_one_error_and_nothing_else_breaks(
    process: EncodingProcess, recipe: Recipe
) -> None:
    with pytest.raises(LibraryError) as caught:
        process.encode_images(recipe, [picture(wild_encoding.CRASHES)])
    assert "ended twice" in caught.value.title
    assert process.encode_texts(recipe, ["abc"])[0, 0] == 3
    assert process.encode_images(recipe, [picture(90)])[0, 0] == 90


def test_an_answer_that_an_interruption_left_is_not_taken_for_the_next_one(
    process: EncodingProcess, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.encode_images(recipe, [picture(0)])

    def interrupted(_pipe: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(encoding_wire, "receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            process.release(recipe)
    assert process.batch_size(recipe) == (4, True)
    assert process.encode_images(recipe, [picture(0)]).tolist() == [[0, 1]]


def test_a_text_does_not_wait_for_pictures_and_closing_for_neither(process: EncodingProcess, recipe: Recipe) -> None:
    raised: list[type[BaseException]] = []

    def hang() -> None:
        try:
            process.encode_images(recipe, [picture(wild_encoding.HANGS)])
        except Cancelled as error:
            raised.append(type(error))

    thread = threading.Thread(target=hang)
    thread.start()
    wait_until((recipe.cache / "hanging").exists)
    assert process.encode_texts(recipe, ["abc"])[0, 0] == 3
    process.close()
    thread.join(PATIENCE_S)
    assert raised == [Cancelled]
    assert not children()
    with pytest.raises(Cancelled):
        process.encode_texts(recipe, ["abc"])


def test_it_ends_when_nothing_of_it_must_stay_warm(process: EncodingProcess, recipe: Recipe, tmp_path: Path) -> None:
    other = wild_encoding.recipe(tmp_path / "other", is_starter=False)
    process.release(recipe)
    assert not children(), "it is not started for that"
    process.encode_images(recipe, [picture(90)])
    assert process.has_torch
    process.encode_texts(recipe, ["abc"])
    process.release(recipe)
    assert not children(), "the starter's typed texts need no process"
    process.encode_texts(other, ["abc"])
    process.release(other)
    assert len(children()) == 1, "this encoder's text half stays warm"
    process.forget(other)
    process.release(recipe)
    assert not children()
    assert process.encode_images(recipe, [picture(90)])[0, 0] == 90


def test_it_ends_by_itself_when_nobody_asks(recipe: Recipe) -> None:
    process = EncodingProcess(serve=wild_encoding.serve, idle_s=0.05)
    assert process.encode_images(recipe, [picture(90)])[0, 0] == 90
    wait_until(lambda: not children())
    assert not process.has_torch
    assert process.encode_images(recipe, [picture(91)])[0, 0] == 91
    process.close()


_PARENT = """
import sys
from pathlib import Path
from core.embedding.encoding_process import EncodingProcess
from tests.support import wild_encoding
if __name__ == "__main__":
    recipe = wild_encoding.recipe(Path(sys.argv[1]))
    EncodingProcess(serve=wild_encoding.serve).encode_images(recipe, [wild_encoding.picture(wild_encoding.HANGS)])
"""


def test_it_ends_with_a_parent_that_is_killed_in_the_middle_of_a_batch(tmp_path: Path) -> None:
    program, hanging = tmp_path / "parent.py", tmp_path / "hanging"
    program.write_text(_PARENT)
    parent = subprocess.Popen([sys.executable, program, tmp_path], env={**os.environ, "PYTHONPATH": str(ROOT)})
    wait_until(lambda: hanging.exists() and hanging.read_text())
    pid = int(hanging.read_text())
    assert is_running(pid)
    parent.kill()
    parent.wait(PATIENCE_S)
    wait_until(lambda: not is_running(pid))


@pytest.mark.parametrize(("size", "is_on_processor"), [(4, True), (256, True), (4, False)])
def test_small_pictures_cross_as_they_are_unless_many_wait_or_another_device_encodes(
    process: EncodingProcess, recipe: Recipe, monkeypatch: pytest.MonkeyPatch, size: int, is_on_processor: bool
) -> None:
    monkeypatch.setattr(process, "batch_size", lambda recipe: (size, is_on_processor))
    encoder = ForwardedEncoder(recipe, WildEncoder(recipe.cache, lambda name: None), process)
    side = encoder.input_side_px
    assert encoder.batch_size() == size
    is_crossing = size == 4 and is_on_processor
    jpeg = thumbnails.make(Image.new("RGB", (40, 30)))
    assert encoder.prepare_image(Image.new("L", (40, 30))).shape == ((30, 40, 3) if is_crossing else (side, side, 3))
    assert encoder.prepare_jpeg(jpeg).shape == ((len(jpeg),) if is_crossing else (side, side, 3))
    assert encoder.prepare_image(Image.new("RGB", (900, 700))).shape == (side, side, 3)


@pytest.mark.usefixtures("no_processes")
def test_where_no_process_can_be_started_this_one_encodes(process: EncodingProcess, recipe: Recipe) -> None:
    encoder = ForwardedEncoder(recipe, WildEncoder(recipe.cache, lambda name: None), process)
    assert encoder.encode_prepared([picture(90)])[0, 0] == 90
    assert encoder.encode_texts(["abc"])[0, 0] == 3
    assert encoder.batch_size() == 4
    encoder.release_image_tower()
