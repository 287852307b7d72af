"""The quiet bar over the viewer: what is shown, and what can be done with it. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app import photo_facts
from app.views.icon_button import IconButton
from app.views.star_row import StarRow
from core.domain import Photo

_ROOM_FOR_STARS_PX = 740


class ViewerBar(QFrame):
    """Shows and asks; the viewer answers."""

    close_requested = Signal()
    fit_toggle_requested = Signal()
    zoom_requested = Signal(int)
    """+1 closer, -1 further."""
    full_screen_requested = Signal()
    similar_requested = Signal()
    region_requested = Signal()
    why_requested = Signal()
    favourite_requested = Signal()
    rating_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerBar")
        self._name, self._where = QLabel(self), QLabel(self)
        self._name.setObjectName("viewerName")
        self._where.setProperty("role", "muted")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.stars = StarRow(self)
        self.stars.rating_requested.connect(self.rating_requested)
        self._heart = IconButton("heart", self.tr("Favourite"), self, shortcut="F")
        self._full_screen = IconButton("full-screen", self.tr("Full screen"), self, shortcut="F11")
        self._percent = QToolButton(self)
        self._percent.setAutoRaise(True)
        self._percent.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._percent.setAccessibleName(self.tr("Whole photo or 100 %"))
        self._percent.setToolTip(self.tr("Whole photo or 100 %  (0, 1)"))
        self._percent.clicked.connect(self.fit_toggle_requested)
        # As wide as the longest text, so that nothing moves while zooming.
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("1.600 %") + 16)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(self._button("back", self.tr("Back to the photos"), "Esc", self.close_requested))
        words = QVBoxLayout()
        words.setContentsMargins(8, 0, 8, 0)
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(self._where)
        row.addLayout(words, 1)
        row.addWidget(self.stars)
        row.addSpacing(8)
        self._heart.clicked.connect(self.favourite_requested)
        row.addWidget(self._heart)
        row.addWidget(self._button("similar", self.tr("Find similar photos"), "S", self.similar_requested))
        row.addWidget(self._button("region", self.tr("Search by a part of this photo"), "R", self.region_requested))
        row.addWidget(self._button("why", self.tr("Show what speaks for the search"), "W", self.why_requested))
        row.addSpacing(8)
        further = self._button("zoom-out", self.tr("Zoom out"), "-", None)
        further.clicked.connect(lambda: self.zoom_requested.emit(-1))
        closer = self._button("zoom-in", self.tr("Zoom in"), "+", None)
        closer.clicked.connect(lambda: self.zoom_requested.emit(1))
        for button in (further, self._percent, closer):
            row.addWidget(button)
        row.addSpacing(8)
        self._full_screen.clicked.connect(self.full_screen_requested)
        row.addWidget(self._full_screen)

    def _button(self, icon: str, name: str, shortcut: str, asks: SignalInstance | None) -> IconButton:
        button = IconButton(icon, name, self, shortcut=shortcut)
        if asks is not None:
            button.clicked.connect(asks)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the name needs the room of the stars, which have keys; Qt override."""
        super().resizeEvent(event)
        self.stars.setVisible(event.size().width() >= _ROOM_FOR_STARS_PX)

    def show_position(self, index: int, count: int, photo: Photo | None) -> None:
        """Which of how many, and the photo's name, date and marks once they are known."""
        locale = QLocale()
        position = self.tr("{position} of {count}").format(
            position=locale.toString(index + 1), count=locale.toString(count)
        )
        if photo is None:
            self._where.setText(position)
            return
        self._name.setText(photo.name)
        self._name.setToolTip(str(photo.path))
        self._where.setText(f"{photo_facts.when(photo.taken_at)}   ·   {position}")
        self.stars.show_rating(photo.rating)
        is_favourite = photo.is_favourite
        self._heart.show_icon("heart-filled" if is_favourite else "heart", "favourite" if is_favourite else None)
        self._heart.describe(self.tr("Remove from favourites") if is_favourite else self.tr("Favourite"), "F")

    def show_scale(self, scale: float) -> None:
        """`scale`: 1.0 is 100 %."""
        self._percent.setText(self.tr("{percent} %").format(percent=QLocale().toString(round(scale * 100))))
        self._percent.setAccessibleName(self.tr("Zoom {text}").format(text=self._percent.text()))

    def show_full_screen(self, is_full_screen: bool) -> None:
        """Whether the button leaves or enters full screen."""
        self._full_screen.describe(self.tr("Leave full screen") if is_full_screen else self.tr("Full screen"), "F11")
