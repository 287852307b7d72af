"""The one dialog for what nobody expected: details to copy, and the program goes on. GUI thread only."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app import theme


class BugDialog(QDialog):
    """Shows a report; a second bug while it is open is added to it instead of opening another dialog."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.resize(640, 420)
        label = QLabel(
            self.tr(
                "This is a mistake in Recollect, not in your photos; nothing of them was changed. "
                "You can go on working. These details help to correct it:"
            ),
            self,
        )
        label.setWordWrap(True)
        self._details = QPlainTextEdit(report, self)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(self.tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACING_PX)
        column.addWidget(label)
        column.addWidget(self._details, 1)
        column.addWidget(buttons)

    @property
    def report(self) -> str:
        """What is shown."""
        return self._details.toPlainText()

    def add(self, report: str) -> None:
        """Another bug."""
        if report not in self.report:
            self._details.appendPlainText("\n" + report)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
