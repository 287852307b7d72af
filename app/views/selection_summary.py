"""What several photos have in common: counted on a task thread, no Qt widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain import AlbumId, PhotoId, TagOnPhoto
from core.library import Library

MOST_IN_DETAIL = 500
"""Sizes and tags of more photos than this are not read one by one."""
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Summary:
    """Facts about a selection; what would take too long to find is None."""

    count: int
    first_taken_at: int
    last_taken_at: int
    formats: tuple[tuple[str, int], ...]
    """(format, photos), most frequent first."""
    rating: int | None
    """The rating all of them have, or None."""
    size_bytes: int | None
    tags: tuple[TagOnPhoto, ...] | None
    """Tags all of them have."""
    albums: tuple[tuple[AlbumId, str], ...] | None
    """Albums all of them are in."""


def summarise(library: Library, ids: Sequence[PhotoId]) -> Summary:
    """Look at all of `ids`, in batches; long for many."""
    photos = [photo for start in range(0, len(ids), _BATCH) for photo in library.photos(ids[start : start + _BATCH])]
    formats: dict[str, int] = {}
    for photo in photos:
        formats[photo.format] = formats.get(photo.format, 0) + 1
    ratings = {photo.rating for photo in photos}
    size_bytes, tags, albums = _in_detail(library, ids) if len(ids) <= MOST_IN_DETAIL else (None, None, None)
    return Summary(
        count=len(photos),
        first_taken_at=min((photo.taken_at for photo in photos), default=0),
        last_taken_at=max((photo.taken_at for photo in photos), default=0),
        formats=tuple(sorted(formats.items(), key=lambda one: (-one[1], one[0]))),
        rating=ratings.pop() if len(ratings) == 1 else None,
        size_bytes=size_bytes,
        tags=tags,
        albums=albums,
    )


def _in_detail(
    library: Library, ids: Sequence[PhotoId]
) -> tuple[int, tuple[TagOnPhoto, ...], tuple[tuple[AlbumId, str], ...]]:
    details = [library.details(photo_id) for photo_id in ids]
    tags = {tag.id: tag for tag in details[0].tags} if details else {}
    albums = {album.id: album.name for album in details[0].albums} if details else {}
    for one in details[1:]:
        own_tags, own_albums = {tag.id for tag in one.tags}, {album.id for album in one.albums}
        tags = {key: tag for key, tag in tags.items() if key in own_tags}
        albums = {key: name for key, name in albums.items() if key in own_albums}
    size_bytes = sum(one.size_bytes for one in details)
    return size_bytes, tuple(sorted(tags.values(), key=lambda tag: tag.name)), tuple(albums.items())
