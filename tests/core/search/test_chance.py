"""A library's own line between chance and a find."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.domain import Embedding
from core.search import calibration, chance
from core.search.background_file import Background
from core.search.vector_matrix import VectorMatrix

DIMENSION = 128


def unit(rows: NDArray[np.float64]) -> Embedding:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: NDArray[np.float64] = rows / lengths
    return scaled.astype(np.float32)


class Space:
    """An encoder without meaning: every concept is a random direction; `level` and `width` distort its cosines."""

    def __init__(self, seed: int = 0, level: float = 0.0) -> None:
        self.random = np.random.default_rng(seed)
        self.cone = level * unit(self.random.standard_normal((1, DIMENSION)))
        self.background = Background(self.texts(60), self.texts(200))

    def texts(self, count: int) -> Embedding:
        return self._in_cone(unit(self.random.standard_normal((count, DIMENSION))))

    def photos(self, count: int, concept: Embedding | None = None, strength: float = 1.0) -> Embedding:
        rows = unit(self.random.standard_normal((count, DIMENSION)))
        return self._in_cone(rows if concept is None else rows + strength * concept)

    def _in_cone(self, rows: NDArray[np.float32]) -> Embedding:
        return unit((rows + self.cone).astype(np.float64))

    def cut(self, photos: Embedding, text: Embedding) -> tuple[calibration.Cut, NDArray[np.float32]]:
        matrix = VectorMatrix(DIMENSION)
        matrix.load([(np.arange(len(photos), dtype=np.int64), photos)])
        _, z_scores = matrix.z_scores(text[None], self.background.unusual)
        return chance.cut(z_scores[:, 0], text, matrix.chance(self.background)), z_scores[:, 0]


@pytest.mark.parametrize("level", [0.0, 1.0])
@pytest.mark.parametrize("count", [1, 30, 3000])
def test_most_words_about_nothing_are_answered_with_nothing(count: int, level: float) -> None:
    space = Space(level=level)
    photos = space.photos(count)
    answered = [space.cut(photos, text)[0].count > 0 for text in space.texts(60)]
    assert np.mean(answered) < 0.35  # the gate lets 13 % of the unusual words through; these are 60 of many


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_one_photo_among_thousands_is_found(level: float) -> None:
    space = Space(level=level)
    text = space.texts(1)[0]
    photos = np.concatenate([space.photos(3000), space.photos(1, text, 3.0)])
    cut, z_scores = space.cut(photos, text)
    assert 1 <= cut.count <= 10
    assert z_scores.argmax() == 3000


def test_what_fills_a_third_of_the_library_is_found_and_kept() -> None:
    space = Space()
    text = space.texts(1)[0]
    cut, z_scores = space.cut(np.concatenate([space.photos(2000), space.photos(1000, text, 0.6)]), text)
    assert np.mean(z_scores[2000:] >= cut.z) > 0.9
    assert np.mean(z_scores[:2000] >= cut.z) < 0.3


def test_an_encoder_that_says_the_same_of_everything_finds_nothing() -> None:
    space = Space()
    same = np.repeat(space.texts(1), 50, axis=0)
    space.background = Background(same, same)
    assert space.cut(same, same[0])[0].count == 0


def test_no_photos_no_cut() -> None:
    space = Space()
    assert space.cut(space.photos(0), space.texts(1)[0])[0] == calibration.NO_CUT


def test_the_line_moves_with_the_library() -> None:
    space = Space()
    matrix = VectorMatrix(DIMENSION)
    matrix.load([(np.arange(500, dtype=np.int64), space.photos(500))])
    before = matrix.chance(space.background)
    matrix.update(np.arange(500, 510, dtype=np.int64), space.photos(10))
    assert matrix.chance(space.background) is before
    unusual = space.background.unusual
    matrix.update(np.arange(510, 910, dtype=np.int64), space.photos(400, unusual[0], 2.0))
    after = matrix.chance(space.background)
    fresh = VectorMatrix(DIMENSION)
    fresh.load([matrix.vectors_of(range(910))])
    np.testing.assert_allclose(after.centre, fresh.chance(space.background).centre, atol=1e-3)
    assert not np.allclose(after.centre, before.centre, atol=1e-3)


def test_chance_is_the_same_in_one_piece_and_in_many() -> None:
    space = Space()
    photos = space.photos(20_000)
    matrix = VectorMatrix(DIMENSION)
    matrix.load([(np.arange(20_000, dtype=np.int64), photos)])
    found = matrix.chance(space.background)
    z_scores = matrix.z_scores(space.background.unusual, space.background.unusual)[1].T
    z_scores = chance.left_out(z_scores, len(z_scores))
    sampled = chance.parted(z_scores[:, :: chance.stride(20_000)])
    at_once = chance.at_depths(chance.best(z_scores), sampled)
    np.testing.assert_allclose(found.centre, chance.measure(at_once, space.background).centre, atol=1e-3)
