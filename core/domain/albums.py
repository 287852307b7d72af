"""Records of albums, their searches and what is suggested for one. Frozen; they cross threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.browsing import WHOLE_LIBRARY, Scope
from core.domain.ids import AlbumId, PhotoId
from core.domain.searching import ExamplePicture


class Membership(StrEnum):
    """How a photo stands to an album."""

    ABSENT = "absent"
    BY_HAND = "by hand"
    AUTOMATIC = "automatic"
    """Put in by the album's own search; leaves when it no longer matches."""
    THROWN_OUT = "thrown out"
    """Not in it, and never again by itself."""


@dataclass(frozen=True, slots=True)
class Album:
    """Photos chosen by the user, or by a search the user saved (a smart album)."""

    id: AlbumId
    name: str
    photo_count: int
    is_smart: bool = False
    search: str = ""
    """What a smart album searches for, on one line."""
    automatic_count: int = 0
    """How many of its photos the search put in."""
    trouble: str = ""
    """Why a smart album cannot be filled now, in one sentence; its photos stay as they are."""


@dataclass(frozen=True, slots=True)
class AlbumDefinition:
    """What a smart album is filled with: a query that is asked again and again."""

    text: str = ""
    """As typed, in the query language."""
    examples: tuple[ExamplePicture, ...] = ()
    scope: Scope = WHOLE_LIBRARY


@dataclass(frozen=True, slots=True)
class DeletedAlbum:
    """What it takes to make a deleted album again."""

    id: AlbumId
    name: str
    definition: str | None
    photo_ids: tuple[PhotoId, ...]
    members: Mapping[PhotoId, Membership]
    """How photos stood to it, those that were thrown out included."""


@dataclass(frozen=True, slots=True)
class FilledAlbum:
    """What filling a smart album changed."""

    id: AlbumId
    name: str
    added: tuple[PhotoId, ...]
    removed: tuple[PhotoId, ...]
    trouble: str
    """Why it could not be filled, in one sentence; or empty."""


class SuggestedKind(StrEnum):
    """Why photos might belong together."""

    EVENT = "event"
    """Taken close together, with quiet before and after."""
    THEME = "theme"
    """They look alike."""


@dataclass(frozen=True, slots=True)
class SuggestedAlbum:
    """Photos that might make an album; nothing is written until it is kept."""

    kind: SuggestedKind
    title: str
    photo_ids: tuple[PhotoId, ...]
    """An event's in the order they were taken, a theme's most typical first."""
    covers: tuple[PhotoId, ...]
    """A few of them that show best what it is about."""
    first_taken_at: int
    last_taken_at: int
