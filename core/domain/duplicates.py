"""Records of duplicates and of what to do with them. Frozen; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.ids import PhotoId
from core.domain.photos import Photo, Problem


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
