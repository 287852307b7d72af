"""`recollect albums`: list, look into, make, fill and suggest albums."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output
from core.domain import Album, AlbumDefinition, FilledAlbum, PhotoId, Scope, ScopeKind, SuggestedAlbum
from core.errors import LibraryError
from core.library import Library


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    text = "List the albums, make one (also of what a search finds, now and later), fill or suggest some."
    albums = commands.add_parser("albums", parents=[library], help="list, make and fill albums", description=text)
    albums.add_argument("--json", action="store_true", help="print JSON")
    albums.set_defaults(run=_list)
    deeds = albums.add_subparsers(dest="deed", metavar="WHAT")
    shared = argparse.ArgumentParser(add_help=False, parents=[library])
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    listing = deeds.add_parser("list", parents=[shared], help="list the albums", description="List the albums.")
    listing.set_defaults(run=_list)
    show = deeds.add_parser(
        "show", parents=[shared], help="list the photos of an album", description="List the photos of an album."
    )
    show.add_argument("name", metavar="NAME")
    show.set_defaults(run=_show)
    _add_create(deeds, shared)
    fill = deeds.add_parser(
        "fill",
        parents=[shared],
        help="bring smart albums in step now",
        description="Ask the searches of smart albums again and say what entered and left; all of them without NAME.",
    )
    fill.add_argument("name", metavar="NAME", nargs="?")
    fill.set_defaults(run=_fill)
    suggest = deeds.add_parser(
        "suggest",
        parents=[shared],
        help="suggest albums: events and themes",
        description="Suggest albums from when and where photos were taken and from what they show. Writes nothing.",
    )
    suggest.set_defaults(run=_suggest)


def _add_create(deeds: Any, shared: argparse.ArgumentParser) -> None:
    create = deeds.add_parser(
        "create",
        parents=[shared],
        help="make an album, empty or of what a search finds",
        description="Make an album. With --query or --like it is a smart one: it holds what the search finds, and"
        " photos that are found later enter by themselves.",
    )
    create.add_argument("name", metavar="NAME")
    create.add_argument("--query", default="", metavar="TEXT", help="what to search for, as in recollect search")
    create.add_argument(
        "--like", action="append", type=Path, default=[], metavar="IMAGE", help="an example picture; may be repeated"
    )
    create.set_defaults(run=_create)


def _list(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        found = library.albums()
    if arguments.json:
        output.write_json([_as_json(album) for album in found])
        return 0
    if not found:
        print("No album yet.")
    for album in found:
        search = f"  [{album.search}]" if album.is_smart else ""
        print(f"{album.photo_count:8,}  {album.name}{search}")
        if album.trouble:
            print(f"          {album.trouble}")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        known = {one.name.casefold(): one for one in library.albums()}
        album = known.get(arguments.name.strip().casefold())
        if album is None:
            names = ", ".join(one.name for one in known.values())
            raise LibraryError(f"There is no album {arguments.name}.", hint=f"There is: {names or 'none yet'}.")
        ids = [PhotoId(int(one)) for one in library.listing(Scope(ScopeKind.ALBUM, album.id)).ids]
        paths = [photo.path for photo in library.photos(ids)]
    if arguments.json:
        output.write_json({**_as_json(album), "paths": [str(path) for path in paths]})
        return 0
    for path in paths:
        print(output.shown(path))
    return 0


def _create(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        if arguments.query.strip() or arguments.like:
            examples = tuple(library.example(path.absolute()) for path in arguments.like)
            album = library.create_smart_album(arguments.name, AlbumDefinition(arguments.query, examples))
        else:
            album = library.create_album(arguments.name)
    if arguments.json:
        output.write_json(_as_json(album))
        return 0
    print(f"{album.name}: {output.plural(album.photo_count, 'photo')}.")
    if album.trouble:
        print(album.trouble)
    return 0


def _fill(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        wanted = None if arguments.name is None else [library.smart_album(arguments.name)]
        filled = library.fill_albums(wanted)
        paths = {
            photo.id: str(photo.path)
            for one in filled
            for photo in library.photos([*one.added, *one.removed])
        }  # fmt: skip
    if arguments.json:
        output.write_json([_filled_as_json(one, paths) for one in filled])
        return 0
    if not filled:
        print("No smart album yet. Make one with: recollect albums create NAME --query TEXT")
    for one in filled:
        print((one.trouble and f"{one.name}: {one.trouble}") or _what_changed(one))
    return 0


def _suggest(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library, output.progress(library):
        job = library.job("albums", "Looking for albums", unit="steps")
        try:
            found = library.suggest_albums(job)
        finally:
            job.finish()
        paths = {photo.id: str(photo.path) for one in found for photo in library.photos(one.photo_ids)}
    if arguments.json:
        output.write_json([_suggested_as_json(one, paths) for one in found])
        return 0
    if not found:
        print("No album stands out.")
    for one in found:
        print(f"{len(one.photo_ids):8,}  {one.title}  ({one.kind.value})")
    return 0


def _what_changed(one: FilledAlbum) -> str:
    return f"{one.name}: {output.plural(len(one.added), 'photo')} entered, {len(one.removed):,} left."


def _as_json(album: Album) -> dict[str, object]:
    plain: dict[str, object] = {"name": album.name, "photos": album.photo_count}
    if album.is_smart:
        plain |= {"search": album.search, "automatic": album.automatic_count, "trouble": album.trouble or None}
    return plain


def _filled_as_json(one: FilledAlbum, paths: dict[PhotoId, str]) -> dict[str, object]:
    return {
        "name": one.name,
        "added": [paths[each] for each in one.added if each in paths],
        "removed": [paths[each] for each in one.removed if each in paths],
        "trouble": one.trouble or None,
    }


def _suggested_as_json(one: SuggestedAlbum, paths: dict[PhotoId, str]) -> dict[str, object]:
    return {
        "title": one.title,
        "kind": one.kind.value,
        "from": one.first_taken_at,
        "to": one.last_taken_at,
        "paths": [paths[each] for each in one.photo_ids if each in paths],
    }
