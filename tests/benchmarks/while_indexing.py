"""Frames and typed queries over 100,000 photos, quiet and while new photos are read and embedded. Prints JSON.

    python -m tests.benchmarks.while_indexing [--rows 100000] [--files FOLDER]

In turns a stretch of scrolling and a typed query, first with nothing else going on, then while the background work
goes through a folder of new photos, told as by the window that somebody is there. At the end the memory of the
process and of its reading children: at its most, and after the rest that follows idling.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtWidgets import QApplication

from app import smoothness
from app.item_models.photo_model import PhotoModel
from app.tasks import Tasks
from app.thumbnail_provider import ThumbnailProvider
from app.views.photo_grid import PhotoGrid
from core.domain import Query
from core.events import JobProgress
from core.library import Library
from tests.benchmarks import machine, picture_files, synthetic_library
from tests.benchmarks.scrolling import places_in

_BEAT_S = 1 / 60
_STRETCH = 40
_PX_A_FRAME = 25
_QUIET_STRETCHES = 8


class Watch:
    """What is measured, by what ran meanwhile."""

    def __init__(self, library: Library) -> None:
        self.running: dict[str, bool] = {}
        self.frames_ms: dict[str, list[float]] = defaultdict(list)
        self.queries_ms: dict[str, list[float]] = defaultdict(list)
        self.most_mb = 0.0
        self.embedded = 0
        library.events.subscribe(self._note)

    def _note(self, event: object) -> None:
        if isinstance(event, JobProgress):
            self.running[event.job] = not event.is_finished
            if event.job == "index" and event.total:
                self.embedded = event.done

    @property
    def phase(self) -> str:
        """What runs now."""
        if self.running.get("scan"):
            return "while reading"
        return "while embedding" if self.running.get("index") else "quiet"

    def results(self) -> dict[str, object]:
        """By phase."""
        return {
            phase: {
                "frame_ms": machine.summary(frames),
                "frames_above_50_ms": sum(one > 50 for one in frames),
                "frames": len(frames),
                "typed_query_ms": machine.summary(self.queries_ms[phase]) if self.queries_ms[phase] else None,
                "queries": len(self.queries_ms[phase]),
            }
            for phase, frames in self.frames_ms.items()
        }


def memory_mb() -> float:
    """Resident memory of this process and its children."""
    own = psutil.Process()
    found = 0
    for one in [own, *own.children(recursive=True)]:
        try:
            found += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return found / 1e6


def stretch(library: Library, grid: PhotoGrid, watch: Watch, words: itertools.count[int]) -> None:
    """Some frames of scrolling with the wheel, then one query with words that were never typed."""
    bar = grid.verticalScrollBar()
    for _ in range(_STRETCH):
        phase, begun = watch.phase, time.perf_counter()
        library.note_use()
        bar.setValue((bar.value() + _PX_A_FRAME) % bar.maximum())
        QApplication.processEvents()
        watch.frames_ms[phase].append(1000 * (time.perf_counter() - begun))
        time.sleep(max(0.0, _BEAT_S - (time.perf_counter() - begun)))
    phase, begun = watch.phase, time.perf_counter()
    library.search(Query(f"a dog number {next(words)} on a beach"))
    watch.queries_ms[phase].append(1000 * (time.perf_counter() - begun))
    watch.most_mb = max(watch.most_mb, memory_mb())


def measure(library: Library, files: Path, longest_s: float) -> dict[str, object]:
    """Quiet stretches, then stretches until everything new is embedded."""
    tasks, watch, words = Tasks(), Watch(library), itertools.count()
    model, thumbnails = PhotoModel(library, tasks), ThumbnailProvider(library, tasks)
    grid = PhotoGrid(model, thumbnails)
    grid.resize(1600, 1000)
    grid.show()
    model.show_listing(library.listing(), by_month=True)
    library.warm_up()
    library.search(Query("the first one"))
    QApplication.processEvents()
    smoothness.settle()
    for _ in range(_QUIET_STRETCHES):
        stretch(library, grid, watch, words)
    before_mb, started_at = memory_mb(), time.perf_counter()
    wanted = len(library.listing()) + sum(1 for _ in files.iterdir())
    library.add_folder(files)
    library.start()
    while watch.embedded < wanted and time.perf_counter() - started_at < longest_s:
        stretch(library, grid, watch, words)
    took_s = time.perf_counter() - started_at
    library._work._release()
    gc.collect()
    after_mb = memory_mb()
    grid.close()
    tasks.close()
    return {
        "new photos": sum(1 for _ in files.iterdir()),
        "seconds": round(took_s, 1),
        **watch.results(),
        "memory_mb": {"before": round(before_mb), "most": round(watch.most_mb), "after idling": round(after_mb)},
        "machine": machine.description(),
    }


def main() -> None:
    """Build the catalog, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--files", type=Path, help="folder with new photos (default: 400 small ones are made)")
    parser.add_argument("--longest-s", type=float, default=120.0, help="give up waiting for the new photos after this")
    parser.add_argument("--made", type=Path, help="folder where the made-up library is kept for the next time")
    given = parser.parse_args()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        places, files = places_in(Path(folder)), given.files
        if files is None:
            files = Path(folder) / "new photos"
            picture_files.write(files, "JPEG 1024 x 768", 400)
        away = Path(folder) / "photos"
        away.mkdir()
        builder = multiprocessing.get_context("spawn").Process(
            target=synthetic_library.copy_or_build, args=(given.made, places.catalog, away, given.rows)
        )
        builder.start()
        builder.join()
        if builder.exitcode:
            sys.exit("The catalog could not be filled.")
        with Library(places) as library:
            library.scan_until_done()  # the made-up files are missing: said now, not while something is measured
            print(json.dumps(measure(library, files, given.longest_s), indent=2))
    application.quit()


if __name__ == "__main__":
    main()
