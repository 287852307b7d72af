"""Where a grid view stands, by photo, so that the place survives other rows and other sizes. Pure; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.views.grid_layout import GridLayout
from core.domain import PhotoId


@dataclass(frozen=True, slots=True)
class GridPosition:
    """This photo's cell begins `offset_px` below the upper edge of the view (or above it, if negative)."""

    photo_id: PhotoId
    row: int
    """Where the photo was, for when it is gone."""
    offset_px: int


def scroll_of(place: GridPosition | None, row: int | None, layout: GridLayout) -> int:
    """How far to scroll to stand at `place`, whose photo is in `row` now (None: gone). No place is the top."""
    if place is None or not layout.row_count:
        return 0
    if row is None:
        row = min(place.row, layout.row_count - 1)
    return max(0, layout.box(row).y - place.offset_px)
