"""The card below a heat map: which wish it is for, the others to choose from, and what the colours mean.

GUI thread only.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from app import photo_facts
from app.views.elided_label import ElidedLabel
from app.views.flow_layout import FlowLayout
from app.views.heat_legend import HeatLegend
from app.views.icon_button import IconButton
from core.domain import Explanation

MOST_WIDTH_PX = 660
_MARGIN_PX = 12
_NARROW_PX = 460
_STANDS_OUT = 0.5


class WhyPanel(QFrame):
    """Shows and asks; the viewer answers."""

    wish_chosen = Signal(int)
    """Its place in `Explanation.wishes`."""
    opacity_changed = Signal(float)
    close_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("whyPanel")
        self.setAccessibleName(self.tr("Why this photo"))
        self._sentence = ElidedLabel(self, Qt.TextElideMode.ElideRight)
        self._sentence.setObjectName("viewerName")
        self._legend = HeatLegend(self)
        self._opacity = QSlider(Qt.Orientation.Horizontal, self)
        self._opacity.setRange(0, 100)
        self._opacity.setValue(100)
        self._opacity.setFixedWidth(72)
        self._opacity.setAccessibleName(self.tr("Strength of the colours"))
        self._opacity.setToolTip(self.tr("Strength of the colours"))
        self._opacity.valueChanged.connect(lambda value: self.opacity_changed.emit(value / 100))
        self._close = IconButton("close", self.tr("Close"), self, shortcut="W")
        self._close.clicked.connect(self.close_requested)
        self._wishes = QWidget(self)
        self._flow = FlowLayout(self._wishes)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._wishes.setSizePolicy(policy)
        self._buttons: list[QWidget] = []
        self._shown: tuple[object, ...] = ()
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._sentence, 1)
        top.addWidget(self._close)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self._legend)
        below.addStretch(1)
        below.addWidget(self._opacity)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 12)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._wishes)
        column.addLayout(below)

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._sentence.whole_text

    @property
    def wishes(self) -> list[QToolButton]:
        """What can be chosen, from the left."""
        return [one for one in self._buttons if isinstance(one, QToolButton)]

    def show_busy(self) -> None:
        """The map is being made; what was there stays, so that nothing jumps."""
        self._say(self.tr("Looking closer…"))

    def show_failure(self, text: str) -> None:
        """There is no map, and this is why."""
        self._show_wishes(None)
        self._say(text)

    def show_explanation(self, found: Explanation) -> None:
        """Say what the map shows."""
        self._show_wishes(found)
        if found.wish < 0:
            self._say(self.tr("This photo looks like none of the words Recollect knows."))
            return
        words = found.wishes[found.wish].words
        if found.strength >= _STANDS_OUT:
            text = self.tr("What speaks for “{words}”  ·  {strength}")
        else:
            text = self.tr("Nothing in this photo stands out for “{words}”")
        self._say(text.format(words=words, strength=photo_facts.strength(found.strength)))

    def hand_back(self) -> None:
        """Hide; the keyboard goes back to what lies below."""
        self.hide()
        self._around.setFocus()

    def place(self) -> None:
        """Lie at the bottom of the parent, in the middle."""
        around = self._around.rect()
        width = max(160, min(MOST_WIDTH_PX, around.width() - 2 * _MARGIN_PX))
        self._legend.setVisible(width >= _NARROW_PX)
        self._opacity.setVisible(width >= _NARROW_PX)
        self._wishes.setVisible(bool(self._buttons))
        self._column.invalidate()
        # While no wish is shown nothing in it wraps, and the height for a width means nothing.
        least = self._column.totalMinimumSize().height()
        height = max(least, self._column.totalHeightForWidth(width))
        self.setGeometry((around.width() - width) // 2, around.height() - height - _MARGIN_PX, width, height)

    def sizeHint(self) -> QSize:
        """The size wished for; Qt override."""
        return QSize(MOST_WIDTH_PX, super().sizeHint().height())

    def _say(self, text: str) -> None:
        self._sentence.show_text(text)
        self.setAccessibleDescription(text)
        self.place()

    def _show_wishes(self, found: Explanation | None) -> None:
        wishes = [wish.words for wish in found.wishes] if found else []
        strengths = {word.name: word.strength for word in found.words} if found else {}
        chosen = found.wish if found else -1
        asked_count = found.asked_count if found else 0
        if (tuple(wishes), asked_count) != self._shown:
            self._shown = (tuple(wishes), asked_count)
            self._make_buttons(wishes, asked_count, strengths)
        for index, button in enumerate(self.wishes):
            button.setChecked(index == chosen)

    def _make_buttons(self, wishes: Sequence[str], asked_count: int, strengths: dict[str, float]) -> None:
        for old in self._buttons:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for index, words in enumerate(wishes):
            if index == asked_count:
                label = QLabel(self.tr("Looks like"), self._wishes)
                label.setProperty("role", "muted")
                label.setObjectName("wishLabel")
                self._add(label)
            self._add(self._button(index, words, strengths.get(words)))

    def _button(self, index: int, words: str, strength: float | None) -> QToolButton:
        button = QToolButton(self._wishes)
        button.setObjectName("wish")
        button.setCheckable(True)
        text = button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 220)
        button.setText(text.replace("&", "&&"))
        button.setAccessibleName(words)
        known = f"{words}  ·  {photo_facts.strength(strength)}" if strength is not None else words
        button.setToolTip(known)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False, index=index: self.wish_chosen.emit(index))
        return button

    def _add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        self._buttons.append(widget)
        widget.show()
