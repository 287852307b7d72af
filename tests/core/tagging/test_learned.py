"""Tags that learn from examples: pure, on made-up embeddings."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.domain import Embedding
from core.tagging import learned
from core.tagging.learned import Lesson

DIMENSION = 64


def _unit(rows: NDArray[np.float64]) -> Embedding:
    unit: Embedding = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _library(seed: int, positives: int, prior_tells: float) -> tuple[Lesson, Embedding, Embedding, NDArray[np.bool_]]:
    """A cluster in a cloud, the first `positives` of it as examples; the name's score tells it by so much."""
    rng = np.random.default_rng(seed)
    cloud = rng.standard_normal((600, DIMENSION))
    cloud[:60] += 2.5 * rng.standard_normal(DIMENSION)[None] / 2
    photos = _unit(cloud)
    is_right = np.arange(600) < 60
    prior = (rng.standard_normal(600) + prior_tells * is_right).astype(np.float32)
    others = np.arange(100, 600)
    lesson = Lesson(photos[:positives], photos[:0], photos[others], prior[:positives], prior[:0], prior[others])
    return lesson, photos, prior, is_right


@pytest.mark.parametrize("count", [1, 3, 5, 20])
def test_examples_beat_a_name_that_says_little(count: int) -> None:
    lesson, photos, prior, is_right = _library(count, count, prior_tells=0.5)
    tag = learned.learn(lesson)
    unseen = np.arange(600) >= count
    alone = learned.average_precision(prior[unseen], is_right[unseen])
    taught = learned.average_precision(tag.scores(photos, prior)[unseen], is_right[unseen])
    assert taught > alone


def test_examples_that_say_nothing_do_not_spoil_a_good_name() -> None:
    rng = np.random.default_rng(3)
    photos = _unit(rng.standard_normal((600, DIMENSION)))
    is_right = np.arange(600) < 60
    prior = (rng.standard_normal(600) + 4 * is_right).astype(np.float32)
    lesson = Lesson(photos[:10], photos[:0], photos[100:], prior[:10], prior[:0], prior[100:])
    tag = learned.learn(lesson)
    unseen = np.arange(600) >= 10
    alone = learned.average_precision(prior[unseen], is_right[unseen])
    assert learned.average_precision(tag.scores(photos, prior)[unseen], is_right[unseen]) > alone - 0.03
    assert not tag.is_learned


def test_expected_precision_falls_with_rejections() -> None:
    lesson, photos, prior, _ = _library(1, 10, prior_tells=2)
    near_misses = Lesson(
        lesson.positives, photos[20:50], lesson.background, lesson.positive_prior, prior[20:50], lesson.background_prior
    )
    told, warned = learned.learn(lesson).expected_precision, learned.learn(near_misses).expected_precision
    assert told is not None
    assert warned is not None
    assert warned < told < 1


def test_few_examples_promise_nothing() -> None:
    lesson, *_ = _library(2, 4, prior_tells=1)
    assert learned.learn(lesson).expected_precision is None


def test_surer_photos_have_higher_confidence_and_half_is_the_threshold() -> None:
    lesson, photos, prior, _ = _library(4, 10, prior_tells=1)
    tag = learned.learn(lesson)
    scores = np.sort(tag.scores(photos, prior))
    assert np.all(np.diff(tag.confidences(scores)) >= 0)
    assert tag.confidences(np.array([tag.threshold], dtype=np.float32))[0] == pytest.approx(0.5)


def test_a_score_that_is_the_same_for_all_tells_nothing() -> None:
    is_right = np.arange(20) < 5
    assert learned.average_precision(np.zeros(20, np.float32), is_right) < 0.3
    assert learned.average_precision(is_right.astype(np.float32), is_right) == 1.0
