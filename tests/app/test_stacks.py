"""Copies of one picture as one cell of a result."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.stacks import Stack, leader_of, stacked
from core.domain import Hit, Hits, PhotoId


def hits(*ids: int) -> Hits:
    return Hits.of(Hit(PhotoId(one), 1.0 - place / 100, ()) for place, one in enumerate(ids))


def groups(*members: Sequence[int]) -> list[tuple[PhotoId, ...]]:
    return [tuple(PhotoId(one) for one in group) for group in members]


def ids(found: Sequence[Hit]) -> list[int]:
    return [int(hit.photo_id) for hit in found]


def test_the_first_of_a_group_stands_for_the_others_where_the_best_match_is() -> None:
    found = stacked(hits(5, 3, 8, 4), 4, groups((8, 5, 4)), set())
    assert ids(found.hits) == [8, 3]
    assert found.stacks == {PhotoId(8): Stack(2, is_open=False)}
    assert found.strong_count == 2


def test_an_opened_stack_shows_its_copies_at_once_after_it() -> None:
    found = stacked(hits(5, 3, 8, 4), 4, groups((5, 8, 4)), {PhotoId(5)})
    assert ids(found.hits) == [5, 8, 4, 3]
    assert found.stacks == {PhotoId(5): Stack(2, is_open=True)}


def test_a_weaker_copy_of_a_good_match_is_behind_it() -> None:
    closed = stacked(hits(5, 3, 8), 1, groups((5, 8)), set())
    assert (ids(closed.hits), closed.strong_count) == ([5, 3], 1)
    assert (closed.found_count, closed.behind_count) == (2, 1)
    opened = stacked(hits(5, 3, 8), 1, groups((5, 8)), {PhotoId(5)})
    assert (ids(opened.hits), opened.strong_count) == ([5, 8, 3], 2)
    assert (opened.found_count, opened.behind_count) == (2, 0)


def test_a_group_of_which_one_is_found_is_no_stack() -> None:
    found = stacked(hits(5, 3), 2, groups((5, 8)), set())
    assert (ids(found.hits), found.stacks) == ([5, 3], {})


def test_a_copy_knows_who_stands_for_it() -> None:
    shown = {PhotoId(5): Stack(1, is_open=True)}
    assert leader_of(PhotoId(8), groups((5, 8)), shown) == 5
    assert leader_of(PhotoId(3), groups((5, 8)), shown) is None


@given(st.integers(0, 12), st.integers(0, 12), st.lists(st.integers(0, 3), min_size=12, max_size=12), st.booleans())
def test_no_photo_is_lost_or_shown_twice(count: int, strong: int, drawn: list[int], opens: bool) -> None:
    strong = min(strong, count)
    wanted = groups(*([one for one in range(count) if drawn[one] == group] for group in range(3)))
    opened = {PhotoId(one) for one in range(count)} if opens else set()
    found = stacked(hits(*range(count)), strong, wanted, opened)
    behind = sum(stack.copy_count for stack in found.stacks.values() if not stack.is_open)
    assert len(found.hits) + behind == count
    assert len(set(ids(found.hits))) == len(found.hits)
    assert set(ids(found.hits[: found.strong_count])) >= set(ids(found.hits)) & set(range(strong))
