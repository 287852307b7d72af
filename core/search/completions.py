"""What a query being typed could go on with: filters, and names that the library has. Any thread.

Names are remembered until the catalog changes: they are asked for with every letter.
"""

from __future__ import annotations

from core.catalog import names
from core.catalog.catalog import Catalog
from core.events import CatalogChanged
from core.query_parts import Completion
from core.search import filter_names, filter_values, query_lexer
from core.search.query_lexer import Token
from core.search.remembered import Memory

MOST = 8
_MOST_NAMES = 4
_LEAST_LETTERS = 2
"""A single letter begins too much to offer anything."""
_LEAST_LETTERS_OF_NAME = 3
_OFFERED_FOR_WORDS = ("album", "tag", "place", "folder")
_FIXED = {
    "is": filter_values.IS,
    "has": filter_values.HAS,
    "rating": (">=3", ">=4", "5", "0"),
    "before": ("today", "this-month", "this-year"),
    "after": ("yesterday", "last-month", "last-year"),
    "date": filter_values.SPOKEN_DATES,
}
_NAMED = ("album", "tag", "folder", "camera", "lens", "place", "type", "date")


class Completions:
    """Completions over one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._memory = Memory()

    def catalog_changed(self, event: CatalogChanged) -> None:
        """Names may have come or gone."""
        self._memory.catalog_changed(event)

    def of(self, text: str, cursor: int) -> list[Completion]:
        """Ways to go on at `cursor`, the most probable first; none in the middle of a word."""
        if cursor < len(text) and not text[cursor].isspace():
            return []
        tokens = query_lexer.tokens(text[:cursor])
        if not tokens or tokens[-1].end != cursor or tokens[-1].is_quoted:
            return []
        token = tokens[-1]
        name = filter_names.known(token.name) if token.name else None
        if name is not None:
            return self._values(name, token, cursor)
        if token.name is not None or len(token.text) < _LEAST_LETTERS:
            return []
        return [*_filters(token, cursor), *self._names(token, cursor)][:MOST]

    def _values(self, name: str, token: Token, cursor: int) -> list[Completion]:
        head, _colon, typed = token.text.partition(":")
        before, comma, last = typed.rpartition(",") if typed.count('"') % 2 == 0 else ("", "", typed)
        begun = names.folded(last.strip('"“”„«»'))
        start = cursor - len(token.text)
        found = []
        for value, count in self._known(name):
            if _fits(begun, value) and value.casefold() != last.casefold():
                detail = f"{count:,}" if count else ""
                whole = f"{head}:{before}{comma}{_written(value)} "
                found.append(
                    (not names.folded(value).startswith(begun), Completion(whole, value, detail, start, cursor))
                )
        found.sort(key=lambda one: one[0])
        return [completion for _, completion in found[:MOST]]

    def _names(self, token: Token, cursor: int) -> list[Completion]:
        """Albums, tags, places and folders that begin with the word."""
        begun = names.folded(token.text)
        if len(begun) < _LEAST_LETTERS_OF_NAME:
            return []
        found = []
        for name in _OFFERED_FOR_WORDS:
            for value, count in self._known(name):
                if names.folded(value).startswith(begun):
                    text = f"{'-' if token.is_negative else ''}{name}:{_written(value)} "
                    found.append(Completion(text, f"{name}: {value}", f"{count:,}", token.start, cursor))
        return found[:_MOST_NAMES]

    def _known(self, name: str) -> list[tuple[str, int]]:
        """The values of a filter with how many photos have them; 0: not counted."""
        fixed = [(value, 0) for value in _FIXED.get(name, ())]
        return (self._used(name) if name in _NAMED else []) + fixed

    def _used(self, name: str) -> list[tuple[str, int]]:
        remembered = self._memory.now()
        with self._catalog.reading() as connection:
            found = remembered.named(connection, name)
        if name == "date":
            return sorted(found, reverse=True)  # the newest year first
        return found


def _filters(token: Token, cursor: int) -> list[Completion]:
    sign = "-" if token.is_negative else ""
    begun = token.text.lower()
    return [
        Completion(f"{sign}{name}:", f"{sign}{name}:", meaning, token.start, cursor)
        for name, (meaning, _example) in filter_names.FILTERS.items()
        if name.startswith(begun) and begun != name
    ]


def _fits(begun: str, value: str) -> bool:
    return f" {begun}" in f" {names.folded(value)}" or (len(begun) > 1 and begun in names.folded(value))


def _written(value: str) -> str:
    needs_quotes = any(one.isspace() or one in ',"“”„«»' for one in value)
    plain = value.replace('"', " ")
    return f'"{plain}"' if needs_quotes else value
