"""Every change a person can make to the catalog, with its exact inverse. No Qt; runs on the edit thread.

Each function makes the change and returns it as a `Change`, or None when nothing was different before.
The inverse touches only what really changed: un-favouriting what was a favourite before would not be an undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.domain import (
    Album,
    AlbumDefinition,
    AlbumId,
    DeletedAlbum,
    FolderId,
    Membership,
    PhotoId,
    RunId,
    SuggestedAlbum,
    Suggestion,
    TagId,
)
from core.library import Library


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was done: how to say it, how to take it back, how to do it again."""

    kind: str
    """Which sentence says it; see `app.undo`."""
    name: str
    """The album or tag concerned, or empty."""
    count: int
    """Photos concerned."""
    undo: Callable[[], object]
    redo: Callable[[], object]


def set_favourite(library: Library, ids: Sequence[PhotoId], is_favourite: bool) -> Change | None:
    """Mark or unmark favourites."""
    changed = library.set_favourite(ids, is_favourite)
    if not changed:
        return None
    return Change(
        "favourite" if is_favourite else "unfavourite",
        "",
        len(changed),
        lambda: library.set_favourite(changed, not is_favourite),
        lambda: library.set_favourite(changed, is_favourite),
    )


def set_rating(library: Library, ids: Sequence[PhotoId], rating: int) -> Change | None:
    """Rate photos 0 to 5."""
    before = library.set_rating(ids, rating)
    if not before:
        return None

    def undo() -> None:
        for old in set(before.values()):
            library.set_rating([one for one, was in before.items() if was == old], old)

    return Change("rate", str(rating), len(before), undo, lambda: library.set_rating(list(before), rating))


def add_tag(library: Library, ids: Sequence[PhotoId], name: str) -> Change | None:
    """Put a tag on photos."""
    changed = library.add_tag(name, ids)
    if not changed:
        return None
    return Change(
        "tag",
        name,
        len(changed),
        lambda: library.remove_tag(name, changed),
        lambda: library.add_tag(name, changed),
    )


def remove_tag(library: Library, ids: Sequence[PhotoId], name: str) -> Change | None:
    """Take a tag off photos."""
    changed = library.remove_tag(name, ids)
    if not changed:
        return None
    return Change(
        "untag",
        name,
        len(changed),
        lambda: library.add_tag(name, changed),
        lambda: library.remove_tag(name, changed),
    )


def rename_tag(library: Library, tag_id: TagId, old: str, new: str) -> Change | None:
    """Give a tag another name."""
    if old == new:
        return None
    library.rename_tag(tag_id, new)
    return Change(
        "rename",
        new,
        0,
        lambda: library.rename_tag(tag_id, old),
        lambda: library.rename_tag(tag_id, new),
    )


def delete_tag(library: Library, tag_id: TagId) -> Change:
    """Take a tag off everything."""
    gone = library.delete_tag(tag_id)
    return Change(
        "delete_tag",
        gone.name,
        len(gone.photo_ids),
        lambda: library.add_tag(gone.name, gone.photo_ids),
        lambda: library.remove_tag(gone.name, gone.photo_ids),
    )


def create_album(library: Library, name: str, ids: Sequence[PhotoId]) -> Change:
    """Make an album with these photos in it."""
    current = [library.create_album(name, ids).id]

    def undo() -> None:
        library.delete_album(current[0])

    def redo() -> None:
        current[0] = library.create_album(name, ids).id

    return Change("create_album", name, len(ids), undo, redo)


def rename_album(library: Library, album_id: AlbumId, old: str, new: str) -> Change | None:
    """Give an album another name."""
    if old == new:
        return None
    library.rename_album(album_id, new)
    return Change(
        "rename",
        new,
        0,
        lambda: library.rename_album(album_id, old),
        lambda: library.rename_album(album_id, new),
    )


def delete_album(library: Library, album_id: AlbumId) -> Change:
    """Delete an album; its photos stay."""
    gone = [library.delete_album(album_id)]

    def redo() -> None:
        gone[0] = library.delete_album(album_id)

    return Change("delete_album", gone[0].name, len(gone[0].photo_ids), lambda: library.restore_album(gone[0]), redo)


def add_to_album(library: Library, album_id: AlbumId, name: str, ids: Sequence[PhotoId]) -> Change | None:
    """Put photos into an album by hand."""
    return _set_memberships(library, album_id, name, "add_to_album", dict.fromkeys(ids, Membership.BY_HAND))


def remove_from_album(library: Library, album: Album, ids: Sequence[PhotoId]) -> Change | None:
    """Take photos that are in an album out of it: out of a smart one for good."""
    wanted = Membership.THROWN_OUT if album.is_smart else Membership.ABSENT
    kind = "throw_out" if album.is_smart else "remove_from_album"
    return _set_memberships(library, album.id, album.name, kind, dict.fromkeys(ids, wanted))


def _set_memberships(
    library: Library, album_id: AlbumId, name: str, kind: str, wanted: dict[PhotoId, Membership]
) -> Change | None:
    before = library.set_memberships(album_id, wanted)
    if not before:
        return None
    after = {one: wanted[one] for one in before}
    return Change(
        kind,
        name,
        len(before),
        lambda: library.set_memberships(album_id, before),
        lambda: library.set_memberships(album_id, after),
    )


def create_smart_album(library: Library, name: str, definition: AlbumDefinition) -> tuple[Change, Album]:
    """Make an album of what a search finds."""
    album = library.create_smart_album(name, definition)
    gone: list[DeletedAlbum] = []

    def undo() -> None:
        gone[:] = [library.delete_album(album.id)]

    def redo() -> None:
        library.restore_album(gone[0])

    return Change("create_smart_album", album.name, album.photo_count, undo, redo), album


def define_album(library: Library, album: Album, definition: AlbumDefinition | None) -> Change:
    """Change what an album searches for; None makes it a plain one."""
    before = [library.define_album(album.id, definition)]

    def swap() -> None:
        before[0] = library.restore_definition(album.id, before[0])

    kind = "make_plain" if definition is None else "define_album"
    return Change(kind, album.name, album.photo_count, swap, swap)


def dismiss_suggestion(library: Library, suggestion: SuggestedAlbum) -> Change:
    """Never suggest this album again."""
    current = [library.dismiss_album(suggestion)]

    def redo() -> None:
        current[0] = library.dismiss_album(suggestion)

    return Change(
        "dismiss_album",
        suggestion.title,
        len(suggestion.photo_ids),
        lambda: library.restore_dismissed(current[0]),
        redo,
    )


def remove_missing(library: Library, folder_id: FolderId) -> Change | None:
    """Give up the photos that vanished from a folder."""
    gone = library.remove_missing(folder_id)
    if not gone:
        return None
    return Change(
        "remove_missing",
        "",
        len(gone),
        lambda: library.restore_missing(gone),
        lambda: library.remove_missing(folder_id),
    )


def accept_suggestions(library: Library, run_id: RunId, suggestions: Sequence[Suggestion]) -> Change | None:
    """Write suggested tags."""
    return accepted_run(library, run_id, library.accept_suggestions(run_id, suggestions))


def accepted_run(library: Library, run_id: RunId, count: int) -> Change | None:
    """The inverse of a run whose tags have already been written."""
    if not count:
        return None
    return Change("accept", "", count, lambda: library.undo_tag_run(run_id), lambda: library.redo_tag_run(run_id))


def undo_tag_run(library: Library, run_id: RunId, title: str) -> Change:
    """Take back every tag of a past run."""
    count = library.undo_tag_run(run_id)
    return Change("take_back", title, count, lambda: library.redo_tag_run(run_id), lambda: library.undo_tag_run(run_id))


def redo_tag_run(library: Library, run_id: RunId, title: str) -> Change:
    """Put the tags of a past run back."""
    count = library.redo_tag_run(run_id)
    return Change("put_back", title, count, lambda: library.undo_tag_run(run_id), lambda: library.redo_tag_run(run_id))


def settle_not_duplicates(library: Library, ids: Sequence[PhotoId]) -> Change | None:
    """Remember that photos are no duplicates of each other."""
    decision = library.settle_not_duplicates(ids)
    if not decision.pairs:
        return None
    return Change(
        "not_duplicates",
        "",
        len(ids),
        lambda: library.forget_not_duplicates(decision),
        lambda: library.settle_not_duplicates(ids),
    )
