"""Which photo of a group to keep, by ranked rules, and why. Pure; any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from core.domain import DuplicatePhoto, KeepRule

DEFAULT_ORDER = (KeepRule.PREFERRED_FOLDER, KeepRule.RAW, KeepRule.LARGEST, KeepRule.MARKED, KeepRule.OLDEST)

_Worth = Callable[[DuplicatePhoto], tuple[float, ...]]


def complete(order: Sequence[KeepRule]) -> tuple[KeepRule, ...]:
    """Every rule once: those given, in their order, then the others."""
    return tuple(dict.fromkeys((*order, *DEFAULT_ORDER)))


def ranked(
    photos: Sequence[DuplicatePhoto], order: Sequence[KeepRule], preferred: Sequence[Path] = ()
) -> tuple[tuple[DuplicatePhoto, ...], tuple[KeepRule, ...]]:
    """The photos, the one to keep first, and the rules that set it apart.

    A rule decides among those that all rules before it left equal. What is offline or unreadable comes last,
    whatever the rules say: the photo that stays must be one that is there.
    """
    rules = complete(order)
    worths = [_worth(rule, preferred) for rule in rules]
    left = [one for one in photos if one.is_available] or list(photos)
    reasons = []
    for rule, worth in zip(rules, worths, strict=True):
        best = max(worth(one) for one in left)
        kept = [one for one in left if worth(one) == best]
        if len(kept) < len(left):
            reasons.append(rule)
        left = kept

    def position(one: DuplicatePhoto) -> tuple[object, ...]:
        falling = tuple(tuple(-number for number in worth(one)) for worth in worths)
        path = one.photo.path  # names of copies are longer: "a (1).jpg", "a - Copy.jpg", "Copy of a.jpg"
        return (not one.is_available, *falling, len(path.stem), len(path.parts), str(path))

    return tuple(sorted(photos, key=position)), tuple(reasons)


def _worth(rule: KeepRule, preferred: Sequence[Path]) -> _Worth:
    match rule:
        case KeepRule.PREFERRED_FOLDER:
            return lambda one: (_preference(one.photo.path, preferred),)
        case KeepRule.RAW:
            return lambda one: (one.photo.format == "RAW",)
        case KeepRule.LARGEST:
            return lambda one: (one.photo.width_px * one.photo.height_px, one.size_bytes)
        case KeepRule.MARKED:
            return lambda one: (_marks(one),)
        case KeepRule.OLDEST:
            return lambda one: (-one.photo.taken_at,)


def _marks(one: DuplicatePhoto) -> int:
    return len(one.tags) + len(one.albums) + one.photo.is_favourite + (one.photo.rating > 0)


def _preference(path: Path, preferred: Sequence[Path]) -> int:
    """The first preferred folder is worth most; a photo in none of them nothing."""
    for number, folder in enumerate(preferred):
        if path.is_relative_to(folder):
            return len(preferred) - number
    return 0
