"""`recollect index` and `recollect watch`: bring folders into the library, once or for good."""

from __future__ import annotations

import argparse
import signal
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

from core import places
from core.command_line import output
from core.domain import Folder, Problem, ScanReport
from core.errors import LibraryError
from core.events import CatalogChanged, Event, JobProgress
from core.library import Library


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    index = commands.add_parser(
        "index",
        parents=[library],
        help="add folders and index until nothing is left",
        description="Add folders to the library and index until nothing is left."
        " Without a folder: all that are watched.",
    )
    index.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="a folder with photos")
    index.add_argument("--json", action="store_true", help="print the counts, and each unreadable file, as JSON")
    index.set_defaults(run=_index)
    watch = commands.add_parser(
        "watch",
        parents=[library],
        help="follow the folders until stopped",
        description="Index the watched folders and follow every change in them until Ctrl+C.",
    )
    watch.set_defaults(run=_watch)


def _index(arguments: argparse.Namespace) -> int:
    started_at = time.monotonic()
    with Library(places.places(arguments.library)) as library, output.progress(library):
        ids = [_watched(library, folder).id for folder in arguments.folders] or None
        report = library.index_until_done(ids)
        roots = [folder.path for folder in library.folders() if ids is None or folder.id in ids]
        unreadable = [one for one in library.problems() if any(one.path.is_relative_to(root) for root in roots)]
        photos = library.status().photos
        if report.added:
            library.warm_up()  # what the first search would have to compute is kept on disk
    if arguments.json:
        output.write_json(_as_json(report, unreadable, photos, time.monotonic() - started_at))
    else:
        _print(report, unreadable, photos)
    return 0


def _watched(library: Library, path: Path) -> Folder:
    """The watched folder that holds `path`, else `path` as a new one."""
    holding = (one for one in library.folders() if path.is_dir() and path.absolute().is_relative_to(one.path))
    return next(holding, None) or library.add_folder(path)


def _as_json(report: ScanReport, unreadable: list[Problem], photos: int, elapsed_s: float) -> dict[str, object]:
    return {
        "photos": photos,
        "added": report.added,
        "changed": report.changed,
        "moved": report.moved,
        "gone": report.gone,
        "unreadable": [{"path": str(one.path), "reason": one.reason} for one in unreadable],
        "offline": [str(path) for path in report.offline],
        "elapsed_s": round(elapsed_s, 3),
    }


def _print(report: ScanReport, unreadable: list[Problem], photos: int) -> None:
    print(
        f"{report.added:,} added, {report.changed:,} changed, {report.moved:,} moved, {report.gone:,} gone,"
        f" {len(unreadable):,} unreadable; the library has {output.plural(photos, 'photo')}."
    )
    for problem in unreadable:
        print(f"  could not read {output.shown(problem.path)}: {problem.reason}")
    for path in report.offline:
        print(f"  offline: {output.shown(path)} (its photos stay in the library)")


def _watch(arguments: argparse.Namespace) -> int:
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    previous = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with Library(places.places(arguments.library)) as library:
            library.events.subscribe(_tell)
            watched = library.folders()
            if not watched:
                raise LibraryError("No folder is watched yet.", hint="Add one with: recollect index FOLDER")
            print(f"Following {', '.join(output.shown(one.path) for one in watched)}. Ctrl+C ends it.", flush=True)
            library.start()
            while not stop.wait(timeout=1.0):
                pass
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    return 0


def _tell(event: Event) -> None:
    if isinstance(event, CatalogChanged):
        counts = (
            (len(event.added), "added"),
            (len(event.removed), "gone"),
            (len(event.embedded), "searchable"),
        )
        said = ", ".join(f"{count:,} {word}" for count, word in counts if count)
        if said:
            print(said, flush=True)
    elif isinstance(event, JobProgress) and event.is_finished and event.job == "index" and event.total:
        print(f"{event.done:,} of {event.total:,} photos are searchable.", flush=True)
