"""Where every cell and heading of the photo grid lies. Pure arithmetic: no Qt, any thread.

Rows flow in lines of equal cells, in sections one below the other; a section may begin with a heading.
The content is as wide as the view: cells grow or shrink a little so that each line ends at the margin.
All lengths are logical pixels in content coordinates (0 is the top of the whole grid).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

GAP_PX = 4
MARGIN_PX = 8


class Box(NamedTuple):
    """A rectangle in content coordinates."""

    x: int
    y: int
    width: int
    height: int


def column_count(inner_px: int, cell_px: int, gap_px: int = GAP_PX) -> int:
    """How many columns bring the real cell closest to the wished size (as a ratio)."""
    fewer = max(1, (inner_px + gap_px) // (cell_px + gap_px))
    larger, smaller = ((inner_px + gap_px) / count - gap_px for count in (fewer, fewer + 1))
    return fewer if smaller <= 0 or larger / cell_px <= cell_px / smaller else fewer + 1


class GridLayout:
    """Positions of `sum(counts)` cells; every question is answered without looking at all of them."""

    def __init__(
        self,
        width_px: int,
        cell_px: int,
        counts: Sequence[int] | NDArray[np.int64],
        heading_px: Sequence[int] | NDArray[np.int64],
    ) -> None:
        """`counts` and `heading_px`: rows and height of the heading (0: none) of each section, both (s,)."""
        inner_px = max(1, width_px - 2 * MARGIN_PX)
        self.width_px = width_px
        self.columns = column_count(inner_px, cell_px)
        self._lefts = [column * (inner_px + GAP_PX) // self.columns for column in range(self.columns + 1)]
        self.cell_px = max(1, -(-(inner_px + GAP_PX) // self.columns) - GAP_PX)
        self._step_px = self.cell_px + GAP_PX
        self._headings = np.asarray(heading_px, np.int64)
        section_rows = np.asarray(counts, np.int64)
        self._firsts = np.concatenate(([0], np.cumsum(section_rows)))
        lines = -(-section_rows // self.columns)
        heights = self._headings + lines * self._step_px
        self._tops = np.concatenate(([MARGIN_PX], MARGIN_PX + np.cumsum(heights)))
        self.row_count = int(self._firsts[-1])
        self.height_px = int(self._tops[-1]) + MARGIN_PX

    def section_of(self, row: int) -> int:
        """The section that holds `row`."""
        return int(np.searchsorted(self._firsts, row, side="right")) - 1

    def first_row(self, section: int) -> int:
        """The first row of a section, or of the next that has rows."""
        return int(self._firsts[section])

    def heading(self, section: int) -> Box:
        """The heading of a section, as wide as the content."""
        return Box(MARGIN_PX, int(self._tops[section]), self.width_px - 2 * MARGIN_PX, int(self._headings[section]))

    def sections_between(self, top_px: int, bottom_px: int) -> range:
        """The sections that touch the stripe from `top_px` to `bottom_px`."""
        first = int(np.searchsorted(self._tops[:-1], top_px, side="right")) - 1
        end = int(np.searchsorted(self._tops[:-1], bottom_px, side="left"))
        return range(max(first, 0), end)

    def box(self, row: int) -> Box:
        """The cell of one row."""
        section = self.section_of(row)
        line, column = divmod(row - int(self._firsts[section]), self.columns)
        y = int(self._tops[section] + self._headings[section]) + line * self._step_px
        return self._box(column, y)

    def boxes(self, rows: range) -> Iterator[tuple[int, Box]]:
        """`(row, cell)` for consecutive rows, faster than asking for each."""
        start, section = rows.start, self.section_of(rows.start) if rows else 0
        while start < rows.stop:
            first, end = int(self._firsts[section]), min(int(self._firsts[section + 1]), rows.stop)
            top = int(self._tops[section] + self._headings[section])
            for row in range(start, end):
                line, column = divmod(row - first, self.columns)
                yield row, self._box(column, top + line * self._step_px)
            start, section = max(start, end), section + 1

    def rows_between(self, top_px: int, bottom_px: int) -> range:
        """The rows whose lines touch the stripe from `top_px` to `bottom_px`; they are consecutive."""
        if not self.row_count or bottom_px <= top_px:
            return range(0)
        return range(self._first_row_below(top_px), self._first_row_from(bottom_px))

    def row_at(self, x: int, y: int) -> int | None:
        """The row whose cell holds the point; None in gaps, headings and margins."""
        rows = self.rows_between(y, y + 1)
        row = rows.start + self._column_at(x)
        if row >= rows.stop:
            return None
        cell = self.box(row)
        return row if cell.x <= x < cell.x + cell.width else None

    def nearest_row(self, x: int, y: int) -> int | None:
        """The row whose cell is closest to the point; None only when there are no rows."""
        if not self.row_count:
            return None
        row = min(self._first_row_below(y), self.row_count - 1)
        box = self.box(row)
        column = self._column_at(x)
        candidates = [self._in_line(row, column)]
        if y < box.y and row > 0:
            candidates.append(self._in_line(row - 1, column))
        return min(candidates, key=lambda one: _distance(self.box(one), x, y))

    def rows_touching(self, box: Box) -> list[range]:
        """Runs of consecutive rows whose cells touch the rectangle, top to bottom."""
        first, last = self._column_at(box.x), self._column_at(box.x + box.width - 1)
        if self._box(first, 0).x + self._box(first, 0).width <= box.x:
            first += 1
        if last < first or (self._box(last, 0).x >= box.x + box.width):
            return []
        rows = self.rows_between(box.y, box.y + box.height)
        if first == 0 and last == self.columns - 1:
            return [rows] if rows else []
        return list(self._runs(rows, first, last))

    def above(self, row: int) -> int:
        """The row one line up in the same column, or `row` in the first line."""
        first = self._line_start(row)
        return row if first == 0 else self._in_line(first - 1, row - first)

    def below(self, row: int) -> int:
        """The row one line down in the same column (or the last there is), or `row` in the last line."""
        first = self._line_start(row)
        following = self._line_end(first)
        return row if following >= self.row_count else self._in_line(following, row - first)

    def _box(self, column: int, y: int) -> Box:
        left, right = self._lefts[column], self._lefts[column + 1]
        return Box(MARGIN_PX + left, y, max(1, right - left - GAP_PX), self.cell_px)

    def _column_at(self, x: int) -> int:
        column = bisect.bisect_right(self._lefts, x - MARGIN_PX) - 1
        return min(max(column, 0), self.columns - 1)

    def _line_start(self, row: int) -> int:
        first = int(self._firsts[self.section_of(row)])
        return first + (row - first) // self.columns * self.columns

    def _line_end(self, line_start: int) -> int:
        return min(line_start + self.columns, int(self._firsts[self.section_of(line_start) + 1]))

    def _in_line(self, row: int, column: int) -> int:
        start = self._line_start(row)
        return min(start + column, self._line_end(start) - 1)

    def _first_row_below(self, y: int) -> int:
        """The first row of the first line whose cells end below `y`."""
        return self._row_by_line(y, self.cell_px)

    def _first_row_from(self, y: int) -> int:
        """The first row of the first line that begins at `y` or below."""
        return self._row_by_line(y, 1)

    def _row_by_line(self, y: int, reach_px: int) -> int:
        """The first row of the first line with `line top + reach_px > y`."""
        if y < self._tops[0]:
            return 0
        section = min(int(np.searchsorted(self._tops, y, side="right")) - 1, len(self._headings) - 1)
        first, end = int(self._firsts[section]), int(self._firsts[section + 1])
        into_px = y - int(self._tops[section] + self._headings[section])
        line = max(0, (into_px - reach_px) // self._step_px + 1)
        return min(first + line * self.columns, end)

    def _runs(self, rows: range, first: int, last: int) -> Iterator[range]:
        start = rows.start
        while start < rows.stop:
            end = self._line_end(start)
            run = range(start + first, min(start + last + 1, end))
            if run:
                yield run
            start = end


def _distance(box: Box, x: int, y: int) -> int:
    across = max(box.x - x, 0, x - (box.x + box.width))
    down = max(box.y - y, 0, y - (box.y + box.height))
    return across * across + down * down
