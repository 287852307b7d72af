"""The viewer: one photo of a list, as large as the window, with its neighbours a key away. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.tasks import Tasks
from app.views import viewer_keys
from app.views.fading import Fading
from app.views.icon_button import IconButton
from app.views.image_canvas import STEP
from app.views.photo_stage import PhotoStage
from app.views.viewer_bar import ViewerBar
from app.views.viewer_keys import Deed
from app.views.viewer_tools import ViewerTools
from core.domain import Photo, PhotoId, Query
from core.library import Library

_PAN_PX = 80
_ARROW_MARGIN_PX = 12


class PhotoViewer(QWidget):
    """Shows and asks: marks are wished for by signal, so that the window can make them undoable."""

    closed = Signal()
    current_changed = Signal(object)
    """PhotoId"""
    similar_requested = Signal(object)
    """PhotoId"""
    region_chosen = Signal(object, object)
    """PhotoId, Region"""
    favourite_toggled = Signal(object)
    """PhotoId"""
    rating_requested = Signal(object, int)
    """PhotoId, 0 to 5"""

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: Sequence[PhotoId] = ()
        self._index = 0
        self._made_full_screen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo viewer"))
        self._stage = PhotoStage(library, tasks, self)
        self._stage.photo_known.connect(self._photo_known)
        self._canvas = self._stage.canvas
        self.tools = ViewerTools(library, tasks, self._canvas, self)
        self.tools.region_chosen.connect(lambda region: self.region_chosen.emit(self.current, region))
        self._bar = ViewerBar(self)
        self._previous = self._arrow("back", self.tr("Previous photo"), "←", self.previous)
        self._next = self._arrow("forward", self.tr("Next photo"), "→", self.next)
        self._bar_fading = Fading((self._bar,), self)
        self._arrow_fading = Fading((self._previous, self._next), self)
        self._canvas.pointer_moved.connect(self._wake)
        self._canvas.scale_changed.connect(self._bar.show_scale)
        self._connect_bar(self._bar)
        self._deeds = self._deeds_of_keys()

    def _arrow(self, icon: str, name: str, shortcut: str, does: Callable[[], None]) -> IconButton:
        button = IconButton(icon, name, self, shortcut=shortcut)
        button.setObjectName("viewerArrow")
        button.setFixedSize(40, 64)
        button.clicked.connect(does)
        return button

    def _connect_bar(self, bar: ViewerBar) -> None:
        bar.close_requested.connect(self.leave)
        bar.fit_toggle_requested.connect(self._canvas.toggle_fit)
        bar.zoom_requested.connect(lambda by: self.zoom_in() if by > 0 else self.zoom_out())
        bar.full_screen_requested.connect(self.toggle_full_screen)
        bar.similar_requested.connect(lambda: self.similar_requested.emit(self.current))
        bar.region_requested.connect(self.tools.toggle_drawing)
        bar.why_requested.connect(self.tools.why.toggle)
        bar.favourite_requested.connect(lambda: self.favourite_toggled.emit(self.current))
        bar.rating_requested.connect(lambda rating: self.rating_requested.emit(self.current, rating))

    def _deeds_of_keys(self) -> dict[Deed, Callable[[], None]]:
        return {
            Deed.NEXT: self.next,
            Deed.PREVIOUS: self.previous,
            Deed.FIRST: lambda: self._go_to(0),
            Deed.LAST: lambda: self._go_to(len(self._ids) - 1),
            Deed.CLOSE: self.leave,
            Deed.ESCAPE: self._escape,
            Deed.FIT: self.fit,
            Deed.ACTUAL_SIZE: self.actual_size,
            Deed.ZOOM_IN: self.zoom_in,
            Deed.ZOOM_OUT: self.zoom_out,
            Deed.FULL_SCREEN: self.toggle_full_screen,
            Deed.FAVOURITE: lambda: self.favourite_toggled.emit(self.current),
            Deed.SIMILAR: lambda: self.similar_requested.emit(self.current),
            Deed.REGION: self.tools.toggle_drawing,
            Deed.WHY: self.tools.why.toggle,
        }

    def show_photos(self, ids: Sequence[PhotoId], index: int, query: Query | None = None) -> None:
        """Show `ids[index]`; the arrows go through `ids`, which must not be empty. `query` found them."""
        self.tools.why.set_query(query or Query())
        self._ids = ids
        self._index = -1
        self._go_to(min(max(index, 0), len(ids) - 1))
        self.setFocus()
        self._wake()

    @property
    def current(self) -> PhotoId | None:
        """The photo shown, or None before the first."""
        return PhotoId(int(self._ids[self._index])) if len(self._ids) else None

    @property
    def is_fitted(self) -> bool:
        """Whether the whole photo is shown."""
        return self._canvas.placement.is_fitted

    @property
    def rating_shown(self) -> int:
        """The stars in the bar."""
        return self._bar.stars.rating

    def next(self) -> None:
        """The following photo; nothing at the end."""
        self._go_to(self._index + 1)

    def previous(self) -> None:
        """The photo before; nothing at the start."""
        self._go_to(self._index - 1)

    def zoom_in(self) -> None:
        """One step closer, around the middle."""
        self._canvas.zoom_by(STEP)

    def zoom_out(self) -> None:
        """One step back, around the middle."""
        self._canvas.zoom_by(1 / STEP)

    def fit(self) -> None:
        """The whole photo."""
        self._canvas.fit()

    def actual_size(self) -> None:
        """One pixel of the photo per pixel of the screen."""
        self._canvas.actual_size()

    def toggle_full_screen(self) -> None:
        """The window full screen, or back to what it was."""
        window = self.window()
        self._made_full_screen = not window.isFullScreen()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._place()
        self._wake()

    def leave(self) -> None:
        """Close the viewer, and with it the full screen that it began."""
        self._leave_full_screen()
        self.closed.emit()

    def photos_changed(self, changed: Collection[PhotoId]) -> None:
        """Photos changed in the catalog (marks, files): look again at those on show."""
        self._stage.forget(changed)
        self.tools.why.forget()

    def _go_to(self, index: int) -> None:
        if not 0 <= index < len(self._ids) or index == self._index:
            return
        self._index = index
        self._previous.setVisible(index > 0)
        self._next.setVisible(index + 1 < len(self._ids))
        self._bar.show_position(index, len(self._ids), None)
        order = (0, 1, -1, 2, -2)
        near = [index + by for by in order if 0 <= index + by < len(self._ids)]
        self._stage.stage([PhotoId(int(self._ids[one])) for one in near])
        self.tools.show_photo(self.current)
        self.current_changed.emit(self.current)

    def _photo_known(self, photo: Photo) -> None:
        self._bar.show_position(self._index, len(self._ids), photo)
        self.setAccessibleDescription(photo.name)

    def _escape(self) -> None:
        # Escape undoes one thing at a time: first the map, then the full screen, then the viewer.
        if not self.tools.escape() and not self._leave_full_screen():
            self.closed.emit()

    def _leave_full_screen(self) -> bool:
        if not (self._made_full_screen and self.window().isFullScreen()):
            return False
        self.toggle_full_screen()
        self._made_full_screen = False
        return True

    def _wake(self) -> None:
        self._arrow_fading.wake()
        # In a window the bar lies over nothing: it stays, and says what the keys did.
        if self.window().isFullScreen():
            self._bar_fading.wake()
        else:
            self._bar_fading.stay()

    def event(self, event: QEvent) -> bool:
        """Pick out the events that matter here; Qt override."""
        # The viewer's keys mean something else in the window's menus (0 to 5 rate): here the viewer wins.
        if event.type() == QEvent.Type.ShortcutOverride and viewer_keys.deed_for(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer a key; Qt override."""
        match viewer_keys.deed_for(event):
            case None:
                super().keyPressEvent(event)
            case Deed.PAN:
                across, down = viewer_keys.pan_step(event)
                self._canvas.pan_by(QPointF(across, down) * _PAN_PX)
            case Deed.RATE:
                self.rating_requested.emit(self.current, viewer_keys.rating(event))
            case deed:
                self._deeds[deed]()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer a button; Qt override."""
        if event.button() == Qt.MouseButton.BackButton:
            self.leave()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what the faded bar uncovers; Qt override."""
        QPainter(self).fillRect(event.rect(), self._canvas.background())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; Qt override."""
        self._place()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Get ready to be looked at; Qt override."""
        self._place()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more; Qt override."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.tools.put_away()

    def _place(self) -> None:
        is_full_screen = self.window().isFullScreen()
        self._bar.show_full_screen(is_full_screen)
        bar_height = self._bar.sizeHint().height()
        # In a window the bar covers nothing of the photo; on the full screen every pixel is the photo's.
        self._stage.setGeometry(self.rect().adjusted(0, 0 if is_full_screen else bar_height, 0, 0))
        self._bar.setGeometry(0, 0, self.width(), bar_height)
        self.tools.why.place()
        middle = (self.height() - self._next.height()) // 2
        self._previous.move(_ARROW_MARGIN_PX, middle)
        self._next.move(self.width() - self._next.width() - _ARROW_MARGIN_PX, middle)
        self.update()
