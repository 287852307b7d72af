"""Frame times of the photo grid over a real catalog of 100,000 photos. Run by hand; prints JSON.

    python -m tests.benchmarks.scrolling [--photos 100000] [--width 1600] [--height 1000] [--cell 176]

`of_it_gui_processor_ms` is what the GUI thread itself computed; the rest of a frame it waited for a processor or the
interpreter, which on a busy machine says more about the machine.

A frame is everything the GUI thread does between two beats of a 60 Hz clock: moving the scroll bar, painting,
taking in rows and thumbnails. Thumbnails are fetched and decoded on the task threads meanwhile, as in the window.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from app import smoothness
from app.item_models.photo_model import PhotoModel
from app.tasks import Tasks
from app.thumbnail_provider import ThumbnailProvider
from app.views.photo_grid import PhotoGrid
from core.library import Library
from core.places import Places
from tests.benchmarks import machine, synthetic_library

_BEAT_S = 1 / 60
_FRAMES = 400


def places_in(folder: Path) -> Places:
    """All of the program's files below one temporary folder."""
    return Places(
        catalog=folder / "library.sqlite",
        settings=folder / "settings.toml",
        encoders=folder / "encoders",
        cache=folder / "cache",
        logs=folder / "logs",
        vocabulary=folder / "vocabulary.toml",
    )


def scroll(grid: PhotoGrid, thumbnails: ThumbnailProvider, positions: Iterable[int]) -> dict[str, object]:
    """Show one frame per position and describe how long they took and how complete they were."""
    bar, times, own, filled = grid.verticalScrollBar(), [], [], []
    for position in positions:
        begun, begun_own = time.perf_counter(), time.thread_time()
        bar.setValue(position)
        QApplication.processEvents()
        times.append(time.perf_counter() - begun)
        own.append(time.thread_time() - begun_own)
        ids = grid.photo_ids[grid.visible_rows().start : grid.visible_rows().stop].tolist()
        filled.append(sum(thumbnails.image(one) is not None for one in ids) / len(ids))
        time.sleep(max(0.0, _BEAT_S - (time.perf_counter() - begun)))
    return {
        "frame_ms": machine.summary([1000 * one for one in times]),
        "of_it_gui_processor_ms": machine.summary([1000 * one for one in own]),
        "cells_with_thumbnail_percent": round(100 * float(np.mean(filled)), 1),
    }


def measure(library: Library, options: argparse.Namespace) -> dict[str, object]:
    """Open the library in a grid and scroll it in several ways."""
    tasks = Tasks()
    model, thumbnails = PhotoModel(library, tasks), ThumbnailProvider(library, tasks)
    grid = PhotoGrid(model, thumbnails)
    grid.resize(options.width, options.height)
    grid.set_cell_size_px(options.cell)
    grid.show()
    QApplication.processEvents()
    smoothness.settle()
    begun = time.perf_counter()
    listing = library.listing()
    listed = time.perf_counter()
    model.show_listing(listing, by_month=True)
    QApplication.processEvents()
    shown = time.perf_counter()
    end, random = grid.verticalScrollBar().maximum(), np.random.default_rng(2)
    start = end // 3
    ways = {
        "wheel, 25 px a frame": range(start, start + 25 * _FRAMES, 25),
        "back over what was seen": range(start + 25 * _FRAMES, start, -25),
        "fast, 400 px a frame": range(start, min(end, start + 400 * _FRAMES), 400),
        "dragging through everything": np.linspace(0, end, _FRAMES, dtype=int).tolist(),
        "jumps": random.integers(0, end, _FRAMES).tolist(),
    }
    results = {way: scroll(grid, thumbnails, positions) for way, positions in ways.items()}
    visible = len(grid.visible_rows())
    grid.close()
    tasks.close()
    return {
        "photos": len(listing),
        "window": f"{options.width} x {options.height}, cells of {grid.grid_layout().cell_px} px, {visible} in sight",
        "listing_ms": round(1000 * (listed - begun), 1),
        "shown_ms": round(1000 * (shown - listed), 1),
        "scrolling": results,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "machine": f"{machine.description()}, Qt {qVersion()}, load {os.getloadavg()[0]:.1f}",
    }


def main() -> None:
    """Build the catalog, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("photos", 100_000), ("width", 1600), ("height", 1000), ("cell", 176)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        places = places_in(Path(folder))
        print(f"Filling a catalog with {options.photos:,} photos ...", file=sys.stderr)
        # In a process of its own, so that building does not count as the window's memory.
        builder = multiprocessing.get_context("spawn").Process(
            target=synthetic_library.build, args=(places.catalog, Path(folder) / "photos", options.photos, 0)
        )
        builder.start()
        builder.join()
        if builder.exitcode:
            sys.exit("The catalog could not be filled.")
        with Library(places) as library:
            print(json.dumps(measure(library, options), indent=2))
    application.quit()


if __name__ == "__main__":
    main()
