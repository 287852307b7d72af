"""`recollect duplicates`: photos that are there more than once, and what can go."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from core import places
from core.command_line import output
from core.domain import DuplicateGroup, DuplicateKind, DuplicatePhoto, KeepChoice
from core.errors import LibraryError
from core.library import Library

_NONE = {
    DuplicateKind.SAME: "No duplicates.",
    DuplicateKind.SIMILAR: "No photos that look nearly alike.",
    DuplicateKind.BURST: "No bursts.",
    DuplicateKind.RAW_PAIR: "No RAW files with a JPEG beside them.",
}


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    duplicates = commands.add_parser(
        "duplicates",
        parents=[library],
        help="list photos that are there more than once",
        description="List groups of photos that show the same picture; the first of each is the one to keep."
        " Nothing is touched without --trash --yes.",
    )
    duplicates.add_argument(
        "--kind",
        choices=[kind.value for kind in DuplicateKind],
        default=DuplicateKind.SAME.value,
        help="same: the same picture (the default); similar: nearly alike; bursts; raw: RAW files with their JPEG",
    )
    duplicates.add_argument("--trash", action="store_true", help="say what would move to the trash, with sidecars")
    duplicates.add_argument("--yes", action="store_true", help="with --trash: do it; one of each picture stays")
    duplicates.add_argument("--json", action="store_true", help="print one JSON object")
    duplicates.set_defaults(run=_duplicates)


def _duplicates(arguments: argparse.Namespace) -> int:
    kind = DuplicateKind(arguments.kind)
    if arguments.trash and kind is not DuplicateKind.SAME:
        raise LibraryError("Only duplicates can be trashed from here.", hint="Leave out --kind, or use the window.")
    if arguments.yes and not arguments.trash:
        raise LibraryError("--yes says nothing without --trash.", hint="Add --trash, or leave out --yes.")
    with Library(places.places(arguments.library)) as library:
        with output.progress(library):
            library.look_for_duplicates()
            groups = library.duplicates(kind, library.job("similar", "Looking for similar photos"))
        code = _trash(library, groups, arguments) if arguments.trash else 0
        if arguments.json:  # at the end: a failure before it is the one JSON object
            output.write_json(_as_json(kind, groups))
        elif not arguments.trash:
            _print_groups(kind, groups)
        return code


def _print_groups(kind: DuplicateKind, groups: Sequence[DuplicateGroup]) -> None:
    if not groups:
        print(_NONE[kind])
        return
    for group in groups:
        why = f"  (keep: {', '.join(group.reasons)})" if group.reasons else ""
        print(f"{output.plural(len(group.photos), 'photo')}{why}")
        for one in group.photos:
            print(f"  {_facts(one):34}  {output.shown(one.photo.path)}")
    total = output.plural(len(groups), "group")
    if kind is DuplicateKind.SAME:
        leaving = _leaving(groups)
        print(f"{total}; {output.plural(len(leaving), 'photo')} can go ({_size(_bytes(leaving))}).")
    else:
        print(f"{total}.")


def _trash(library: Library, groups: Sequence[DuplicateGroup], arguments: argparse.Namespace) -> int:
    leaving = _leaving(groups)
    counted = f"{output.plural(len(leaving), 'photo')} ({_size(_bytes(leaving))})"
    if not leaving:
        _say(_NONE[DuplicateKind.SAME], arguments)
        return 0
    if not arguments.yes:
        for one in leaving:
            _say(output.shown(one.photo.path), arguments)
        _say(f"These {counted} would move to the trash; one of each picture stays. Add --yes to do it.", arguments)
        return 0
    choices = [
        KeepChoice((group.photos[0].id,), tuple(one.id for one in group.photos[1:] if one.is_available))
        for group in groups
    ]
    with output.progress(library):
        job = library.job("trash", "Moving duplicates to the trash")
        try:
            report = library.trash_duplicates(choices, job)
        finally:
            job.finish()
    _say(f"Moved {output.plural(len(report.moved), 'photo')} ({_size(report.size_bytes)}) to the trash.", arguments)
    for problem in report.failed:
        _say(f"Stayed: {output.shown(problem.path)}: {problem.reason}", arguments)
    return 1 if report.failed else 0


def _leaving(groups: Sequence[DuplicateGroup]) -> list[DuplicatePhoto]:
    return [one for group in groups for one in group.photos[1:] if one.is_available]


def _say(text: str, arguments: argparse.Namespace) -> None:
    if not arguments.json:  # stdout is one JSON object then
        print(text)


def _bytes(photos: Sequence[DuplicatePhoto]) -> int:
    return sum(one.size_bytes for one in photos)


def _size(size_bytes: int) -> str:
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)):
        if size_bytes >= step:
            return f"{size_bytes / step:.1f} {unit}"
    return f"{size_bytes} bytes"


def _facts(one: DuplicatePhoto) -> str:
    marks = " offline" if one.photo.is_offline else ""
    return f"{one.photo.format} {one.photo.width_px} x {one.photo.height_px}, {_size(one.size_bytes)}{marks}"


def _as_json(kind: DuplicateKind, groups: Sequence[DuplicateGroup]) -> dict[str, object]:
    return {
        "kind": kind.value,
        "groups": [
            {
                "keep_because": [str(reason) for reason in group.reasons],
                "are_identical": group.are_identical,
                "photos": [
                    {
                        "path": str(one.photo.path),
                        "format": one.photo.format,
                        "width_px": one.photo.width_px,
                        "height_px": one.photo.height_px,
                        "size_bytes": one.size_bytes,
                        "is_offline": one.photo.is_offline,
                        "tags": list(one.tags),
                        "albums": list(one.albums),
                    }
                    for one in group.photos
                ],
            }
            for group in groups
        ],
    }
