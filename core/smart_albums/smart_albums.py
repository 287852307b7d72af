"""What `Library` offers of smart albums: make, change, look at and fill them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from core.catalog import album_edits, albums, definitions, smart_albums
from core.catalog.catalog import Catalog
from core.domain import Album, AlbumDefinition, AlbumId, FilledAlbum
from core.events import Event
from core.search.engine import SearchEngine
from core.smart_albums import defining
from core.smart_albums.filling import Filler
from core.smart_albums.following import Follower


class SmartAlbums:
    """Every method may be called from any thread; those that fill may load the encoder."""

    def __init__(self, catalog: Catalog, engine: Callable[[], SearchEngine]) -> None:
        self._catalog = catalog
        self._filler = Filler(catalog, engine)
        self._follower = Follower(lambda may_go_on: self._filler.fill(None, may_go_on))

    def start(self) -> None:
        """Keep every smart album in step from now on, in the background."""
        self._catalog.write(lambda connection, _changes: smart_albums.forget_unused_pictures(connection))
        self._follower.start()

    def close(self) -> None:
        """End the background work."""
        self._follower.close()

    def catalog_changed(self, event: Event) -> None:
        """Fill soon; returns at once."""
        self._follower.note(event)

    def wake(self) -> None:
        """Fill soon: another encoder may answer."""
        self._follower.wake()

    def create(self, name: str, definition: AlbumDefinition) -> Album:
        """Make a smart album and fill it. Raises LibraryError when the name is taken, nothing is searched for, or
        the search has a mistake: then nothing is made.
        """
        defining.refuse_mistakes(self._catalog, definition, "No album was made. Correct the search and try again.")
        stored, pictures = defining.store(self._catalog, definition)
        write = partial(album_edits.create_smart, name=name, definition=definitions.to_json(stored), pictures=pictures)
        album_id = self._catalog.write(write)
        self._filler.keep_as_searched(definition, stored)
        return self._filled(album_id)

    def define(self, album_id: AlbumId, definition: AlbumDefinition | None) -> str | None:
        """Give an album another search (None: none, a plain album), and fill it; returns what undo needs.

        Raises LibraryError as `create` does: then the album is as it was.
        """
        if definition is None:
            return self.restore_definition(album_id, None)
        what_now = "The album keeps the search it had. Correct the new one and try again."
        defining.refuse_mistakes(self._catalog, definition, what_now)
        stored, pictures = defining.store(self._catalog, definition)
        return self.restore_definition(
            album_id, definitions.to_json(stored), pictures, lambda: self._filler.keep_as_searched(definition, stored)
        )

    def restore_definition(
        self,
        album_id: AlbumId,
        definition: str | None,
        pictures: dict[bytes, bytes] | None = None,
        before_filling: Callable[[], None] = lambda: None,
    ) -> str | None:
        """Give an album back the search that `define` returned; returns the one it had."""
        write = partial(album_edits.define, album_id=album_id, definition=definition, pictures=pictures or {})
        before = self._catalog.write(write)
        before_filling()
        self._filled(album_id)
        return before

    def definition(self, album_id: AlbumId) -> AlbumDefinition | None:
        """What an album searches for, without what is gone; None for a plain album. Raises LibraryError."""
        with self._catalog.reading() as connection:
            text = smart_albums.definition_of(connection, album_id)
            return None if text is None else defining.read_what_is_left(connection, defining.parse(text))

    def fill(self, album_ids: Sequence[AlbumId] | None = None) -> list[FilledAlbum]:
        """Bring smart albums (None: all) in step now. Long."""
        return self._filler.fill(album_ids)

    def named(self, name: str) -> AlbumId:
        """The smart album of this name. Raises LibraryError."""
        with self._catalog.reading() as connection:
            return album_edits.smart_named(connection, name)

    def _filled(self, album_id: AlbumId) -> Album:
        self._filler.fill([album_id])
        with self._catalog.reading() as connection:
            return albums.one_of_them(connection, album_id)
