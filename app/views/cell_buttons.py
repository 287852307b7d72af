"""The buttons that appear on a photo under the pointer, and where they lie. Pure; no Qt, any thread."""

from __future__ import annotations

from enum import StrEnum

from app.views.grid_layout import Box

SIDE_PX = 26
INSET_PX = 5
WIDER_PX = 8
"""The mark of a stack is as wide as its number."""


class CellButton(StrEnum):
    """What a click on a corner of a cell does."""

    SELECT = "select"
    FAVOURITE = "favourite"
    SIMILAR = "similar"
    COPIES = "copies"
    """Only on a photo that stands for others."""


ON_ALL = (CellButton.SELECT, CellButton.FAVOURITE, CellButton.SIMILAR)


def place(button: CellButton, cell: Box) -> Box:
    """Where a button lies in a cell, in the cell's coordinates."""
    right = cell.x + cell.width - INSET_PX - SIDE_PX
    bottom = cell.y + cell.height - INSET_PX - SIDE_PX
    match button:
        case CellButton.SELECT:
            return Box(cell.x + INSET_PX, cell.y + INSET_PX, SIDE_PX, SIDE_PX)
        case CellButton.SIMILAR:
            return Box(right, cell.y + INSET_PX, SIDE_PX, SIDE_PX)
        case CellButton.COPIES:
            return Box(right - WIDER_PX, bottom, SIDE_PX + WIDER_PX, SIDE_PX)
        case CellButton.FAVOURITE:
            return Box(cell.x + INSET_PX, bottom, SIDE_PX, SIDE_PX)


def at(cell: Box, x: int, y: int, *, is_stack: bool = False) -> CellButton | None:
    """The button of `cell` that holds the point."""
    for button in (*ON_ALL, CellButton.COPIES) if is_stack else ON_ALL:
        box = place(button, cell)
        if box.x <= x < box.x + box.width and box.y <= y < box.y + box.height:
            return button
    return None
