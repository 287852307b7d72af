"""The words that a picture file, or the sidecar beside it, says about a photo. Pure records; any thread."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

HIERARCHY_ROOTS_LEFT_OUT = frozenset(["darktable"])
"""Hierarchies that a program keeps for itself: `darktable|exported`."""


@dataclass(frozen=True, slots=True)
class FileWords:
    """Keywords, people, stars and caption; None (or nothing) where nothing is said."""

    keywords: tuple[str, ...] = ()
    """Without the hierarchies they stand in: `Ann`, not `People|Ann`."""
    paths: tuple[tuple[str, ...], ...] = ()
    """Hierarchies of two levels and more, from the top: `("People", "Ann")`; the last level is one of `keywords`."""
    people: tuple[str, ...] = ()
    """The names of marked faces."""
    rating: int | None = None
    """0 to 5."""
    caption: str | None = None
    states_keywords: bool = False
    """Whether keywords are spoken of at all, be it to say that there are none."""

    def names(self) -> tuple[str, ...]:
        """All that becomes tags, each once whatever its case and its spaces."""
        return distinct([*self.keywords, *self.people])


@dataclass(frozen=True, slots=True)
class SidecarStamp:
    """What a sidecar's file looked like when it was read; another stamp means that it changed."""

    name: str
    """The file name, in the photo's folder."""
    size_bytes: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class SidecarWords:
    """A sidecar that was read; `problem` says in one sentence why it does not read."""

    stamp: SidecarStamp
    words: FileWords = field(default_factory=FileWords)
    problem: str | None = None


def together(embedded: FileWords, sidecar: FileWords | None) -> FileWords:
    """File and sidecar as one: what the sidecar speaks of counts, because it is the later word."""
    if sidecar is None:
        return embedded
    words = sidecar if sidecar.states_keywords else embedded
    return FileWords(
        keywords=words.keywords,
        paths=tuple(dict.fromkeys(words.paths)),
        people=distinct([*embedded.people, *sidecar.people]),
        rating=sidecar.rating if sidecar.rating is not None else embedded.rating,
        caption=sidecar.caption if sidecar.caption is not None else embedded.caption,
        states_keywords=words.states_keywords,
    )


def distinct(words: list[str]) -> tuple[str, ...]:
    """The words in their order, spaces made plain, each once whatever its case."""
    seen: dict[str, str] = {}
    for word in words:
        clean = " ".join(word.split())
        if clean:
            seen.setdefault(clean.casefold(), clean)
    return tuple(seen.values())


def to_json(words: FileWords) -> str:
    """As the catalog keeps them."""
    return json.dumps(asdict(words), ensure_ascii=False)


def from_json(text: str) -> FileWords:
    """What `to_json` was given."""
    kept = json.loads(text)
    kept["keywords"], kept["people"] = tuple(kept["keywords"]), tuple(kept["people"])
    kept["paths"] = tuple(tuple(path) for path in kept["paths"])
    return FileWords(**kept)
