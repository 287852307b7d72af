"""Tags, favourites, ratings and the trash. Edits return what really changed, which is what undo needs. Any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from core import trash
from core.catalog import (
    edits,
    tags,
)
from core.domain import (
    PhotoId,
    Tag,
    TagId,
)
from core.errors import LibraryError
from core.library.browsing import BrowsingVerbs
from core.sidecars import companions


@dataclass(frozen=True, slots=True)
class DeletedTag:
    """What it takes to put a deleted tag back."""

    name: str
    photo_ids: tuple[PhotoId, ...]


class MarkVerbs(BrowsingVerbs):
    """What a person puts on photos."""

    def tags(self) -> list[Tag]:
        """All tags in use, by name."""
        with self._catalog.reading() as connection:
            return tags.all_of_them(connection)

    def add_tag(self, name: str, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Put a tag on photos; returns those that did not have it."""
        return self._catalog.write(partial(edits.add_tag, name=name, ids=photo_ids))

    def remove_tag(self, name: str, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Take a tag off photos; returns those that had it."""
        return self._catalog.write(partial(edits.remove_tag, name=name, ids=photo_ids))

    def rename_tag(self, tag_id: TagId, name: str) -> None:
        """Give a tag another name. Raises LibraryError when the name is empty or taken."""
        self._catalog.write(partial(edits.rename_tag, tag_id=tag_id, name=name))

    def delete_tag(self, tag_id: TagId) -> DeletedTag:
        """Take a tag off everything; `add_tag` with the result puts it back."""
        return DeletedTag(*self._catalog.write(partial(edits.delete_tag, tag_id=tag_id)))

    def set_favourite(self, photo_ids: Sequence[PhotoId], is_favourite: bool) -> tuple[PhotoId, ...]:
        """Mark or unmark favourites; returns the photos that changed."""
        return self._catalog.write(partial(edits.set_favourite, ids=photo_ids, is_favourite=is_favourite))

    def set_rating(self, photo_ids: Sequence[PhotoId], rating: int) -> dict[PhotoId, int]:
        """Rate photos 0 to 5; returns the previous rating of each photo that changed."""
        return self._catalog.write(partial(edits.set_rating, ids=photo_ids, rating=rating))

    def trash(self, photo_ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
        """Move files to the system trash; returns the photos that went. Raises LibraryError when none could.

        A sidecar that belongs to no other photo goes along, so that it does not stay behind as nobody's.
        """
        wanted = {photo.path: photo.id for photo in self.photos(photo_ids)}
        beside = companions.of_photos(wanted)
        moved, failed = trash.put(list(wanted))
        trash.put([sidecar for sidecar, owners in beside.items() if set(moved).issuperset(owners)])
        ids = tuple(wanted[path] for path in moved)
        self._catalog.write(partial(edits.mark_gone, ids=ids))
        if failed and not moved:
            raise LibraryError(f"{failed[0][0].name} could not be moved to the trash.", failed[0][1])
        return ids

    def count_sidecars_leaving(self, photo_ids: Sequence[PhotoId]) -> int:
        """How many sidecars would go to the trash with these photos. Looks into their folders."""
        return len(companions.of_photos(photo.path for photo in self.photos(photo_ids)))
