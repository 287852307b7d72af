"""`recollect tag`: suggest tags for an album or a folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output
from core.domain import PhotoId, Scope, ScopeKind, SuggestionRun
from core.errors import LibraryError
from core.library import Library


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    tag = commands.add_parser(
        "tag",
        parents=[library],
        help="suggest tags for an album or a folder",
        description="Score the photos of an album or a watched folder against the vocabulary. Writes nothing to them.",
    )
    tag.add_argument("album_or_folder", metavar="ALBUM|FOLDER", help="an album's name, or the path of a watched folder")
    tag.add_argument("--suggest", action="store_true", required=True, help="print suggestions, strongest first")
    tag.add_argument("--json", action="store_true", help="print one JSON object")
    tag.set_defaults(run=_suggest)


def _suggest(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        run = library.suggest_tags(_scope(library, arguments.album_or_folder))
        ids = list(dict.fromkeys(one.photo_id for one in run.suggestions))
        paths = {photo.id: photo.path for photo in library.photos(ids)}
    if arguments.json:
        output.write_json(_as_json(run, paths))
        return 0
    if not run.suggestions:
        print(f"No tag stands out for the photos of {run.title}.")
    for one in run.suggestions:
        print(f"{one.confidence:4.0%}  {one.tag:20}  {output.shown(paths[one.photo_id])}")
    return 0


def _scope(library: Library, name: str) -> Scope:
    for album in library.albums():
        if album.name.casefold() == name.casefold():
            return Scope(ScopeKind.ALBUM, album.id)
    path = Path(name).expanduser().absolute()
    for folder in library.folders():
        if folder.path == path:
            return Scope(ScopeKind.FOLDER, folder.id)
    known = ", ".join([album.name for album in library.albums()] + [str(folder.path) for folder in library.folders()])
    raise LibraryError(f"There is no album or watched folder {name}.", hint=f"There is: {known or 'nothing yet'}.")


def _as_json(run: SuggestionRun, paths: dict[PhotoId, Path]) -> dict[str, object]:
    return {
        "title": run.title,
        "suggestions": [
            {"path": str(paths[one.photo_id]), "tag": one.tag, "confidence": round(one.confidence, 3)}
            for one in run.suggestions
        ],
    }
