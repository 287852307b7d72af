"""The page about searching and the language agree: every filter is described, everything described is understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.search import filter_names, filter_values, query_language

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "query-language.md").read_text(encoding="utf-8")
FILTERS = PAGE[PAGE.index("## Filters") : PAGE.index("## Mistakes")]
EXAMPLES = re.findall(r"`(-?[a-z]+:[^`]+)`", FILTERS)
OPERATORS = re.findall(r"^\| `([^`]+)` \|", PAGE[: PAGE.index("## Filters")], flags=re.MULTILINE)


def test_every_filter_is_described() -> None:
    assert set(re.findall(r"^\| `([a-z]+):`", FILTERS, flags=re.MULTILINE)) == set(filter_names.FILTERS)


@pytest.mark.parametrize("example", [*EXAMPLES, *OPERATORS])
def test_everything_described_is_understood(example: str) -> None:
    parsed = query_language.parse(example)
    assert parsed.mistakes == ()
    assert parsed.wishes or parsed.quoted or parsed.filters
    assert not any(":" in wish.text for wish in parsed.wishes)


def test_every_value_with_a_name_is_described() -> None:
    for value in (*filter_values.IS, *filter_values.HAS, *filter_values.SPOKEN_DATES):
        assert f"`{value}`" in FILTERS, value
