"""A typed query as the search field shows it: filters as chips, the rest as text. Pure; no widget is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain import ExamplePicture
from core.library import Library
from core.query_parts import Filter


@dataclass(frozen=True, slots=True)
class Pieces:
    """`chips` and `line`, one after the other, ask for the same as the text they come from."""

    chips: tuple[str, ...]
    """Filters as typed."""
    line: str
    cursor: int
    """Where the cursor is in `line` now."""


def split(text: str, cursor: int | None = None) -> Pieces:
    """Take the filters out of `text`; with a `cursor`, only those that are finished and that it has left behind."""
    done = [one for one in Library.read_query(text).filters if cursor is None or one.end < min(cursor, len(text))]
    line, at = text, len(text) if cursor is None else cursor
    for one in reversed(done):
        before, after = line[: one.start], line[one.end :]
        after = after[1:] if (not before or before[-1].isspace()) and after[:1].isspace() else after
        gone = len(line) - len(before) - len(after)
        line, at = before + after, at - gone if at >= one.end else at
    return Pieces(tuple(text[one.start : one.end] for one in done), line, max(0, min(at, len(line))))


def joined(chips: tuple[str, ...] | list[str], line: str) -> str:
    """The query that chips and line stand for."""
    return " ".join([*chips, line]) if line.strip() else " ".join(chips)


def spoken(text: str) -> str:
    """The query as a name: filters give only their values, `dog place:Lisbon` is "dog Lisbon"; refused ones nothing."""
    for one in reversed(Library.read_query(text).filters):
        text = text[: one.start] + ("" if one.is_negative else ", ".join(one.values)) + text[one.end :]
    return " ".join(text.split())


def is_ranked(text: str, examples: Sequence[ExamplePicture]) -> bool:
    """Whether one photo can answer better than another: filters alone are passed or not."""
    return bool(examples) or bool(split(text).line.strip())


def filter_of(chip: str) -> Filter | None:
    """The filter that a chip stands for."""
    return next(iter(Library.read_query(chip).filters), None)
