"""Which other names of a town are worth searching by."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.gazetteer import names


def test_airport_codes_and_transliterations_are_left_out() -> None:
    kept = names.worth_searching("Lisbon", ["LIS", "li si ben", "Lisboa", "Lissabon", "Лиссабон", "lisabana"])
    assert kept == ("Lisboa", "Lissabon", "Лиссабон")


def test_what_the_search_takes_for_the_same_word_is_kept_once() -> None:
    assert names.worth_searching("Zürich", ["Zurich", "ZÜRICH", "Zürich", "Zurigo"]) == ("Zurigo",)


@given(st.text(), st.lists(st.text()))
def test_any_names_give_a_few_short_ones(name: str, others: list[str]) -> None:
    kept = names.worth_searching(name, others)
    assert set(kept) <= set(others)
    assert all(2 <= len(one) <= 28 for one in kept)
    assert len(kept) == len({names.folded(one) for one in kept})


def test_regions_and_countries_are_in_their_own_language() -> None:
    known = names.load()
    assert known.regions["DE.02"][:2] == ("Bayern", "Bavaria")
    assert known.countries["CH"][0] == "Schweiz"
