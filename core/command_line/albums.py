"""`recollect albums`: list the albums."""

from __future__ import annotations

import argparse
from typing import Any

from core import places
from core.command_line import output
from core.library import Library


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    albums = commands.add_parser(
        "albums", parents=[library], help="list the albums", description="List the albums with their number of photos."
    )
    albums.add_argument("--json", action="store_true", help="print a JSON list")
    albums.set_defaults(run=_list)


def _list(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        found = library.albums()
    if arguments.json:
        output.write_json([{"name": album.name, "photos": album.photo_count} for album in found])
        return 0
    if not found:
        print("No album yet.")
    for album in found:
        print(f"{album.photo_count:8,}  {album.name}")
    return 0
