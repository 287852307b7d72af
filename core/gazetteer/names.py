"""What places are called: regions, countries in their own languages, and which other names are worth searching by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.places import resource

_MOST_OF_SCRIPT = {"LATIN": 24} | dict.fromkeys(
    ("CYRILLIC", "GREEK", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN", "DEVANAGARI", "BENGALI", "TAMIL", "THAI",
     "CJK", "HIRAGANA", "KATAKANA", "HANGUL"), 2
)  # fmt: skip
_LONGEST = 28


@dataclass(frozen=True, slots=True)
class Names:
    """Regions by `PT.14` and countries by `PT`: the name first, then the others (of a country only the others)."""

    regions: dict[str, tuple[str, ...]]
    countries: dict[str, tuple[str, ...]]


def load() -> Names:
    """Read the two small tables of `resources/places`."""
    regions = {code: (name, *_split(others)) for code, name, others in _rows("regions.tsv")}
    return Names(regions, {code: _split(others) for code, others in _rows("countries.tsv")})


def worth_searching(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Of the other names of a town those that people type: the short ones in Latin, a few of each other script.

    GeoNames mixes in airport codes (LIS), which are left out, and transliterations (li si ben), which begin small.
    """
    kept: dict[str, list[str]] = {}
    seen = {folded(name)}
    for one in sorted(others, key=lambda text: (len(text), text.isascii(), text)):
        script = _script(one)
        is_typed = 2 <= len(one) <= _LONGEST and not (script == "LATIN" and (one.isupper() or one[0].islower()))
        of_script = kept.setdefault(script, [])
        if is_typed and folded(one) not in seen and len(of_script) < _MOST_OF_SCRIPT.get(script, 0):
            seen.add(folded(one))
            of_script.append(one)
    return tuple(one for names in kept.values() for one in names)


def folded(text: str) -> str:
    """As the search compares words: without marks and case."""
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)).casefold()


def _script(text: str) -> str:
    """The script of the first letter, as the first word of its Unicode name."""
    letter = next((one for one in text if one.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def _rows(name: str) -> list[Sequence[str]]:
    lines = (resource("places") / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def _split(others: str) -> tuple[str, ...]:
    return tuple(others.split("|")) if others else ()
