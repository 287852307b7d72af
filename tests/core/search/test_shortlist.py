"""Scoring only the photos that can be shown answers what scoring all of them does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.query_parts import Wish
from core.search import calibration, fusion, ranking, shortlist, side_by_side, wish_scores
from core.search.calibration import NO_CUT, Cut
from core.search.fusion import Fused, Part
from core.search.scopes import Members
from core.search.shortlist import Exactly
from core.search.vector_matrix import VectorMatrix
from core.search.wanted import Wanted
from core.search.wish_scores import Asked, Scored

Scores = NDArray[np.float32]
_SCAN_ERROR = 0.02


def noisy(exact: Scores, random: np.random.Generator) -> Scores:
    return (exact + random.uniform(-_SCAN_ERROR, _SCAN_ERROR, len(exact))).astype(np.float32)


def case(seed: int, count: int, unwanted: int) -> tuple[Fused, Fused, list[Part], np.random.Generator]:
    """Exact and scanned scores of a query, and what it does not want."""
    random = np.random.default_rng(seed)
    exact = random.normal(size=count).astype(np.float32)
    cut = Cut(float(random.uniform(0, 3)), 1)
    parts = [Part("no", random.normal(size=count).astype(np.float32), NO_CUT, -1.0) for _ in range(unwanted)]
    scanned = noisy(exact, random)
    return Fused(exact, exact, cut), Fused(scanned, scanned, cut), parts, random


@given(st.integers(0, 1000), st.integers(0, 400), st.integers(1, 40), st.integers(0, 3), st.booleans())
def test_the_shown_photos_and_the_good_matches_are_those_of_scoring_everything(
    seed: int, count: int, limit: int, unwanted: int, is_filtered: bool
) -> None:
    exact, scanned, parts, random = case(seed, count, unwanted)
    inside = random.random(count) < 0.3 if is_filtered else None
    holding = random.random(count) < 0.05
    by_words = random.random(count) < 0.1

    def score(rows: NDArray[np.intp]) -> Exactly:
        some = Fused(exact.scores[rows], exact.z_scores[rows], exact.cut)
        return Exactly(some, [one.of(rows) for one in parts], by_words[rows])

    found = shortlist.exact_for_best(scanned, shortlist.Shown(inside, holding, limit), score)
    plain = fusion.without(exact, parts, by_words)
    inside = np.ones(count, np.bool_) if inside is None else inside
    (ids, strengths), (expected, exactly) = (answer(one, holding & inside, inside, limit) for one in (found, plain))
    assert ids == expected
    np.testing.assert_array_equal(strengths, exactly)
    if np.count_nonzero(holding & inside) < limit:  # else no good match that does not hold the words is shown
        good, really_good = (np.count_nonzero(inside & (one.z_scores >= exact.cut.z)) for one in (found, plain))
        assert min(good, limit) == min(really_good, limit)


def answer(fused: Fused, holding: NDArray[np.bool_], inside: NDArray[np.bool_], limit: int) -> tuple[list[int], Scores]:
    """What is shown, and its z-scores: the photos that hold the words and are not refused, then the best others."""
    first = np.flatnonzero(holding & (fused.z_scores > fusion.REFUSED))
    first = ranking.best(first, fused.z_scores[first], limit)[0]
    others = np.flatnonzero(inside & ~holding)
    others = ranking.best(others, fused.scores[others], limit - len(first))[0]
    shown = np.concatenate([first, others])
    return shown.tolist(), fused.z_scores[shown]


def test_few_photos_are_scored_where_few_are_shown() -> None:
    exact, scanned, parts, _ = case(0, 20_000, 2)
    scored: list[int] = []

    def score(rows: NDArray[np.intp]) -> Exactly:
        scored.append(len(rows))
        return Exactly(Fused(exact.scores[rows], exact.z_scores[rows], exact.cut), [one.of(rows) for one in parts])

    shown = shortlist.Shown(None, np.zeros(20_000, np.bool_), 20)
    shortlist.exact_for_best(Fused(scanned.scores, scanned.z_scores, NO_CUT), shown, score)
    assert sum(scored) < 2000


# -- the whole way ------------------------------------------------------------------------------------------------


def unit_rows(count: int, random: np.random.Generator) -> Scores:
    rows = random.standard_normal((count, 64), dtype=np.float32)
    unit: Scores = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


Both = tuple[ranking.Ranked, ranking.Ranked]
COUNT, SHOWN = 20_000, 100
NOBODY = np.zeros(0, np.bool_)


def as_shown_and_as_everything(weights: tuple[float, ...], is_filtered: bool, exact: NDArray[np.int64]) -> Both:
    """A query over random photos: scored for what is shown, and from exact products of everything."""
    random, count = np.random.default_rng(len(weights)), COUNT
    photos, ids = unit_rows(count, random), np.arange(count, dtype=np.int64)
    wanted = Wanted(tuple(Wish(f"wish {at}", weight) for at, weight in enumerate(weights)), ())
    texts = unit_rows(len(wanted.texts), random)
    scanned, each = texts[: len(wanted.scanned)], texts[len(wanted.scanned) :][: len(wanted.each)]
    usual = calibration.usual(photos, unit_rows(50, random))
    matrix = VectorMatrix(64)
    matrix.load([(ids, photos)])
    members = Members(count, ids % 3 > 0 if is_filtered else None)

    def ranked(raw: Scores, exactly: Callable[[NDArray[np.int64]], Scores], limit: int) -> ranking.Ranked:
        def judge(_text: int, z_scores: Scores) -> Cut:
            return Cut(1.5, int((z_scores >= 1.5).sum()))

        def sampled() -> Scores:
            return calibration.against_background(photos @ each.T, usual)

        scored = Scored(ids, raw, usual, judge, sampled, exactly)
        return wish_scores.rank(wanted, scored, Asked(members, NOBODY, exact, limit))

    found = ranked(matrix.scores(scanned, None, wanted.refined)[1], lambda some: matrix.scores_of(some, texts), SHOWN)
    return found, ranked(photos @ scanned.T, lambda some: photos[some] @ texts.T, count)


@pytest.mark.parametrize("weights", [(1, 1), (1, -1), (2, 1, -1), (1, 1, -1, -0.5), (1, 1, 1)])
@pytest.mark.parametrize("is_filtered", [False, True])
def test_several_wishes_find_what_exact_products_of_everything_find(
    weights: tuple[float, ...], is_filtered: bool
) -> None:
    found, plain = as_shown_and_as_everything(weights, is_filtered, np.arange(5, 9))
    best, scores = ranking.best(found.ids, found.scores, SHOWN)
    expected, exact_scores = ranking.best(plain.ids, plain.scores, SHOWN)
    np.testing.assert_allclose(scores, exact_scores, atol=1e-2)  # centre and spread of one wish are those of its scan
    assert len(np.intersect1d(best, expected)) >= SHOWN - 1  # equal to the rounding: either may be last
    assert abs(min(found.strong_count(), SHOWN) - min(plain.strong_count(), SHOWN)) <= 1


@pytest.mark.parametrize("weights", [(1, 1), (1, -1), (2, 1, -1)])
@pytest.mark.parametrize("is_filtered", [False, True])
def test_where_more_photos_hold_the_words_than_are_shown_those_shown_are_scored_for_all_that_is_wanted(
    weights: tuple[float, ...], is_filtered: bool
) -> None:
    holding = np.arange(0, COUNT, 4)
    found, plain = as_shown_and_as_everything(weights, is_filtered, holding)
    shown = ranking.by_score(np.intersect1d(holding, found.ids), found, NOBODY, SHOWN).ids
    assert len(shown) == SHOWN
    best = ranking.by_score(np.intersect1d(holding, plain.ids), plain, NOBODY, SHOWN).ids
    assert len(np.intersect1d(shown, best)) >= SHOWN - 1
    (own, z_scores), (_, expected) = (
        (one.ids[at], one.z_scores[at]) for one in (found, plain) for at in [np.searchsorted(one.ids, shown)]
    )
    assert own.tolist() == shown.tolist()
    np.testing.assert_allclose(z_scores, expected, atol=1e-2)


def test_where_several_things_are_not_wanted_and_nothing_else_is_each_is_scored_exactly() -> None:
    random = np.random.default_rng(0)
    photos, texts = unit_rows(1500, random), unit_rows(2, random)
    wanted = Wanted((Wish("dog", -1.0), Wish("cat", -1.0)), ())
    matrix = VectorMatrix(64)
    matrix.load([(np.arange(1500, dtype=np.int64), photos)])
    found = matrix.scores(texts, None, wanted.refined)[1]
    np.testing.assert_allclose(found, photos @ texts.T, atol=3e-5)


# -- work in pieces ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, side_by_side.AT_ONCE, 5 * side_by_side.AT_ONCE + 3])
def test_every_row_is_worked_on_once(count: int) -> None:
    done, sizes = np.zeros(count, np.int64), set[int]()

    def work(rows: slice) -> None:
        done[rows] += 1
        sizes.add(rows.stop - rows.start)

    side_by_side.in_pieces(count, work)
    assert (done == 1).all()
    assert all(size <= side_by_side.AT_ONCE for size in sizes)
    assert max(sizes, default=0) - min(sizes, default=0) < 16  # even: no thread waits long for another


def failing(at: int) -> Callable[[slice], None]:
    def work(rows: slice) -> None:
        if rows.start <= at < rows.stop:
            raise ValueError("this piece")

    return work


@pytest.mark.parametrize("piece", [0, 3])
def test_what_a_piece_raises_is_raised(piece: int) -> None:
    with pytest.raises(ValueError, match="this piece"):
        side_by_side.in_pieces(5 * side_by_side.AT_ONCE, failing(piece * side_by_side.AT_ONCE))
