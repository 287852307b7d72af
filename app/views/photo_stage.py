"""Where one photo is shown as well as it can be right now, or why it cannot be. GUI thread only.

In order: the thumbnail at once, a screen-sized picture, the full one when somebody zooms in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.picture_loader import PictureLoader
from app.tasks import Tasks
from app.views.image_canvas import ImageCanvas
from app.views.picture_message import PictureMessage
from core.domain import Photo, PhotoDetails, PhotoId
from core.errors import LibraryError
from core.library import Library

_GLANCE_KEY = "viewer:glance"
_REASON_KEY = "viewer:reason"
_MAX_SCREEN_SIDE_PX = 3840


@dataclass(frozen=True, slots=True)
class _Glance:
    """What is known of a photo within milliseconds: its row and its thumbnail."""

    photo: Photo
    thumbnail: QImage | None


class PhotoStage(QWidget):
    """Shows the first of the photos it is given and gets the others ready."""

    photo_known = Signal(object)
    """Photo: the row of the photo on show."""

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._around: Sequence[PhotoId] = ()
        self._glances: dict[PhotoId, _Glance] = {}
        self._shown: PhotoId | None = None
        self._full_asked_for: PhotoId | None = None
        self._loader = PictureLoader(library, tasks, self)
        self._loader.loaded.connect(self._picture_arrived)
        self._loader.failed.connect(self._picture_failed)
        self.canvas = ImageCanvas(self)
        self.canvas.detail_wanted.connect(self._want_full)
        self.message = PictureMessage(self)

    def stage(self, around: Sequence[PhotoId]) -> None:
        """Show `around[0]`; `around[1:3]` are decoded ahead, of the rest the thumbnail is fetched."""
        self._around = around
        self._full_asked_for = None
        glance = self._glances.get(around[0])
        if glance is not None:
            self._show(glance)
        self._look()

    def forget(self, changed: Collection[PhotoId]) -> None:
        """These photos changed in the catalog: look again at those on show."""
        stale = [photo_id for photo_id in self._glances if photo_id in changed]
        for photo_id in stale:
            del self._glances[photo_id]
        if stale:
            self._look()

    def _look(self) -> None:
        unknown = [photo_id for photo_id in self._around if photo_id not in self._glances]
        self._glances = {one: self._glances[one] for one in self._around if one in self._glances}
        library = self._library

        def work() -> list[_Glance]:
            thumbnails = library.thumbnails(unknown)
            return [
                _Glance(photo, QImage.fromData(thumbnails[photo.id]) if photo.id in thumbnails else None)
                for photo in library.photos(unknown)
            ]

        if unknown:
            self._tasks.run(_GLANCE_KEY, work, self._looked)

    def _looked(self, glances: list[_Glance]) -> None:
        self._glances.update({glance.photo.id: glance for glance in glances})
        current = self._around[0] if self._around else None
        glance = self._glances.get(current) if current is not None else None
        if glance is None:
            return
        if current == self._shown:
            self.photo_known.emit(glance.photo)
        else:
            self._show(glance)

    def _show(self, glance: _Glance) -> None:
        photo = glance.photo
        self._shown = photo.id
        self.message.hide()
        self.photo_known.emit(photo)
        self.canvas.show_photo(QSize(photo.width_px, photo.height_px), glance.thumbnail)
        if photo.is_offline or photo.is_unreadable:
            self._explain(photo)
            return
        picture = self._loader.show(photo.id, self._screen_side_px(), self._around[1:3])
        if picture is not None:
            self.canvas.add_version(picture)

    def _picture_arrived(self, photo_id: PhotoId, image: QImage) -> None:
        if photo_id == self._shown:
            self.canvas.add_version(image)

    def _picture_failed(self, photo_id: PhotoId, error: LibraryError) -> None:
        if photo_id == self._shown and self._full_asked_for is None:
            self.message.show_text("error", error.title, " ".join((error.detail, error.hint)).strip())

    def _explain(self, photo: Photo) -> None:
        if photo.is_offline:
            where = self.tr("{folder} cannot be reached. Connect its drive and it comes back; nothing was lost.")
            self.message.show_text(
                "folder-offline", self.tr("This photo is offline"), where.format(folder=photo.path.parent)
            )
            return
        title = self.tr("This file cannot be shown")
        self.message.show_text("error", title, photo.name)

        def done(details: PhotoDetails) -> None:
            if details.photo.id == self._shown and details.problem:
                self.message.show_text("error", title, details.problem)

        self._tasks.run(_REASON_KEY, lambda: self._library.details(photo.id), done)

    def _want_full(self) -> None:
        if self._shown is not None and self._full_asked_for != self._shown:
            self._full_asked_for = self._shown
            self._loader.show_in_full(self._shown)

    def _screen_side_px(self) -> int:
        # The screen's size, not the window's: full screen then needs no other picture.
        sides = (self.screen().size().width(), self.screen().size().height(), self.width(), self.height())
        return min(round(max(sides) * self.devicePixelRatioF()), _MAX_SCREEN_SIDE_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; Qt override."""
        self.canvas.setGeometry(self.rect())
        self.message.place()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Get ready to be looked at; Qt override."""
        super().showEvent(event)
        if self._around and self._shown is None:
            self.stage(self._around)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give memory back; Qt override."""
        super().hideEvent(event)
        if not event.spontaneous():
            # Nobody looks any more: the pictures would only take memory.
            self._loader.clear()
            self._shown = None
            self.canvas.show_photo(QSize(), None)
