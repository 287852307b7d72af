"""Frozen records and typed ids that cross between threads and layers. No behaviour, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NewType

import numpy as np
from numpy.typing import NDArray

PhotoId = NewType("PhotoId", int)
FolderId = NewType("FolderId", int)
AlbumId = NewType("AlbumId", int)
TagId = NewType("TagId", int)
RunId = NewType("RunId", int)

Embedding = NDArray[np.float32]
"""One embedding (d,) or several (n, d); float32, each row L2-normalised."""


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
class Tag:
    """A word on photos."""

    id: TagId
    name: str
    photo_count: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read, with the reason in one sentence."""

    path: Path
    reason: str


class ScopeKind(StrEnum):
    """The part of the library that is being browsed or searched."""

    ALL = "all"
    RECENT = "recent"
    FAVOURITES = "favourites"
    ALBUM = "album"
    TAG = "tag"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which photos to browse or search in; `id` is the album's, tag's or folder's."""

    kind: ScopeKind = ScopeKind.ALL
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Photo ids in display order, as columns so that 100,000 rows stay small.

    All three arrays have length n: `ids` int64, `taken_at` int64 (UTC seconds),
    `average_color` uint32 (0xRRGGBB).
    """

    ids: NDArray[np.int64]
    taken_at: NDArray[np.int64]
    average_color: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.ids)


class ReasonKind(StrEnum):
    """Why a photo is a hit."""

    LOOKS_LIKE = "looks like"
    NAME = "file name"
    FOLDER = "folder"
    CAPTION = "caption"
    TAG = "tag"
    ALBUM = "album"
    CAMERA = "camera"
    PLACE = "place"
    PICTURE_TEXT = "text in the picture"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a hit: what kind, which words, how strong (0 to 1)."""

    kind: ReasonKind
    words: str
    strength: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A photo in a result; `score` is only comparable within the same result."""

    photo_id: PhotoId
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture, as fractions (0 to 1) of the upright picture. Raises ValueError when it is none."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0.0 <= self.left < self.right <= 1.0 and 0.0 <= self.top < self.bottom <= 1.0):
            raise ValueError(f"{self} is no part of a picture")


@dataclass(frozen=True, slots=True)
class ExamplePicture:
    """A picture to search by: a photo of the library, or a file or encoded bytes from outside.

    Bytes beside a photo are a part of it that was kept: they are searched by, and the photo is no match of itself.
    """

    photo_id: PhotoId | None = None
    path: Path | None = None
    content: bytes | None = field(default=None, repr=False)
    title: str = ""
    region: Region | None = None
    """Only this part of it; None: the whole picture."""
    weight: float = 1.0
    """How much it counts beside the other parts of the query; negative: less of it."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for: words, example pictures, or both, within a scope."""

    text: str = ""
    """As typed, in the query language (docs/query-language.md)."""
    examples: tuple[ExamplePicture, ...] = ()
    scope: Scope = Scope()
    limit: int = 1000
    is_exact_only: bool = False
    """Answer from file names, captions, tags and the like alone, at once, without the encoder."""


@dataclass(frozen=True, slots=True)
class AlbumDefinition:
    """What a smart album is filled with: a query that is asked again and again."""

    text: str = ""
    """As typed, in the query language."""
    examples: tuple[ExamplePicture, ...] = ()
    scope: Scope = Scope()


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


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, with what the window says about them."""

    query: Query
    encoder: str
    hits: tuple[Hit, ...]
    strong_count: int
    """The first `strong_count` hits are good matches; the rest are weaker."""
    elapsed_ms: float
    searchable_count: int
    """Photos of the scope that have an embedding."""
    scope_count: int
    """Photos of the scope, embedded or not."""
    notice: str | None = None
    """One sentence when part of the query could not be answered (encoder loading, ...)."""
    mistakes: tuple[str, ...] = ()
    """One sentence for each part of the query that was not understood or matches nothing; the rest was answered."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word of the vocabulary that a photo looks like."""

    name: str
    strength: float
    """0 to 1; 0.5 is where a tag would be suggested."""


@dataclass(frozen=True, slots=True)
class ExplainedWish:
    """One thing that a photo is explained for: words, or an example picture."""

    words: str
    """What people read: the words, or the picture's title."""
    example: ExamplePicture | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What in a photo speaks for a wish, and what the photo looks like anyhow."""

    photo_id: PhotoId
    encoder: str
    wishes: tuple[ExplainedWish, ...]
    """Those of the query, then the strongest words."""
    asked_count: int
    """The first so many wishes are those of the query."""
    wish: int
    """Which of `wishes` the map is for; -1 when there is none."""
    heat: NDArray[np.float32]
    """(h, w), 0 to 1, over the upright photo."""
    strength: float
    """0 to 1: how much the best place stands out; from 0.5 on it does."""
    words: tuple[SeenWord, ...]
    """The strongest words of the vocabulary, strongest first."""


class EncoderState(StrEnum):
    """Where an encoder stands on this machine."""

    ACTIVE = "active"
    """Answers queries."""
    EMBEDDING = "embedding"
    """Chosen; answers as soon as it has embedded the whole library."""
    INSTALLED = "installed"
    AVAILABLE = "available"
    """Known, not fetched."""
    DAMAGED = "damaged"
    """Installed, but its files do not load."""


@dataclass(frozen=True, slots=True)
class EncoderEntry:
    """A known encoder, as listed in settings."""

    name: str
    """`starter`, or `architecture/tag` as in open_clip."""
    title: str
    license: str
    languages: str
    size_mb: int
    dimension: int
    description: str
    state: EncoderState
    photos_per_s: float | None
    """Measured on this machine, or None."""
    embedded_count: int
    is_recommended: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed tag for a photo; nothing is written until it is accepted."""

    photo_id: PhotoId
    tag: str
    confidence: float
    """0 to 1."""
    source: str = "suggested"
    """suggested (a word of the vocabulary) or learned (from the person's own examples)."""


@dataclass(frozen=True, slots=True)
class SuggestionRun:
    """One auto-tagging run, its suggestions grouped by nothing, strongest first."""

    id: RunId
    title: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class TagRun:
    """A past auto-tagging run, for taking it back."""

    id: RunId
    title: str
    created_at: int
    accepted_count: int
    is_undone: bool


@dataclass(frozen=True, slots=True)
class TagLesson:
    """What a tag has to learn from, and what came of it."""

    tag: str
    example_count: int
    """Photos that a person tagged or accepted."""
    rejected_count: int
    is_automatic: bool
    """New photos get the tag without a review."""
    is_learned: bool
    """Its examples decide, together with the word; else the word alone."""
    expected_precision: float | None
    """How many of its suggestions should be right (0 to 1), by cross-validation; None where too few examples say."""


@dataclass(frozen=True, slots=True)
class VocabularyWord:
    """One word of the vocabulary as its file has it."""

    name: str
    synonyms: tuple[str, ...]
    prompts: tuple[str, ...]
    """Own sentences instead of the templates."""
    is_enabled: bool


@dataclass(frozen=True, slots=True)
class VocabularyGroup:
    """A group of the vocabulary as its file has it."""

    name: str
    words: tuple[VocabularyWord, ...]
    is_enabled: bool
    choose_one: bool
    """A photo gets at most one word of it."""
    is_sensitive: bool


class VocabularyEditKind(StrEnum):
    """What an edit does."""

    ADD_WORD = "add word"
    RENAME_WORD = "rename word"
    REMOVE_WORD = "remove word"
    TURN_WORD = "turn word"
    """On or off."""
    DESCRIBE_WORD = "describe word"
    """Its synonyms and prompts."""
    ADD_GROUP = "add group"
    RENAME_GROUP = "rename group"
    REMOVE_GROUP = "remove group"
    TURN_GROUP = "turn group"


@dataclass(frozen=True, slots=True)
class VocabularyEdit:
    """One change of a vocabulary; which fields count depends on its kind."""

    kind: VocabularyEditKind
    group: str = ""
    word: str = ""
    new: str = ""
    """The new name of a word or group, or the one to add."""
    is_on: bool = True
    synonyms: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """Counts for the status line and `recollect status`."""

    catalog: Path
    photos: int
    embedded: int
    unreadable: int
    folders: int
    offline_folders: int
    albums: int
    tags: int
    encoder: str
    next_encoder: str | None
    """An encoder that is still embedding the library before it takes over."""
    placed: int = 0
    """Photos whose position has a name."""
    is_text_read: bool = False
    """Whether text in pictures is read in the background."""
    pictures_read: int = 0
    pictures_with_text: int = 0
    pictures_to_read: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the examination of the library found."""

    kind: str
    sentence: str
    count: int
    is_repairable: bool
    is_repaired: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The state of a library's files."""

    catalog: Path
    findings: tuple[Finding, ...]
    backups: tuple[tuple[Path, int, int], ...]
    """Newest first: file, UTC seconds, bytes."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is left to repair."""
        return all(one.is_repaired for one in self.findings)


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan found, counted in files."""

    added: int = 0
    changed: int = 0
    moved: int = 0
    gone: int = 0
    unreadable: tuple[Problem, ...] = ()
    offline: tuple[Path, ...] = ()

    def __add__(self, other: ScanReport) -> ScanReport:
        return ScanReport(
            self.added + other.added,
            self.changed + other.changed,
            self.moved + other.moved,
            self.gone + other.gone,
            self.unreadable + other.unreadable,
            self.offline + other.offline,
        )


class DuplicateKind(StrEnum):
    """Why photos are shown together. Only the first kind are duplicates."""

    SAME = "same"
    """The same picture: identical files, or one resized or recompressed from another."""
    SIMILAR = "similar"
    """Different pictures that look nearly alike."""
    BURST = "bursts"
    """Shots of one camera within two seconds of each other."""
    RAW_PAIR = "raw"
    """A RAW file and the JPEG (or HEIC) that the camera wrote beside it."""


class KeepRule(StrEnum):
    """What makes one photo of a group the one to keep."""

    PREFERRED_FOLDER = "preferred folder"
    RAW = "RAW"
    LARGEST = "largest"
    MARKED = "has your tags"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class DuplicatePhoto:
    """One photo of a group, with what decides which one to keep."""

    photo: Photo
    size_bytes: int
    tags: tuple[str, ...]
    albums: tuple[str, ...]

    @property
    def id(self) -> PhotoId:
        """The photo's id."""
        return self.photo.id

    @property
    def is_available(self) -> bool:
        """Whether its file can be moved to the trash, or counted on as the one that stays."""
        return not self.photo.is_offline and not self.photo.is_unreadable


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Photos that belong together, the one to keep first."""

    kind: DuplicateKind
    photos: tuple[DuplicatePhoto, ...]
    reasons: tuple[KeepRule, ...] = ()
    """Why the first one is to be kept, the most telling rule first; empty when nothing sets it apart."""
    are_identical: bool = False
    """Whether the files are the same, byte for byte."""


@dataclass(frozen=True, slots=True)
class KeepChoice:
    """What a person decided about a group: the first of `keep` inherits the tags and albums of those that go."""

    keep: tuple[PhotoId, ...]
    drop: tuple[PhotoId, ...]


@dataclass(frozen=True, slots=True)
class TrashReport:
    """What became of the files that were to go."""

    moved: tuple[PhotoId, ...]
    size_bytes: int
    """What the moved files took on the disk."""
    failed: tuple[Problem, ...]
    """Files that stayed where they are, with the reason."""


@dataclass(frozen=True, slots=True)
class ContentPairs:
    """Pairs of contents that were said to be no duplicates; what undo needs."""

    pairs: tuple[tuple[bytes, bytes], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SidecarStatus:
    """How tags, stars and captions in the catalog and in the sidecars beside the photos compare."""

    is_writing: bool
    """Whether Recollect keeps the sidecars up to date by itself."""
    waiting_count: int
    """Photos whose tags or stars are not those of their files."""
    sidecar_count: int
    """Photos with a sidecar."""
    problems: tuple[Problem, ...]
    """Sidecars that could not be read or written, by the photo's path."""


@dataclass(frozen=True, slots=True)
class SidecarReport:
    """What became of sidecars that were to be written."""

    written: tuple[PhotoId, ...] = ()
    unchanged_count: int = 0
    """They said all of it already."""
    problems: tuple[Problem, ...] = ()
    """What was left alone, by the photo's path, with the reason."""
    read_only: tuple[Path, ...] = ()
    """Folders that may not be written; their tags stay in the catalog."""
