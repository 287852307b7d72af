"""The page of suggested albums: each one click to keep or to dismiss. GUI thread only; looking for them is a task."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import catalog_edits
from app.tasks import Tasks
from app.thumbnail_provider import Size, ThumbnailProvider
from app.undo import Undo
from app.views.album_card import COVER, AlbumCard
from app.views.cover_mosaic import SHOWN
from app.views.empty_state import EmptyState
from app.views.flow_layout import FlowLayout
from core.domain import SuggestedAlbum, SuggestedKind
from core.errors import LibraryError
from core.events import JobProgress
from core.jobs import Cancelled, JobControl
from core.library import Library

_KEY = "suggest albums"
_MARGIN_PX = 16


class SuggestedAlbums(QWidget):
    """Events and themes as cards; nothing is written until one is kept."""

    photos_opened = Signal(object)
    """The photos of an album to be seen"""
    finished = Signal()

    def __init__(self, library: Library, tasks: Tasks, undo: Undo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._undo = undo
        self._job: JobControl | None = None
        self.cards: list[AlbumCard] = []
        self._headings: list[QLabel] = []
        self._thumbnails = ThumbnailProvider(library, tasks, self)
        self._thumbnails.ready.connect(self._picture_arrived)
        self.setObjectName("suggestedAlbums")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._empty = EmptyState(self)
        self._empty.chosen.connect(self._empty_button)
        self._area, self._column = self._scroll_area()
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedSize(220, 4)
        self._stop = QPushButton(self.tr("Stop"), self)
        self._stop.clicked.connect(lambda _checked=False: self.stop())
        self._pages = QStackedWidget(self)
        for page in (self._area, self._empty, self._waiting()):
            self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head())
        line = QFrame(self)
        line.setObjectName("hairline")
        line.setFixedHeight(1)
        whole.addWidget(line)
        whole.addWidget(self._pages, 1)

    # -- looking ----------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look for albums, unless that is being done already."""
        if self._job is not None:
            return
        library = self._library
        job = self._job = library.job("albums", self.tr("Looking for albums"), unit="steps")
        self._progress.setRange(0, 0)
        self._again.setEnabled(False)
        self._pages.setCurrentIndex(2)
        self._stop.setFocus()

        def work() -> list[SuggestedAlbum] | None:
            try:
                return library.suggest_albums(job)
            except Cancelled:
                return None
            finally:
                job.finish()

        self._tasks.run(_KEY, work, self._found, self._failed)

    def stop(self) -> None:
        """Give up looking."""
        if self._job is not None:
            self._job.stop()

    def show_progress(self, progress: JobProgress) -> None:
        """How far the looking is."""
        if self._job is not None and progress.total:
            self._progress.setRange(0, progress.total)
            self._progress.setValue(progress.done)

    def show_albums(self, albums: Sequence[SuggestedAlbum]) -> None:
        """Show these, events first."""
        self._clear()
        names = {SuggestedKind.EVENT: self.tr("Events"), SuggestedKind.THEME: self.tr("Themes")}
        for kind, name in names.items():
            self._add_section(name, [one for one in albums if one.kind is kind])
        self._column.addStretch(1)
        if not albums:
            self._say_empty(self.tr("No albums to suggest"))
            return
        self._pages.setCurrentIndex(0)
        side_px = round(COVER.height() * self.devicePixelRatioF())
        covers = [photo_id for one in albums for photo_id in one.covers[:SHOWN]]
        self._thumbnails.show(covers, (), Size(side_px, is_cover=True))
        self.cards[0].setFocus()

    # -- inside -----------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        title = QLabel(self.tr("Suggested albums"), self)
        title.setProperty("role", "title")
        hint = QLabel(self.tr("Nothing is written until you keep one."), self)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(hint)
        self._again = QPushButton(self.tr("Look again"), self)
        self._again.clicked.connect(lambda _checked=False: self.look())
        done = QPushButton(self.tr("Done"), self)
        done.clicked.connect(lambda _checked=False: self._leave())
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX, 12)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._again)
        row.addWidget(done)
        return row

    def _scroll_area(self) -> tuple[QScrollArea, QVBoxLayout]:
        area = QScrollArea(self)
        area.setObjectName("suggestedArea")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget(area)
        body.setObjectName("suggestedBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN_PX, 8, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(8)
        area.setWidget(body)
        return area, column

    def _waiting(self) -> QWidget:
        page = QWidget(self)
        words = QLabel(self.tr("Looking for albums…"), page)
        words.setProperty("role", "muted")
        column = QVBoxLayout(page)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (words, self._progress, self._stop):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def _add_section(self, name: str, albums: Sequence[SuggestedAlbum]) -> None:
        if not albums:
            return
        body = self._area.widget()
        heading = QLabel(name, body)
        heading.setProperty("role", "heading")
        holder = QWidget(body)
        flow = FlowLayout(holder, gap_px=12)
        for album in albums:
            card = AlbumCard(album, self._thumbnails.image, holder)
            card.opened.connect(lambda one: self.photos_opened.emit(list(one.photo_ids)))
            card.kept.connect(self._keep)
            card.dismissed.connect(self._dismiss)
            card.step_requested.connect(lambda columns, lines, card=card: self._step(card, columns, lines))
            flow.addWidget(card)
            self.cards.append(card)
        self._column.addWidget(heading)
        self._column.addWidget(holder)

    def _clear(self) -> None:
        self.cards = []
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _found(self, albums: list[SuggestedAlbum] | None) -> None:
        self._job = None
        self._again.setEnabled(True)
        if albums is not None:
            self.show_albums(albums)
        else:
            self._say_empty(self.tr("Looking for albums was stopped"))

    def _failed(self, error: LibraryError) -> None:
        self._job = None
        self._again.setEnabled(True)
        self._say_empty(error.title, " ".join(filter(None, (error.detail, error.hint))))

    def _say_empty(self, title: str, detail: str = "") -> None:
        usual = self.tr("Events need photos that say when they were taken; themes need a dozen that look alike.")
        self._empty.show_message("suggest", title, detail or usual, (("done", self.tr("Back to the photos")),))
        self._pages.setCurrentIndex(1)

    def _empty_button(self, _key: str) -> None:
        self._leave()

    def _keep(self, album: SuggestedAlbum) -> None:
        self._undo.make(
            lambda: catalog_edits.create_album(self._library, album.title, album.photo_ids), lambda: self._drop(album)
        )

    def _dismiss(self, album: SuggestedAlbum) -> None:
        self._undo.make(lambda: catalog_edits.dismiss_suggestion(self._library, album), lambda: self._drop(album))

    def _drop(self, album: SuggestedAlbum) -> None:
        """The card goes; the next one gets the keyboard."""
        at = next((row for row, card in enumerate(self.cards) if card.album is album), None)
        if at is None:
            return
        card = self.cards.pop(at)
        had_focus = card.hasFocus() or card.isAncestorOf(self.focusWidget() or self)
        card.hide()
        card.deleteLater()
        if not self.cards:
            self._say_empty(
                self.tr("Those were all the suggestions"), self.tr("Look again when there are more photos.")
            )
        elif had_focus:
            self.cards[min(at, len(self.cards) - 1)].setFocus()

    def _step(self, card: AlbumCard, columns: int, lines: int) -> None:
        at = self.cards.index(card)
        if columns:
            wanted = at + columns
        else:
            own = card.mapTo(self, card.rect().center())
            beyond = [
                (abs(centre.x() - own.x()) + 4 * abs(centre.y() - own.y()), row)
                for row, one in enumerate(self.cards)
                if (centre := one.mapTo(self, one.rect().center())) and (centre.y() - own.y()) * lines > 0
            ]
            wanted = min(beyond)[1] if beyond else at
        if 0 <= wanted < len(self.cards):
            self.cards[wanted].setFocus()
            self._area.ensureWidgetVisible(self.cards[wanted])

    def _leave(self) -> None:
        self.stop()
        self.finished.emit()

    def _picture_arrived(self, photo_id: object) -> None:
        for card in self.cards:
            if photo_id in card.album.covers:
                card.cover.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back; Qt override."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
