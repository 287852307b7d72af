"""The colour encoder must mean what it says, because other tests rely on it."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support import colour_encoder
from tests.support.colour_encoder import COLOURS, ColourEncoder


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("encoder", [ColourEncoder(), ColourEncoder("colours-2", 24, shift=5)])
def test_a_colour_is_found_by_its_name(colour: str, encoder: ColourEncoder) -> None:
    photo = encoder.encode_prepared([encoder.prepare_image(Image.new("RGB", (60, 40), COLOURS[colour]))])[0]
    names = list(COLOURS)
    scores = encoder.encode_texts([f"A photo of something {name}." for name in names]) @ photo
    assert names[int(scores.argmax())] == colour
    assert abs(float(np.linalg.norm(photo)) - 1) < 1e-5


def test_unknown_words_are_far_from_everything() -> None:
    encoder = ColourEncoder()
    photos = encoder.encode_prepared([encoder.prepare_image(Image.new("RGB", (4, 4), rgb)) for rgb in COLOURS.values()])
    assert float((encoder.encode_texts(["giraffe", ""]) @ photos.T).max()) < 0.01


def test_a_registry_lists_both(tmp_path: Path) -> None:
    registry = colour_encoder.colour_registry(tmp_path / "encoders", tmp_path / "cache")
    first, second = registry.encoder("colours"), registry.encoder("colours-2")
    assert first is registry.encoder("colours")
    assert (first.dimension, second.dimension) == (16, 24)
    assert first.fingerprint != second.fingerprint
    assert registry.is_installed("colours-2")
    assert registry.spec("colours").name == "colours"
