"""`recollect read-text` and `recollect places`: the text in pictures, and where photos were taken."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict
from typing import Any

from core import places
from core.command_line import output
from core.library import Library


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    reading = commands.add_parser(
        "read-text",
        parents=[library],
        help="read the text in pictures, to search by it",
        description="Read the text in every picture that was not read yet: signs, menus, documents, screenshots.",
    )
    choice = reading.add_mutually_exclusive_group()
    choice.add_argument("--on", action="store_true", help="also read new pictures in the background from now on")
    choice.add_argument("--off", action="store_true", help="read nothing in the background; what was read stays")
    choice.add_argument("--forget", action="store_true", help="forget all text that was read, and switch it off")
    reading.add_argument("--json", action="store_true", help="print the counts as JSON")
    reading.set_defaults(run=_read)
    where = commands.add_parser(
        "places",
        parents=[library],
        help="where the photos were taken",
        description="The towns and countries the photos were taken in, with their numbers of photos.",
    )
    where.add_argument("--json", action="store_true", help="print them as JSON")
    where.set_defaults(run=_places)


def _read(arguments: argparse.Namespace) -> int:
    started_at = time.monotonic()
    with Library(places.places(arguments.library)) as library, output.progress(library):
        before = library.status().pictures_read
        if arguments.on or arguments.off or arguments.forget:
            library.set_text_reading(bool(arguments.on))
        if arguments.forget:
            library.forget_texts()
        elif not arguments.off:
            library.read_texts_until_done()
        status = library.status()
    read_now = max(0, status.pictures_read - before)
    counts = {
        "read": read_now,
        "pictures_read": status.pictures_read,
        "pictures_with_text": status.pictures_with_text,
        "pictures_to_read": status.pictures_to_read,
        "is_text_read": status.is_text_read,
        "elapsed_s": round(time.monotonic() - started_at, 3),
    }
    if arguments.json:
        output.write_json(counts)
        return 0
    print(
        f"{output.plural(read_now, 'picture')} read now; {status.pictures_with_text:,} of"
        f" {output.plural(status.pictures_read, 'picture')} have text, {status.pictures_to_read:,} are left to read."
    )
    print(f"New pictures are {'' if status.is_text_read else 'not '}read in the background.")
    return 0


def _places(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        found = library.photo_places()
    if arguments.json:
        output.write_json([asdict(one) for one in found])
        return 0
    if not found:
        print("No photo says where it was taken.")
    for one in found:
        name = ", ".join(part for part in (one.town, one.region, one.country) if part)
        print(f"{one.photo_count:>8,}  {name}")
    return 0
