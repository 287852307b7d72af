"""The sheet on `?`: every key, by what it is for. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.commands import Command

Row = tuple[str, str]


class KeyboardSheet(QDialog):
    """Two columns of groups; Escape or `?` closes it."""

    def __init__(
        self,
        commands: Sequence[Command],
        extra: Sequence[tuple[str, Sequence[Row]]],
        parent: QWidget,
        title: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("keyboardSheet")
        self.setWindowTitle(title or self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        groups = _groups(commands)
        for name, rows in extra:
            groups.setdefault(name, []).extend(rows)
        self.rows: list[Row] = [row for rows in groups.values() for row in rows]
        body = QWidget(self)
        columns = QHBoxLayout(body)
        columns.setContentsMargins(24, 16, 24, 24)
        columns.setSpacing(40)
        halves = (QVBoxLayout(), QVBoxLayout())
        lengths = [0, 0]
        for name, rows in groups.items():
            side = 0 if lengths[0] <= lengths[1] else 1
            lengths[side] += len(rows) + 2
            halves[side].addWidget(_group(name, rows, body))
        for half in halves:
            half.setSpacing(16)
            half.addStretch(1)
            columns.addLayout(half, 1)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.windowTitle())
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.resize(min(820, max(360, parent.width() - 40)), min(680, max(320, parent.height() - 40)))


def _groups(commands: Sequence[Command]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for command in commands:
        shown = command.shown_keys or shown_keys(command)
        if shown:
            groups.setdefault(command.group, []).append((shown, command.text.rstrip("…")))
    return groups


def shown_keys(command: Command) -> str:
    """The keys of a command as people of this system write them."""
    return "  ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys)


def _group(name: str, rows: Sequence[Row], parent: QWidget) -> QWidget:
    box = QWidget(parent)
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    title = QLabel(name, box)
    title.setObjectName("strong")
    grid.addWidget(title, 0, 0, 1, 2)
    for number, (keys, text) in enumerate(rows, 1):
        meaning = QLabel(text, box)
        meaning.setWordWrap(True)
        grid.addWidget(meaning, number, 0)
        key = QLabel(keys, box)
        key.setObjectName("key")
        grid.addWidget(key, number, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return box
