"""Photos that belong together without being duplicates: RAW with its JPEG, and bursts. Pure; any thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from core.catalog.duplicate_rows import Shot

BURST_GAP_S = 2
LEAST_BURST = 3
_PAIR_GAP_S = 2
_LAST_NUMBER = re.compile(r"^(.*?)(\d{3,})\D*$", re.DOTALL)
_FARTHEST_NUMBERS = 30


def is_raw_pair(one: Shot, other: Shot) -> bool:
    """A RAW file and what the camera wrote beside it: same name, same moment, same camera where known."""
    return (
        (one.format == "RAW") != (other.format == "RAW")
        and stem(one.name) == stem(other.name)
        and abs(one.taken_at - other.taken_at) <= _PAIR_GAP_S
        and (one.camera is None or other.camera is None or one.camera == other.camera)
    )


def is_burst_pair(one: Shot, other: Shot) -> bool:
    """Two shots of one camera within two seconds: at different seconds, or with different numbers in their names.

    A copy has the time and the number of its original, so it is no burst.
    """
    if one.camera is None or one.camera != other.camera or one.content == other.content:
        return False
    gap_s = abs(one.taken_at - other.taken_at)
    return gap_s <= BURST_GAP_S and (gap_s > 0 or _are_numbered_apart(one, other))


def raw_pairs(shots: Iterable[Shot]) -> list[tuple[Shot, ...]]:
    """Every RAW file with its companions, the RAW file first, in the order of the shots."""
    named: dict[str, list[Shot]] = {}
    for shot in shots:
        named.setdefault(stem(shot.name), []).append(shot)
    found = []
    for same_name in named.values():
        for raw in same_name:
            beside = [one for one in same_name if raw.format == "RAW" and is_raw_pair(raw, one)]
            if beside:
                found.append((raw, *beside))
    return found


def bursts(shots: Iterable[Shot]) -> list[tuple[Shot, ...]]:
    """Runs of at least three shots of one camera, each within two seconds of the one before; newest run first."""
    taken = sorted(
        (one for one in shots if one.camera is not None and one.format != "RAW"),
        key=lambda one: (one.camera, one.taken_at, one.name, one.photo_id),
    )
    runs = [run for run in _runs(taken) if len(run) >= LEAST_BURST]
    return sorted(runs, key=lambda run: -run[0].taken_at)


def stem(name: str) -> str:
    """A file name without its suffix, in one case."""
    return (name.rpartition(".")[0] or name).casefold()


def _runs(taken: Sequence[Shot]) -> Iterator[tuple[Shot, ...]]:
    run: list[Shot] = []
    for shot in taken:
        if run and any(shot.content == one.content for one in run):
            continue  # a copy of one of them is no shot of its own
        if run and not is_burst_pair(run[-1], shot):
            yield tuple(run)
            run = []
        run.append(shot)
    yield tuple(run)


def _are_numbered_apart(one: Shot, other: Shot) -> bool:
    if (one.width_px, one.height_px) != (other.width_px, other.height_px):
        return False
    first, second = _LAST_NUMBER.match(stem(one.name)), _LAST_NUMBER.match(stem(other.name))
    if first is None or second is None or first[1] != second[1]:
        return False
    return 0 < abs(int(first[2]) - int(second[2])) <= _FARTHEST_NUMBERS
