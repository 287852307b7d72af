"""`recollect encoders`: list, fetch, import and choose encoders."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output
from core.library import Library


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    encoders = commands.add_parser(
        "encoders",
        parents=[library],
        help="list, fetch, import and choose encoders",
        description="Encoders turn pictures and words into embeddings. Nothing is fetched unless you ask.",
    )
    actions = encoders.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", parents=[library], help="all known encoders, and where they stand")
    listing.add_argument("--json", action="store_true", help="print a JSON list")
    listing.set_defaults(run=_list)
    fetch = actions.add_parser("fetch", parents=[library], help="download an encoder (goes to the internet)")
    fetch.add_argument("name", metavar="NAME")
    fetch.set_defaults(run=_fetch)
    importing = actions.add_parser("import", parents=[library], help="install a checkpoint that is on disk already")
    importing.add_argument("path", type=Path, metavar="FILE|FOLDER")
    importing.add_argument("--name", help="architecture/tag, where the files do not say it")
    importing.set_defaults(run=_import)
    use = actions.add_parser("use", parents=[library], help="choose the encoder, and embed the library with it")
    use.add_argument("name", metavar="NAME")
    use.set_defaults(run=_use)


def _list(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        entries = library.encoders()
    if arguments.json:
        output.write_json(
            [
                {
                    "name": one.name,
                    "state": one.state.value,
                    "license": one.license,
                    "languages": one.languages,
                    "size_mb": one.size_mb,
                    "dimension": one.dimension,
                    "photos_per_s": one.photos_per_s,
                    "embedded": one.embedded_count,
                    "is_recommended": one.is_recommended,
                }
                for one in entries
            ]
        )
        return 0
    for one in entries:
        star = "*" if one.is_recommended else " "
        print(f"{star} {one.name:34} {one.state.value:10} {one.size_mb:6,} MB  {one.license:12}  {one.languages}")
    print("* recommended for this computer")
    return 0


def _fetch(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library, output.progress(library):
        job = library.job(f"fetch:{arguments.name}", f"Fetching {arguments.name}", unit="bytes")
        library.fetch_encoder(arguments.name, job)
    print(f"{arguments.name} is installed. Choose it with: recollect encoders use {arguments.name}")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library, output.progress(library):
        job = library.job("import", f"Importing {arguments.path.name}", unit="bytes")
        name = library.import_encoder(arguments.path.absolute(), job, arguments.name)
    print(f"{name} is installed. Choose it with: recollect encoders use {name}")
    return 0


def _use(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library, output.progress(library):
        library.use_encoder(arguments.name)
        library.index_until_done()
        active = library.settings.encoder
    print(f"{active} answers queries now.")
    return 0
