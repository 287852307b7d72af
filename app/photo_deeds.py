"""What can be done with the photos that are chosen. GUI thread; the work itself is a task or an edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox, QWidget

from app import catalog_edits, desktop, picture_loader, wording
from app.catalog_edits import Change
from app.notices import Notices
from app.tasks import Tasks
from app.undo import Undo
from app.views.picker import Choice, Picker
from core.domain import Album, AlbumId, ExamplePicture, PhotoId, Tag
from core.errors import LibraryError
from core.library import Library

_COPIED_SIDE_PX = 2048
_MOST_COPIED = 1000


class PhotoDeeds(QObject):
    """Every deed takes the photos from `chosen`, or those given."""

    def __init__(
        self,
        library: Library,
        tasks: Tasks,
        undo: Undo,
        notices: Notices,
        chosen: Callable[[], list[PhotoId]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._tasks = tasks
        self._undo = undo
        self._notices = notices
        self._chosen = chosen
        self._window = window

    # -- marks ------------------------------------------------------------------------------------------------

    def toggle_favourite(self, ids: Sequence[PhotoId] | None = None) -> None:
        """Make the photos favourites, or, if all of them are, take that back."""
        library, photo_ids = self._library, self._ids(ids)

        def work() -> Change | None:
            are_all = all(photo.is_favourite for photo in library.photos(photo_ids))
            return catalog_edits.set_favourite(library, photo_ids, not are_all)

        if photo_ids:
            self._undo.make(work)

    def make_favourite(self, ids: Sequence[PhotoId]) -> None:
        """Make photos favourites, whatever they were."""
        self._undo.make(lambda: catalog_edits.set_favourite(self._library, ids, True))

    def rate(self, rating: int, ids: Sequence[PhotoId] | None = None) -> None:
        """Rate the photos 0 to 5."""
        if photo_ids := self._ids(ids):
            self._undo.make(lambda: catalog_edits.set_rating(self._library, photo_ids, rating))

    def add_tag(self, name: str, ids: Sequence[PhotoId] | None = None) -> None:
        """Put a tag on the photos."""
        if (photo_ids := self._ids(ids)) and name.strip():
            self._undo.make(lambda: catalog_edits.add_tag(self._library, photo_ids, name.strip()))

    def remove_tag(self, name: str) -> None:
        """Take a tag off the photos."""
        if photo_ids := self._ids(None):
            self._undo.make(lambda: catalog_edits.remove_tag(self._library, photo_ids, name))

    def ask_for_tag(self) -> None:
        """Let the person type or choose a tag for the photos."""
        picker = Picker(self.tr("Tag photos"), self.tr("Type a tag…"), self._window, self.tr("New tag “{0}”"))
        ids = self._ids(None)
        picker.chosen.connect(lambda tag: self.add_tag(tag.name, ids))
        picker.created.connect(lambda name: self.add_tag(name, ids))

        def show(tags: list[Tag]) -> None:
            picker.show_choices([Choice(tag.name, QLocale().toString(tag.photo_count), tag) for tag in tags])

        picker.finished.connect(lambda _result: self._tasks.forget("picker"))
        self._tasks.run("picker", self._library.tags, show)
        picker.open_over(self._window)

    # -- albums -----------------------------------------------------------------------------------------------

    def ask_for_album(self) -> None:
        """Let the person choose or name an album for the photos."""
        picker = Picker(self.tr("Add to album"), self.tr("Add to album…"), self._window, self.tr("New album “{0}”"))
        ids = self._ids(None)
        picker.chosen.connect(lambda album: self.add_to_album(album.id, album.name, ids))
        picker.created.connect(lambda name: self.create_album(name, ids))

        def show(albums: list[Album]) -> None:
            picker.show_choices([Choice(one.name, QLocale().toString(one.photo_count), one) for one in albums])

        picker.finished.connect(lambda _result: self._tasks.forget("picker"))
        self._tasks.run("picker", self._library.albums, show)
        picker.open_over(self._window)

    def create_album(self, name: str, ids: Sequence[PhotoId]) -> None:
        """Make an album of photos."""
        self._undo.make(lambda: catalog_edits.create_album(self._library, name, ids))

    def add_to_album(self, album_id: AlbumId, name: str, ids: Sequence[PhotoId]) -> None:
        """Put photos into an album."""
        self._undo.make(lambda: catalog_edits.add_to_album(self._library, album_id, name, ids))

    def remove_from_album(self, album: Album) -> None:
        """Take the photos out of an album, out of a smart one for good."""
        if ids := self._ids(None):
            self._undo.make(lambda: catalog_edits.remove_from_album(self._library, album, ids))

    # -- files ------------------------------------------------------------------------------------------------

    def ask_to_trash(self) -> None:
        """Move the files to the system trash, after asking: this one the catalog cannot undo."""
        ids = self._ids(None)
        if not ids:
            return
        library = self._library

        def show(sidecars: int) -> None:
            self._confirm_trash(ids, sidecars)

        self._tasks.run("trash", lambda: library.count_sidecars_leaving(ids), show)

    def _confirm_trash(self, ids: list[PhotoId], sidecars: int) -> None:
        question = (
            self.tr("Move this photo to the trash?")
            if len(ids) == 1
            else self.tr("Move {0} photos to the trash?").format(QLocale().toString(len(ids)))
        )
        box = QMessageBox(QMessageBox.Icon.NoIcon, self.tr("Move to trash"), question, parent=self._window)
        box.setInformativeText(wording.to_trash(sidecars))
        box.addButton(QMessageBox.StandardButton.Cancel)
        move = box.addButton(self.tr("Move to trash"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(move)
        box.finished.connect(lambda _result: self.trash(ids) if box.clickedButton() is move else None)
        box.open()

    def trash(self, ids: Sequence[PhotoId]) -> None:
        """Move files to the trash."""
        wanted = len(ids)

        def done(gone: tuple[PhotoId, ...]) -> None:
            text = (
                self.tr("Moved 1 photo to the trash")
                if len(gone) == 1
                else self.tr("Moved {0} photos to the trash").format(QLocale().toString(len(gone)))
            )
            left = wanted - len(gone)
            detail = self.tr("{0} could not be moved and stayed where they are.").format(left) if left else ""
            self._notices.say(text, detail=detail, level="warning" if left else "info")

        self._tasks.edit(lambda: self._library.trash(ids), done)

    def show_in_folder(self) -> None:
        """Show the first photo in the system's file manager."""
        if ids := self._ids(None):
            self._tasks.run("show in folder", lambda: _paths(self._library, ids[:1]), self._show_paths)

    def copy(self) -> None:
        """Put the photos on the clipboard: the files, and the picture if it is one."""
        ids, library = self._ids(None), self._library

        def work() -> tuple[list[Path], QImage | None]:
            picture = None
            if len(ids) == 1:
                try:
                    picture = picture_loader.to_qimage(library.picture(ids[0], _COPIED_SIDE_PX))
                except LibraryError:
                    picture = None  # a file can be copied even if it cannot be read
            return _paths(library, ids[:_MOST_COPIED]), picture

        def done(found: tuple[list[Path], QImage | None]) -> None:
            paths, picture = found
            desktop.copy_photos(paths, picture)
            text = self.tr("Copied 1 photo") if len(paths) == 1 else self.tr("Copied {0} photos")
            self._notices.say(text.format(QLocale().toString(len(paths))), key="copy")

        if ids:
            self._tasks.run("copy", work, done)

    def example(self, photo_id: PhotoId, done: Callable[[ExamplePicture], None]) -> None:
        """Get a photo as an example to search by, with its name."""

        def work() -> ExamplePicture:
            found = self._library.photos([photo_id])
            return ExamplePicture(photo_id=photo_id, title=found[0].name if found else "")

        self._tasks.run("example", work, done)

    def _ids(self, ids: Sequence[PhotoId] | None) -> list[PhotoId]:
        return list(self._chosen() if ids is None else ids)

    def _show_paths(self, paths: list[Path]) -> None:
        for path in paths:
            desktop.show_in_folder(path)


def _paths(library: Library, ids: Sequence[PhotoId]) -> list[Path]:
    return [photo.path for photo in library.photos(ids)]
