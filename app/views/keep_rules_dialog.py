"""Which duplicate to keep: the rules in their order, and the preferred folders. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import duplicate_wording
from core.domain import KeepRule

_VALUE_ROLE = Qt.ItemDataRole.UserRole


class KeepRulesDialog(QDialog):
    """Two lists that are ordered by dragging or with the buttons beside them."""

    applied = Signal(object, object)
    """tuple[KeepRule, ...], tuple[Path, ...]"""

    def __init__(self, rules: Sequence[KeepRule], preferred: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Which one to keep"))
        self.setMinimumWidth(420)
        ordered = tuple(dict.fromkeys((*rules, *KeepRule)))
        self.rules = self._list(self.tr("Rules"), [(duplicate_wording.rule(one), one) for one in ordered])
        self.folders = self._list(self.tr("Preferred folders"), [(str(one), one) for one in preferred])
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self._words(self.tr("The first rule that tells photos of a group apart decides.")))
        column.addLayout(_beside(self.rules, self._movers(self.rules)))
        column.addSpacing(8)
        column.addWidget(self._words(self.tr("Preferred folders, with everything below them, the best first:")))
        add, remove = QPushButton(self.tr("Add…"), self), QPushButton(self.tr("Remove"), self)
        add.clicked.connect(self._ask_for_folder)
        remove.clicked.connect(lambda: self.folders.takeItem(self.folders.currentRow()))
        column.addLayout(_beside(self.folders, [add, remove, *self._movers(self.folders)]))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(self.tr("Apply to all groups"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept_rules)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def move_row(self, which: QListWidget, step: int) -> None:
        """Move the chosen row up (-1) or down (1)."""
        row = which.currentRow()
        if row >= 0 and 0 <= row + step < which.count():
            which.insertItem(row + step, which.takeItem(row))
            which.setCurrentRow(row + step)

    def add_folder(self, folder: Path) -> None:
        """One more preferred folder, after the others."""
        if folder not in _values(self.folders):
            self.folders.addItem(_item(str(folder), folder))
        self.folders.setCurrentRow(self.folders.count() - 1)

    def _ask_for_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Preferred folder"))
        if chosen:
            self.add_folder(Path(chosen))

    def accept_rules(self) -> None:
        """Take the lists as they are."""
        self.applied.emit(tuple(_values(self.rules)), tuple(_values(self.folders)))
        self.accept()

    def _list(self, name: str, rows: Sequence[tuple[str, object]]) -> QListWidget:
        shown = QListWidget(self)
        shown.setAccessibleName(name)
        shown.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        shown.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        shown.setFixedHeight(136)
        for text, value in rows:
            shown.addItem(_item(text, value))
        shown.setCurrentRow(0)
        return shown

    def _movers(self, which: QListWidget) -> list[QPushButton]:
        up, down = QPushButton(self.tr("Up"), self), QPushButton(self.tr("Down"), self)
        up.clicked.connect(lambda: self.move_row(which, -1))
        down.clicked.connect(lambda: self.move_row(which, 1))
        return [up, down]

    def _words(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        return label


def _item(text: str, value: object) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setData(_VALUE_ROLE, value)
    item.setToolTip(text)
    return item


def _values(which: QListWidget) -> list[object]:
    return [which.item(row).data(_VALUE_ROLE) for row in range(which.count())]


def _beside(which: QListWidget, buttons: Sequence[QPushButton]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(which, 1)
    column = QVBoxLayout()
    for button in buttons:
        button.setAutoDefault(False)
        column.addWidget(button)
    column.addStretch(1)
    row.addLayout(column)
    return row
