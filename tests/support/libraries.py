"""Libraries for tests: a home of its own, the colour encoder, and coloured pictures on disk."""

from __future__ import annotations

import io
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, PngImagePlugin

from core import places, settings
from core.domain import Folder, Photo, PhotoId, Query, ScanReport, Scope
from core.events import CatalogChanged, Event, JobProgress, Notice
from core.library import Library
from tests.support import pictures
from tests.support.colour_encoder import COLOURS, ColourEncoder, colour_registry
from tests.support.colour_names import ColourNames

PATIENCE_S = 30.0


def picture_bytes(colour: str = "red", seed: object = 0, size: tuple[int, int] = (24, 16)) -> bytes:
    """A PNG of one named colour; another seed gives another content with the same looks."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("seed", str(seed))
    stored = io.BytesIO()
    Image.new("RGB", size, COLOURS[colour]).save(stored, "PNG", pnginfo=notes)
    return stored.getvalue()


def add_picture(path: Path, colour: str = "red", seed: object = 0) -> Path:
    """Write a picture, with its folder; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture_bytes(colour, seed))
    return path


def wait_until(condition: Callable[[], object], what: str = "it", timeout_s: float = PATIENCE_S) -> None:
    """Ask again and again until `condition` is true; fails after the deadline."""
    deadline = time.monotonic() + timeout_s
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {timeout_s:.0f} s"
        pause.wait(0.02)


@dataclass
class Heard:
    """Every event a library published, in order."""

    events: list[Event] = field(default_factory=list)

    def changes(self) -> list[CatalogChanged]:
        return [event for event in self.events if isinstance(event, CatalogChanged)]

    def notices(self) -> list[Notice]:
        return [event for event in self.events if isinstance(event, Notice)]

    def progress(self, job: str) -> list[JobProgress]:
        return [event for event in self.events if isinstance(event, JobProgress) and event.job == job]


class Shelf:
    """A library over one photo folder, with what tests ask of it again and again.

    `photos_folder` is real, the encoder is the colour encoder; `RECOLLECT_HOME` decides where the library lives.
    """

    def __init__(self, photos_folder: Path, encoder: str = "colours") -> None:
        self.root = photos_folder
        photos_folder.mkdir(parents=True, exist_ok=True)
        self.places = places.places()
        self.text_reader = ColourNames()
        if not self.places.settings.exists():
            settings.save(settings.Settings(encoder=encoder), self.places.settings)
        self.open()

    def open(self) -> None:
        """Open the library (again)."""
        self.registry = colour_registry(self.places.encoders, self.places.cache)
        self.library = Library(self.places, self.registry, lambda: self.text_reader)
        self.heard = Heard()
        self.library.events.subscribe(self.heard.events.append)

    def reopen(self) -> None:
        """Close the library and open it again, as a restart of the program does."""
        self.library.close()
        self.open()

    @property
    def folder(self) -> Folder:
        return next(one for one in self.library.folders() if one.path == self.root)

    def encoder(self, name: str = "colours") -> ColourEncoder:
        found = self.registry.encoder(name)
        assert isinstance(found, ColourEncoder)
        return found

    def picture(self, name: str, colour: str = "red", seed: object = None) -> Path:
        """Write a picture into the folder; each name is a content of its own unless `seed` says otherwise."""
        return add_picture(self.root / name, colour, name if seed is None else seed)

    def photo_at(self, name: str, latitude: float, longitude: float, seed: object = None) -> Path:
        """Write a JPEG that says where it was taken; another seed gives another content."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        exif = pictures.make_exif(gps=pictures.make_gps(latitude, longitude))
        shade = zlib.crc32(str(name if seed is None else seed).encode()) % 200
        path.write_bytes(pictures.make_jpeg(colour=(200, shade, 90), exif=exif))
        return path

    def watch_root(self) -> ScanReport:
        """Add the folder and index it."""
        self.library.add_folder(self.root)
        return self.scan()

    def scan(self) -> ScanReport:
        """Index all folders until nothing is left."""
        return self.library.index_until_done()

    def all_photos(self, scope: Scope = Scope()) -> list[Photo]:
        ids = [PhotoId(int(one)) for one in self.library.listing(scope).ids]
        return self.library.photos(ids)

    def names(self) -> list[str]:
        """The paths of all photos below the folder, sorted."""
        return sorted(photo.path.relative_to(self.root).as_posix() for photo in self.all_photos())

    def photo(self, name: str) -> Photo:
        return next(one for one in self.all_photos() if one.path == self.root / name)

    def ids(self, *names: str) -> list[PhotoId]:
        return [self.photo(name).id for name in names]

    def tags(self, path: str | Path) -> set[str]:
        photo = next(one for one in self.all_photos() if one.path == self.root / path)
        return {tag.name for tag in self.library.details(photo.id).tags}

    def albums(self, path: str | Path) -> set[str]:
        photo = next(one for one in self.all_photos() if one.path == self.root / path)
        return {album.name for album in self.library.details(photo.id).albums}

    def found(self, words: str, limit: int = 1000) -> list[str]:
        """The file names that a query finds, best first."""
        hits = self.library.search(Query(words, limit=limit)).hits
        names = self.names_of([hit.photo_id for hit in hits])
        assert len(names) == len(hits), "a hit is no photo of the library"
        return names

    def names_of(self, ids: Sequence[PhotoId]) -> list[str]:
        return [photo.name for photo in self.library.photos(ids)]
