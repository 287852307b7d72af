"""Adding, removing and relocating watched folders: what may be watched, and folders inside each other."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from core.catalog import folders, thumbnails
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.domain import FolderId
from core.errors import LibraryError


def add(catalog: Catalog, path: Path, own_folders: Iterable[Path]) -> FolderId:
    """Watch `path`; one that holds watched folders takes them over, with all they know.

    Raises LibraryError when it is no readable folder, lies inside one that is watched already, or inside one of
    Recollect's `own_folders`.
    """
    folder = _readable(path)
    if any(folder.is_relative_to(own) for own in own_folders):
        raise LibraryError(f"{path} holds Recollect's own files.", hint="Choose the folder that holds your photos.")
    with catalog.reading() as connection:
        watched = folders.all_of_them(connection)
    for one in watched:
        if folder != one.path and folder.is_relative_to(one.path):
            raise LibraryError(
                f"{folder} is already watched as part of {one.path}.", hint="Its photos are in the library."
            )
    inner = [one for one in watched if one.path != folder and one.path.is_relative_to(folder)]

    def write(connection: Connection, changes: Changes) -> FolderId:
        folder_id = folders.add(connection, folder)
        for one in inner:
            folders.absorb(connection, folder_id, folder, one)
        changes.folders = True
        return folder_id

    return catalog.write(write)


def remove(catalog: Catalog, folder_id: FolderId) -> None:
    """Stop watching a folder; its photos leave the library, its files stay untouched."""

    def write(connection: Connection, changes: Changes) -> None:
        changes.removed.update(folders.remove(connection, folder_id))
        thumbnails.drop_unused(connection)
        changes.folders = changes.albums = changes.tags = changes.problems = True

    catalog.write(write)


def move(catalog: Catalog, folder_id: FolderId, path: Path) -> None:
    """The folder lives at `path` now. Raises LibraryError when that is no readable folder or is watched already."""
    folder = _readable(path)
    with catalog.reading() as connection:
        others = [one for one in folders.all_of_them(connection) if one.id != folder_id]
    if any(folder.is_relative_to(one.path) or one.path.is_relative_to(folder) for one in others):
        raise LibraryError(f"{folder} is already watched.", hint="Choose another folder.")

    def write(connection: Connection, changes: Changes) -> None:
        folders.set_path(connection, folder_id, folder)
        changes.folders = True

    catalog.write(write)


def _readable(path: Path) -> Path:
    folder = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100  (resolve() would follow links)
    if not os.path.exists(folder):  # noqa: PTH110  (Path.exists raises for a name that is too long)
        raise LibraryError(f"There is no folder {folder}.", hint="Check the name.")
    if not folder.is_dir():
        raise LibraryError(f"{folder} is not a folder.", hint="Choose the folder that holds the photos.")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise LibraryError(f"{folder} may not be opened.", hint="Ask its owner for permission to read it.")
    return folder
