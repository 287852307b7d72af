"""What the catalog says about a query, and the hits once the photos are scored. Any thread with a connection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from core.catalog.connection import Connection
from core.domain import Hits, Query
from core.query_parts import ParsedQuery
from core.search import exact_words, filtering, ranking, scopes, wish_scores
from core.search.exact_words import ExactWords, Synonyms
from core.search.ranking import Ranked
from core.search.remembered import Remembered
from core.search.scopes import Mask, Members


@dataclass(frozen=True, slots=True)
class Told:
    """Everything but scores."""

    members: Members
    """The photos that may be found."""
    scope_count: int
    """Photos of the scope, before filters."""
    exact: ExactWords
    refused: Mask
    """Photos that hold a word that is not wanted."""
    mistakes: tuple[str, ...]
    is_listing: bool
    """Nothing has to be shown by the photos: all members are wanted, newest first."""


def ask(
    connection: Connection, remembered: Remembered, query: Query, parsed: ParsedQuery, today: date, synonyms: Synonyms
) -> Told:
    """What the catalog says at once."""
    scope = remembered.of(connection, query.scope)
    members, mistakes, left_out = filtering.members(connection, remembered, scope, parsed, today)
    weights = [wish.weight for wish in parsed.wishes] + [example.weight for example in query.examples]
    is_asking = len(parsed.filters) > left_out or bool(parsed.quoted) or bool(weights)
    return Told(
        members=members,
        scope_count=scope.count,
        exact=exact_words.find(connection, remembered, parsed.wishes, query.text, members, synonyms),
        refused=exact_words.refused(connection, remembered, parsed.wishes),
        mistakes=(*parsed.mistakes, *mistakes),
        is_listing=is_asking and not any(weight > 0 for weight in weights),
    )


def hits(
    connection: Connection, remembered: Remembered, query: Query, parsed: ParsedQuery, told: Told, ranked: Ranked
) -> tuple[Hits, int]:
    """The hits, best first, and how many of them are strong."""
    quoted = filtering.quoted_expression(parsed)
    if told.is_listing:
        ids = told.members.kept(remembered.newest_first(connection))
        if quoted is not None and not parsed.wishes:
            ids = exact_words.best_first(connection, quoted, ids, query.limit)
        refused = scopes.union(told.refused, scopes.mask_of(wish_scores.refused(ranked)))
        return ranking.listed(ids, refused, exact_words.where(connection, [quoted], ids[: query.limit]), query.limit)
    ids = told.exact.ids
    if not len(ranked.ids) and told.exact.expression is not None:
        ids = exact_words.best_first(connection, told.exact.expression, ids, query.limit)
    holding = ranking.by_score(ids, ranked, told.refused, query.limit)
    shown = holding.ids
    if quoted:
        shown = np.union1d(shown, ranking.best(ranked.ids, ranked.scores, query.limit)[0])
    matches = exact_words.where(connection, [told.exact.expression, quoted], shown)
    return ranking.merge(holding, ranked, _label(query, parsed), matches, query.limit)


def _label(query: Query, parsed: ParsedQuery) -> str:
    words = [wish.text for wish in parsed.wishes if wish.weight > 0]
    return " + ".join(words) or ", ".join(example.title for example in query.examples if example.weight > 0)
