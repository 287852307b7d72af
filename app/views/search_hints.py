"""The placeholder of the search field: one real query after the other, while nobody types. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit

_EACH_MS = 7000


class SearchHints(QObject):
    """Shows the next hint every few seconds between `start` and `stop`."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._shown = 0
        self._timer = QTimer(self, interval=_EACH_MS)
        self._timer.timeout.connect(self._show_next)
        self._show_next()

    def start(self) -> None:
        """Nobody types."""
        self._timer.start()

    def stop(self) -> None:
        """What stands there stays."""
        self._timer.stop()

    def _show_next(self) -> None:
        hints = (
            self.tr("Search your photos"),
            self.tr("Try “children playing on the beach”"),
            self.tr("Try “beach -people date:2023”"),
            self.tr("Try “dog + snow”"),
            self.tr("Drop a picture here to find photos like it"),
        )
        self._line.setPlaceholderText(hints[self._shown % len(hints)])
        self._shown += 1
