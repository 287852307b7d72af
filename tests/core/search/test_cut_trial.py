"""The measure of the cut, with an encoder whose embeddings are colours."""

from __future__ import annotations

import numpy as np
import pytest

from core.domain import Embedding
from core.search import background_file, cut_trial
from core.search.background_file import Background
from core.search.captioned_photos import CaptionedPhoto
from core.search.cut_trial import Concepts
from tests.support.colour_encoder import ColourEncoder

WORDS = Concepts(("red", "blue"), ("violet", "cyan"))


def library(captions: list[str]) -> tuple[list[CaptionedPhoto], Embedding]:
    photos = [CaptionedPhoto(f"{row}.jpg", (caption,), "val") for row, caption in enumerate(captions)]
    return photos, ColourEncoder().encode_texts(captions)


@pytest.fixture(scope="module")
def background(tmp_path_factory: pytest.TempPathFactory) -> Background:
    return background_file.load_or_make(ColourEncoder(), tmp_path_factory.mktemp("cache"))


def test_what_is_there_survives_and_what_is_not_is_answered_with_nothing(background: Background) -> None:
    photos, embeddings = library(["a red car"] * 5 + ["a blue sea"] * 4 + ["green grass"] * 11)
    texts = ColourEncoder().encode_texts([*WORDS.everyday, *WORDS.unusual])
    found = cut_trial.measure(WORDS, texts, background, photos, embeddings)
    assert (found.photos, found.present_words, found.absent_words) == (20, 2, 2)
    assert (found.absent_answered_with_nothing, found.present_answered, found.true_top_survival) == (1.0, 1.0, 1.0)
    assert (found.precision, found.recall) == (1.0, 1.0)
    assert found.shown == pytest.approx((5 + 4) / 2 / 20)


def test_words_that_captions_name_too_rarely_or_at_all_are_left_out(background: Background) -> None:
    photos, embeddings = library(["red"] * 2 + ["two blues"] * 3 + ["a violet flower"])
    texts = ColourEncoder().encode_texts([*WORDS.everyday, *WORDS.unusual])
    found = cut_trial.measure(WORDS, texts, background, photos, embeddings)
    assert found.absent_words == 1
    assert found.present_words <= 1


def test_a_library_without_any_of_the_words_has_no_figures(background: Background) -> None:
    photos, embeddings = library(["grass", "cyan and violet"])
    texts = ColourEncoder().encode_texts([*WORDS.everyday, *WORDS.unusual])
    found = cut_trial.measure(WORDS, texts, background, photos, embeddings)
    assert found.true_top_survival is None
    assert found.absent_answered_with_nothing is None


def test_the_shipped_words_are_many_and_all_different() -> None:
    lists = [cut_trial.concepts(False), cut_trial.concepts(True)]
    words = [word for one in lists for word in (*one.everyday, *one.unusual)]
    assert len(lists[0].unusual) >= 100
    assert len({word.lower() for word in words}) == len(words)


def test_a_trial_holds_the_same_libraries_for_both_lists(background: Background) -> None:
    photos, embeddings = library(["red car", "blue sea", "green field"] * 50)
    found = cut_trial.run(ColourEncoder(), background, photos, np.asarray(embeddings)).as_json()
    assert list(found) == ["encoder", "chosen_with", "held_out"]
    assert list(found["chosen_with"]) == list(found["held_out"]) == ["all", "100"]
