"""Understands a typed query: wishes, exact words and filters; never raises. Pure; any thread.

docs/query-language.md describes the language for people. What is not understood becomes a sentence, and the rest
of the query is understood all the same.
"""

from __future__ import annotations

from datetime import date

from core.query_parts import Filter, ParsedQuery, Quoted, Wish
from core.search import filter_names, filter_values, query_lexer
from core.search.filter_values import NoSuchValue
from core.search.query_lexer import Token

MOST_CHARACTERS = 1000
MOST_WISHES = 50


def parse(text: str, today: date | None = None) -> ParsedQuery:
    """What `text` asks for; `today` (default: the clock's) is what `date:yesterday` counts from."""
    reading = _Reading(today or date.today())
    used = _encodable(text[:MOST_CHARACTERS])
    if len(text) > MOST_CHARACTERS:
        reading.mistakes.append(f"Only the first {MOST_CHARACTERS:,} characters of the query are used.")
    for token in query_lexer.tokens(used):
        reading.take(token)
    return reading.result(text)


class _Reading:
    """What has been read so far, from the left."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._wishes: list[Wish] = []
        self._quoted: list[Quoted] = []
        self._filters: list[Filter] = []
        self._words: list[str] = []
        self._weight = 1.0
        self.mistakes: list[str] = []

    def take(self, token: Token) -> None:
        """Read on by one token."""
        if token.starts_wish:
            self._end_wish()
        if token.is_quoted:
            self._take_quoted(token)
        elif token.name is not None and self._is_filter(token):
            pass
        elif token.is_negative:
            if _says_something(token.text):
                self._wishes.append(Wish(token.text, -(token.weight or 1.0)))
        else:
            self._take_word(token)

    def result(self, text: str) -> ParsedQuery:
        """Everything that was read."""
        self._end_wish()
        if len(self._wishes) > MOST_WISHES:
            self.mistakes.append(f"Only the first {MOST_WISHES} wishes of the query are used.")
        mistakes = tuple(dict.fromkeys(self.mistakes))
        wishes = tuple(self._wishes[:MOST_WISHES])
        return ParsedQuery(text, wishes, tuple(self._quoted), tuple(self._filters), mistakes)

    def _end_wish(self) -> None:
        if self._words:
            self._wishes.append(Wish(" ".join(self._words), self._weight))
        self._words, self._weight = [], 1.0

    def _take_word(self, token: Token) -> None:
        if token.weight is not None:
            self._end_wish()
            if token.weight == 0:
                self.mistakes.append(f"“0:{token.text}” counts for nothing. To leave it out, write -{token.text}.")
                return
            self._weight = token.weight
        if token.text and token.text != "-":
            self._words.append(token.text)

    def _take_quoted(self, token: Token) -> None:
        words = " ".join(token.text.split())
        if not token.is_closed:
            self.mistakes.append(f"The quotation mark before “{_short(words)}” is not closed.")
        if _says_something(words):
            self._quoted.append(Quoted(words, token.is_negative, is_open=not token.is_closed))

    def _is_filter(self, token: Token) -> bool:
        """Take a token with a colon as a filter, or as the mistake it is; False: it is words."""
        written = token.name or ""
        name = filter_names.known(written)
        if name is None:
            meant = filter_names.meant(written) if not token.text.startswith(f"{written}://") else None
            if meant is not None:
                self.mistakes.append(f"“{written}:” is not a filter. Did you mean “{meant}:”?")
            return meant is not None
        if not token.is_closed:
            self.mistakes.append(f"The quotation mark in “{_short(token.text)}” is not closed.")
        elif not token.values:
            self.mistakes.append(
                f"“{written}:” needs something after the colon, such as {filter_names.FILTERS[name][1]}."
            )
        else:
            self._take_filter(name, token)
        return True

    def _take_filter(self, name: str, token: Token) -> None:
        values = []
        for value in token.values:
            try:
                filter_values.condition(name, value, self._today)
            except NoSuchValue as mistake:
                self.mistakes.append(str(mistake))
            else:
                values.append(value)
        if values:
            self._filters.append(Filter(name, tuple(values), token.is_negative, token.start, token.end))


def _says_something(words: str) -> bool:
    return any(one.isalnum() or ord(one) > 127 for one in words)


def _short(words: str) -> str:
    return words if len(words) <= 30 else words[:29] + "…"


def _encodable(text: str) -> str:
    """Without lone surrogates (bytes of a terminal that are no UTF-8), which no tokenizer takes; as long as before."""
    return text.encode("utf-8", "replace").decode("utf-8")
