"""What a person changes about albums, each in one transaction; like `edits`, which has the rest.

Every function takes the connection and the `Changes` of its transaction, and returns what undo needs.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence

from core.catalog import albums, smart_albums, texts
from core.catalog.catalog import Changes
from core.catalog.connection import Connection, query
from core.domain import Album, AlbumId, DeletedAlbum, Membership, PhotoId
from core.errors import LibraryError

_INSIDE = (Membership.BY_HAND, Membership.AUTOMATIC)


def create(connection: Connection, changes: Changes, name: str, ids: Sequence[PhotoId]) -> Album:
    """Make an album with photos in it."""
    album_id = albums.create(connection, name)
    set_memberships(connection, changes, album_id, dict.fromkeys(ids, Membership.BY_HAND))
    changes.albums = True
    return albums.one_of_them(connection, album_id)


def create_smart(
    connection: Connection, changes: Changes, name: str, definition: str, pictures: Mapping[bytes, bytes]
) -> AlbumId:
    """Make an empty smart album; `pictures` are its example pictures to keep, by hash."""
    album_id = albums.create(connection, name)
    define(connection, changes, album_id, definition, pictures)
    return album_id


def define(
    connection: Connection,
    changes: Changes,
    album_id: AlbumId,
    definition: str | None,
    pictures: Mapping[bytes, bytes],
) -> str | None:
    """Give an album another definition (None: a plain album from now on); returns the one it had."""
    albums.one_of_them(connection, album_id)  # raises when it is gone
    before = smart_albums.definition_of(connection, album_id)
    for content_hash, jpeg in pictures.items():
        smart_albums.keep_picture(connection, content_hash, jpeg)
    smart_albums.define(connection, album_id, definition)
    if (before is None) != (definition is None):  # whether its name counts as a word of its automatic members
        texts.refresh(connection, albums.photo_ids(connection, album_id))
    changes.albums = True
    return before


def rename(connection: Connection, changes: Changes, album_id: AlbumId, name: str) -> None:
    """Give an album another name."""
    albums.rename(connection, album_id, name)
    texts.refresh(connection, albums.photo_ids(connection, album_id))
    changes.albums = True


def delete(connection: Connection, changes: Changes, album_id: AlbumId) -> DeletedAlbum:
    """Delete an album, not its photos."""
    ids = albums.photo_ids(connection, album_id)
    members = albums.memberships(connection, album_id)
    definition = smart_albums.definition_of(connection, album_id)
    name = albums.delete(connection, album_id)
    texts.refresh(connection, ids)
    changes.albums = True
    return DeletedAlbum(album_id, name, definition, ids, members)


def restore(connection: Connection, changes: Changes, deleted: DeletedAlbum) -> Album:
    """Make a deleted album again as it was, under the same id."""
    albums.create_again(connection, deleted.id, deleted.name, deleted.definition)
    albums.set_memberships(connection, deleted.id, deleted.members)
    texts.refresh(connection, deleted.photo_ids)
    changes.albums = True
    return albums.one_of_them(connection, deleted.id)


def set_memberships(
    connection: Connection, changes: Changes, album_id: AlbumId, wanted: Mapping[PhotoId, Membership]
) -> dict[PhotoId, Membership]:
    """Have photos stand to an album as wished; returns how those stood to it that changed."""
    now = albums.memberships(connection, album_id, list(wanted))
    before = {one: now.get(one, Membership.ABSENT) for one in wanted}
    changed = {one: how for one, how in wanted.items() if before[one] is not how}
    albums.set_memberships(connection, album_id, changed)
    there = albums.memberships(connection, album_id, list(changed))
    really = {one: before[one] for one in changed if there.get(one, Membership.ABSENT) is not before[one]}
    texts.refresh(connection, really)
    changes.albums = changes.albums or bool(really)
    return really


def add(
    connection: Connection, changes: Changes, album_id: AlbumId, ids: Sequence[PhotoId]
) -> dict[PhotoId, Membership]:
    """Put photos into an album by hand: they stay whatever its search says. Returns how they stood to it before."""
    return set_memberships(connection, changes, album_id, dict.fromkeys(ids, Membership.BY_HAND))


def remove(
    connection: Connection, changes: Changes, album_id: AlbumId, ids: Sequence[PhotoId]
) -> dict[PhotoId, Membership]:
    """Take photos out of an album, out of a smart one for good; returns how those stood to it that were in it."""
    is_smart = smart_albums.definition_of(connection, album_id) is not None
    inside = [one for one, how in albums.memberships(connection, album_id, ids).items() if how in _INSIDE]
    wanted = Membership.THROWN_OUT if is_smart else Membership.ABSENT
    return set_memberships(connection, changes, album_id, {one: wanted for one in ids if one in inside})


# -- suggestions -------------------------------------------------------------------------------------------------


def dismiss(connection: Connection, _changes: Changes, title: str, ids: Sequence[PhotoId]) -> int:
    """Never suggest these photos as an album again; returns the number to take that back with."""
    connection.execute(
        "INSERT INTO dismissed_albums (title, photo_ids, dismissed_at) VALUES (?, ?, ?)",
        (title, json.dumps([int(one) for one in ids]), int(time.time())),
    )
    return connection.last_insert_rowid()


def take_back_dismissal(connection: Connection, _changes: Changes, number: int) -> None:
    """Let a dismissed suggestion come again."""
    connection.execute("DELETE FROM dismissed_albums WHERE id = ?", (number,))


def dismissed(connection: Connection) -> list[frozenset[int]]:
    """The photos of each suggestion that was dismissed."""
    return [frozenset(json.loads(row[0])) for row in query(connection, "SELECT photo_ids FROM dismissed_albums")]


def smart_named(connection: Connection, name: str) -> AlbumId:
    """The smart album of this name. Raises LibraryError when there is none."""
    album_id = albums.named(connection, name)
    if album_id is None or smart_albums.definition_of(connection, album_id) is None:
        known = ", ".join(one.name for one in smart_albums.all_of_them(connection))
        raise LibraryError(f"There is no smart album {name}.", hint=f"There is: {known or 'none yet'}.")
    return album_id
