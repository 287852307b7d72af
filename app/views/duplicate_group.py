"""The photos of one group side by side, as large as fits. GUI thread only."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from app import thumbnail_provider
from app.duplicate_choices import GroupChoice
from app.tasks import Tasks
from app.thumbnail_provider import Size
from app.views.duplicate_card import DuplicateCard
from core.domain import PhotoId
from core.library import Library

_LEAST_CARD_PX = 240
_MOST_CARD_PX = 560
_FACTS_PX = 190
_MARGIN_PX = 16
_GAP_PX = 12
_TASK = "duplicate pictures"
_MOST_CARDS = 60


class DuplicateGroupView(QScrollArea):
    """Cards in rows; the keyboard moves among them."""

    toggled = Signal(object)
    """PhotoId"""
    keep_only_requested = Signal(object)
    """PhotoId"""
    compare_requested = Signal(object)
    """PhotoId"""

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self.setObjectName("duplicateGroup")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[DuplicateCard] = []
        self.is_covered: Callable[[int], bool] = lambda _photo_id: False
        """Whether a photo may only be shown blurred; comparing it at full size is asking for it."""
        self._body = QWidget(self)
        self._body.setObjectName("duplicateGroupBody")
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        self._grid.setSpacing(_GAP_PX)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setWidget(self._body)

    def show_choice(self, choice: GroupChoice | None) -> None:
        """Show a group from the start."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for one in choice.group.photos[:_MOST_CARDS] if choice is not None else ():
            card = DuplicateCard(one, self._body)
            card.toggled.connect(self.toggled)
            card.keep_only_requested.connect(self.keep_only_requested)
            card.compare_requested.connect(self.compare_requested)
            self.cards.append(card)
        self._arrange()
        self.verticalScrollBar().setValue(0)
        if choice is not None:
            self.update_states(choice)
            self._fetch([card.one.id for card in self.cards])

    def update_states(self, choice: GroupChoice) -> None:
        """Another photo is kept now."""
        for number, card in enumerate(self.cards):
            is_by_rules = number == 0 and not choice.is_touched
            card.show_state(card.one.id in choice.kept, choice.group.reasons if is_by_rules else ())

    @property
    def focused(self) -> DuplicateCard | None:
        """The card the keyboard is on."""
        return next((card for card in self.cards if card.hasFocus()), None)

    def move_focus(self, step: int) -> None:
        """To the next card, or the one before."""
        if self.cards:
            current = self.focused
            row = self.cards.index(current) + step if current is not None else 0
            card = self.cards[max(0, min(len(self.cards) - 1, row))]
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many side by side as fit; Qt override."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        for card in self.cards:
            self._grid.removeWidget(card)
        room = self.viewport().width() - 2 * _MARGIN_PX
        across = max(1, min(len(self.cards), (room + _GAP_PX) // (_LEAST_CARD_PX + _GAP_PX)))
        width = min(_MOST_CARD_PX, (room - (across - 1) * _GAP_PX) // across)
        height = self.viewport().height() - 2 * _MARGIN_PX - _FACTS_PX
        for number, card in enumerate(self.cards):
            card.fit(width, height)
            self._grid.addWidget(card, number // across, number % across, Qt.AlignmentFlag.AlignTop)
            card.show()

    def _fetch(self, ids: Sequence[PhotoId]) -> None:
        work = functools.partial(_load, self._library, list(ids))
        self._tasks.run(_TASK, work, self._show_pictures, lambda _error: None)

    def _show_pictures(self, pictures: Mapping[PhotoId, QImage]) -> None:
        for card in self.cards:
            picture = pictures.get(card.one.id)
            if picture is not None:
                is_covered = self.is_covered(card.one.id)
                card.show_picture(thumbnail_provider.blurred(picture) if is_covered else picture)


def _load(library: Library, ids: list[PhotoId]) -> dict[PhotoId, QImage]:
    size = Size(512, is_cover=False)
    return {one: thumbnail_provider.decode(jpeg, size) for one, jpeg in library.thumbnails(ids).items()}
