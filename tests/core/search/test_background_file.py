"""The embeddings of the background prompts are computed once per encoder and survive in the cache folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.domain import Embedding
from core.search import background_file
from core.search.background_file import Background
from tests.support.colour_encoder import ColourEncoder


def rows(background: Background) -> Embedding:
    return np.concatenate([background.everyday, background.unusual])


def test_they_are_encoded_once_and_read_after_that(tmp_path: Path) -> None:
    first, second = ColourEncoder(), ColourEncoder()
    made = rows(background_file.load_or_make(first, tmp_path / "cache"))
    assert first.texts_encoded == len(made)
    np.testing.assert_array_equal(rows(background_file.load_or_make(second, tmp_path / "cache")), made)
    assert second.texts_encoded == 0


def test_another_encoder_has_its_own(tmp_path: Path) -> None:
    background_file.load_or_make(ColourEncoder(), tmp_path)
    other = ColourEncoder("colours-2", 24, shift=5)
    assert background_file.load_or_make(other, tmp_path).unusual.shape[1] == 24
    assert other.texts_encoded


@pytest.mark.parametrize("damage", [b"", b"not an array", b"\x93NUMPY\x01\x00"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    made = rows(background_file.load_or_make(ColourEncoder(), tmp_path))
    file = next(tmp_path.iterdir())
    file.write_bytes(damage)
    again = ColourEncoder()
    np.testing.assert_array_equal(rows(background_file.load_or_make(again, tmp_path)), made)
    assert again.texts_encoded == len(made)


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert len(background_file.load_or_make(ColourEncoder(), tmp_path / "cache").everyday)
