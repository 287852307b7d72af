"""A part of a picture between screen and photo, at any zoom and in any window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views import region_geometry, zooming
from app.views.region_geometry import Grip
from app.views.zooming import Placement
from core.domain import Region

shares = st.floats(0, 1)
sides = st.integers(20, 8000)


@st.composite
def placements(draw: st.DrawFn) -> Placement:
    """A photo of any size in a canvas of any size, fitted or zoomed anywhere and dragged."""
    placement = Placement(draw(sides), draw(sides), draw(sides), draw(sides))
    if draw(st.booleans()):
        x, y = draw(shares) * placement.canvas_width, draw(shares) * placement.canvas_height
        placement = zooming.zoomed(placement, draw(st.floats(0.05, 16)), x, y)
        placement = zooming.panned(placement, draw(st.floats(-5000, 5000)), draw(st.floats(-5000, 5000)))
    return placement


@st.composite
def regions(draw: st.DrawFn) -> Region:
    left, top = draw(st.floats(0, 0.9)), draw(st.floats(0, 0.9))
    width, height = draw(st.floats(0.03, 1.0)), draw(st.floats(0.03, 1.0))
    return Region(left, top, min(1.0, left + width), min(1.0, top + height))


@given(placement=placements(), region=regions())
def test_what_is_drawn_on_screen_is_the_part_of_the_photo_below(placement: Placement, region: Region) -> None:
    left, top, width, height = region_geometry.box_of(placement, region)
    start = region_geometry.fraction_at(placement, left, top)
    end = region_geometry.fraction_at(placement, left + width, top + height)
    drawn = region_geometry.spanned(end, start)  # in whichever direction
    assert drawn is not None
    assert (drawn.left, drawn.top, drawn.right, drawn.bottom) == pytest.approx(
        (region.left, region.top, region.right, region.bottom), abs=1e-5
    )


@given(placement=placements(), x=st.floats(-9000, 9000), y=st.floats(-9000, 9000))
def test_any_point_of_the_screen_is_some_place_of_the_photo(placement: Placement, x: float, y: float) -> None:
    across, down = region_geometry.fraction_at(placement, x, y)
    assert 0 <= across <= 1
    assert 0 <= down <= 1


@given(
    region=regions(),
    grip=st.builds(Grip, st.sampled_from((-1, 0, 1)), st.sampled_from((-1, 0, 1))),
    by=st.tuples(st.floats(-2, 2), st.floats(-2, 2)),
)
def test_however_it_is_pulled_it_stays_a_part_of_the_photo(region: Region, grip: Grip, by: tuple[float, float]) -> None:
    pulled = region_geometry.pulled(region, grip, by)  # Region refuses what is no part
    if grip == Grip():
        assert pulled.right - pulled.left == pytest.approx(region.right - region.left)
        assert pulled.bottom - pulled.top == pytest.approx(region.bottom - region.top)
    if grip.across == 1:
        assert pulled.left == region.left
    if grip.across == -1:
        assert pulled.right == region.right


def test_a_click_is_no_rectangle() -> None:
    assert region_geometry.spanned((0.5, 0.5), (0.505, 0.9)) is None


@pytest.mark.parametrize(
    ("x", "y", "grip"),
    [
        (100, 100, Grip(-1, -1)),
        (300, 300, Grip(1, 1)),
        (200, 200, Grip()),
        (200, 98, Grip(0, -1)),
        (50, 200, None),
    ],
)
def test_what_is_under_the_pointer(x: float, y: float, grip: Grip | None) -> None:
    placement = Placement(400, 400, 400, 400)
    assert region_geometry.grip_at(placement, Region(0.25, 0.25, 0.75, 0.75), x, y, 8) == grip
