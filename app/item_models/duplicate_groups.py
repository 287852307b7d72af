"""Item model of the groups of photos that belong together. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app import duplicate_wording
from app.duplicate_choices import GroupChoice

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
CHOICE_ROLE = Qt.ItemDataRole.UserRole + 1
"""GroupChoice"""


class DuplicateGroupModel(QAbstractListModel):
    """One row per group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: list[GroupChoice] = []

    @property
    def choices(self) -> Sequence[GroupChoice]:
        """The rows."""
        return self._choices

    def show_choices(self, choices: Sequence[GroupChoice]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._choices = list(choices)
        self.endResetModel()

    def row_changed(self, row: int) -> None:
        """Another photo of this group is kept."""
        self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Number of groups; Qt override."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the group is called, spoken text, and the choice itself; Qt override."""
        if not index.isValid() or index.row() >= len(self._choices):
            return None
        choice = self._choices[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return choice.group.photos[0].photo.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{choice.group.photos[0].photo.name}, {duplicate_wording.line(choice)}"
            case value if value == CHOICE_ROLE:
                return choice
        return None
