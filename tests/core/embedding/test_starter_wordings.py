"""One or two words are heard in several wordings, everything else as it was typed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.embedding import starter_wordings
from core.embedding.starter_encoder import StarterEncoder
from core.embedding.starter_query import QueryEncoder


@pytest.mark.parametrize("text", ["dog", "  dog. ", "DOG"])
def test_one_word_is_heard_in_every_template(text: str) -> None:
    heard = [wording.lower() for wording in starter_wordings.of(text)]
    assert heard == ["dog", "a photo of dog", "a photo of the dog"]


def test_two_words_are_heard_in_every_template_too() -> None:
    assert "a photo of the red car" in starter_wordings.of("red car")


@pytest.mark.parametrize(
    "text", ["a dog", "a dog runs", "The dog", "a dog in the snow", "", "  ", "2023", "!?", "a" * 300]
)
def test_sentences_and_what_is_no_word_are_heard_as_typed(text: str) -> None:
    assert starter_wordings.of(text) == (text,)


@pytest.mark.parametrize("text", ["people", "Person", " humans. ", "someone"])
def test_people_are_heard_as_the_kinds_of_people_that_captions_name(text: str) -> None:
    heard = starter_wordings.of(text)
    assert {"man", "woman", "boy", "girl", "a photo of the girl"} <= set(heard)
    assert not any("people" in wording.lower() for wording in heard)


def test_people_in_a_sentence_are_heard_as_typed() -> None:
    assert starter_wordings.of("people on a beach") == ("people on a beach",)


@given(st.text(max_size=30))
def test_every_text_has_a_wording_and_braces_mean_nothing(text: str) -> None:
    heard = starter_wordings.of(text)
    if text.strip().rstrip(" .").lower() in ("people", "person", "persons", "human", "humans", "somebody", "someone"):
        return
    assert len(heard) in (1, len(starter_wordings.TEMPLATES))
    assert all(text.strip().rstrip(" .") in wording for wording in heard)


def test_texts_stay_in_order_whatever_number_of_wordings_each_has(tmp_path: Path) -> None:
    texts = ["dog", "a dog in the snow", "beach", "", "snow"]
    encoder, plain = StarterEncoder(tmp_path), QueryEncoder()
    rows = encoder.encode_texts(texts)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(rows, np.concatenate([encoder.encode_texts([text]) for text in texts]), atol=1e-5)
    np.testing.assert_allclose(rows[1], plain.encode([texts[1]])[0], atol=1e-5)
    expected = plain.encode(starter_wordings.of("beach")).mean(axis=0)
    np.testing.assert_allclose(rows[2], expected / np.linalg.norm(expected), atol=1e-5)
