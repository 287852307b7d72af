"""What a person changes, each in one transaction: the rows, the words to search by, and what to announce.

Albums are in `album_edits`.

Every function takes the connection and the `Changes` of its transaction, and returns what undo needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.catalog import inheritance, not_duplicates, photo_files, photos, picture_texts, tags, texts
from core.catalog import suggestions as suggestions_rows
from core.catalog.catalog import Changes
from core.catalog.connection import Connection
from core.catalog.not_duplicates import ContentPair
from core.domain import FolderId, PhotoId, RunId, Suggestion, TagId
from core.errors import LibraryError


def add_tag(connection: Connection, changes: Changes, name: str, ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
    """Put a tag on photos; returns those that did not have it."""
    tagged = tags.put(connection, tags.ensure(connection, name), ids)
    texts.refresh(connection, tagged)
    changes.tags = bool(tagged)
    return tagged


def remove_tag(connection: Connection, changes: Changes, name: str, ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
    """Take a tag off photos; returns those that had it."""
    tag_id = tags.named(connection, name)
    if tag_id is None:
        return ()
    tags.reject_what_runs_wrote(connection, tag_id, ids)
    removed = tags.take_off(connection, tag_id, ids)
    texts.refresh(connection, removed)
    changes.tags = bool(removed)
    return removed


def rename_tag(connection: Connection, changes: Changes, tag_id: TagId, name: str) -> None:
    """Give a tag another name on all its photos."""
    tags.rename(connection, tag_id, name)
    texts.refresh(connection, tags.photo_ids(connection, tag_id))
    changes.tags = True


def delete_tag(connection: Connection, changes: Changes, tag_id: TagId) -> tuple[str, tuple[PhotoId, ...]]:
    """Delete a tag everywhere; returns its name and the photos that had it."""
    name = tags.name_of(connection, tag_id)
    if name is None:
        raise LibraryError("This tag is no longer there.")
    ids = tags.photo_ids(connection, tag_id)
    tags.delete(connection, tag_id)
    texts.refresh(connection, ids)
    changes.tags = True
    return name, ids


def set_favourite(
    connection: Connection, changes: Changes, ids: Sequence[PhotoId], is_favourite: bool
) -> tuple[PhotoId, ...]:
    """Mark or unmark favourites; returns the photos that changed."""
    changed = photos.set_favourite(connection, ids, is_favourite)
    changes.changed.update(changed)
    return changed


def set_rating(connection: Connection, changes: Changes, ids: Sequence[PhotoId], rating: int) -> dict[PhotoId, int]:
    """Rate photos; returns the previous rating of each photo that changed."""
    before = photos.set_rating(connection, ids, rating)
    changes.changed.update(before)
    return before


def mark_gone(connection: Connection, changes: Changes, ids: Sequence[PhotoId]) -> None:
    """The files of these photos were moved to the trash."""
    photo_files.set_state(connection, ids, "gone")
    changes.changed.update(inheritance.inherit(connection, ids))
    changes.removed.update(ids)
    changes.albums = changes.tags = bool(ids)
    texts.refresh(connection, changes.changed | changes.removed)


def inherit(connection: Connection, changes: Changes, heirs: Mapping[PhotoId, Sequence[PhotoId]]) -> None:
    """Give each heir the albums, tags and marks of the photos it stands for from now on."""
    for heir, sources in heirs.items():
        for source in sources:
            inheritance.copy_albums(connection, source, heir)
            inheritance.copy_marks(connection, source, heir)
    changes.changed.update(heirs)
    changes.albums = changes.tags = bool(heirs)
    texts.refresh(connection, set(heirs))


def settle_not_duplicates(
    connection: Connection, changes: Changes, pairs: Sequence[ContentPair]
) -> tuple[ContentPair, ...]:
    """Remember pairs that are no duplicates; returns those that were not settled before."""
    added = not_duplicates.add(connection, pairs)
    changes.duplicates = bool(added)
    return added


def forget_not_duplicates(connection: Connection, changes: Changes, pairs: Sequence[ContentPair]) -> None:
    """Take such a decision back."""
    not_duplicates.remove(connection, pairs)
    changes.duplicates = bool(pairs)


def remove_missing(connection: Connection, changes: Changes, folder_id: FolderId) -> tuple[PhotoId, ...]:
    """Give up the photos that vanished from a folder; returns them."""
    ids = photo_files.missing(connection, folder_id)
    mark_gone(connection, changes, ids)
    changes.folders = bool(ids)
    return ids


def restore_missing(connection: Connection, changes: Changes, ids: Sequence[PhotoId]) -> None:
    """Wait again for photos that were given up, except where another photo has taken the place."""
    back = photo_files.gone_from_free_paths(connection, ids)
    photo_files.set_state(connection, back, "offline")
    changes.added.update(back)
    changes.folders = changes.albums = changes.tags = bool(back)
    texts.refresh(connection, back)


def forget_texts(connection: Connection, changes: Changes) -> int:
    """Forget all text read in pictures; returns how many photos had some."""
    ids = picture_texts.forget_all(connection)
    changes.texts.update(ids)
    return len(ids)


def accept(connection: Connection, changes: Changes, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
    """Accept suggestions of a run; returns how many tags that wrote."""
    tags.forget_undone(connection, run_id)
    tags.decide(connection, run_id, suggestions, is_accepted=True)
    return _write_tags(connection, changes, run_id, suggestions)


def reject(connection: Connection, changes: Changes, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
    """Reject suggestions of a run, so that they do not come back."""
    tags.decide(connection, run_id, suggestions, is_accepted=False)
    changes.tags = True
    return len(suggestions)


def reopen(connection: Connection, changes: Changes, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
    """Take decisions about suggestions back; returns how many tags that took off."""
    lost = tags.reopen(connection, run_id, suggestions)
    texts.refresh(connection, lost)
    changes.tags = True
    return len(lost)


def clear_sensitive(
    connection: Connection, changes: Changes, ids: Sequence[PhotoId], is_cleared: bool
) -> tuple[PhotoId, ...]:
    """Say that photos are harmless, or take it back; returns those that changed."""
    changed = suggestions_rows.clear_sensitive(connection, ids, is_cleared)
    changes.sensitive = bool(changed)
    return changed


def set_automatic(connection: Connection, changes: Changes, tag: str, is_automatic: bool) -> None:
    """Whether new photos get a tag without a review."""
    suggestions_rows.set_automatic(connection, tag, is_automatic)
    changes.tags = True


def apply_run(connection: Connection, changes: Changes, run_id: RunId) -> int:
    """Write what was accepted in a run (again); returns how many tags that wrote."""
    return _write_tags(connection, changes, run_id, tags.accepted(connection, run_id))


def _write_tags(connection: Connection, changes: Changes, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
    before = tags.count_of_run(connection, run_id)
    tagged = tags.write_accepted(connection, run_id, suggestions)
    texts.refresh(connection, tagged)
    changes.tags = True
    return tags.count_of_run(connection, run_id) - before


def undo_run(connection: Connection, changes: Changes, run_id: RunId) -> int:
    """Take back every tag a run wrote; returns how many."""
    count = tags.count_of_run(connection, run_id)
    untagged = tags.undo_run(connection, run_id)
    texts.refresh(connection, untagged)
    changes.tags = True
    return count
