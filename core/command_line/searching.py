"""`recollect search` and `recollect similar`: find photos by words and by example pictures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output, regions
from core.domain import ExamplePicture, Hit, PhotoId, Query, SearchResult
from core.errors import QueryError
from core.library import Library

DEFAULT_LIMIT = 20


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    search = commands.add_parser(
        "search",
        parents=[library],
        help="find photos in your own words",
        description="Find photos by words, by example pictures, or by both; best first.",
    )
    search.add_argument("words", nargs="*", metavar="WORDS", help='what to look for, such as "children on a beach"')
    search.add_argument(
        "--like", action="append", type=Path, default=[], metavar="IMAGE", help="an example picture; may be repeated"
    )
    regions.add_to(search, many=True)
    _add_output(search)
    search.set_defaults(run=_search)
    similar = commands.add_parser(
        "similar",
        parents=[library],
        help="find photos that look like a picture",
        description="Find the photos that look most like a picture, which need not be in the library.",
    )
    similar.add_argument("image", type=Path, metavar="IMAGE")
    regions.add_to(similar)
    _add_output(similar)
    similar.set_defaults(run=_similar)


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--limit", type=_count, default=DEFAULT_LIMIT, metavar="N", help="how many (default: 20)")
    command.add_argument("--json", action="store_true", help="print one JSON object")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 up")
    return int(text)


def _search(arguments: argparse.Namespace) -> int:
    words = " ".join(arguments.words).strip()
    if not words and not arguments.like:
        raise QueryError("Nothing to search for.", hint='Give some words, such as "a dog on a beach", or --like IMAGE.')
    return _answer(arguments, words, arguments.like)


def _similar(arguments: argparse.Namespace) -> int:
    return _answer(arguments, "", [arguments.image])


def _answer(arguments: argparse.Namespace, words: str, examples: list[Path]) -> int:
    with Library(places.places(arguments.library)) as library:
        pictures = regions.examples(library, examples, arguments.region)
        result = library.search(Query(words, pictures, limit=arguments.limit))
        paths = paths_of(library, result)
    if arguments.json:
        output.write_json(_as_json(words, pictures, result, paths))
    else:
        print_hits(result, paths)
    return 0


def paths_of(library: Library, result: SearchResult) -> dict[PhotoId, Path]:
    """The files of the hits."""
    return {photo.id: photo.path for photo in library.photos([hit.photo_id for hit in result.hits])}


def _as_json(
    words: str, pictures: tuple[ExamplePicture, ...], result: SearchResult, paths: dict[PhotoId, Path]
) -> dict[str, object]:
    return {
        "query": words or ", ".join(picture.title for picture in pictures),
        "encoder": result.encoder,
        "elapsed_ms": round(result.elapsed_ms, 2),
        "hits": [
            {
                "path": str(paths[hit.photo_id]),
                "score": round(hit.score, 4),
                "reasons": [
                    {"kind": reason.kind.value, "words": reason.words, "strength": round(reason.strength, 3)}
                    for reason in hit.reasons
                ],
            }
            for hit in result.hits
            if hit.photo_id in paths
        ],
    }


def print_hits(result: SearchResult, paths: dict[PhotoId, Path]) -> None:
    """The hits for people: rank, why, path; a line parts the good matches from the weaker ones."""
    if not result.hits:
        print("Nothing found.")
        if not result.scope_count:
            print("The library is empty. Add a folder with: recollect index FOLDER")
        return
    if not result.strong_count:
        print("Nothing here looks quite like that. The nearest are:")
    for rank, hit in enumerate(result.hits, start=1):
        if rank == result.strong_count + 1 and result.strong_count:
            print("  -- weaker matches --")
        if hit.photo_id in paths:
            print(f"{rank:4}  {_why(hit):24}  {output.shown(paths[hit.photo_id])}")
    print(
        f"{output.plural(result.strong_count, 'good match').replace('matchs', 'matches')}, {result.elapsed_ms:.0f} ms."
    )


def _why(hit: Hit) -> str:
    return ", ".join(
        f"{reason.kind.value} {reason.strength:.0%}" if reason.kind.name == "LOOKS_LIKE" else reason.kind.value
        for reason in hit.reasons
    )
