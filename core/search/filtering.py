"""What the filters and the exact words of a query leave of a scope. Any thread.

A filter that names nothing (an album that is not there) is said and left out; one that nothing fits is said, and
nothing is found.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from core.catalog import filters, texts
from core.catalog.connection import Connection
from core.query_parts import Filter, ParsedQuery, Quoted
from core.search import filter_values
from core.search.remembered import Remembered
from core.search.scopes import Mask, Members, resized, union

_CALLED = {
    "album": "No album is called “{0}”.",
    "tag": "No tag is called “{0}”.",
    "folder": "No folder is called “{0}”.",
    "camera": "No photo was taken with a camera called “{0}”.",
    "lens": "No photo was taken with a lens called “{0}”.",
    "place": "No photo was taken at a place called “{0}”.",
}


def members(
    connection: Connection, remembered: Remembered, scope: Members, parsed: ParsedQuery, today: date
) -> tuple[Members, list[str], int]:
    """What is left of `scope`, a sentence for each filter that found nothing, and how many filters were left out."""
    if not parsed.filters and not parsed.quoted:
        return scope, [], 0
    left = remembered.everything(connection).copy()
    size = len(left)
    if scope.mask is not None:
        left &= resized(scope.mask, size)
    mistakes: list[str] = []
    left_out = 0
    for one in parsed.filters:
        mask, said = _mask(connection, remembered, one, today)
        mistakes += said
        if mask is None:
            left_out += 1
            continue
        fits = resized(mask, size)
        if not fits.any() and not one.is_negative and not said:
            mistakes.append(f"No photo fits “{_written(one)}”.")
        left &= ~fits if one.is_negative else fits
    for quoted in parsed.quoted:
        fits = resized(_holding(connection, remembered, quoted), size)
        left &= ~fits if quoted.is_negative else fits
    if not left.any() and scope.count and len(parsed.filters) > 1 and not mistakes:
        mistakes.append("No photo fits all of these filters together.")
    return Members(int(np.count_nonzero(left)), left), mistakes, left_out


def nameless(connection: Connection, parsed: ParsedQuery, today: date) -> list[str]:
    """A sentence for each name in a filter that nothing has: `members` answers as if the filter were not there."""
    return [
        _CALLED[one.name].format(value)
        for one in parsed.filters
        for value in one.values
        if one.name in _CALLED and filters.ids_of(connection, filter_values.condition(one.name, value, today)) is None
    ]


def quoted_expression(parsed: ParsedQuery) -> str | None:
    """The FTS5 expression of all wanted exact words; None: there are none."""
    wanted = [texts.phrase(one.text, one.is_open) for one in parsed.quoted if not one.is_negative]
    return " AND ".join(one for one in wanted if one) or None


def _mask(connection: Connection, remembered: Remembered, one: Filter, today: date) -> tuple[Mask | None, list[str]]:
    """Where any value of a filter holds; None: none of its values is the name of anything."""
    mistakes = []
    found: Mask | None = None
    for value in one.values:
        mask = remembered.mask(connection, filter_values.condition(one.name, value, today))
        if mask is None:
            mistakes.append(_CALLED[one.name].format(value))
        else:
            found = mask if found is None else union(found, mask)
    return found, mistakes


def _holding(connection: Connection, remembered: Remembered, quoted: Quoted) -> Mask:
    expression = texts.phrase(quoted.text, quoted.is_open)
    return remembered.worded(connection, expression) if expression else np.zeros(0, dtype=np.bool_)


def _written(one: Filter) -> str:
    values = (f'"{value}"' if " " in value or "," in value else value for value in one.values)
    return f"{one.name}:{','.join(values)}"
