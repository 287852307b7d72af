"""One suggested album: its cover, its name, and what can be done with it. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import photo_facts, wording
from app.views.cover_mosaic import CoverMosaic
from app.views.elided_label import ElidedLabel
from core.domain import SuggestedAlbum, SuggestedKind

COVER = QSize(264, 176)
_MARGIN_PX = 8


class AlbumCard(QFrame):
    """Enter opens the photos, K keeps the album, Delete dismisses it."""

    opened = Signal(object)
    kept = Signal(object)
    dismissed = Signal(object)
    """The SuggestedAlbum"""
    step_requested = Signal(int, int)
    """Columns and lines to the card that should have the keyboard"""

    def __init__(
        self, album: SuggestedAlbum, image_of: Callable[[int], QImage | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.album = album
        self.setObjectName("albumCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.cover = CoverMosaic(album.covers, image_of, COVER, self)
        title = ElidedLabel(self, Qt.TextElideMode.ElideRight)
        title.setProperty("role", "title")
        title.show_text(album.title)
        is_event = album.kind is SuggestedKind.EVENT
        span = photo_facts.short_days(album.first_taken_at, album.last_taken_at) if is_event else ""
        facts = ElidedLabel(self, Qt.TextElideMode.ElideRight)
        facts.setProperty("role", "muted")
        facts.show_text(" · ".join(part for part in (wording.photos(len(album.photo_ids)), span) if part))
        self.setAccessibleName(f"{album.title}, {facts.whole_text}")
        self.setAccessibleDescription(self.tr("Enter shows the photos, K keeps the album, Delete dismisses it"))
        self._lay_out(title, facts)
        self.setFixedWidth(COVER.width() + 2 * _MARGIN_PX + 2)

    def _lay_out(self, title: QLabel, facts: QLabel) -> None:
        keep = QPushButton(self.tr("Keep"), self)
        keep.setToolTip(self.tr("Make this an album  (K)"))
        keep.clicked.connect(lambda _checked=False: self.kept.emit(self.album))
        dismiss = QPushButton(self.tr("Dismiss"), self)
        dismiss.setToolTip(self.tr("Do not suggest this again  (Delete)"))
        dismiss.clicked.connect(lambda _checked=False: self.dismissed.emit(self.album))
        for button, what in ((keep, self.tr("Keep {0}")), (dismiss, self.tr("Dismiss {0}"))):
            button.setAutoDefault(False)
            button.setAccessibleName(what.format(self.album.title))
            button.setCursor(Qt.CursorShape.ArrowCursor)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(keep)
        buttons.addWidget(dismiss)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX + 2)
        column.setSpacing(2)
        column.addWidget(self.cover)
        column.addSpacing(6)
        column.addWidget(title)
        column.addWidget(facts)
        column.addSpacing(6)
        column.addLayout(buttons)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere but on a button shows the photos; Qt override."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.album)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        steps = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            self.step_requested.emit(*steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.album)
        elif key is Qt.Key.Key_K:
            self.kept.emit(self.album)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.dismissed.emit(self.album)
        else:
            super().keyPressEvent(event)
