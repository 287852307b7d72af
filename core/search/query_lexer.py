"""Cuts a typed query into tokens, each with its place in the text; never raises. Pure; any thread."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING = '"“”„«»'
_NAME = re.compile(r"([A-Za-z]+):")
_WEIGHT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?):(?=[^\W\d_]|[" + _OPENING + "])")
"""A weight is followed by a word: `12:30` is a time."""
_BARE = re.compile(r"\S+")
_BARE_VALUE = re.compile(r"[^\s,]*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, words in quotation marks, something like a filter, or a lone `+`."""

    start: int
    end: int
    text: str
    """Without sign, weight and quotation marks; of something like a filter everything, as typed."""
    is_negative: bool = False
    weight: float | None = None
    is_quoted: bool = False
    name: str | None = None
    """What stands before the colon, lower case."""
    values: tuple[str, ...] = ()
    """What stands after the colon, between commas."""
    is_closed: bool = True
    """False: a quotation mark has no partner."""
    starts_wish: bool = False
    """It is, or begins with, a `+`."""


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, from the left."""
    found = []
    at = 0
    while (word := _BARE.search(text, at)) is not None:
        token = _token(text, word.start())
        found.append(token)
        at = max(token.end, word.start() + 1)
    return found


def _token(text: str, start: int) -> Token:
    at = start
    starts_wish = text[at] == "+"
    if starts_wish:
        at += 1
    is_negative = text[at : at + 1] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
    if is_negative:
        at += 1
    weighed = _WEIGHT.match(text, at)
    weight = float(weighed[1].replace(",", ".")) if weighed else None
    at = weighed.end() if weighed else at
    named = _NAME.match(text, at)
    if text[at : at + 1] and text[at] in _OPENING:
        words, end, is_closed = _quoted(text, at)
        return Token(start, end, words, is_negative, weight, True, is_closed=is_closed, starts_wish=starts_wish)
    if named:
        values, end, is_closed = _values(text, named.end())
        source = text[at:end]
        name = named[1].lower()
        return Token(start, end, source, is_negative, weight, False, name, values, is_closed, starts_wish)
    bare = _BARE.match(text, at)
    end = bare.end() if bare else at
    return Token(start, end, text[at:end], is_negative, weight, starts_wish=starts_wish)


def _quoted(text: str, at: int) -> tuple[str, int, bool]:
    """The words from the quotation mark at `at`, where they end, and whether they do."""
    partners = '"' if text[at] == '"' else _OPENING
    for end in range(at + 1, len(text)):
        if text[end] in partners:
            return text[at + 1 : end], end + 1, True
    return text[at + 1 :], len(text), False


def _values(text: str, at: int) -> tuple[tuple[str, ...], int, bool]:
    """The values from `at`, separated by commas, each bare or in quotation marks."""
    values: list[str] = []
    is_closed = True
    while True:
        if text[at : at + 1] and text[at] in _OPENING:
            value, at, is_closed = _quoted(text, at)
        else:
            bare = _BARE_VALUE.match(text, at)
            value, at = (bare[0], bare.end()) if bare else ("", at)
        values.append(value)
        if text[at : at + 1] != ",":
            rest = _BARE.match(text, at)  # what sticks to a closing quotation mark
            return tuple(one.strip() for one in values if one.strip()), rest.end() if rest else at, is_closed
        at += 1
