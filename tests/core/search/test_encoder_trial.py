"""Measuring a whole encoder, with colours for meaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from core.errors import LibraryError
from core.jobs import Cancelled, JobControl
from core.search import encoder_trial
from core.search.captioned_photos import CaptionedPhoto
from tests.support.colour_encoder import COLOURS, ColourEncoder

NAMES = ("red", "green", "blue", "yellow")


@pytest.fixture
def job() -> JobControl:
    return JobControl("evaluate", "Evaluating")


def photos(folder: Path, *, labelled: bool = False) -> list[CaptionedPhoto]:
    for name in NAMES:
        Image.new("RGB", (40, 30), COLOURS[name]).save(folder / f"{name}.png")
    return [CaptionedPhoto(f"{name}.png", (f"a {name} wall", name), "val", (name,) * labelled) for name in NAMES]


def test_an_encoder_that_understands_every_caption_gets_full_marks(tmp_path: Path, job: JobControl) -> None:
    result = encoder_trial.evaluate(ColourEncoder(), photos(tmp_path), tmp_path, job).as_json()
    perfect = {"recall@1": 1.0, "recall@5": 1.0, "recall@10": 1.0, "median_rank": 1.0, "mrr": 1.0}
    assert (result["encoder"], result["photos"]) == ("colours", 4)
    assert result["text_to_photo"] == result["photo_to_text"] == perfect
    assert result["photos_per_s"] > 0
    assert result["queries_per_s"] > 0
    assert "zero_shot" not in result


def test_wrong_captions_cost_recall(tmp_path: Path, job: JobControl) -> None:
    red, green, *_ = photos(tmp_path)
    crossed = [CaptionedPhoto(red.file, green.captions, "val"), CaptionedPhoto(green.file, red.captions, "val")]
    figures = encoder_trial.evaluate(ColourEncoder(), crossed, tmp_path, job)
    assert figures.text_to_photo.recall_at_1 == figures.photo_to_text.recall_at_1 == 0.0
    assert figures.text_to_photo.recall_at_5 == 1.0


def test_labels_add_zero_shot_figures(tmp_path: Path, job: JobControl) -> None:
    figures = encoder_trial.evaluate(ColourEncoder(), photos(tmp_path, labelled=True), tmp_path, job)
    assert figures.as_json()["zero_shot"] == {"top-1": 1.0, "top-5": 1.0}


def test_a_missing_photo_stops_the_measurement_instead_of_flattering_it(tmp_path: Path, job: JobControl) -> None:
    listed = [*photos(tmp_path), CaptionedPhoto("gone.png", ("a gone wall",), "val")]
    with pytest.raises(LibraryError, match=r"gone\.png"):
        encoder_trial.evaluate(ColourEncoder(), listed, tmp_path, job)


def test_without_captions_there_is_nothing_to_search_for(tmp_path: Path, job: JobControl) -> None:
    bare = [CaptionedPhoto(photo.file, (), "val") for photo in photos(tmp_path)]
    with pytest.raises(LibraryError, match="caption"):
        encoder_trial.evaluate(ColourEncoder(), bare, tmp_path, job)


def test_it_can_be_stopped(tmp_path: Path, job: JobControl) -> None:
    job.stop()
    with pytest.raises(Cancelled):
        encoder_trial.evaluate(ColourEncoder(), photos(tmp_path), tmp_path, job)
