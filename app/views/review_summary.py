"""The last page of a tag review: what was added, and the way to take it back. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import photo_facts, theme
from app.item_models.suggestion_review import SuggestionReview


class ReviewSummary(QWidget):
    """Says and asks."""

    take_back_requested = Signal()
    put_back_requested = Signal()
    done_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_taken_back = False
        self._icon, self._title, self._detail = QLabel(self), QLabel(self), QLabel(self)
        self._title.setProperty("role", "title")
        self._detail.setProperty("role", "muted")
        self._detail.setWordWrap(True)
        self._toggle = QPushButton(self)
        self._toggle.clicked.connect(self._ask)
        self._done = QPushButton(self.tr("Done"), self)
        self._done.setDefault(True)
        self._done.setProperty("role", "primary")
        self._done.clicked.connect(self.done_requested)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (self._icon, self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(16)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._toggle)
        row.addWidget(self._done)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    @property
    def text(self) -> str:
        """All that is said."""
        return f"{self._title.text()} {self._detail.text()}".strip()

    def show_review(self, review: SuggestionReview, written: int, *, is_taken_back: bool) -> None:
        """Say what came of a review that wrote `written` tags."""
        self._is_taken_back = is_taken_back
        ratio = self.devicePixelRatioF()
        picture = theme.pixmap("undo" if is_taken_back else "check", round(40 * ratio), theme.colors().text_muted)
        picture.setDevicePixelRatio(ratio)
        self._icon.setPixmap(picture)
        title, detail = self._taken_back(written) if is_taken_back else self._added(review, written)
        self._title.setText(title)
        self._detail.setText(detail)
        self._toggle.setText(self.tr("Put these tags back") if is_taken_back else self.tr("Take this run back"))
        self._toggle.setVisible(written > 0)

    def _taken_back(self, written: int) -> tuple[str, str]:
        one = self.tr("The tag it had added is gone again; all others stayed.")
        many = self.tr("The {n} tags it had added are gone again; all others stayed.")
        return self.tr("The run was taken back"), photo_facts.counted(written, one, many)

    def _added(self, review: SuggestionReview, written: int) -> tuple[str, str]:
        locale = QLocale()
        title, parts = self.tr("No tag was added"), []
        if written:
            title = photo_facts.counted(written, self.tr("Added one tag"), self.tr("Added {n} tags"))
            photos = len(review.accepted_photos)
            parts.append(photo_facts.counted(photos, self.tr("to one photo"), self.tr("to {n} photos")))
        if rejected := len(review.rejected):
            parts.append(self.tr("{n} rejected").format(n=locale.toString(rejected)))
        if review.open_count:
            parts.append(self.tr("{n} left undecided").format(n=locale.toString(review.open_count)))
        return title, " · ".join(parts)

    def _ask(self) -> None:
        (self.put_back_requested if self._is_taken_back else self.take_back_requested).emit()
