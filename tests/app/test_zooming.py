"""The geometry of zooming and panning."""

from __future__ import annotations

import pytest

from app.views import zooming
from app.views.zooming import Placement

LANDSCAPE = Placement(6000, 4000, 1200, 900)


def _photo_point_at(placement: Placement, x: float, y: float) -> tuple[float, float]:
    left, top, _width, _height = placement.rectangle()
    return (x - left) / placement.real_scale, (y - top) / placement.real_scale


def test_fitted_photo_touches_the_nearer_edges_and_is_centred() -> None:
    assert LANDSCAPE.rectangle() == pytest.approx((0, 50, 1200, 800))


@pytest.mark.parametrize("scale", [0.5, 1.0, 3.0])
def test_point_under_the_pointer_stays_when_zooming_in(scale: float) -> None:
    before = _photo_point_at(LANDSCAPE, 700, 500)
    after = zooming.zoomed(LANDSCAPE, scale, 700, 500)
    assert after.real_scale == scale
    assert _photo_point_at(after, 700, 500) == pytest.approx(before)


def test_zooming_out_ends_at_the_whole_photo() -> None:
    close = zooming.zoomed(LANDSCAPE, 2.0, 10, 10)
    assert not close.is_fitted
    back = zooming.zoomed(close, 0.0001, 10, 10)
    assert back.is_fitted
    assert back.rectangle() == LANDSCAPE.rectangle()


def test_photo_cannot_be_dragged_off_the_canvas() -> None:
    close = zooming.zoomed(LANDSCAPE, 1.0, 600, 450)
    left, top, _width, _height = zooming.panned(close, 1e6, 1e6).rectangle()
    assert (left, top) == (0, 0)
    left, top, width, height = zooming.panned(close, -1e6, -1e6).rectangle()
    assert (left + width, top + height) == (1200, 900)


def test_photo_narrower_than_the_canvas_stays_centred() -> None:
    tall = Placement(100, 4000, 1200, 900)
    close = zooming.zoomed(tall, 1.0, 0, 0)
    left, _top, width, _height = zooming.panned(close, 300, 0).rectangle()
    assert left == pytest.approx((1200 - width) / 2)


def test_fitted_photo_follows_the_canvas_and_a_zoomed_one_keeps_its_scale() -> None:
    assert zooming.resized(LANDSCAPE, 600, 400).rectangle() == pytest.approx((0, 0, 600, 400))
    close = zooming.resized(zooming.zoomed(LANDSCAPE, 1.0, 0, 0), 600, 400)
    assert close.real_scale == 1.0


def test_tiny_photo_is_not_blown_up_to_fill_the_window() -> None:
    icon = Placement(16, 16, 1200, 900)
    assert icon.rectangle()[2] == 16 * zooming.MAX_FIT_SCALE


def test_unknown_size_does_not_divide_by_zero() -> None:
    assert Placement(0, 0, 100, 100).rectangle()[2:] == (0, 0)
