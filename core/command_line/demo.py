"""`recollect demo`: the main job in a terminal, for computers without a screen. Index, ask, look at a contact sheet."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from core import places
from core.command_line import output, searching
from core.domain import PhotoId, Query, Scope, ScopeKind, SearchResult
from core.errors import LibraryError
from core.images import contact_sheet, formats
from core.library import Library

SHEET = Path("recollect-results.jpg")
_SHEET_PHOTOS = 12
_SHEET_SIDE_PX = 320
_SAMPLE_FOLDERS = (("skimage", "data"), ("sklearn", "datasets/images"))
_SAMPLE_QUERIES = ("a cat", "a cup of coffee", "an astronaut")


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    demo = commands.add_parser(
        "demo",
        parents=[library],
        help="index and search in the terminal",
        description="Index a folder (else the Pictures folder, else sample photos), answer queries, and write the best"
        " matches as a contact sheet. Needs no screen.",
    )
    demo.add_argument("--photos", type=Path, metavar="DIR", help="the folder with photos")
    demo.add_argument("--query", metavar="WORDS", help="what to look for; without it you are asked")
    demo.add_argument("--sheet", type=Path, default=SHEET, metavar="FILE", help=f"the contact sheet (default: {SHEET})")
    demo.set_defaults(run=lambda given: run_demo(given.photos, given.query, given.library, given.sheet))


def run_demo(photos: Path | None, query: str | None, library: Path | None = None, sheet: Path = SHEET) -> int:
    """Index, answer, write contact sheets; returns the exit code. Raises LibraryError."""
    folder, is_sample = _photos_folder(photos)
    own = places.places(library)
    if is_sample and library is None:
        own = replace(own, catalog=own.cache / "sample-photos.sqlite")
    with Library(own) as opened:
        print(f"Indexing {output.shown(folder)} ...", flush=True)
        with output.progress(opened):
            watched = opened.add_folder(folder)
            report = opened.index_until_done([watched.id])
        status = opened.status()
        print(f"{output.plural(report.added, 'photo')} added; {status.embedded:,} can be searched.")
        asked = False
        for words in _queries(query):
            asked = True
            _answer(opened, Scope(ScopeKind.FOLDER, watched.id), words, sheet)
        if not asked:
            for words in _SAMPLE_QUERIES if is_sample else ():
                _answer(opened, Scope(ScopeKind.FOLDER, watched.id), words, sheet)
    return 0


def _photos_folder(photos: Path | None) -> tuple[Path, bool]:
    if photos is not None:
        return photos, False
    pictures = places.pictures_folder()
    if pictures is not None and any(formats.is_picture_name(file.name) for file in pictures.rglob("*")):
        return pictures, False
    for package, inside in _SAMPLE_FOLDERS:
        found = importlib.util.find_spec(package)
        if found is not None and found.origin is not None and (folder := Path(found.origin).parent / inside).is_dir():
            return folder, True
    raise LibraryError(
        "There are no photos to search.", "The Pictures folder is empty and no sample photos are installed.",
        "Name a folder: recollect demo --photos DIR",
    )  # fmt: skip


def _queries(query: str | None) -> Iterator[str]:
    if query is not None:
        yield query
        return
    is_terminal = sys.stdin is not None and sys.stdin.isatty()
    while sys.stdin is not None:
        if is_terminal:
            print("What are you looking for? (an empty line ends) ", end="", flush=True)
        line = sys.stdin.readline().strip()
        if not line:
            return
        yield line


def _answer(library: Library, scope: Scope, words: str, sheet: Path) -> None:
    print(f"\n{words}")
    result = library.search(Query(words, scope=scope, limit=_SHEET_PHOTOS))
    paths = searching.paths_of(library, result)
    searching.print_hits(result, paths)
    if result.hits:
        _write_sheet(library, result, paths, words, sheet)
        print(f"Contact sheet: {output.shown(sheet.absolute())}")


def _write_sheet(library: Library, result: SearchResult, paths: dict[PhotoId, Path], words: str, sheet: Path) -> None:
    pictures: list[tuple[Image.Image, str]] = []
    for hit in result.hits:
        try:
            pictures.append((library.picture(hit.photo_id, _SHEET_SIDE_PX), paths[hit.photo_id].name))
        except (LibraryError, KeyError):
            continue
    try:
        contact_sheet.write(pictures, words, sheet)
    except OSError as error:
        raise LibraryError(
            f"{sheet} cannot be written.", error.strerror or str(error), "Name another: --sheet FILE"
        ) from error
