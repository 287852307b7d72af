"""Where in a table without gaps the row of each photo is. Pure; the table's owner locks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class RowIndex:
    """Rows by photo id; a photo that leaves gives its row to the last one."""

    def __init__(self) -> None:
        self._row_at = np.zeros(0, dtype=np.int64)
        self.count = 0

    def of(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows (m,) of photos `ids` (m,); -1: none."""
        if not len(self._row_at):
            return np.full(len(ids), -1, dtype=np.int64)
        inside = (ids >= 0) & (ids < len(self._row_at))
        return np.where(inside, self._row_at.take(ids, mode="clip"), -1)

    def made(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows (n,) of distinct `ids` (n,), made at the end where they are new."""
        beyond = int(ids.max(initial=-1)) + 1 - len(self._row_at)
        if beyond > 0:
            room = max(beyond, len(self._row_at) // 4)
            self._row_at = np.concatenate([self._row_at, np.full(room, -1, dtype=np.int64)])
        rows = self._row_at[ids]
        fresh = np.flatnonzero(rows < 0)
        rows[fresh] = self.count + np.arange(len(fresh))
        self.count += len(fresh)
        self._row_at[ids] = rows
        return rows

    def remove(self, photo_id: int, last: int) -> int:
        """The row that a photo leaves to `last`, the photo in the last row; -1: it had none."""
        row = int(self._row_at[photo_id]) if 0 <= photo_id < len(self._row_at) else -1
        if row >= 0:
            self.count -= 1
            self._row_at[last] = row
            self._row_at[photo_id] = -1
        return row
