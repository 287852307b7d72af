"""From pairs to groups in which every member is like every other. Pure; any thread.

Complete linkage: where A is like B and B like C, but A not like C, three do not become one group. Trashing "the rest"
of a chain would lose a picture that nothing like it stays for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from core.catalog.duplicate_rows import Shot
from core.catalog.not_duplicates import ContentPair, ordered
from core.catalog.picture_hashes import SamePicture
from core.duplicates import companions

N = TypeVar("N", bound=Hashable)


def complete_groups(pairs: Sequence[tuple[N, N]]) -> list[list[N]]:
    """Groups of two or more, from pairs in the order in which they should be joined (the likest first)."""
    alike = {frozenset(pair) for pair in pairs}
    group_of: dict[N, list[N]] = {}
    for one, other in pairs:
        first, second = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if first is second or not all(frozenset((a, b)) in alike for a in first for b in second):
            continue
        first.extend(second)
        for member in second:
            group_of[member] = first
    unique = {id(group): group for group in group_of.values()}
    return [group for group in unique.values() if len(group) > 1]


def same_picture_groups(
    shots: Iterable[Shot], pairs: Iterable[SamePicture], settled: set[ContentPair]
) -> list[list[Shot]]:
    """The photos that show the same picture, without what a person said is none and without companions."""
    shots_of: dict[bytes, list[Shot]] = {}
    for shot in shots:
        shots_of.setdefault(shot.content, []).append(shot)
    are_apart = _apartness(shots_of, settled)
    wanted = [
        (pair.one, pair.other)
        for pair in pairs
        if pair.one in shots_of and pair.other in shots_of and not are_apart(pair.one, pair.other)
    ]
    groups = complete_groups(wanted)
    grouped = {content for group in groups for content in group}
    groups += [[content] for content in shots_of if content not in grouped]
    found = [[shot for content in group for shot in _copies(shots_of[content], settled)] for group in groups]
    return [group for group in found if len(group) > 1]


def _copies(shots: list[Shot], settled: set[ContentPair]) -> list[Shot]:
    """Identical files: all of them, or the first one when a person wants to have them several times."""
    content = shots[0].content
    return shots[:1] if ordered(content, content) in settled else shots


def _apartness(shots_of: dict[bytes, list[Shot]], settled: set[ContentPair]) -> Callable[[bytes, bytes], bool]:
    """Whether two contents are no duplicates, whatever they look like."""
    paired = companions.raw_pairs(shot for group in shots_of.values() for shot in group)
    developed = {run[0].content for run in paired}  # its companion stands for a RAW file

    def are_apart(one: bytes, other: bytes) -> bool:
        if ordered(one, other) in settled:
            return True
        first, second = shots_of[one], shots_of[other]
        if (first[0].format == "RAW") != (second[0].format == "RAW") and (one in developed or other in developed):
            return True
        return any(companions.is_burst_pair(a, b) for a in first for b in second)

    return are_apart
