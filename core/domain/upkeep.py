"""Records of the library's state: scans, findings of the doctor, sidecars. Frozen; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.domain.ids import PhotoId
from core.domain.photos import Problem


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
