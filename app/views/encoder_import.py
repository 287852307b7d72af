"""Taking in an encoder that lies on this computer: a file, a folder, and its name if need be. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import LibraryError


class EncoderImport(QWidget):
    """Asks for the path, and for the name after an import failed; the page does the work."""

    import_requested = Signal(object, str)
    """Path, open_clip name or ''"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        words = QLabel(self.tr("Have a checkpoint on this computer already? It is copied; nothing is fetched."), self)
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        self._file = QPushButton(self.tr("Import a file…"), self)
        self._file.clicked.connect(self._choose_file)
        self._folder = QPushButton(self.tr("Import a folder…"), self)
        self._folder.clicked.connect(self._choose_folder)
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.hide()
        self.name = QComboBox(self)
        self.name.setEditable(True)
        self.name.setAccessibleName(self.tr("Name of the encoder in open_clip"))
        self.again = QPushButton(self.tr("Import under this name"), self)
        self.again.clicked.connect(self._try_again)
        self._lay_out(words)
        self._show_name_row(is_shown=False)

    def _lay_out(self, words: QLabel) -> None:
        row = QHBoxLayout()
        row.addWidget(words, 1)
        row.addWidget(self._file)
        row.addWidget(self._folder)
        name_row = QHBoxLayout()
        name_row.addWidget(self.name, 1)
        name_row.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(row)
        column.addWidget(self.outcome)
        column.addLayout(name_row)

    def show_known(self, names: Sequence[str]) -> None:
        """The names to offer when a checkpoint does not tell its own."""
        offered = [name for name in names if "/" in name]
        if offered != [self.name.itemText(row) for row in range(self.name.count())]:
            typed = self.name.currentText()
            self.name.clear()
            self.name.addItems(offered)
            if typed:
                self.name.setCurrentText(typed)

    def show_busy(self, path: Path) -> None:
        """An import has begun."""
        self._path = path
        self._say(self.tr("Importing {file}…").format(file=path.name), "muted")
        self._show_name_row(is_shown=False)
        for button in (self._file, self._folder):
            button.setEnabled(False)

    def show_imported(self, name: str) -> None:
        """It worked."""
        self._end()
        self._say(self.tr("{name} was imported. Press Use on its card to search with it.").format(name=name), "muted")

    def show_problem(self, error: LibraryError) -> None:
        """It did not work; maybe because the name is missing, so ask for it."""
        self._end()
        self._say(str(error), "danger")
        self._show_name_row(is_shown=True)

    def _end(self) -> None:
        for button in (self._file, self._folder):
            button.setEnabled(True)

    def _say(self, text: str, role: str) -> None:
        self.outcome.setText(text)
        self.outcome.setProperty("role", role)
        self.outcome.style().polish(self.outcome)
        self.outcome.show()

    def _show_name_row(self, *, is_shown: bool) -> None:
        self.name.setVisible(is_shown)
        self.again.setVisible(is_shown)

    def _choose_file(self) -> None:
        kinds = self.tr("Checkpoints (*.safetensors *.bin *.pt *.pth)")
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("Import an encoder"), "", kinds)
        if chosen:
            self.import_requested.emit(Path(chosen), "")

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Import an encoder"))
        if chosen:
            self.import_requested.emit(Path(chosen), "")

    def _try_again(self) -> None:
        if self._path is not None and self.name.currentText().strip():
            self.import_requested.emit(self._path, self.name.currentText().strip())
