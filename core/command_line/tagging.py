"""`recollect tag`: suggest tags, accept them, learn from examples, and take a run back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output
from core.domain import PhotoId, RunId, Scope, ScopeKind, Suggestion, SuggestionRun
from core.errors import LibraryError
from core.library import Library

_LAST = "last"


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    tag = commands.add_parser(
        "tag",
        parents=[library],
        help="suggest tags for an album, a folder or everything; accept them; undo",
        description=(
            "Score photos against the vocabulary, or (--like) against the photos that have a tag. Only --accept writes"
            " tags, in one run that --undo takes back. No photo file is ever changed."
        ),
    )
    tag.add_argument(
        "album_or_folder", metavar="ALBUM|FOLDER", nargs="?",
        help="an album's name, or the path of a watched folder; without it, all photos",
    )  # fmt: skip
    does = tag.add_mutually_exclusive_group(required=True)
    does.add_argument("--suggest", action="store_true", help="print suggestions, strongest first")
    does.add_argument("--accept", action="store_true", help="write suggestions as tags")
    does.add_argument(
        "--undo", metavar="RUN", nargs="?", const=_LAST, help="take back the tags of a run (default: of the last one)"
    )
    does.add_argument("--runs", action="store_true", help="list past runs, newest first")
    tag.add_argument("--like", metavar="TAG", help="only this tag, learned from the photos that have it")
    tag.add_argument("--only", metavar="TAG", action="append", default=[], help="only this tag; may be repeated")
    tag.add_argument(
        "--above", metavar="SURE", type=_share, default=0.0, help="only what is at least this sure, 0 to 1 (0.8)"
    )
    tag.add_argument("--json", action="store_true", help="print one JSON value")
    tag.set_defaults(run=_run)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 0 to 1")
    return value


def _run(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        if arguments.runs:
            return _list_runs(library, arguments)
        if arguments.undo is not None:
            return _undo(library, arguments)
        if arguments.like is not None:
            run = library.more_like(arguments.like)
        else:
            run = library.suggest_tags(_scope(library, arguments.album_or_folder))
        only = {one.casefold() for one in arguments.only}
        chosen = [
            one for one in run.suggestions
            if one.confidence >= arguments.above and (not only or one.tag.casefold() in only)
        ]  # fmt: skip
        return (_accept if arguments.accept else _print)(library, run, chosen, arguments)


def _print(library: Library, run: SuggestionRun, chosen: Sequence[Suggestion], arguments: argparse.Namespace) -> int:
    paths = {photo.id: photo.path for photo in library.photos(list(dict.fromkeys(one.photo_id for one in chosen)))}
    if arguments.json:
        output.write_json({"title": run.title, "suggestions": _as_json(chosen, paths)})
        return 0
    if not chosen:
        print(f"No tag stands out for the photos of {run.title}.")
    for one in chosen:
        print(f"{one.confidence:4.0%}  {one.tag:20}  {output.shown(paths[one.photo_id])}")
    return 0


def _accept(library: Library, run: SuggestionRun, chosen: Sequence[Suggestion], arguments: argparse.Namespace) -> int:
    written = library.accept_suggestions(run.id, chosen) if chosen else 0
    if arguments.json:
        output.write_json({"run": run.id, "title": run.title, "tags_added": written})
    elif written:
        print(f"{output.plural(written, 'tag')} added. `recollect tag --undo {run.id}` takes them back.")
    else:
        print(f"No tag was added to the photos of {run.title}.")
    return 0


def _undo(library: Library, arguments: argparse.Namespace) -> int:
    runs = [one for one in library.tag_runs() if not one.is_undone]
    wanted = next((one for one in runs if arguments.undo in (_LAST, str(one.id))), None)
    if wanted is None:
        known = ", ".join(str(one.id) for one in runs[:10])
        raise LibraryError(
            "There is no run to take back." if arguments.undo == _LAST else f"There is no run {arguments.undo}.",
            hint=f"There is: {known}." if known else "",
        )
    removed = library.undo_tag_run(RunId(wanted.id))
    if arguments.json:
        output.write_json({"run": wanted.id, "title": wanted.title, "tags_removed": removed})
    else:
        print(f"{output.plural(removed, 'tag')} of {wanted.title} taken back.")
    return 0


def _list_runs(library: Library, arguments: argparse.Namespace) -> int:
    runs = library.tag_runs()
    if arguments.json:
        output.write_json(
            [{"run": one.id, "title": one.title, "created_at": one.created_at, "tags": one.accepted_count,
              "is_undone": one.is_undone} for one in runs]
        )  # fmt: skip
        return 0
    for one in runs:
        state = "  taken back" if one.is_undone else ""
        print(f"{one.id:5}  {output.plural(one.accepted_count, 'tag'):>12}  {one.title}{state}")
    if not runs:
        print("No suggested tag was accepted yet.")
    return 0


def _scope(library: Library, name: str | None) -> Scope:
    if name is None:
        return Scope()
    for album in library.albums():
        if album.name.casefold() == name.casefold():
            return Scope(ScopeKind.ALBUM, album.id)
    path = Path(name).expanduser().absolute()
    for folder in library.folders():
        if folder.path == path:
            return Scope(ScopeKind.FOLDER, folder.id)
    known = ", ".join([album.name for album in library.albums()] + [str(folder.path) for folder in library.folders()])
    raise LibraryError(f"There is no album or watched folder {name}.", hint=f"There is: {known or 'nothing yet'}.")


def _as_json(chosen: Sequence[Suggestion], paths: dict[PhotoId, Path]) -> list[dict[str, object]]:
    return [
        {"path": str(paths[one.photo_id]), "tag": one.tag, "confidence": round(one.confidence, 3), "source": one.source}
        for one in chosen
    ]
