"""Photos that hold the words of a query in their name, caption, tags and so on: at once, without the encoder.

Any thread. With 100,000 photos an answer takes milliseconds: only the photos that are shown are looked into.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.catalog import texts
from core.catalog.connection import Connection
from core.catalog.texts import TextMatch
from core.query_parts import Wish
from core.search import scopes, stop_words
from core.search.remembered import Remembered
from core.search.scopes import Ids, Mask, Members

Synonyms = Mapping[str, Sequence[str]]
"""Another name, in lower case, and the tags it means."""
NO_SYNONYMS: Synonyms = {}
COMMON_SHARE = 0.3
_COMMON_AT_LEAST = 20
_MEANT_COLUMNS = ("caption", "tags", "albums", "place", "picture_text")
"""Columns whose words mean something even when most photos have them: somebody chose them."""
_SHOWN_COLUMNS = ("caption", "tags", "albums", "place")
"""Columns that say what a photo shows."""
_MOST_BY_BM25 = 3000
"""More matches than this are told apart by their date: ranking them would take longer than searching."""
_LEAST_BEGUN = 2
"""A single letter is the beginning of everything."""


@dataclass(frozen=True, slots=True)
class ExactWords:
    """Photos that hold the words; `expression` finds in which columns."""

    ids: Ids
    expression: str | None = None


NOTHING = ExactWords(np.zeros(0, np.int64))


def find(
    connection: Connection, remembered: Remembered, wishes: Sequence[Wish], text: str, members: Members,
    synonyms: Synonyms = NO_SYNONYMS,
) -> ExactWords:  # fmt: skip
    """The members that hold every word of the wishes that are wanted, newest first.

    The last word may be just begun where nothing holds it whole, unless a space follows it in `text`. Words that
    nearly all photos hold (`IMG`, the folder's name) distinguish nothing and are not looked for in names.
    Where nothing holds them, a word that is another name of a tag stands for that tag.
    """
    wanted = stop_words.telling([word for wish in wishes if wish.weight > 0 for word in texts.words(wish.text)])
    whole = texts.every_word(wanted)
    if whole is None:
        return NOTHING
    found = _telling(connection, remembered, whole, members)
    meant = texts.every_word(wanted, tags_of=lambda word: synonyms.get(word.casefold(), ()))
    if not len(found.ids) and meant is not None and meant != whole:
        found = _telling(connection, remembered, meant, members)
    if len(found.ids) or len(wanted[-1]) < _LEAST_BEGUN or text[-1:].isspace():
        return found
    begun = texts.every_word(wanted, is_begun=True)
    return _telling(connection, remembered, begun, members) if begun else NOTHING


def refused(connection: Connection, remembered: Remembered, wishes: Sequence[Wish]) -> Mask:
    """The photos whose caption, tags, albums or place hold a word that is not wanted."""
    found = np.zeros(0, dtype=np.bool_)
    for wish in wishes:
        expression = texts.every_word(texts.words(wish.text)) if wish.weight < 0 else None
        if expression is not None:
            holding = remembered.worded(connection, texts.in_columns(expression, _SHOWN_COLUMNS))
            found = scopes.union(found, holding)
    return found


def best_first(connection: Connection, expression: str, ids: Ids, limit: int) -> Ids:
    """The best `limit` of `ids` (n,) by their words alone."""
    if len(ids) <= _MOST_BY_BM25:
        return texts.best_first(connection, expression, ids)[:limit]
    return ids[:limit]


def where(connection: Connection, expressions: Iterable[str | None], ids: Ids) -> dict[int, list[TextMatch]]:
    """For each of `ids`, where the words of each expression stand."""
    found: dict[int, list[TextMatch]] = {}
    for expression in expressions:
        if expression is not None and len(ids):
            for one, match in texts.where(connection, expression, ids.tolist()).items():
                found.setdefault(one, []).append(match)
    return found


def _telling(connection: Connection, remembered: Remembered, expression: str, members: Members) -> ExactWords:
    most = -1 if members.mask is not None else max(_COMMON_AT_LEAST, int(COMMON_SHARE * members.count) + 1)
    ids = members.kept(_newest_first(remembered.worded(connection, expression, most)))
    if _is_common(len(ids), members):
        expression = texts.in_columns(expression, _MEANT_COLUMNS)
        ids = members.kept(_newest_first(remembered.worded(connection, expression)))
    return ExactWords(ids, expression)


def _newest_first(holding: Mask) -> Ids:
    return np.flatnonzero(holding)[::-1]


def _is_common(count: int, members: Members) -> bool:
    return count >= _COMMON_AT_LEAST and count > COMMON_SHARE * members.count
