"""`recollect status`: what the library holds."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from core import places
from core.command_line import output
from core.library import Library


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    status = commands.add_parser(
        "status", parents=[library], help="what the library holds", description="Counts of everything in the library."
    )
    status.add_argument("--json", action="store_true", help="print one JSON object")
    status.set_defaults(run=_status)


def _status(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        status = library.status()
        watched = library.folders()
    if arguments.json:
        content = asdict(status) | {
            "catalog": str(status.catalog),
            "watched": [
                {"path": str(one.path), "photos": one.photo_count, "is_offline": one.is_offline} for one in watched
            ],
        }
        output.write_json(content)
        return 0
    print(f"{output.plural(status.photos, 'photo')}, {status.embedded:,} of them searchable with {status.encoder}.")
    if status.next_encoder:
        print(f"{status.next_encoder} takes over when it has embedded all of them.")
    print(f"{output.plural(status.albums, 'album')}, {output.plural(status.tags, 'tag')}.")
    print(f"{output.plural(status.placed, 'photo')} with a place.")
    if status.is_text_read or status.pictures_read:
        print(
            f"Text was read in {output.plural(status.pictures_read, 'picture')}, {status.pictures_to_read:,} are left."
        )
    print(f"{output.plural(status.unreadable, 'file')} could not be read.")
    for one in watched:
        print(f"  {output.shown(one.path)}: {output.plural(one.photo_count, 'photo')}{' (offline)' * one.is_offline}")
    print(f"Catalog: {output.shown(status.catalog)}")
    return 0
