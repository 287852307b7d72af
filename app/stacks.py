"""Copies of one picture as one cell of a result, and opened again. Pure; any thread.

A result is for finding: three editions of the best match would fill its first line. Albums, folders and everything else
that is listed show every photo.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from core.domain import Hits, PhotoId

Groups = Sequence[tuple[PhotoId, ...]]


@dataclass(frozen=True, slots=True)
class Stack:
    """The photo that stands for a picture, and what is behind it."""

    copy_count: int
    """Without the photo itself."""
    is_open: bool


NO_STACKS: Mapping[PhotoId, Stack] = {}


@dataclass(frozen=True, slots=True)
class StackedHits:
    """What is to be shown of a result."""

    hits: Hits
    strong_count: int
    stacks: Mapping[PhotoId, Stack]
    """By the photo that stands for the others."""
    found_count: int
    """Good matches, those behind others and copies of good matches included."""
    behind_count: int
    """How many of these are behind others."""


def stacked(hits: Hits, strong_count: int, groups: Groups, opened: AbstractSet[PhotoId]) -> StackedHits:
    """Let the first photo of each group stand for the others, in the place of the best match among them.

    Those of an opened stack follow it at once. A copy goes where the photo is that stands for it, also when it alone
    would be a weaker match.
    """
    if not groups:
        return StackedHits(hits, strong_count, NO_STACKS, strong_count, 0)
    group_of = {photo_id: group for group in groups for photo_id in group}
    ids = [PhotoId(one) for one in hits.ids.tolist()]
    row_of = {photo_id: row for row, photo_id in enumerate(ids)}
    shown: list[int] = []
    stacks: dict[PhotoId, Stack] = {}
    done: set[PhotoId] = set()
    strong = found = 0
    for row, photo_id in enumerate(ids):
        if photo_id in done:
            continue
        group = [one for one in group_of.get(photo_id, ()) if one in row_of]
        if len(group) < 2:
            shown.append(row)
        else:
            done.update(group)
            is_open = not opened.isdisjoint(group)
            stacks[group[0]] = Stack(len(group) - 1, is_open)
            shown += [row_of[one] for one in (group if is_open else group[:1])]
        if row < strong_count:
            strong = len(shown)
            found += max(1, len(group))
    return StackedHits(hits.take(np.array(shown, dtype=np.intp)), strong, stacks, found, found - strong)


def leader_of(photo_id: PhotoId, groups: Groups, shown: Mapping[PhotoId, Stack]) -> PhotoId | None:
    """The photo that stands for this one; None where it has no copies here."""
    group = next((one for one in groups if photo_id in one), ())
    return next((one for one in group if one in shown), None)
