"""What the sidebar and the status line show: counts, albums, tags, folders, places. GUI thread; fetched by a task."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.tasks import Tasks
from core.domain import Album, AlbumId, Folder, FolderId, LibraryStatus, PlaceCount, Scope, ScopeKind, Tag, TagId
from core.events import CatalogChanged
from core.library import Library

_CALM_MS = 300


@dataclass(frozen=True, slots=True)
class Contents:
    """A snapshot of everything that can be browsed."""

    status: LibraryStatus
    recent_count: int
    favourite_count: int
    albums: tuple[Album, ...]
    tags: tuple[Tag, ...]
    folders: tuple[Folder, ...]
    places: tuple[PlaceCount, ...] = ()
    suggestion_count: int = 0
    """Suggested tags that wait for a review."""
    automatic_tags: frozenset[str] = frozenset()
    """Tags, in lower case, that new photos get without a review."""

    def album(self, album_id: AlbumId) -> Album | None:
        """The album with this id, if it is still there."""
        return next((one for one in self.albums if one.id == album_id), None)

    def tag(self, tag_id: TagId) -> Tag | None:
        """The tag with this id, if it is still there."""
        return next((one for one in self.tags if one.id == tag_id), None)

    def folder(self, folder_id: FolderId) -> Folder | None:
        """The folder with this id, if it is still watched."""
        return next((one for one in self.folders if one.id == folder_id), None)

    def exists(self, scope: Scope) -> bool:
        """Whether a scope still means anything."""
        is_named = scope.kind in (ScopeKind.ALBUM, ScopeKind.TAG, ScopeKind.FOLDER)
        return not is_named or self.name_of(scope) is not None

    def name_of(self, scope: Scope) -> str | None:
        """The name of an album, tag or folder; None for the parts every library has, and for what is gone."""
        wanted = scope.id or 0
        if scope.kind is ScopeKind.ALBUM and (album := self.album(AlbumId(wanted))):
            return album.name
        if scope.kind is ScopeKind.TAG and (tag := self.tag(TagId(wanted))):
            return tag.name
        if scope.kind is ScopeKind.FOLDER and (folder := self.folder(FolderId(wanted))):
            return folder.path.name or str(folder.path)
        return None


class ContentsWatch(QObject):
    """Keeps a snapshot of the contents up to date."""

    changed = Signal(object)
    """Contents"""

    def __init__(self, library: Library, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self.now: Contents | None = None
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self.look)

    def look(self) -> None:
        """Fetch a new snapshot."""
        self._tasks.run("contents", lambda: _load(self._library), self._arrived)

    def catalog_changed(self, _event: CatalogChanged) -> None:
        """Slot: look again soon."""
        if not self._calm.isActive():
            self._calm.start()

    def refresh_names(self) -> None:
        """A name that was typed may be refused: show the true ones again."""
        self.now = None
        self._calm.start()

    def _arrived(self, contents: Contents) -> None:
        if contents != self.now:
            self.now = contents
            self.changed.emit(contents)


def _load(library: Library) -> Contents:
    return Contents(
        status=library.status(),
        recent_count=library.count(Scope(ScopeKind.RECENT)),
        favourite_count=library.count(Scope(ScopeKind.FAVOURITES)),
        albums=tuple(library.albums()),
        tags=tuple(library.tags()),
        folders=tuple(library.folders()),
        places=tuple(library.photo_places()),
        suggestion_count=library.pending_count(),
        automatic_tags=frozenset(library.automatic_tags()),
    )
