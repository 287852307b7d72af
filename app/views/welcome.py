"""The page of the first start: which folders hold photos? GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import theme
from core import places

_WIDTH_PX = 560


class Welcome(QWidget):
    """Offers the Pictures folder, takes others, and starts at once."""

    started = Signal(list)
    """The chosen folders (Path)"""

    def __init__(self, suggested: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._boxes: list[QCheckBox] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._none_yet = _label(self.tr("No folder chosen yet."), "muted", self)
        self._list.addWidget(self._none_yet)
        self._start = QPushButton(self.tr("Start"), self)
        self._start.setProperty("primary", True)
        self._start.setAutoDefault(True)  # Return presses it, as in a dialog
        self.setFocusProxy(self._start)
        self._start.clicked.connect(lambda: self.started.emit(self.folders()))
        self._add = add = QPushButton(self)
        add.clicked.connect(self._ask_for_folder)
        buttons = QHBoxLayout()
        buttons.addWidget(add)
        buttons.addStretch(1)
        buttons.addWidget(self._start)
        self._lay_out(buttons)
        for path in suggested:
            self.add_folder(path)
        self._follow()

    def _lay_out(self, buttons: QHBoxLayout) -> None:
        card = QWidget(self)
        card.setMaximumWidth(_WIDTH_PX)
        column = QVBoxLayout(card)
        column.setSpacing(theme.SPACING_PX)
        logo = QLabel(card)
        logo.setPixmap(QIcon(str(places.resource("icons/recollect.svg"))).pixmap(QSize(72, 72)))
        column.addStretch(1)
        column.addWidget(logo)
        column.addSpacing(theme.SPACING_PX)
        column.addWidget(_label(self.tr("Welcome to Recollect"), "welcomeTitle", card))
        column.addWidget(
            _label(self.tr("Find your photos in your own words, or by a picture that looks like them."), "lead", card)
        )
        column.addSpacing(theme.SPACING_PX * 2)
        column.addWidget(_label(self.tr("Where are your photos?"), "strong", card))
        frame = QFrame(card)
        frame.setObjectName("card")
        frame.setLayout(self._list)
        self._list.setContentsMargins(12, 12, 12, 12)
        column.addWidget(frame)
        column.addLayout(buttons)
        column.addSpacing(theme.SPACING_PX * 2)
        for icon, text in self._promises():
            column.addLayout(_promise(icon, text, card))
        column.addStretch(2)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.tr("Welcome to Recollect"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        holder = QWidget(scroll)
        row = QHBoxLayout(holder)
        row.addStretch(1)
        row.addWidget(card, 100)
        row.addStretch(1)
        scroll.setWidget(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _promises(self) -> tuple[tuple[str, str], ...]:
        return (
            ("lock", self.tr("Everything stays on this computer. Nothing is uploaded, and there is no account.")),
            (
                "folder",
                self.tr("Your photos stay where they are. Recollect reads the folders and never changes a file."),
            ),
            (
                "search",
                self.tr(
                    "Photos appear at once and become searchable while you look at them. An encoder that understands"
                    " more can be fetched later, in the settings."
                ),
            ),
        )

    @property
    def boxes(self) -> list[QCheckBox]:
        """The folders that are offered."""
        return self._boxes

    def folders(self) -> list[Path]:
        """The folders that are ticked."""
        return [Path(str(box.property("folder"))) for box in self._boxes if box.isChecked()]

    def add_folder(self, path: Path) -> None:
        """Offer a folder, ticked."""
        for box in self._boxes:
            if box.property("folder") == str(path):
                box.setChecked(True)
                return
        box = QCheckBox(str(path), self)
        box.setProperty("folder", str(path))
        box.setChecked(True)
        box.toggled.connect(self._follow)
        self._boxes.append(box)
        self._list.addWidget(box)
        self._follow()

    def _ask_for_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder with photos"), str(Path.home()))
        if chosen:
            self.add_folder(Path(chosen))

    def _follow(self) -> None:
        self._none_yet.setVisible(not self._boxes)
        self._start.setEnabled(bool(self.folders()))
        self._add.setText(self.tr("Choose another folder…") if self._boxes else self.tr("Choose a folder…"))


def _label(text: str, name: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _promise(icon: str, text: str, parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    picture = QLabel(parent)
    picture.setPixmap(theme.icon(icon).pixmap(QSize(theme.ICON_PX, theme.ICON_PX)))
    picture.setFixedWidth(theme.ICON_PX)
    row.addWidget(picture)
    row.addWidget(_label(text, "muted", parent), 1)
    return row
