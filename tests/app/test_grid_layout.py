"""The geometry of the photo grid, without Qt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.grid_layout import GAP_PX, MARGIN_PX, Box, GridLayout, column_count

layouts = st.builds(
    lambda width, cell, sections: GridLayout(width, cell, [n for n, _ in sections], [h for _, h in sections]),
    st.integers(1, 3000),
    st.integers(96, 320),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0, 40])), max_size=6),
)


def covers(box: Box, x: int, y: int) -> bool:
    return box.x <= x < box.x + box.width and box.y <= y < box.y + box.height


def test_no_rows_is_a_grid_without_cells() -> None:
    for layout in (GridLayout(800, 176, [], []), GridLayout(800, 176, [0], [40])):
        assert layout.row_count == 0
        assert not layout.rows_between(0, 1000)
        assert layout.row_at(10, 10) is None
        assert layout.nearest_row(10, 10) is None
        assert layout.rows_touching(Box(0, 0, 800, 800)) == []


def test_a_narrow_view_has_one_column_that_fits() -> None:
    layout = GridLayout(120, 320, [3], [0])
    assert layout.columns == 1
    cell = layout.box(2)
    assert cell.x == MARGIN_PX
    assert cell.width == 120 - 2 * MARGIN_PX
    assert layout.below(0) == 1
    assert layout.above(2) == 1


@given(st.integers(200, 4000), st.integers(96, 320))
def test_real_cells_are_near_the_wished_size(width: int, cell: int) -> None:
    columns = column_count(width, cell)
    real = (width + GAP_PX) / columns - GAP_PX
    assert columns == 1 or 1 / 1.5 < real / cell < 1.5


def test_lines_end_exactly_at_the_margin() -> None:
    layout = GridLayout(1003, 176, [50], [0])
    last = layout.box(layout.columns - 1)
    assert last.x + last.width == 1003 - MARGIN_PX
    widths = {layout.box(row).width for row in range(layout.columns)}
    assert max(widths) - min(widths) <= 1


def test_a_section_begins_on_a_new_line_below_its_heading() -> None:
    layout = GridLayout(800, 176, [1, 2], [40, 40])
    heading = layout.heading(1)
    assert heading.y == layout.box(0).y + layout.cell_px + GAP_PX
    assert layout.box(1).y == heading.y + 40
    assert layout.box(1).x == MARGIN_PX


@given(layouts)
def test_every_cell_is_found_at_its_own_centre(layout: GridLayout) -> None:
    for row, box in layout.boxes(range(layout.row_count)):
        assert box == layout.box(row)
        x, y = box.x + box.width // 2, box.y + box.height // 2
        assert layout.row_at(x, y) == row
        assert layout.nearest_row(x, y) == row


@given(layouts, st.integers(0, 20000), st.integers(1, 2000))
def test_rows_between_are_exactly_those_that_touch_the_stripe(layout: GridLayout, top: int, height: int) -> None:
    expected = [
        row for row, box in layout.boxes(range(layout.row_count)) if box.y < top + height and box.y + box.height > top
    ]
    assert list(layout.rows_between(top, top + height)) == expected


@given(layouts, st.integers(-50, 3000), st.integers(-50, 4000), st.integers(1, 900), st.integers(1, 900))
def test_rows_touching_a_rectangle_are_exactly_those_that_intersect(
    layout: GridLayout, x: int, y: int, width: int, height: int
) -> None:
    expected = [
        row
        for row, box in layout.boxes(range(layout.row_count))
        if box.x < x + width and x < box.x + box.width and box.y < y + height and y < box.y + box.height
    ]
    assert [row for run in layout.rows_touching(Box(x, y, width, height)) for row in run] == expected


@given(layouts, st.integers(0, 3000), st.integers(0, 4000))
def test_sections_between_include_every_visible_heading(layout: GridLayout, top: int, height: int) -> None:
    shown = layout.sections_between(top, top + height + 1)
    for section in range(len(layout._headings)):
        heading = layout.heading(section)
        if heading.height and heading.y < top + height + 1 and heading.y + heading.height > top:
            assert section in shown


def test_up_and_down_stay_in_the_column_across_short_lines() -> None:
    layout = GridLayout(4 * 180 + 2 * MARGIN_PX - GAP_PX, 176, [6, 8], [40, 40])
    assert layout.columns == 4
    assert layout.below(3) == 5  # the second line has only two cells
    assert layout.below(5) == 7
    assert layout.above(9) == 5
    assert layout.above(2) == 2
    assert layout.below(13) == 13


@given(layouts)
def test_down_then_up_never_leaves_the_rows(layout: GridLayout) -> None:
    for row in range(layout.row_count):
        assert row <= layout.below(row) < layout.row_count
        assert 0 <= layout.above(row) <= row


def test_the_point_in_a_gap_belongs_to_no_row_but_has_a_nearest_one() -> None:
    layout = GridLayout(800, 176, [20], [0])
    first = layout.box(0)
    assert layout.row_at(first.x + first.width + 1, first.y + 5) is None
    assert layout.nearest_row(first.x + first.width + 1, first.y + 5) in (0, 1)
    assert layout.nearest_row(10, layout.height_px + 5000) is not None


@pytest.mark.parametrize("width", [100, 1920])
def test_a_million_rows_are_exact_to_the_pixel(width: int) -> None:
    counts = np.full(1000, 1000, np.int64)
    layout = GridLayout(width, 320, counts, np.full(1000, 40, np.int64))
    lines = -(-1000 // layout.columns)
    assert layout.row_count == 1_000_000
    assert layout.height_px == 2 * MARGIN_PX + 1000 * (40 + lines * (layout.cell_px + GAP_PX))
    assert layout.height_px < 2**31
    last = layout.box(999_999)
    assert last.y + last.height + GAP_PX + MARGIN_PX == layout.height_px
    assert layout.row_at(last.x + 3, last.y + 3) == 999_999
    assert layout.rows_between(last.y, last.y + 10).stop == 1_000_000
    assert covers(last, last.x, last.y)
