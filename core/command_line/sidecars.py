"""`recollect sidecars`: tags, stars and captions in XMP files beside the photos."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output
from core.domain import PhotoId, SidecarReport
from core.errors import LibraryError
from core.library import Library


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    sidecars = commands.add_parser(
        "sidecars",
        help="write tags into XMP files beside the photos, for other programs",
        description="Write tags, stars and captions into XMP sidecars (photo.jpg.xmp) that digiKam, Lightroom and"
        " darktable read. Photos are never touched, nor what other programs wrote into a sidecar.",
    )
    verbs = sidecars.add_subparsers(dest="verb", metavar="write|status", required=True)
    write = verbs.add_parser("write", parents=[library], help="bring the sidecars up to date")
    write.add_argument(
        "photos", nargs="*", type=Path, metavar="FILE", help="only these photos (default: all whose words changed)"
    )
    write.add_argument("--json", action="store_true", help="print one JSON object")
    write.set_defaults(run=_write)
    status = verbs.add_parser("status", parents=[library], help="say how many photos wait to be written")
    status.add_argument("--json", action="store_true", help="print one JSON object")
    status.set_defaults(run=_status)


def _write(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        ids = [_photo_at(library, path) for path in arguments.photos] or None
        with output.progress(library):
            report = library.write_sidecars(ids)
        paths = [photo.path for photo in library.photos(report.written)]
    if arguments.json:
        output.write_json(
            {
                "written": [str(path) for path in paths],
                "unchanged": report.unchanged_count,
                "problems": [{"path": str(one.path), "reason": one.reason} for one in report.problems],
                "read_only_folders": [str(folder) for folder in report.read_only],
            }
        )
    else:
        _say(report)
    return 1 if report.problems else 0


def _say(report: SidecarReport) -> None:
    if report.written or not report.problems:
        count = output.plural(len(report.written), "sidecar")
        print(f"Wrote {count}." if report.written else "Nothing to write.")
    for problem in report.problems:
        print(f"Left alone: {output.shown(problem.path)}: {problem.reason}")


def _status(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        status = library.sidecar_status()
    if arguments.json:
        output.write_json(
            {
                "writes_by_itself": status.is_writing,
                "waiting": status.waiting_count,
                "with_sidecar": status.sidecar_count,
                "problems": [{"path": str(one.path), "reason": one.reason} for one in status.problems],
            }
        )
        return 0
    print(f"{output.plural(status.sidecar_count, 'photo')} with a sidecar, {status.waiting_count:,} to be written.")
    by_itself = "keeps them up to date by itself" if status.is_writing else "writes them only when asked"
    print(f"Recollect {by_itself}.")
    for problem in status.problems:
        print(f"{output.shown(problem.path)}: {problem.reason}")
    return 0


def _photo_at(library: Library, path: Path) -> PhotoId:
    found = library.example(path).photo_id
    if found is None:
        raise LibraryError(f"{output.shown(path)} is not in the library.", hint="Index its folder first.")
    return found
