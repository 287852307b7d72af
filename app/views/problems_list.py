"""The files that could not be read, each with its reason. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.domain import Problem


class ProblemsList(QDialog):
    """A list to read, to copy, and to go to a file from."""

    folder_requested = Signal(object)
    """Path of the file to show in its folder"""

    def __init__(self, problems: Sequence[Problem], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Files that could not be read"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._problems = problems
        self.resize(min(760, max(360, parent.width() - 40)), 420)
        count = QLocale().toString(len(problems))
        one, many = self.tr("1 file could not be read."), self.tr("{0} files could not be read.").format(count)
        label = QLabel((one if len(problems) == 1 else many) + " " + self.tr("All others are in the library."), self)
        label.setWordWrap(True)
        self.rows = QTreeWidget(self)
        self.rows.setAccessibleName(self.windowTitle())
        self.rows.setObjectName("rows")
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(True)
        self.rows.setAlternatingRowColors(True)
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.rows.setHeaderLabels([self.tr("File"), self.tr("Why")])
        self.rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.rows.setColumnWidth(0, 300)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for problem in problems:
            item = QTreeWidgetItem(self.rows, [problem.path.name, problem.reason])
            item.setData(0, Qt.ItemDataRole.UserRole, problem.path)
            item.setToolTip(0, str(problem.path))
            item.setToolTip(1, problem.reason)
        self.rows.itemActivated.connect(lambda item, _column: self._show_in_folder(item))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        show = buttons.addButton(self.tr("Show in folder"), QDialogButtonBox.ButtonRole.ActionRole)
        show.clicked.connect(lambda: self._show_in_folder(self.rows.currentItem()))
        copy = buttons.addButton(self.tr("Copy list"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (label, self.rows, buttons):
            column.addWidget(widget)

    def copy(self) -> None:
        """Put the list on the clipboard, one file a line."""
        lines = (f"{problem.path}\t{problem.reason}" for problem in self._problems)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _show_in_folder(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.folder_requested.emit(item.data(0, Qt.ItemDataRole.UserRole))
