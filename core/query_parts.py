"""What a typed query consists of, as frozen records. No behaviour, no I/O; any thread."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """Something the photos should show, in words; scored by itself."""

    text: str
    weight: float = 1.0
    """How much it counts beside the other wishes; below 0: photos that show it are not wanted."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that a photo must hold exactly, one after the other."""

    text: str
    is_negative: bool = False
    """Photos that hold them are left out."""
    is_open: bool = False
    """The closing quotation mark is missing: the last word may be just begun."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A part such as `album:Summer`: which photos may be found at all."""

    name: str
    """As in docs/query-language.md, lower case: `date`, `album`, ..."""
    values: tuple[str, ...]
    """Any of these; as typed, without quotation marks."""
    is_negative: bool
    start: int
    """Where it begins in the typed text."""
    end: int
    """Where it ends in the typed text, exclusive."""

    @property
    def key(self) -> tuple[str, tuple[str, ...], bool]:
        """What it asks for, wherever it stands."""
        return self.name, self.values, self.is_negative


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A typed text, understood. What was not understood is in `mistakes`, one sentence each."""

    text: str
    wishes: tuple[Wish, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    filters: tuple[Filter, ...] = ()
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """A way to go on typing: `text` takes the place of what stands from `start` to `end`."""

    text: str
    label: str
    """What is offered, as people read it."""
    detail: str
    """What it means, quietly, beside it."""
    start: int
    end: int
