"""Item models of the tag review: the tags at the left, its photos at the right. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from app import photo_facts
from app.item_models.suggestion_review import TagLine
from core.domain import Suggestion

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
"""TagLine"""
SUGGESTION_ROLE = Qt.ItemDataRole.UserRole + 2
"""Suggestion"""


class TagLineModel(QAbstractListModel):
    """One row per tag that still has open suggestions."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[TagLine] = []

    @property
    def lines(self) -> Sequence[TagLine]:
        """The rows."""
        return self._lines

    def show_lines(self, lines: Sequence[TagLine]) -> None:
        """Rows stay in their order, so that the list does not jump while one works through it; new ones come last."""
        fresh = {line.tag: line for line in lines}
        if not self._lines or not fresh.keys() <= {old.tag for old in self._lines}:
            self.beginResetModel()
            self._lines = list(lines)
            self.endResetModel()
            return
        for row in reversed(range(len(self._lines))):
            if self._lines[row].tag not in fresh:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._lines[row]
                self.endRemoveRows()
        self._lines = [fresh[line.tag] for line in self._lines]
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Number of tags; Qt override."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, spoken text and the line itself; Qt override."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.tag
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                text = self.tr("{tag}: {count} photos, {percent} sure on average")
                return text.format(tag=line.tag, count=line.count, percent=photo_facts.percent(line.confidence))
            case _ if role == LINE_ROLE:
                return line
        return None


class SuggestedPhotoModel(QStringListModel):
    """The open suggestions of one tag, strongest first.

    Qt itself counts the rows: a view asks several times per photo whenever one leaves, which costs a frame in Python.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Suggestion] = []

    @property
    def suggestions(self) -> Sequence[Suggestion]:
        """The rows."""
        return self._rows

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> list[int] | None:
        """Show these; where rows only went away, the others keep their selection and the view its place.

        Returns the rows that went away; None: everything is another.
        """
        wanted = list(suggestions)
        keep = {one.photo_id for one in wanted}  # a tag has each photo once
        gone = [row for row, one in enumerate(self._rows) if one.photo_id not in keep]
        is_same_tag = bool(self._rows and wanted) and self._rows[0].tag == wanted[0].tag
        if not is_same_tag or len(self._rows) - len(gone) != len(wanted):
            self._rows = wanted
            self.setStringList([""] * len(wanted))
            return None
        for first, last in reversed(_runs(gone)):
            del self._rows[first : last + 1]
            self.removeRows(first, last - first + 1)
        return gone

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Chosen, never edited; Qt override."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Spoken text, tooltip and the suggestion itself; Qt override."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        one = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.tr("{tag}: {percent} sure").format(tag=one.tag, percent=photo_facts.percent(one.confidence))
            case _ if role == SUGGESTION_ROLE:
                return one
        return None


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending rows as runs of neighbours: the first and the last of each."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
