"""Past auto-tagging runs, to be taken back or put back. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.domain import TagRun


class TagHistory(QDialog):
    """One line a run, newest first."""

    toggle_requested = Signal(object)
    """TagRun to take back, or to put back if it is undone"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tag history"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(560, max(320, parent.width() - 40)), 400)
        self._body = QWidget(self)
        self._column = QVBoxLayout(self._body)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.windowTitle())
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._body)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addWidget(scroll, 1)
        whole.addWidget(buttons)

    def show_runs(self, runs: Sequence[TagRun]) -> None:
        """Show these runs."""
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if not runs:
            empty = QLabel(
                self.tr("No tags have been suggested and accepted yet. Try “Auto-tag” on an album."), self._body
            )
            empty.setObjectName("muted")
            empty.setWordWrap(True)
            self._column.addWidget(empty)
        for run in runs:
            self._column.addWidget(self._line(run))
        self._column.addStretch(1)

    def _line(self, run: TagRun) -> QWidget:
        line = QFrame(self._body)
        line.setObjectName("card")
        row = QHBoxLayout(line)
        when = QLocale().toString(QDateTime.fromSecsSinceEpoch(run.created_at), QLocale.FormatType.ShortFormat)
        count = self.tr("1 tag") if run.accepted_count == 1 else self.tr("{0} tags").format(run.accepted_count)
        state = self.tr("{0}, taken back").format(count) if run.is_undone else count
        words = QVBoxLayout()
        words.setSpacing(2)
        title = QLabel(run.title, line)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setObjectName("strong")
        quiet = QLabel(f"{when} · {state}", line)
        quiet.setObjectName("muted")
        words.addWidget(title)
        words.addWidget(quiet)
        row.addLayout(words, 1)
        button = QPushButton(self.tr("Put back") if run.is_undone else self.tr("Take back"), line)
        button.clicked.connect(lambda: self.toggle_requested.emit(run))
        row.addWidget(button)
        return line
