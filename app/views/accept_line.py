"""The line of the tag review: accept every photo above it. GUI thread only."""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from app import photo_facts
from core.domain import Suggestion

SURE = 0.75
"""Where the line lies at first."""


class AcceptLine(QWidget):
    """A slider that says how many photos, the surest first, lie above the line, and the button that accepts them."""

    moved = Signal(int)
    """How many photos are above the line now"""
    accepted = Signal(int)
    """Accept so many"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sure: list[float] = []
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName(self.tr("Line: accept what is above"))
        self.slider.setMinimumWidth(90)
        self.slider.valueChanged.connect(self._moved)
        self._how_sure = QLabel(self)
        self._how_sure.setProperty("role", "muted")
        self.button = QPushButton(self)
        self.button.setAutoDefault(False)
        self.button.setProperty("role", "primary")
        self.button.setToolTip(self.tr("Shift+A; L puts the line below the current photo"))
        self.button.clicked.connect(self.accept)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._how_sure)
        row.addWidget(self.slider, 1)
        row.addWidget(self.button)

    @property
    def above(self) -> int:
        """How many photos are above the line."""
        return self.slider.value()

    def show_suggestions(self, suggestions: Sequence[Suggestion], *, is_other_tag: bool) -> None:
        """Photos, the surest first; the line keeps its sureness, or begins at `SURE` for another tag."""
        bound = SURE if is_other_tag or not self._sure else self._bound()
        self._sure = [one.confidence for one in suggestions]
        above = bisect_right(self._sure, -bound, key=operator.neg) or len(self._sure)
        self.slider.setEnabled(len(self._sure) > 1)
        self.slider.setRange(min(1, len(self._sure)), len(self._sure))
        self.slider.setPageStep(max(1, len(self._sure) // 10))
        self.slider.setValue(above)
        self._moved(self.slider.value())

    def put_below(self, count: int) -> None:
        """Put the line below the first `count` photos."""
        self.slider.setValue(count)

    def accept(self) -> None:
        """Ask to accept what is above."""
        if self.above:
            self.accepted.emit(self.above)

    def _bound(self) -> float:
        return self._sure[min(self.above, len(self._sure)) - 1] if self.above else 1.0

    def _moved(self, above: int) -> None:
        everything = above == len(self._sure)
        count = QLocale().toString(above)
        text = self.tr("Accept all {n}") if everything else self.tr("Accept the {n} above the line")
        self.button.setText(text.format(n=count))
        self.button.setEnabled(above > 0)
        self._how_sure.setText(
            self.tr("{percent} sure and more").format(percent=photo_facts.percent(self._bound())) if above else ""
        )
        self.moved.emit(above)
