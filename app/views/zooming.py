"""Where a picture lies in its canvas, and how zooming and panning move it. Pure arithmetic: no Qt, any thread.

A scale is device pixels per pixel of the photo, so 1.0 is "100 %". Positions are device pixels of the canvas.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

MAX_SCALE = 16.0
MAX_FIT_SCALE = 4.0
"""A tiny picture is not blown up further than this to fill the window."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A photo of `photo_*` pixels in a canvas of `canvas_*` device pixels, its middle moved by `pan_*`."""

    photo_width: int
    photo_height: int
    canvas_width: int
    canvas_height: int
    scale: float = 0.0
    """0 means: as large as fits, also when the canvas changes."""
    pan_x: float = 0.0
    pan_y: float = 0.0

    @property
    def is_fitted(self) -> bool:
        """Whether the whole photo is shown, whatever the size of the canvas."""
        return self.scale == 0.0

    @property
    def fit_scale(self) -> float:
        """The scale at which the whole photo just fits."""
        if self.photo_width <= 0 or self.photo_height <= 0:
            return 1.0
        across, down = self.canvas_width / self.photo_width, self.canvas_height / self.photo_height
        return max(min(across, down, MAX_FIT_SCALE), 1e-6)

    @property
    def real_scale(self) -> float:
        """The scale in use, fitted or not."""
        return self.scale or self.fit_scale

    def rectangle(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the whole photo in the canvas."""
        width, height = self.photo_width * self.real_scale, self.photo_height * self.real_scale
        left = (self.canvas_width - width) / 2 + self.pan_x
        top = (self.canvas_height - height) / 2 + self.pan_y
        return left, top, width, height


def fitted(placement: Placement) -> Placement:
    """The whole photo, in the middle."""
    return replace(placement, scale=0.0, pan_x=0.0, pan_y=0.0)


def zoomed(placement: Placement, scale: float, x: float, y: float) -> Placement:
    """Zoom to `scale` so that the point of the photo under (x, y) stays there.

    Zooming out ends at the whole photo (or at 100 % where that is smaller).
    """
    smallest = min(placement.fit_scale, 1.0)
    scale = min(max(scale, smallest), max(MAX_SCALE, placement.fit_scale))
    if abs(scale - placement.fit_scale) < 1e-3 * placement.fit_scale:
        return fitted(placement)
    ratio = scale / placement.real_scale
    middle_x, middle_y = placement.canvas_width / 2 + placement.pan_x, placement.canvas_height / 2 + placement.pan_y
    pan_x = x + (middle_x - x) * ratio - placement.canvas_width / 2
    pan_y = y + (middle_y - y) * ratio - placement.canvas_height / 2
    return _kept_in_view(replace(placement, scale=scale, pan_x=pan_x, pan_y=pan_y))


def panned(placement: Placement, by_x: float, by_y: float) -> Placement:
    """Move the photo, never further than its edges reach the canvas's."""
    return _kept_in_view(replace(placement, pan_x=placement.pan_x + by_x, pan_y=placement.pan_y + by_y))


def resized(placement: Placement, canvas_width: int, canvas_height: int) -> Placement:
    """The same view in a canvas of another size: what was fitted stays fitted."""
    return _kept_in_view(replace(placement, canvas_width=canvas_width, canvas_height=canvas_height))


def _kept_in_view(placement: Placement) -> Placement:
    if placement.is_fitted:
        return fitted(placement)
    room_x = max(0.0, (placement.photo_width * placement.scale - placement.canvas_width) / 2)
    room_y = max(0.0, (placement.photo_height * placement.scale - placement.canvas_height) / 2)
    return replace(
        placement,
        pan_x=min(max(placement.pan_x, -room_x), room_x),
        pan_y=min(max(placement.pan_y, -room_y), room_y),
    )
