"""The numbers behind an answer: order, cut and strength, and the matrix in memory."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from core.search import calibration, ranking
from core.search.background_file import Background
from core.search.vector_matrix import VectorMatrix

Scores = NDArray[np.float32]
SCORES = arrays.arrays(np.float32, st.integers(0, 60), elements=st.floats(-1, 1, width=32))


def best_ids(ids: list[int], scores: list[float], limit: int) -> list[int]:
    return ranking.best(np.array(ids, np.int64), np.array(scores, np.float32), limit)[0].tolist()  # type: ignore[no-any-return]


def test_best_first_and_newest_first_where_equal() -> None:
    assert best_ids([1, 2, 3, 4], [0.1, 0.9, 0.9, 0.5], 10) == [3, 2, 4, 1]
    assert best_ids([1, 2, 3, 4], [0.9, 0.9, 0.9, 0.9], 2) == [4, 3]
    assert best_ids([], [], 5) == []
    assert best_ids([1], [0.5], 0) == []


@given(SCORES, st.integers(0, 70))
def test_as_many_as_wanted_reach_the_score_that_so_many_reach(scores: Scores, count: int) -> None:
    reached = np.count_nonzero(scores >= calibration.reached_by(scores, count))
    assert reached == min(count, len(scores)) or len(set(scores.tolist())) < len(scores)
    assert reached >= min(count, len(scores))


@given(SCORES, st.integers(0, 70), st.randoms(use_true_random=False))
def test_the_best_are_the_beginning_of_everything_sorted(scores: Scores, limit: int, random: object) -> None:
    ids = np.arange(1, len(scores) + 1, dtype=np.int64)
    order = np.array(random.sample(range(len(ids)), len(ids)), dtype=np.int64)  # type: ignore[attr-defined]
    found, found_scores = ranking.best(ids[order], scores[order], limit)
    expected = sorted(zip((-scores).tolist(), (-ids).tolist(), strict=True))[:limit]
    assert [(-score, -one) for one, score in zip(found.tolist(), found_scores.tolist(), strict=True)] == expected


# -- calibration -------------------------------------------------------------------------------------------------


@given(SCORES)
def test_judging_scores_keeps_their_order(scores: Scores) -> None:
    judged = calibration.against_itself(scores)
    order = np.argsort(scores, kind="stable")
    assert np.all(np.diff(judged[order]) >= 0)
    assert len(judged) == len(scores)
    assert np.all(np.isfinite(judged))


@given(SCORES, st.floats(-0.5, 0.5), st.floats(0.5, 2))
def test_the_level_and_the_width_of_an_encoders_scores_do_not_matter(
    scores: Scores, shift: float, scale: float
) -> None:
    assume(len(scores) and np.quantile(scores, 0.5) - np.quantile(scores, 0.16) > 0.05)
    moved = (scores * scale + shift).astype(np.float32)
    np.testing.assert_allclose(
        calibration.against_itself(moved), calibration.against_itself(scores), atol=0.01, rtol=0.01
    )


@given(SCORES.filter(len))
def test_the_cut_counts_what_reaches_it(scores: Scores) -> None:
    z_scores = calibration.against_itself(scores)
    cut = calibration.cut(z_scores)
    assert 0 <= cut.count <= len(scores)
    if cut.count:
        assert cut.count == np.count_nonzero(z_scores >= cut.z)
        assert z_scores.max() >= cut.z


@pytest.mark.parametrize("count", [8, 100, 10_000])
def test_chance_is_no_match_and_what_stands_out_is(count: int) -> None:
    chance = np.clip(np.random.default_rng(0).normal(0, 0.5, count), -1.2, 1.2).astype(np.float32)
    assert calibration.cut(chance).count == 0
    chance[3] = 12.0
    assert calibration.cut(chance).count == 1


@given(SCORES, st.floats(-5, 5))
def test_strengths_rise_with_the_score_and_are_half_at_the_cut(scores: Scores, at_cut: float) -> None:
    strengths = calibration.strengths(scores * 10, at_cut)
    assert np.all((strengths >= 0) & (strengths <= 1))
    assert np.all(np.diff(strengths[np.argsort(scores)]) >= 0)
    assert calibration.strengths(np.array([at_cut], np.float32), at_cut)[0] == pytest.approx(0.5, abs=1e-5)


# -- the matrix ----------------------------------------------------------------------------------------------------


def unit(*angles: float) -> NDArray[np.float32]:
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


STEPS = st.lists(
    st.tuples(st.booleans(), st.lists(st.integers(0, 12), min_size=1, max_size=5, unique=True), st.floats(0, 6)),
    max_size=30,
)


@given(STEPS)
def test_the_matrix_is_what_a_dictionary_would_be(steps: list[tuple[bool, list[int], float]]) -> None:
    matrix, expected = VectorMatrix(2), {}
    matrix.load([(np.array([0, 1], np.int64), unit(0.1, 0.2))])
    expected = {0: unit(0.1)[0], 1: unit(0.2)[0]}
    for is_removal, ids, angle in steps:
        if is_removal:
            matrix.remove(ids)
            for one in ids:
                expected.pop(one, None)
        else:
            vectors = unit(*(angle + one for one in ids))
            matrix.update(np.array(ids, np.int64), vectors)
            expected.update(zip(ids, vectors, strict=True))
        assert len(matrix) == len(expected)
        found, scores, usual = matrix.scores(unit(1.0), Background(unit(0.3), unit(0.5, 2.0)))
        assert sorted(found.tolist()) == sorted(expected)
        for one, score in zip(found.tolist(), scores[:, 0].tolist(), strict=True):
            assert score == pytest.approx(float(expected[one] @ unit(1.0)[0]), abs=1e-4)
        assert usual is not None
        for one, row in zip(found.tolist(), usual, strict=True):
            np.testing.assert_allclose(row, calibration.usual(expected[one][None], unit(0.5, 2.0))[0], atol=1e-4)
    known, vectors = matrix.vectors_of([12, 0, 99])
    assert known.tolist() == [one for one in (12, 0) if one in expected]
    assert all(
        np.allclose(vector, expected[one], atol=1e-4) for one, vector in zip(known.tolist(), vectors, strict=True)
    )


def test_searching_while_it_grows_and_shrinks() -> None:
    matrix = VectorMatrix(2)
    over = threading.Event()
    failures: list[str] = []

    def search() -> None:
        while not over.is_set():
            ids, scores, _ = matrix.scores(unit(0.0))
            wrong = [
                one for one, score in zip(ids.tolist(), scores[:, 0], strict=True) if abs(score - np.cos(one)) > 1e-3
            ]
            failures.extend(map(str, wrong))

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for start in range(0, 4000, 40):
        ids = np.arange(start, start + 40)
        matrix.update(ids, unit(*ids.astype(float)))
        matrix.remove(range(start, start + 40, 2))
    over.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(matrix) == 2000


def test_a_photo_that_is_near_to_every_word_comes_later_for_a_word_and_not_for_a_sentence() -> None:
    cosines = np.array([0.30, 0.29, 0.10, 0.05, 0.00, -0.05], dtype=np.float32)
    z_scores = np.array([1.0, 4.0, 0.5, 0.2, 0.0, -0.3], dtype=np.float32)  # the first is near to everything
    word, sentence = (calibration.ordering(text, cosines, z_scores) for text in ("dog", "a dog in the snow"))
    assert word.argmax() == 1
    assert sentence.argmax() == 0
