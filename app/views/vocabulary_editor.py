"""The editor of the tag vocabulary: a list for everybody, the plain TOML for experts. GUI thread only.

Both show one text; nothing is saved before "Save", and a text with a mistake never is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from app import theme
from app.tasks import Tasks
from app.views.vocabulary_list import VocabularyList
from core.domain import VocabularyEdit, VocabularyGroup
from core.errors import LibraryError
from core.library import Library

_KEY = "vocabulary"


class VocabularyEditor(QDialog):
    """Edits the words Recollect may suggest; an error is shown below and the cursor goes to its line."""

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self.setWindowTitle(self.tr("Words for tags"))
        self.resize(640, 620)
        intro = QLabel(
            self.tr(
                "Recollect suggests tags from these words. Tags that are on photos already stay as they are, whatever "
                "you change here."
            ),
            self,
        )
        intro.setWordWrap(True)
        intro.setProperty("role", "muted")
        self.list = VocabularyList(self)
        self.list.setEnabled(False)
        self.list.edited.connect(self._edit)
        self.text = self._plain_text()
        self.pages = QTabWidget(self)
        self.pages.addTab(self.list, self.tr("Words"))
        self.pages.addTab(self.text, self.tr("Plain text"))
        self.pages.currentChanged.connect(self._page_changed)
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.setProperty("role", "danger")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Save | standard.Cancel | standard.RestoreDefaults, self)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(standard.Save).setAutoDefault(False)  # Return in a field adds a word
        self.buttons.button(standard.RestoreDefaults).setText(self.tr("Back to the original words"))
        self.buttons.button(standard.RestoreDefaults).clicked.connect(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (intro, self.pages, self.problem, self.buttons):
            column.addWidget(widget)
        self._edited: str | None = None
        self._tasks.run(_KEY, library.vocabulary_text, self._begin, self._explain)

    def _plain_text(self) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.TEXT_PX)
        text.setFont(font)
        text.setAccessibleName(self.tr("Words"))
        text.setEnabled(False)
        return text

    def _begin(self, text: str) -> None:
        self._edited = text
        self._show(text)

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)
        self.text.setEnabled(True)
        self.problem.hide()
        self._refresh_list()

    def _refresh_list(self) -> None:
        """Show in the list what the text says; a mistake leads to its line instead."""
        text, library = self.text.toPlainText(), self._library
        self._tasks.run(_KEY, lambda: library.vocabulary_groups(text), self._show_groups, self._explain)

    def _show_groups(self, groups: Sequence[VocabularyGroup]) -> None:
        self.problem.hide()
        self.list.show_groups(groups)
        self.list.setEnabled(True)

    def _page_changed(self, page: int) -> None:
        if self.pages.widget(page) is self.list and self.text.isEnabled():
            self.list.setEnabled(False)
            self._refresh_list()

    def _edit(self, edit: VocabularyEdit) -> None:
        """One change from the list: the text is changed, then both show it."""
        text, library = self.text.toPlainText(), self._library

        def work() -> str:
            return library.change_vocabulary(text, edit)

        self._tasks.edit(work, self._show, self._refuse)

    def _refuse(self, error: LibraryError) -> None:
        """A change from the list cannot be: say why, and show again what there is."""
        self.list.show_groups(self.list.groups)
        self._say(error)

    def _save(self) -> None:
        text, edited = self.text.toPlainText(), self._edited
        save = partial(self._library.save_vocabulary, text, edited)
        self._tasks.edit(save, lambda _none: self.accept(), self._explain)

    def _restore(self) -> None:
        library = self._library

        def work() -> str:
            library.reset_vocabulary()
            return library.vocabulary_text()

        self._tasks.edit(work, self._begin, self._explain)

    def _explain(self, error: LibraryError) -> None:
        self.pages.setCurrentWidget(self.text)
        self._say(error)
        found = re.search(r"[Ll]ine (\d+)", str(error))
        if found:
            block = self.text.document().findBlockByNumber(int(found[1]) - 1)
            self.text.setTextCursor(QTextCursor(block))
            self.text.centerCursor()
        self.text.setFocus()

    def _say(self, error: LibraryError) -> None:
        self.problem.setText(str(error))
        self.problem.show()
