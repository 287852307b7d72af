"""What a typed query is understood as: pure, without a library."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.catalog.filters import RatedBetween, TakenBetween
from core.query_parts import ParsedQuery
from core.search import filter_names, filter_values, query_language

TODAY = date(2024, 3, 13)  # a Wednesday


def parse(text: str) -> ParsedQuery:
    return query_language.parse(text, TODAY)


def wishes(text: str) -> list[tuple[str, float]]:
    return [(wish.text, wish.weight) for wish in parse(text).wishes]


def filters(text: str) -> list[tuple[str, tuple[str, ...], bool]]:
    return [one.key for one in parse(text).filters]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a dog on a beach", [("a dog on a beach", 1)]),
        ("dog + snow", [("dog", 1), ("snow", 1)]),
        ("dog +snow", [("dog", 1), ("snow", 1)]),
        ("+ dog + + snow +", [("dog", 1), ("snow", 1)]),
        ("beach -people", [("people", -1), ("beach", 1)]),
        ("beach -people sunset", [("people", -1), ("beach sunset", 1)]),
        ("-people", [("people", -1)]),
        ("2:dog + 1:beach", [("dog", 2), ("beach", 1)]),
        ("2:a brown dog 0.5:beach", [("a brown dog", 2), ("beach", 0.5)]),
        ("-2:people", [("people", -2)]),
        ("summer - 2020", [("summer 2020", 1)]),
        ("well-known C++", [("well-known C++", 1)]),
        ("12:30 at the station", [("12:30 at the station", 1)]),
        ("http://example.org/x", [("http://example.org/x", 1)]),
        ("tags://x", [("tags://x", 1)]),
        ("note:hello", [("note:hello", 1)]),
        ('5" nail', [('5" nail', 1)]),
    ],
)
def test_wishes(text: str, expected: list[tuple[str, float]]) -> None:
    assert wishes(text) == expected
    assert parse(text).mistakes == ()


def test_quoted_words_are_exact() -> None:
    parsed = parse('"red car" beach -"blue car" “grüner Wagen”')
    assert [(one.text, one.is_negative) for one in parsed.quoted] == [
        ("red car", False),
        ("blue car", True),
        ("grüner Wagen", False),
    ]
    assert [wish.text for wish in parsed.wishes] == ["beach"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date:2023", [("date", ("2023",), False)]),
        ("DATE:2023-06..2023-08", [("date", ("2023-06..2023-08",), False)]),
        ('album:"Summer 2023"', [("album", ("Summer 2023",), False)]),
        ('-album:x -tag:"a b"', [("album", ("x",), True), ("tag", ("a b",), True)]),
        ("type:heic,raw", [("type", ("heic", "raw"), False)]),
        ('album:"a, b",c', [("album", ("a, b", "c"), False)]),
        ("format:png", [("type", ("png",), False)]),
        ("rating:>=3 is:portrait has:gps", [("rating", (">=3",), False), ("is", ("portrait",), False),
                                            ("has", ("gps",), False)]),
    ],
)  # fmt: skip
def test_filters(text: str, expected: list[tuple[str, tuple[str, ...], bool]]) -> None:
    assert filters(text) == expected
    assert (parse(text).wishes, parse(text).mistakes) == ((), ())


@pytest.mark.parametrize(
    ("text", "named", "rest"),
    [
        ('"red car', "red car", []),
        ('dog album:"Summer', "album:", ["dog"]),
        ("albun:x dog", "Did you mean “album:”?", ["dog"]),
        ("rated:5 dog", "Did you mean “rating:”?", ["dog"]),
        ("dog date:2023-02-31", "2023-02-31", ["dog"]),
        ("dog date:2023-13", "2023-13", ["dog"]),
        ("dog date:soon", "soon", ["dog"]),
        ("dog date:2024..2023", "ends before it begins", ["dog"]),
        ("dog date:..", "date", ["dog"]),
        ("dog rating:7", "7", ["dog"]),
        ("dog is:blurry", "is:blurry", ["dog"]),
        ("dog has:legs", "has:legs", ["dog"]),
        ("dog album:", "album:", ["dog"]),
        ("0:cat + dog", "-cat", ["dog"]),
        ("dog date:0000", "0000", ["dog"]),
        ("dog " * 300, "1,000 characters", None),
        (" + ".join(f"w{n}" for n in range(60)), "50 wishes", None),
    ],
)
def test_a_mistake_is_one_sentence_that_names_it_and_the_rest_is_understood(
    text: str, named: str, rest: list[str] | None
) -> None:
    parsed = parse(text)
    (sentence,) = parsed.mistakes
    assert named in sentence
    assert parsed.filters == ()
    assert re.fullmatch(r"[^\n]+[.?]", sentence)
    if rest is not None:
        assert [wish.text for wish in parsed.wishes] == rest


def test_fifty_terms_are_no_mistake() -> None:
    assert len(parse(" + ".join(f"w{n}" for n in range(50))).wishes) == 50
    assert parse(" ".join(f"w{n}" for n in range(50))).mistakes == ()


@pytest.mark.parametrize(
    ("value", "first", "over"),
    [
        ("2023", (2023, 1, 1), (2024, 1, 1)),
        ("2023-12", (2023, 12, 1), (2024, 1, 1)),
        ("2023-06-05", (2023, 6, 5), (2023, 6, 6)),
        ("2023-06..2023-08", (2023, 6, 1), (2023, 9, 1)),
        ("2023-06..", (2023, 6, 1), None),
        ("..2023", None, (2024, 1, 1)),
        ("today", (2024, 3, 13), (2024, 3, 14)),
        ("Yesterday", (2024, 3, 12), (2024, 3, 13)),
        ("this-week", (2024, 3, 11), (2024, 3, 18)),
        ("last-week", (2024, 3, 4), (2024, 3, 11)),
        ("last-month", (2024, 2, 1), (2024, 3, 1)),
        ("last-year", (2023, 1, 1), (2024, 1, 1)),
        ("yesterday..today", (2024, 3, 12), (2024, 3, 14)),
    ],
)
def test_dates_are_local_days(
    value: str, first: tuple[int, int, int] | None, over: tuple[int, int, int] | None
) -> None:
    from datetime import datetime

    found = filter_values.condition("date", value, TODAY)
    expected = [int(datetime(*one).timestamp()) if one else None for one in (first, over)]
    assert found == TakenBetween(*expected)


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("3", 3, 3),
        (">=3", 3, 5),
        (">3", 4, 5),
        ("<3", 0, 2),
        ("<=3", 0, 3),
        ("=3", 3, 3),
        ("3..5", 3, 5),
        ("..2", 0, 2),
    ],
)
def test_ratings(value: str, least: int, most: int) -> None:
    assert filter_values.condition("rating", value, TODAY) == RatedBetween(least, most)


@pytest.mark.parametrize("name", filter_names.FILTERS)
def test_the_example_of_every_filter_is_understood(name: str) -> None:
    parsed = parse(filter_names.FILTERS[name][1])
    assert [one.name for one in parsed.filters] == [name]
    assert parsed.mistakes == ()


# -- anything people can type ----------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ['"', "“", "-", "+", ":", ",", " ", "..", "2:", "date:", "2023", "-02-31", "album:", "albun:", "is:", "rating:>=3",
     "dog", "\u3000", "\n", "\ud800", "\0", "é", "日本", "http://", "x" * 40, "has:gps", "type:", "tag:a,b"]
)  # fmt: skip
TYPED = st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join)


@given(TYPED)
@example('"')
@example('-"')
@example("+-2:album:")
@example("album:,")
def test_nothing_typed_is_an_error(text: str) -> None:
    parsed = parse(text)
    assert all(wish.text.strip() == wish.text and wish.text for wish in parsed.wishes)
    assert all(one.text for one in parsed.quoted)
    for said in parsed.mistakes:
        assert said.strip(), "a mistake is said"
    for one in parsed.filters:
        assert text[one.start : one.end].strip() == text[one.start : one.end]
    "".join([*(wish.text for wish in parsed.wishes), *parsed.mistakes]).encode()


@given(TYPED)
def test_a_filter_taken_out_of_the_text_leaves_everything_else(text: str) -> None:
    """What removing a chip does; and chips in front of the rest are the same query."""
    parsed = parse(text)
    for gone in parsed.filters:
        rest = parse(f"{text[: gone.start]} {text[gone.end :]}")
        assert rest.wishes == parsed.wishes
        assert rest.quoted == parsed.quoted
        assert [one.key for one in rest.filters] == [one.key for one in parsed.filters if one is not gone]
    chips, line = [text[one.start : one.end] for one in parsed.filters], text
    for one in reversed(parsed.filters):
        line = f"{line[: one.start]} {line[one.end :]}"
    again = parse(" ".join([*chips, line]))
    assert [one.key for one in again.filters] == [one.key for one in parsed.filters]
    assert (again.wishes, again.quoted) == (parsed.wishes, parsed.quoted)
