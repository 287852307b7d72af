"""Words that tell nothing about a photo by themselves, of the languages people search in most. Pure."""

from __future__ import annotations

from collections.abc import Sequence

_LINES = (
    "a an the of in on at to with and or for from by is are its his her their this that some",
    "photo photos picture pictures image images",
    "der die das ein eine und mit im am auf le la les un une et avec dans sur de du des el los las con en",
)
_STOP_WORDS = frozenset(word for line in _LINES for word in line.split())


def telling(words: Sequence[str]) -> list[str]:
    """The words that tell something; all of them where none does."""
    kept = [word for word in words if word.casefold() not in _STOP_WORDS]
    return kept or list(words)
