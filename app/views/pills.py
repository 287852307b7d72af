"""Words as small rounded buttons: tags and albums, some of which can be taken away. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.views.flow_layout import FlowLayout
from app.views.icon_button import IconButton

_MAX_TEXT_PX = 220


@dataclass(frozen=True, slots=True)
class Word:
    """One pill: its text, what it stands for (handed back by the signals), and what its tooltip says."""

    text: str
    meaning: object
    hint: str = ""
    is_quiet: bool = False
    """Drawn with a dashed edge: it is there without the person's doing."""


class PillRow(QWidget):
    """Pills in lines, in the order given."""

    clicked = Signal(object)
    """The `meaning` of a word."""
    removal_requested = Signal(object)
    """The `meaning` of a word."""

    def __init__(self, parent: QWidget | None = None, *, can_remove: bool = False) -> None:
        super().__init__(parent)
        self._can_remove = can_remove
        self._words: tuple[Word, ...] = ()
        self._pills: list[QFrame] = []
        self._layout = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def texts(self) -> list[str]:
        """The words shown."""
        return [word.text for word in self._words]

    def show_words(self, words: Sequence[Word]) -> None:
        """Show these words; what is there already stays as it is, with its keyboard focus."""
        if tuple(words) == self._words:
            return
        self._words = tuple(words)
        for pill in self._pills:
            self._layout.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self._pills = [self._pill(word) for word in words]
        for pill in self._pills:
            self._layout.addWidget(pill)
            pill.show()
        self.updateGeometry()

    def _pill(self, word: Word) -> QFrame:
        pill = QFrame(self)
        pill.setObjectName("pill")
        pill.setProperty("quiet", word.is_quiet)
        row = QHBoxLayout(pill)
        row.setContentsMargins(2, 1, 2, 1)
        row.setSpacing(0)
        row.addWidget(self._text_button(word, pill))
        if self._can_remove:
            row.addWidget(self._close_button(word, pill))
        return pill

    def _text_button(self, word: Word, pill: QFrame) -> QToolButton:
        button = QToolButton(pill)
        metrics = button.fontMetrics()
        button.setText(metrics.elidedText(word.text, Qt.TextElideMode.ElideRight, _MAX_TEXT_PX).replace("&", "&&"))
        button.setAccessibleName(word.text)
        button.setToolTip(word.hint or word.text)
        button.setAccessibleDescription(word.hint)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(_calls(self.clicked.emit, word.meaning))
        return button

    def _close_button(self, word: Word, pill: QFrame) -> IconButton:
        button = IconButton("close", self.tr("Remove {word}").format(word=word.text), pill)
        button.setIconSize(QSize(12, 12))
        button.setObjectName("pillClose")
        button.clicked.connect(_calls(self.removal_requested.emit, word.meaning))
        return button


def _calls(function: Callable[[object], None], argument: object) -> Callable[[], None]:
    return lambda: function(argument)
