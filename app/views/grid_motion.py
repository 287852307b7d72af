"""Where a key leads from one row of the grid to another. GUI thread, but pure arithmetic over `GridLayout`."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView

from app.views.grid_layout import GridLayout

Motion = QAbstractItemView.CursorAction


def target(layout: GridLayout, row: int, motion: Motion, view_height_px: int) -> int:
    """The row that `motion` leads to; `row` itself where there is nothing further."""
    last = layout.row_count - 1
    match motion:
        case Motion.MoveLeft | Motion.MovePrevious:
            return max(row - 1, 0)
        case Motion.MoveRight | Motion.MoveNext:
            return min(row + 1, last)
        case Motion.MoveUp:
            return layout.above(row)
        case Motion.MoveDown:
            return layout.below(row)
        case Motion.MoveHome:
            return 0
        case Motion.MoveEnd:
            return last
        case Motion.MovePageUp:
            return _page(layout, row, -1, view_height_px)
        case _:
            return _page(layout, row, 1, view_height_px)


def _page(layout: GridLayout, row: int, direction: int, view_height_px: int) -> int:
    """One view up or down in the same column, less the line that stays in sight."""
    box = layout.box(row)
    distance = max(box.height, view_height_px - box.height)
    found = layout.nearest_row(box.x + box.width // 2, box.y + box.height // 2 + direction * distance)
    return row if found is None else found
