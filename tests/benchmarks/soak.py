"""A long day: files appear, change, move and vanish while somebody searches and scrolls. Run by hand; prints JSON.

    python -m tests.benchmarks.soak [--minutes 30] [--encoder colours|starter]

At the end the catalog must equal the disk, every photo must be searchable, the doctor must find nothing, no thread
may be left, and memory must not have grown by more than the bound. Exit code 1 where one of these fails.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.application import Application
from core import child_process, doctor
from core.indexing import file_reading
from core.library import Library
from core.settings import Settings
from tests.benchmarks import machine
from tests.benchmarks.scrolling import places_in
from tests.support.colour_encoder import COLOURS, colour_registry

MOST_GROWTH_MB = 30
"""After the first quarter, in which everything was used once; the thumbnail cache has a bound of its own."""
_FILES = 500
_BEAT_MS = 16
_WORDS = ("red", "blue sky", "green -red", '"photo"', "yellow", "nothing like this", "")


class Day:
    """What happens to the folder, one thing at a time."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self._choose = random.Random(seed)
        self._count = 0
        self.done: dict[str, int] = {}

    def fill(self) -> None:
        """The pictures of the morning."""
        for _ in range(_FILES):
            self._appear()

    def next(self) -> None:
        """One more change."""
        files = self.files()
        wishes = ["appear"] * (3 if len(files) < _FILES else 1) + ["vanish", "change", "move", "rename_folder"]
        wish = self._choose.choice(wishes)
        self.done[wish] = self.done.get(wish, 0) + 1
        if wish == "appear" or not files:
            self._appear()
        elif wish == "vanish":
            self._choose.choice(files).unlink()
        elif wish == "change":
            self._write(self._choose.choice(files))
        elif wish == "move":
            source = self._choose.choice(files)
            source.rename(self._folder() / f"moved {self._number()}{source.suffix}")
        else:
            folder = self._choose.choice(files).parent
            folder.rename(folder.with_name(f"trip {self._number()}"))

    def files(self) -> list[Path]:
        """All pictures on disk."""
        return sorted(one for one in self.root.rglob("*.*") if not one.name.endswith(".part"))

    def _appear(self) -> None:
        self._write(self._folder() / f"photo {self._number()}.{self._choose.choice(('jpg', 'png'))}")

    def _write(self, path: Path) -> None:
        pixels = np.random.default_rng(self._choose.getrandbits(32)).integers(-20, 20, (90, 120, 3))
        colour = np.array(self._choose.choice(list(COLOURS.values())))
        image = Image.fromarray(np.clip(colour + pixels, 0, 255).astype(np.uint8))
        part = path.with_name(path.name + ".part")
        image.save(part, "JPEG" if path.suffix == ".jpg" else "PNG")
        part.replace(path)

    def _folder(self) -> Path:
        folders = sorted(one for one in self.root.iterdir() if one.is_dir())
        if len(folders) < 12:
            (made := self.root / f"trip {self._number()}").mkdir()
            return made
        return self._choose.choice(folders)

    def _number(self) -> int:
        self._count += 1
        return self._count


def wait(milliseconds: int) -> None:
    """Let the window live for a while; the interpreter stays free for other threads."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def memory_mb() -> float:
    """What this process holds for itself; pages of the catalog that SQLite maps are the system's to drop."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("RssAnon"))


def live(program: Application, day: Day, minutes: float) -> list[tuple[float, float]]:
    """Scroll and search while the folder changes; returns (minutes, MB besides the thumbnail cache) again and again."""
    shell, choose = program.shell, random.Random(1)
    begun = time.monotonic()
    samples: list[tuple[float, float]] = []
    beat = 0
    while (passed := (time.monotonic() - begun) / 60) < minutes:
        beat += 1
        bar = shell.grid.verticalScrollBar()
        bar.setValue((bar.value() + 40) % max(1, bar.maximum()))
        if beat % 20 == 0:
            day.next()
        if beat % 90 == 0:
            shell.browsing.type_text(choose.choice(_WORDS))
        if beat % 400 == 0:
            thumbnails_mb = shell.thumbnails._bytes / 1e6  # a cache, bounded by itself, that fills with every new photo
            samples.append((round(passed, 2), round(memory_mb() - thumbnails_mb, 1)))
        wait(_BEAT_MS)
    return samples


def difference(library: Library, day: Day) -> str | None:
    """What the catalog does not have as the disk has it, in words."""
    listed = library.photos(library.listing().ids.tolist())
    known = {photo.path for photo in listed}
    there = set(day.files())
    if known != there:
        return f"{len(there - known)} files are not in the library, {len(known - there)} photos have no file"
    with library._catalog.reading() as connection:
        kept = {row[0] for row in connection.execute("SELECT hex(content_hash) FROM photos WHERE state <> 'gone'")}
    hashes = {file_reading.content_hash(path.read_bytes()).hex().upper() for path in there}
    if kept != hashes:
        return f"{len(kept ^ hashes)} contents differ"
    status = library.status()
    return None if status.embedded == status.photos else f"{status.photos - status.embedded} photos lack an embedding"


def run(options: argparse.Namespace, home: Path) -> dict[str, object]:
    """The whole day."""
    child_process.prepare()
    threads_before = set(threading.enumerate())
    places = places_in(home)
    day = Day(home / "photos", options.seed)
    day.root.mkdir(parents=True)
    day.fill()

    def opened(own: object) -> Library:
        registry = colour_registry(places.encoders, places.cache) if options.encoder == "colours" else None
        library = Library(places, registry)
        library.save_settings(Settings(encoder=options.encoder))
        return library

    program = Application(places, opened)
    program.library.add_folder(day.root)
    program.start()
    wait(5000)
    samples = live(program, day, options.minutes)
    program.shell.browsing.clear_search()
    deadline = time.monotonic() + 60
    while (wrong := difference(program.library, day)) and time.monotonic() < deadline:
        wait(500)
    program.close()
    findings = [one.sentence for one in doctor.examine(places.catalog).findings]
    wait(200)
    left = [one.name for one in threading.enumerate() if one not in threads_before]
    settled = [mb for minute, mb in samples if minute >= options.minutes / 4]
    growth = round(float(np.median(settled[-5:]) - np.median(settled[:5])), 1) if settled else 0.0
    return {
        "minutes": options.minutes,
        "encoder": options.encoder,
        "changes": day.done,
        "catalog_against_disk": wrong or "equal",
        "doctor": findings or "nothing",
        "threads_left": left,
        "memory_mb": {"samples": samples[:: max(1, len(samples) // 20)], "growth_after_first_quarter": growth},
        "is_passed": not (wrong or findings or left) and growth <= MOST_GROWTH_MB,
        "machine": machine.description(),
    }


def main() -> int:
    """Live the day and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--encoder", choices=("colours", "starter"), default="colours")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    _app = QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        result = run(options, Path(home))
    print(json.dumps(result, indent=1))
    return 0 if result["is_passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
