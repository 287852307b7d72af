"""Where in a photo a wish is answered: embeddings of overlapping crops, judged like whole photos. Pure; any thread.

Works for any encoder. Each crop is scored against the wish and against the background of unrelated texts, so that its
z-score means the same as a photo's (see `calibration`), and spread over the photo with a bell over its middle. Sliding
windows at several scales are the oldest way to turn a recogniser of whole pictures into a map (for CLIP: Subramanian
et al., "ReCLIP", 2022, scores crops in the same way).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding, Region
from core.search import calibration

MAP_SIDE = 64
"""Cells of a map along the longer side of the photo."""
_LEAST_SIDE = 16
"""Cells along the shorter side of a panorama."""
STANDS_OUT_Z = 1.5
"""A wish is somewhere in the photo when the map reaches this; things that are there reach 1.7 to 3.6 with the
starter, things that are not stay below 1.3."""
_WEAK_Z = 0.5
_WEAK_SHARE = 0.35
"""Of the best place: of a sentence that fits the whole photo only what fits it best is lit."""
_FULL_Z = 2.5
_SCALES = ((0.5, 3), (0.34, 4), (0.23, 6))
"""Side of the windows as a share of the photo's, and how many of them stand side by side: 61 in all."""
FINEST_SHARE = _SCALES[-1][0]
MOST_AT_ONCE = 16
"""Crops encoded between two looks at whether anybody still wants the map."""
_LONGEST_RATIO = 1.6
"""Windows of longer photos do not get longer than this; there are more of them instead."""
_MOST_ALONG = 3
_BELL = 0.35
"""Width of the bell over a window, as a share of its side."""


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """How much each place of a photo speaks for a wish."""

    heat: NDArray[np.float32]
    """(h, w), 0 (nothing) to 1; reaches 1 only where the wish stands out."""
    peak_z: float
    """The z-score of the best place."""


def windows(width_px: int, height_px: int) -> list[Region]:
    """Overlapping parts of a photo, coarse to fine, that together cover it several times."""
    ratio = width_px / height_px
    wide, high = max(1.0, ratio / _LONGEST_RATIO), max(1.0, 1 / ratio / _LONGEST_RATIO)
    found = []
    for share, count in _SCALES:
        across, down = _steps(share, count, wide), _steps(share, count, high)
        found += [Region(left, top, right, bottom) for top, bottom in down for left, right in across]
    return found


def _steps(share: float, count: int, stretch: float) -> list[tuple[float, float]]:
    stretch = min(stretch, _MOST_ALONG)
    length = share / stretch
    starts = np.linspace(0.0, 1.0 - length, math.ceil(count * stretch)).tolist()
    return [(start, min(1.0, start + length)) for start in starts]


def against_texts(crops: Embedding, wanted: Embedding, background: Embedding) -> NDArray[np.float32]:
    """Z-scores (n,) of crops (n, d) for one text (d,), judged against the texts of `background` (b, d)."""
    raw = (crops @ wanted)[:, None]
    return calibration.against_background(raw, calibration.usual(crops, background))[:, 0]


def against_library(crops: Embedding, wanted: Embedding, usual: NDArray[np.float32]) -> NDArray[np.float32]:
    """Z-scores (n,) of crops (n, d) for one example picture (d,), judged against the library's photos.

    `usual` (m,) are the scores of the library for the same example.
    """
    scores = calibration.against_itself(np.concatenate([usual, (crops @ wanted).astype(np.float32)]))
    return scores[len(usual) :]


def heat_map(z_scores: NDArray[np.float32], parts: list[Region], width_px: int, height_px: int) -> HeatMap:
    """The map (h, w) of a photo from the z-scores (n,) of its windows."""
    longest = max(width_px, height_px)
    columns, rows = (max(_LEAST_SIDE, round(MAP_SIDE * side / longest)) for side in (width_px, height_px))
    edges = np.array([(one.left, one.top, one.right, one.bottom) for one in parts], dtype=np.float32)
    across = _bells(columns, edges[:, 0], edges[:, 2])
    down = _bells(rows, edges[:, 1], edges[:, 3])
    total = np.einsum("nh,nw->hw", down, across)
    z_map = np.einsum("n,nh,nw->hw", z_scores, down, across) / np.maximum(total, 1e-12)
    peak = float(z_map.max())
    weak = max(_WEAK_Z, _WEAK_SHARE * peak)
    heat = np.clip((z_map - weak) / (max(_FULL_Z, peak) - weak), 0.0, 1.0)
    return HeatMap(heat.astype(np.float32), peak)


def _bells(cells: int, starts: NDArray[np.float32], ends: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much each window (n) says about each of `cells` places along one side: (n, cells)."""
    places = (np.arange(cells, dtype=np.float32) + 0.5) / cells
    distances = (places[None] - ((starts + ends) / 2)[:, None]) / ((ends - starts) * _BELL)[:, None]
    bells: NDArray[np.float32] = np.exp(-np.square(distances)).astype(np.float32)
    return bells
