"""A real library over picture files made for the test, searched by the colour encoder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from core.domain import PhotoId
from core.library import Library
from core.places import Places
from core.settings import Settings
from tests.support.colour_encoder import colour_registry

VOCABULARY = """
templates = ["{}"]
[groups.colours]
words = ["red", "green", "blue"]
"""


def places_in(home: Path) -> Places:
    """All of Recollect's own files below one folder."""
    return Places(
        catalog=home / "library.sqlite",
        settings=home / "settings.toml",
        encoders=home / "encoders",
        cache=home / "cache",
        logs=home / "logs",
        vocabulary=home / "vocabulary.toml",
    )


def open_library(home: Path) -> Library:
    """A library without folders that answers with the colour encoder and suggests colour names."""
    places = places_in(home)
    library = Library(places, colour_registry(places.encoders, places.cache))
    library.save_settings(Settings(encoder="colours"))
    library.save_vocabulary(VOCABULARY)
    return library


def write_pictures(folder: Path, colours: Mapping[str, tuple[int, int, int]]) -> None:
    """One plain JPEG per name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, colour in colours.items():
        Image.new("RGB", (120, 80), colour).save(folder / name, "JPEG", quality=95)


def indexed(library: Library, folder: Path) -> dict[str, PhotoId]:
    """Watch a folder, index it, and say which photo is which file."""
    library.add_folder(folder)
    library.index_until_done()
    ids = [PhotoId(int(one)) for one in library.listing().ids]
    return {photo.name: photo.id for photo in library.photos(ids)}
