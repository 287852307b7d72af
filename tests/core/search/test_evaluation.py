"""The retrieval and zero-shot figures, on scores small enough to rank by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.search import evaluation

PHOTOS = np.eye(4, dtype=np.float32)


def captions(*rows: list[float]) -> NDArray[np.float32]:
    return np.array(rows, dtype=np.float32)


def owners(*rows: int) -> NDArray[np.int64]:
    return np.array(rows, dtype=np.int64)


def test_a_caption_nearest_its_own_photo_has_rank_zero_and_each_better_photo_adds_one() -> None:
    texts = captions([0.9, 0.1, 0, 0], [0.9, 0.1, 0.5, 0], [0.4, 0.3, 0.2, 0.1])
    assert evaluation.caption_ranks(texts, owners(0, 1, 3), PHOTOS).tolist() == [0, 2, 3]


def test_a_photo_is_ranked_by_the_best_of_its_captions_and_its_other_captions_do_not_count_against_it() -> None:
    texts = captions([0.9, 0.1, 0, 0], [0.8, 0.2, 0, 0], [0.85, 0.9, 0, 0])
    assert evaluation.photo_ranks(texts, owners(0, 0, 1), PHOTOS).tolist() == [0, 0]
    assert evaluation.photo_ranks(texts, owners(1, 0, 0), PHOTOS).tolist() == [1, 2]


def test_photos_without_a_caption_are_not_asked_but_stay_in_the_way() -> None:
    texts = captions([0.2, 0, 0, 0.8])
    assert evaluation.photo_ranks(texts, owners(0), PHOTOS).tolist() == [0]
    assert evaluation.caption_ranks(texts, owners(0), PHOTOS).tolist() == [1]


def test_an_encoder_that_says_the_same_of_every_photo_gets_no_credit_for_it() -> None:
    photos = np.ones((101, 2), dtype=np.float32)
    texts = np.ones((101, 2), dtype=np.float32)
    assert evaluation.text_to_photo(texts, np.arange(101), photos).recall_at_10 == 0.0
    assert evaluation.photo_to_text(texts, np.arange(101), photos).median_rank == 51.0


def test_more_queries_than_fit_one_block_are_all_ranked() -> None:
    random = np.random.default_rng(0)
    photos = random.normal(size=(1500, 8)).astype(np.float32)
    photos /= np.linalg.norm(photos, axis=1, keepdims=True)
    figures = evaluation.text_to_photo(photos, np.arange(1500), photos)
    assert (figures.recall_at_1, figures.median_rank, figures.mrr) == (1.0, 1.0, 1.0)
    assert evaluation.photo_to_text(photos[::-1], np.arange(1500)[::-1], photos).recall_at_1 == 1.0


def test_recalls_median_and_mean_reciprocal_rank_of_known_ranks() -> None:
    figures = evaluation.figures(np.array([0, 3, 7, 99]))
    assert (figures.recall_at_1, figures.recall_at_5, figures.recall_at_10) == (0.25, 0.5, 0.75)
    assert figures.median_rank == 6.0
    assert figures.mrr == pytest.approx((1 + 1 / 4 + 1 / 8 + 1 / 100) / 4)


def test_no_queries_is_an_error_rather_than_a_figure() -> None:
    with pytest.raises(ValueError, match="at least one caption"):
        evaluation.figures(np.array([], dtype=np.int64))


def test_zero_shot_counts_any_of_a_photos_labels_and_not_its_other_labels_against_it() -> None:
    labels = captions(
        [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [-1, 0, 0, 0], [0, -1, 0, 0], [0, 0, -1, 0]
    )
    photos = captions([0.9, 0.5, 0.4, 0.3], [0.1, 0.9, 0.8, 0])
    figures = evaluation.zero_shot(photos, labels, [frozenset({1, 0}), frozenset({2})])
    assert (figures.top_1, figures.top_5) == (0.5, 1.0)


def test_zero_shot_top_5_ends_at_five() -> None:
    labels = captions([0.9, 0, 0, 0], [0.8, 0, 0, 0], [0.7, 0, 0, 0], [0.6, 0, 0, 0], [0.5, 0, 0, 0], [0.4, 0, 0, 0])
    photo = captions([1, 0, 0, 0])
    assert evaluation.zero_shot(photo, labels, [frozenset({4})]).top_5 == 1.0
    assert evaluation.zero_shot(photo, labels, [frozenset({5})]).top_5 == 0.0
