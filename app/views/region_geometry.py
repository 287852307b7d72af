"""A part of a picture between the canvas and the photo: where it lies, what is gripped, how it moves. Pure arithmetic.

Regions are fractions of the upright photo, points and boxes device pixels of the canvas.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.views.zooming import Placement
from core.domain import Region

Point = tuple[float, float]

LEAST = 0.02
"""No side of a region gets shorter than this share of the photo's."""
WHOLE_MIDDLE = Region(0.25, 0.25, 0.75, 0.75)
"""Where the keyboard begins."""


@dataclass(frozen=True, slots=True)
class Grip:
    """What of a rectangle is held: -1 the left or upper edge, 1 the right or lower one, 0 and 0 the whole."""

    across: int = 0
    down: int = 0


def fraction_at(placement: Placement, x: float, y: float) -> Point:
    """The place of the photo under a point of the canvas, or the nearest one."""
    left, top, width, height = placement.rectangle()
    return _within((x - left) / max(width, 1e-9)), _within((y - top) / max(height, 1e-9))


def box_of(placement: Placement, region: Region) -> tuple[float, float, float, float]:
    """Left, top, width and height of a region in the canvas."""
    left, top, width, height = placement.rectangle()
    return (
        left + region.left * width,
        top + region.top * height,
        (region.right - region.left) * width,
        (region.bottom - region.top) * height,
    )


def spanned(start: Point, end: Point) -> Region | None:
    """The rectangle between two places of the photo; None when it is hardly more than a point."""
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if right - left < LEAST or bottom - top < LEAST:
        return None
    return Region(left, top, right, bottom)


def pulled(region: Region, grip: Grip, by: Point) -> Region:
    """The region after what is gripped was moved by fractions of the photo; it stays inside, and an edge never
    passes the opposite one.
    """
    left, right = _pulled_side(region.left, region.right, grip.across, by[0], is_whole=grip == Grip())
    top, bottom = _pulled_side(region.top, region.bottom, grip.down, by[1], is_whole=grip == Grip())
    return Region(left, top, right, bottom)


def _pulled_side(start: float, end: float, edge: int, by: float, *, is_whole: bool) -> Point:
    if is_whole:
        by = min(max(by, -start), 1.0 - end)
        return _within(start + by), _within(end + by)
    least = min(LEAST, end - start)
    if edge < 0:
        return min(_within(start + by), end - least), end
    if edge > 0:
        return start, max(_within(end + by), start + least)
    return start, end


def grip_at(placement: Placement, region: Region, x: float, y: float, reach: float) -> Grip | None:
    """What of the region lies under a point, edges `reach` pixels thick; None outside of it."""
    left, top, width, height = box_of(placement, region)
    if not (left - reach <= x <= left + width + reach and top - reach <= y <= top + height + reach):
        return None
    return Grip(_edge(x, left, left + width, reach), _edge(y, top, top + height, reach))


def _edge(at: float, start: float, end: float, reach: float) -> int:
    inside = min(reach, (end - start) / 4)  # of a small rectangle the middle can still be held
    if at >= end - inside:
        return 1
    return -1 if at <= start + inside else 0


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
