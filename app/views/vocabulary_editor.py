"""The editor of the tag vocabulary: plain TOML, checked when saved. GUI thread only."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app import theme
from app.tasks import Tasks
from core.errors import LibraryError
from core.library import Library

_KEY = "vocabulary"


class VocabularyEditor(QDialog):
    """Edits the words Recollect may suggest; an error is shown below the text and the cursor goes to its line."""

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self.setWindowTitle(self.tr("Words for tags"))
        self.resize(640, 560)
        intro = QLabel(
            self.tr(
                "Recollect suggests tags from these words. Each group lists words; with choose_one, at most one "
                "word of the group fits a photo. Changes count from the next run of suggestions on."
            ),
            self,
        )
        intro.setWordWrap(True)
        intro.setProperty("role", "muted")
        self.text = QPlainTextEdit(self)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.TEXT_PX)
        self.text.setFont(font)
        self.text.setAccessibleName(self.tr("Words"))
        self.text.setEnabled(False)
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.setProperty("role", "danger")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Save | standard.Cancel | standard.RestoreDefaults, self)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(standard.RestoreDefaults).setText(self.tr("Back to the original words"))
        self.buttons.button(standard.RestoreDefaults).clicked.connect(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (intro, self.text, self.problem, self.buttons):
            column.addWidget(widget)
        self._tasks.run(_KEY, library.vocabulary_text, self._show, self._explain)

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)
        self.text.setEnabled(True)
        self.text.setFocus()
        self.problem.hide()

    def _save(self) -> None:
        text = self.text.toPlainText()
        self._tasks.edit(lambda: self._library.save_vocabulary(text), lambda _none: self.accept(), self._explain)

    def _restore(self) -> None:
        library = self._library

        def work() -> str:
            library.reset_vocabulary()
            return library.vocabulary_text()

        self._tasks.edit(work, self._show, self._explain)

    def _explain(self, error: LibraryError) -> None:
        self.problem.setText(str(error))
        self.problem.show()
        found = re.search(r"line (\d+)", str(error))
        if found:
            block = self.text.document().findBlockByNumber(int(found[1]) - 1)
            self.text.setTextCursor(QTextCursor(block))
            self.text.centerCursor()
        self.text.setFocus()
