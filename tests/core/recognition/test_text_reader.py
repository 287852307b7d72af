"""What is kept of what was recognised."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.recognition.text_reader import MOST_CHARACTERS, Line, cleaned


def test_lines_that_are_unsure_or_say_nothing_are_dropped() -> None:
    lines = [Line("  Main \t Street ", 0.9), Line("maybe", 0.5), Line("—", 0.99), Line("x", 0.99), Line("店", 0.9)]
    assert cleaned(lines) == "Main Street\n店"


def test_marks_are_composed_so_that_words_compare() -> None:
    assert cleaned([Line("Cafe\u0301", 1.0)]) == "Café"


@given(st.lists(st.tuples(st.text(), st.floats(0, 1))))
def test_any_lines_stay_within_bounds(lines: list[tuple[str, float]]) -> None:
    text = cleaned([Line(*one) for one in lines])
    assert len(text) <= MOST_CHARACTERS
    assert all(line.strip() == line and line for line in text.splitlines()) or not text


def test_a_page_full_of_text_is_cut() -> None:
    assert len(cleaned([Line("word " * 20, 1.0)] * 1000)) <= MOST_CHARACTERS
