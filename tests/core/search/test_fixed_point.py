"""Embeddings kept as bytes find what float32 finds."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from core.search import fixed_point, ranking
from core.search.vector_matrix import VectorMatrix

Rows = NDArray[np.float32]
ROWS = arrays.arrays(
    np.float32, st.tuples(st.integers(1, 20), st.just(24)), elements=st.floats(-1, 1, width=32, allow_subnormal=False)
)


def unit_rows(count: int, dimension: int = 64, seed: int = 0) -> Rows:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)  # type: ignore[no-any-return]


@given(ROWS)
def test_a_row_comes_back_within_half_a_step(rows: Rows) -> None:
    planes = fixed_point.pack(rows)
    allowed = np.abs(rows).max(axis=1, keepdims=True) / fixed_point.STEPS * 0.51 + 1e-30
    assert np.all(np.abs(fixed_point.unpack(planes) - rows) <= allowed)


@given(ROWS, ROWS)
def test_products_are_those_of_the_rows(rows: Rows, queries: Rows) -> None:
    planes = fixed_point.pack(rows)
    np.testing.assert_allclose(fixed_point.dots(fixed_point.pack(queries), planes), queries @ rows.T, atol=2e-3)


def test_the_scan_is_as_wrong_as_it_says_and_no_more() -> None:
    rows = unit_rows(40_000)
    high, _, scale = fixed_point.pack(rows)
    wrong = fixed_point.scan(rows[7:8], high, scale)[0] - rows @ rows[7]
    said = fixed_point.scan_error(rows[7], scale)
    assert wrong.std() < said
    assert np.abs(wrong).max() < 6 * said


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_broken_number_is_nothing(value: float) -> None:
    rows = unit_rows(3)
    rows[1] = value
    back = fixed_point.unpack(fixed_point.pack(rows))
    assert np.isfinite(back).all()
    assert not back[1].any()


def test_nothing_has_no_products() -> None:
    planes = fixed_point.pack(np.zeros((0, 64), np.float32))
    assert fixed_point.scan(unit_rows(1), planes[0], planes[2]).shape == (1, 0)
    assert fixed_point.dots(fixed_point.pack(unit_rows(1)), planes).shape == (1, 0)


def test_a_query_of_zeros_scores_nothing() -> None:
    high, _, scale = fixed_point.pack(unit_rows(3))
    assert not fixed_point.scan(np.zeros((1, 64), np.float32), high, scale).any()


def test_scanning_borrows_no_references() -> None:
    # simsimd 6 gives away a None that is not its own when it writes into an array; Python 3.11 dies of it in the end.
    high, low, scale = fixed_point.pack(unit_rows(10))
    query = unit_rows(1)[0]
    before = sys.getrefcount(None)
    for _ in range(2000):
        fixed_point.scan(query[None], high, scale)
        fixed_point.dots(fixed_point.pack(query[None]), (high, low, scale))
    assert sys.getrefcount(None) > before - 1000


@pytest.mark.parametrize("count", [3, 1999, 2001, 30_000])
def test_the_best_are_those_of_an_exact_product(count: int) -> None:
    rows, ids = unit_rows(count), np.arange(count, dtype=np.int64)
    matrix = VectorMatrix(64)
    matrix.load([(ids, rows)])
    for query in unit_rows(5, seed=1):
        exact = rows @ query
        found_ids, all_scores, _ = matrix.scores(query[None])
        found, scores = ranking.best(found_ids, all_scores[:, 0], 100)
        least = np.sort(exact)[-min(100, count)]
        assert np.all(exact[found] >= least - 2e-5)
        np.testing.assert_allclose(scores, exact[found], atol=2e-5)


def test_many_queries_are_answered_as_one_by_one() -> None:
    rows, queries = unit_rows(300), unit_rows(40, seed=1)
    matrix = VectorMatrix(64)
    matrix.load([(np.arange(300, dtype=np.int64), rows)])
    _, together, _ = matrix.scores(queries)
    apart = np.concatenate([matrix.scores(one[None])[1] for one in queries], axis=1)
    np.testing.assert_allclose(together, apart, atol=1e-4)
