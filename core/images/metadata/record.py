"""The record of what a picture file says about itself, and how several sources become one. Pure; any thread."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

_MOST_KEYWORDS = 1000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a picture file says about itself; None (or nothing) where it says nothing, or nothing sensible."""

    taken_at: int | None = None
    """Seconds since 1970, UTC."""
    taken_at_fraction_s: float = 0.0
    """To be added to `taken_at`: puts the photos of a burst in order."""
    camera: str | None = None
    """Maker and model, the maker's name once: `Canon EOS 5D`, `Apple iPhone 15`."""
    lens: str | None = None
    exposure_s: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length_mm: float | None = None
    latitude: float | None = None
    """Degrees, -90 to 90, WGS 84; given together with the longitude or not at all."""
    longitude: float | None = None
    altitude_m: float | None = None
    """Above sea level."""
    caption: str | None = None
    rating: int | None = None
    """0 to 5."""
    keywords: tuple[str, ...] = ()
    """Without the hierarchies they stand in."""
    keyword_paths: tuple[tuple[str, ...], ...] = ()
    """Hierarchies of two levels and more, from the top."""
    people: tuple[str, ...] = ()
    """The names of marked faces."""
    orientation: int = 1
    """As stored in the file (EXIF, 1 to 8); decoded images are upright already."""


def first_known(*sources: Metadata) -> Metadata:
    """Each value from the first source that knows it; a place or a moment is never mixed from two; all keywords."""
    result = sources[0]
    for source in sources[1:]:
        result = _filled(result, source)
    return dataclasses.replace(
        result,
        keywords=distinct([word for source in sources for word in source.keywords]),
        keyword_paths=tuple(dict.fromkeys(path for source in sources for path in source.keyword_paths)),
        people=distinct([name for source in sources for name in source.people]),
    )


def distinct(words: list[str]) -> tuple[str, ...]:
    """The words in their order, each once whatever its case."""
    seen = {word.casefold(): word for word in reversed(words) if word}
    ordered = dict.fromkeys(word.casefold() for word in words if word)
    return tuple(seen[key] for key in ordered)[:_MOST_KEYWORDS]


def _filled(known: Metadata, more: Metadata) -> Metadata:
    single = ["camera", "lens", "exposure_s", "f_number", "iso", "focal_length_mm", "caption", "rating"]
    names = [name for name in single if getattr(known, name) is None]
    if known.taken_at is None:
        names += ["taken_at", "taken_at_fraction_s"]
    if known.latitude is None:
        names += ["latitude", "longitude", "altitude_m"]
    if known.orientation == 1:
        names += ["orientation"]
    return dataclasses.replace(known, **{name: getattr(more, name) for name in names})
