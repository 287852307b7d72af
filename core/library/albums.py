"""Albums: plain ones, those that fill themselves, and suggested ones. Edits return what undo needs. Any thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from core.catalog import (
    album_edits,
    albums,
)
from core.domain import (
    Album,
    AlbumDefinition,
    AlbumId,
    DeletedAlbum,
    FilledAlbum,
    Membership,
    PhotoId,
    SuggestedAlbum,
)
from core.jobs import JobControl
from core.library.parts import Parts


class AlbumVerbs(Parts):
    """Albums."""

    def albums(self) -> list[Album]:
        """All albums, by name."""
        with self._catalog.reading() as connection:
            return albums.all_of_them(connection)

    def create_album(self, name: str, photo_ids: Sequence[PhotoId] = ()) -> Album:
        """Make an album. Raises LibraryError when the name is empty or taken."""
        return self._catalog.write(partial(album_edits.create, name=name, ids=photo_ids))

    def rename_album(self, album_id: AlbumId, name: str) -> None:
        """Give an album another name. Raises LibraryError when the name is empty or taken."""
        self._catalog.write(partial(album_edits.rename, album_id=album_id, name=name))

    def delete_album(self, album_id: AlbumId) -> DeletedAlbum:
        """Delete an album, not its photos; `restore_album` with the result makes it again."""
        return self._catalog.write(partial(album_edits.delete, album_id=album_id))

    def restore_album(self, deleted: DeletedAlbum) -> Album:
        """Take `delete_album` back. Raises LibraryError when the name was taken meanwhile."""
        return self._catalog.write(partial(album_edits.restore, deleted=deleted))

    def add_to_album(self, album_id: AlbumId, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Put photos into an album, to stay whatever its search says; returns those that are new in it."""
        before = self._catalog.write(partial(album_edits.add, album_id=album_id, ids=photo_ids))
        return tuple(one for one, how in before.items() if how is not Membership.AUTOMATIC)

    def remove_from_album(self, album_id: AlbumId, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Take photos out of an album, out of a smart one for good; returns those that were in it."""
        return tuple(self._catalog.write(partial(album_edits.remove, album_id=album_id, ids=photo_ids)))

    def set_memberships(self, album_id: AlbumId, wanted: Mapping[PhotoId, Membership]) -> dict[PhotoId, Membership]:
        """Have photos stand to an album as wished; returns how those stood to it before that changed."""
        return self._catalog.write(partial(album_edits.set_memberships, album_id=album_id, wanted=wanted))

    def create_smart_album(self, name: str, definition: AlbumDefinition) -> Album:
        """Make an album of what a search finds, now and later, and fill it. Raises LibraryError."""
        return self._smart.create(name, definition)

    def define_album(self, album_id: AlbumId, definition: AlbumDefinition | None) -> str | None:
        """Give an album another search (None: a plain album from now on); `restore_definition` takes it back."""
        return self._smart.define(album_id, definition)

    def restore_definition(self, album_id: AlbumId, before: str | None) -> str | None:
        """Give an album the search back that `define_album` returned; returns the one it had."""
        return self._smart.restore_definition(album_id, before)

    def album_definition(self, album_id: AlbumId) -> AlbumDefinition | None:
        """What an album searches for, without what is gone; None for a plain album."""
        return self._smart.definition(album_id)

    def fill_albums(self, album_ids: Sequence[AlbumId] | None = None) -> list[FilledAlbum]:
        """Bring smart albums (None: all) in step with the library now; they follow by themselves anyway. Long."""
        return self._smart.fill(album_ids)

    def smart_album(self, name: str) -> AlbumId:
        """The smart album of this name. Raises LibraryError."""
        return self._smart.named(name)

    def suggest_albums(self, job: JobControl | None = None) -> list[SuggestedAlbum]:
        """Albums that might be made of the library: events, newest first, then themes. Long. Raises Cancelled."""
        return self._suggestions.suggest(job or JobControl("albums", "Looking for albums"))

    def dismiss_album(self, suggestion: SuggestedAlbum) -> int:
        """Never suggest this album again; returns the number that `restore_dismissed` takes it back with."""
        write = partial(album_edits.dismiss, title=suggestion.title, ids=suggestion.photo_ids)
        return self._catalog.write(write)

    def restore_dismissed(self, number: int) -> None:
        """Let a dismissed album be suggested again."""
        self._catalog.write(partial(album_edits.take_back_dismissal, number=number))
