"""`recollect search` and `recollect similar`: find photos by words and by example pictures."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output, regions
from core.domain import ExamplePicture, Hit, Hits, Photo, PhotoId, Query, ReasonKind, SearchResult
from core.errors import QueryError
from core.library import Library
from core.search import filter_names

DEFAULT_LIMIT = 20
_MOST_WISHES = 4
"""So many wishes are given with each photo."""
_MINUS = "\N{MINUS SIGN}"
_TAKES_VALUE = ("--like", "--limit", "--sort", "--library")
_SPACED_VALUE = re.compile(r"([-+]?[A-Za-z]+):([^\"“”„«»]*\s[^\"“”„«»]*)")

_SPACED_NAMES = ("album", "tag", "folder", "camera", "lens", "place")
"""The filters whose values people name, spaces included."""


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    search = commands.add_parser(
        "search",
        parents=[library],
        help="find photos in your own words",
        description="Find photos by words, by example pictures, or by both; best first.",
        epilog="WORDS may hold wishes (dog + snow), what is not wanted (-people) and filters (date:2023 album:Summer);"
        " docs/query-language.md has them all.",
    )
    search.add_argument(
        "words", nargs="*", metavar="WORDS", help="what to look for, such as: children on a beach -dogs date:2023"
    )
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
    command.add_argument(
        "--sort",
        choices=("relevance", "newest", "oldest"),
        default="relevance",
        help="the order of the good matches, and of the weaker ones after them (default: relevance)",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 up")
    return int(text)


def protected(arguments: Sequence[str]) -> list[str]:
    """The arguments with the words of `recollect search` that begin with a minus marked as no options."""
    if "search" not in arguments:
        return list(arguments)
    first = arguments.index("search") + 1
    marked = list(arguments[:first])
    for before, one in zip(arguments[first - 1 :], arguments[first:], strict=False):
        is_word = re.match(r"-[^-]", one) and one != "-h" and before not in _TAKES_VALUE
        marked.append(_MINUS + one[1:] if is_word else one)
    return marked


def _search(arguments: argparse.Namespace) -> int:
    words = [re.sub(f"^{_MINUS}", "-", word) for word in arguments.words]
    if not "".join(words).strip() and not arguments.like:
        raise QueryError("Nothing to search for.", hint='Give some words, such as "a dog on a beach", or --like IMAGE.')
    readings = dict.fromkeys((" ".join(map(_requoted, words)).strip(), " ".join(words).strip()))
    return _answer(arguments, list(readings), arguments.like)


def _requoted(word: str) -> str:
    """A filter by name whose value has spaces gets back the quotation marks that the shell took away."""
    spaced = _SPACED_VALUE.fullmatch(word)
    is_by_name = spaced is not None and filter_names.known(spaced[1].lstrip("-+").lower()) in _SPACED_NAMES
    return f'{spaced[1]}:"{spaced[2].strip()}"' if spaced is not None and is_by_name else word


def _similar(arguments: argparse.Namespace) -> int:
    return _answer(arguments, [""], [arguments.image])


def _understood(
    library: Library, readings: Sequence[str], pictures: tuple[ExamplePicture, ...], limit: int
) -> SearchResult:
    """The answer to the first reading without a mistake, else to the one with the fewest.

    The shell gives `"album:Summer 2023"` and `"place:Portugal beach"` alike: only the library knows which is a name.
    """
    best = library.search(Query(readings[0], pictures, limit=limit))
    for words in readings[1:]:
        if best.mistakes:
            other = library.search(Query(words, pictures, limit=limit))
            best = min(best, other, key=lambda one: len(one.mistakes))
    return best


def _answer(arguments: argparse.Namespace, readings: Sequence[str], examples: list[Path]) -> int:
    with Library(places.places(arguments.library)) as library:
        pictures = regions.examples(library, examples, arguments.region)
        result = _understood(library, readings, pictures, arguments.limit)
        found = {photo.id: photo for photo in library.photos([hit.photo_id for hit in result.hits])}
    result = _sorted(result, found, arguments.sort)
    paths = {one: photo.path for one, photo in found.items()}
    if arguments.json:
        output.write_json(_as_json(result.query.text, pictures, result, paths))
    else:
        for mistake in result.mistakes:
            print(f"recollect: {mistake}", file=sys.stderr)
        print_hits(result, paths)
    return 0


def paths_of(library: Library, result: SearchResult) -> dict[PhotoId, Path]:
    """The files of the hits."""
    return {photo.id: photo.path for photo in library.photos([hit.photo_id for hit in result.hits])}


def _sorted(result: SearchResult, found: dict[PhotoId, Photo], order: str) -> SearchResult:
    """The same hits by date. The cut comes first: weaker matches stay behind the good ones."""
    if order == "relevance":
        return result

    def date(hit: Hit) -> int:
        return found[hit.photo_id].taken_at if hit.photo_id in found else 0

    good, weaker = result.hits[: result.strong_count], result.hits[result.strong_count :]
    ordered = [sorted(part, key=date, reverse=order == "newest") for part in (good, weaker)]
    return replace(result, hits=Hits.of([*ordered[0], *ordered[1]]))


def _as_json(
    words: str, pictures: tuple[ExamplePicture, ...], result: SearchResult, paths: dict[PhotoId, Path]
) -> dict[str, object]:
    return {
        "query": words or ", ".join(picture.title for picture in pictures),
        "encoder": result.encoder,
        "elapsed_ms": round(result.elapsed_ms, 2),
        "strong": result.strong_count,
        "mistakes": list(result.mistakes),
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
    looks = [reason for reason in hit.reasons if reason.kind is ReasonKind.LOOKS_LIKE]
    more = [f"{len(looks) - _MOST_WISHES} more"] if len(looks) > _MOST_WISHES else []
    words = [reason.kind.value for reason in hit.reasons if reason.kind is not ReasonKind.LOOKS_LIKE]
    if len(looks) > 1:
        return ", ".join([*words, *(f"{reason.words} {reason.strength:.0%}" for reason in looks[:_MOST_WISHES]), *more])
    return ", ".join([*words, *(f"{reason.kind.value} {reason.strength:.0%}" for reason in looks)])
