"""The choice to read text in pictures, with what it means and how far it is. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from app import theme
from core.domain import LibraryStatus


class TextSettings(QWidget):
    """A box to tick; the library says whether it stays ticked."""

    reading_wanted = Signal(bool)

    def __init__(self, is_on: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QCheckBox(self.tr("Read text in pictures"), self)
        self._box.setChecked(is_on)
        self._box.clicked.connect(self.reading_wanted)
        about = QLabel(
            self.tr(
                "Signs, menus, documents and screenshots are found by the words in them. It is done on this computer,"
                " in the background, and takes about a second for a picture with text."
            ),
            self,
        )
        self._progress = QLabel(self)
        for label in (about, self._progress):
            label.setObjectName("muted")
            label.setWordWrap(True)
        self._progress.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACING_PX // 2)
        for part in (self._box, about, self._progress):
            column.addWidget(part)

    @property
    def is_on(self) -> bool:
        """Whether the box is ticked."""
        return self._box.isChecked()

    def show_choice(self, is_on: bool) -> None:
        """What the library really does."""
        self._box.setChecked(is_on)

    def show_status(self, status: LibraryStatus) -> None:
        """How far the reading is."""
        locale = QLocale()
        self.show_choice(status.is_text_read)
        said = self.tr("{0} pictures were read, {1} of them have text; {2} are left.").format(
            *map(locale.toString, (status.pictures_read, status.pictures_with_text, status.pictures_to_read))
        )
        self._progress.setText(said)
        self._progress.setVisible(status.is_text_read or status.pictures_read > 0)
