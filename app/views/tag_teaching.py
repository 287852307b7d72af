"""What a tag has learned, in one line, and whether new photos get it by themselves. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.views.elided_label import ElidedLabel
from core.domain import TagLesson

_LEAST_WORDS_PX = 140


class TagTeaching(QWidget):
    """Empty until a lesson is shown."""

    automatic_changed = Signal(str, bool)
    """Tag, whether new photos get it without a review"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tag = ""
        """Whose lesson is shown."""
        self._words = ElidedLabel(self)
        self._words.setProperty("role", "muted")
        self.automatic = QCheckBox(self.tr("Automatic"), self)
        self.automatic.setToolTip(
            self.tr("New photos get this tag without a review. Every time can be taken back under Tag history.")
        )
        self.automatic.toggled.connect(lambda is_on: self.automatic_changed.emit(self.tag, is_on))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.automatic)
        row.addWidget(self._words, 1)
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two letters of a sentence say less than none; Qt override."""
        super().resizeEvent(event)
        self._words.setVisible(self.width() - self.automatic.sizeHint().width() > _LEAST_WORDS_PX)

    def clear(self) -> None:
        """Nothing is known yet."""
        self.tag = ""
        self._words.show_text("")
        self.automatic.setEnabled(False)

    def show_lesson(self, lesson: TagLesson) -> None:
        """Say what the tag learned."""
        self.tag = lesson.tag
        with QSignalBlocker(self.automatic):
            self.automatic.setChecked(lesson.is_automatic)
        self.automatic.setEnabled(True)
        self._words.show_text(self.sentence(lesson))

    def sentence(self, lesson: TagLesson) -> str:
        """What is said about a lesson; a share is said in tenths, because it is an estimate."""
        count = QLocale().toString(lesson.example_count)
        if not lesson.example_count:
            return self.tr("Known by its name only; what you accept teaches it")
        if lesson.expected_precision is None:
            return self.tr("{n} of 5 examples it needs to learn").format(n=count)
        right = max(1, min(9, round(lesson.expected_precision * 10)))
        if not lesson.is_learned:
            return self.tr("{n} examples; its name still tells it better").format(n=count)
        return self.tr("Learned from {n} examples; about {right} of 10 should be right").format(n=count, right=right)
