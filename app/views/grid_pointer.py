"""What is under the pointer in a grid: a photo, a button on it, a line to click. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint

from app.views import cell_buttons
from app.views.cell_buttons import CellButton
from app.views.grid_view import GridView


@dataclass(frozen=True, slots=True)
class Under:
    """What a point of the viewport lies on."""

    row: int | None = None
    button: CellButton | None = None
    weaker_section: int | None = None
    """The section whose line "weaker matches — show" is there and has something to show."""


NOTHING = Under()


def under(view: GridView, point: QPoint | None) -> Under:
    """What lies under `point`, in viewport coordinates; None: the pointer is elsewhere."""
    if point is None:
        return NOTHING
    layout, y = view.grid_layout(), point.y() + view.verticalOffset()
    row = layout.row_at(point.x(), y)
    if row is not None:
        is_stack = view.photos.photo_id(row) in view.photos.stacks
        cell = view.on_screen(layout.box(row))
        return Under(row, cell_buttons.at(cell, point.x(), point.y(), is_stack=is_stack))
    for section in layout.sections_between(y, y + 1):
        box = layout.heading(section)
        if box.y <= y < box.y + box.height and view.sections[section].hidden_count:
            return Under(weaker_section=section)
    return NOTHING
