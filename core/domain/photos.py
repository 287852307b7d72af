"""Records of photos and of the folders and places they are in. Frozen; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.domain.albums import Album
from core.domain.ids import AlbumId, FolderId, PhotoId, TagId


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on disk that Recollect watches, with everything below it."""

    id: FolderId
    path: Path
    photo_count: int
    is_offline: bool
    missing_count: int = 0
    """Photos that vanished from a folder that is there, too many at once to be believed; kept until they are back."""


@dataclass(frozen=True, slots=True)
class Photo:
    """What one cell of the grid needs to know about a photo."""

    id: PhotoId
    name: str
    path: Path
    taken_at: int
    """Seconds since 1970, UTC: from EXIF where given, else the file's modification time."""
    width_px: int
    height_px: int
    format: str
    """JPEG, PNG, HEIC, AVIF, RAW, ..."""
    average_color: int
    """0xRRGGBB, shown until the thumbnail is there."""
    rating: int
    """0 (none) to 5."""
    is_favourite: bool
    is_offline: bool
    is_unreadable: bool


@dataclass(frozen=True, slots=True)
class TagOnPhoto:
    """A tag as it stands on one photo, with who put it there."""

    id: TagId
    name: str
    source: str
    """user, suggested, learned or file."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a photo was taken, by name."""

    id: int
    """GeoNames' id of the nearest settlement, or of the country where none is near."""
    district: str | None
    """The nearest settlement where that is a part of `town`."""
    town: str | None
    region: str | None
    country: str
    country_code: str
    """ISO 3166-1, two letters."""
    other_names: tuple[str, ...] = ()
    """Other names of all of them, to search by."""


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A town, or a country for the photos far from any town, with its number of photos."""

    town: str | None
    region: str | None
    country: str
    photo_count: int


@dataclass(frozen=True, slots=True)
class PhotoDetails:
    """Everything the inspector shows. Unknown values are None."""

    photo: Photo
    folder: Path
    size_bytes: int
    camera: str | None
    lens: str | None
    exposure_s: float | None
    f_number: float | None
    iso: int | None
    focal_length_mm: float | None
    latitude: float | None
    longitude: float | None
    altitude_m: float | None
    caption: str | None
    tags: tuple[TagOnPhoto, ...]
    albums: tuple[Album, ...]
    problem: str | None
    """Why the file could not be read, in one sentence."""
    place: Place | None = None
    picture_text: str | None = None
    """The text that was read in the picture."""
    automatic_albums: frozenset[AlbumId] = frozenset()
    """Those of `albums` whose search put the photo in."""


@dataclass(frozen=True, slots=True)
class InCommon:
    """Facts about several photos."""

    count: int
    first_taken_at: int
    last_taken_at: int
    formats: tuple[tuple[str, int], ...]
    """(format, photos), most frequent first."""
    rating: int | None
    """The rating all of them have, or None."""
    size_bytes: int
    tags: tuple[TagOnPhoto, ...]
    """Tags all of them have."""
    albums: tuple[tuple[AlbumId, str], ...]
    """Albums all of them are in."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read, with the reason in one sentence."""

    path: Path
    reason: str
