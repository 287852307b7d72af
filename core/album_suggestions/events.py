"""Finds events: photos taken close together, with quiet before and after. Pure.

The gap that parts two events adapts to how densely was photographed around it, after Platt, Czerwinski and Field,
"PhotoTOC: automatic clustering for browsing personal photographs" (2003): a gap is one when its logarithm exceeds
the mean logarithm of the gaps around it by a constant. Nights within a journey are bridged, long ways are not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.catalog.timeline import Timeline

LEAST_PHOTOS = 8
_WINDOW = 10
_TIMES_USUAL = 17.0
_LEAST_GAP_S = 3600.0
_SURE_GAP_S = 3 * 24 * 3600.0
_NIGHT_S = 20 * 3600.0
_LONGEST_S = 21 * 24 * 3600.0
_FAR_KM = 80.0
_TRAVEL_GAP_S = 1800.0
_EARTH_KM = 6371.0


def find(timeline: Timeline) -> list[NDArray[np.int64]]:
    """The rows of each event in the timeline, oldest first."""
    count = len(timeline.ids)
    if count < LEAST_PHOTOS:
        return []
    pieces = np.split(np.arange(count), np.flatnonzero(_is_boundary(timeline)) + 1)
    journeys = _bridge_nights(timeline, pieces)
    return [one for one in journeys if len(one) >= LEAST_PHOTOS]


def _is_boundary(timeline: Timeline) -> NDArray[np.bool_]:
    """Which of the n - 1 gaps part two events."""
    gaps = np.maximum(np.diff(timeline.taken_at).astype(np.float64), 1.0)
    logs = np.log(gaps)
    total = np.concatenate([[0.0], np.cumsum(logs)])
    at = np.arange(len(logs))
    low, high = np.maximum(at - _WINDOW, 0), np.minimum(at + _WINDOW + 1, len(logs))
    around = high - low - 1
    # Without the gap itself: next to few others it would be its own yardstick.
    mean = (total[high] - total[low] - logs) / np.maximum(around, 1)
    is_long = (logs >= np.log(_TIMES_USUAL) + mean) & (gaps >= _LEAST_GAP_S)
    is_far = (_distances_km(timeline) >= _FAR_KM) & (gaps >= _TRAVEL_GAP_S)
    result: NDArray[np.bool_] = is_long | is_far | (gaps >= _SURE_GAP_S)
    return result


def _bridge_nights(timeline: Timeline, pieces: list[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
    """Join full days that follow each other in one region; what then lasts longer than a journey stays apart."""
    runs: list[list[NDArray[np.int64]]] = []
    for piece in pieces:
        if runs and _belongs(timeline, runs[-1][-1], piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    found: list[NDArray[np.int64]] = []
    for run in runs:
        lasts_s = timeline.taken_at[run[-1][-1]] - timeline.taken_at[run[0][0]]
        if len(run) > 1 and lasts_s > _LONGEST_S:
            found += [one for one in run if timeline.taken_at[one[-1]] - timeline.taken_at[one[0]] <= _LONGEST_S]
        elif lasts_s <= _LONGEST_S:
            found.append(np.concatenate(run))
    return found


def _belongs(timeline: Timeline, before: NDArray[np.int64], after: NDArray[np.int64]) -> bool:
    night_s = timeline.taken_at[after[0]] - timeline.taken_at[before[-1]]
    if night_s > _NIGHT_S or min(len(before), len(after)) < LEAST_PHOTOS:
        return False
    first, second = _middle(timeline, before), _middle(timeline, after)
    return first is None or second is None or distance_km(*first, *second) < _FAR_KM


def _middle(timeline: Timeline, rows: NDArray[np.int64]) -> tuple[float, float] | None:
    located = rows[~np.isnan(timeline.latitude[rows])]
    if not len(located):
        return None
    return float(np.median(timeline.latitude[located])), float(np.median(timeline.longitude[located]))


def _distances_km(timeline: Timeline) -> NDArray[np.float64]:
    """From each photo to the next; 0 where one of them does not say where it was taken."""
    latitude, longitude = np.radians(timeline.latitude), np.radians(timeline.longitude)
    along = np.sin(np.diff(latitude) / 2) ** 2
    across = np.cos(latitude[:-1]) * np.cos(latitude[1:]) * np.sin(np.diff(longitude) / 2) ** 2
    far: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(along + across, 0, 1)))
    return np.nan_to_num(far)


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Along a great circle (haversine formula)."""
    pair = Timeline(
        np.zeros(2, np.int64),
        np.zeros(2, np.int64),
        np.array([latitude, other_latitude]),
        np.array([longitude, other_longitude]),
    )
    return float(_distances_km(pair)[0])
