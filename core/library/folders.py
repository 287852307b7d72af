"""The watched folders. Any thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from core import watched_folders
from core.catalog import (
    edits,
    folders,
)
from core.domain import (
    Folder,
    FolderId,
    PhotoId,
)
from core.library.parts import Parts


class FolderVerbs(Parts):
    """Which folders are watched."""

    def folders(self) -> list[Folder]:
        """The watched folders, by path."""
        with self._catalog.reading() as connection:
            return folders.all_of_them(connection)

    def add_folder(self, path: Path) -> Folder:
        """Watch a folder and everything below it. Raises LibraryError when it is no readable folder."""
        own = (self.places.encoders, self.places.cache, self.places.logs)
        folder_id = watched_folders.add(self._catalog, path, own)
        self._work.rescan()
        return next(one for one in self.folders() if one.id == folder_id)

    def remove_folder(self, folder_id: FolderId) -> None:
        """Stop watching; its photos leave the library with their tags, the files stay untouched."""
        watched_folders.remove(self._catalog, folder_id)
        self._work.rescan()

    def move_folder(self, folder_id: FolderId, path: Path) -> None:
        """The folder now lives at `path` ("locate" an offline folder). Raises LibraryError."""
        watched_folders.move(self._catalog, folder_id, path)
        self._work.rescan()

    def remove_missing(self, folder_id: FolderId) -> tuple[PhotoId, ...]:
        """Give up the photos that vanished from a folder, many at once; returns them. No file is touched.

        A file that turns up again after all is found with its tags and albums, as always.
        """
        return self._catalog.write(partial(edits.remove_missing, folder_id=folder_id))

    def restore_missing(self, photo_ids: Sequence[PhotoId]) -> None:
        """Take `remove_missing` back."""
        self._catalog.write(partial(edits.restore_missing, ids=photo_ids))
