"""How long the window's thread is held up by what a person does in a library of 100,000 photos. Prints JSON.

    python -m tests.benchmarks.responsiveness [--photos 100000] [--home HOME] [--stacks]

Each figure is the longest turn of the event loop while something happened: what a frame would have waited. `own_ms` is
what the thread itself computed in its busiest turn; the rest it waited for a processor or the interpreter. `--stacks`
also says where it was whenever a turn took more than a frame. The library is changed: an album is made in it.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.application import Application
from app.browsing import Order, View
from app.shell import Shell
from core.domain import PhotoId, Scope, ScopeKind
from core.events import CatalogChanged
from core.library import Library
from tests.benchmarks import machine, synthetic_library

_FRAME_S = 0.016
_CALM_S = 1.2
"""What was begun has ended when the loop has had nothing long to do for so long."""
_DROPPED = 10_000
_ALBUM = "dropped into"


class Quiet(Library):
    """A library that does not look for the files, which do not exist."""

    def start(self) -> None:
        """Nothing runs in the background."""


class Watch:
    """Runs the event loop turn by turn, and looks where it is when a turn is long."""

    def __init__(self) -> None:
        self.stacks: collections.Counter[str] = collections.Counter()
        self._begun: float | None = None
        self._gui = threading.get_ident()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
        self._thread.start()

    def during(self, begin: Callable[[], object]) -> dict[str, object]:
        """Do something and turn the loop until it is calm again."""
        self.stacks.clear()
        wall = [self._turn(begin)]
        calm_since = time.perf_counter()
        while time.perf_counter() - calm_since < _CALM_S:
            wall.append(self._turn(QApplication.processEvents))
            if wall[-1][0] > 0.004:
                calm_since = time.perf_counter()
            time.sleep(0.001)
        figures: dict[str, object] = {
            "longest_ms": round(1000 * max(one[0] for one in wall), 1),
            "own_ms": round(1000 * max(one[1] for one in wall), 1),
            "begun_in_ms": round(1000 * wall[0][0], 1),
            "turns_over_16_ms": sum(one[0] > _FRAME_S for one in wall),
        }
        return figures | ({"where": dict(self.stacks.most_common(5))} if self.stacks else {})

    def close(self) -> None:
        """End the watching thread."""
        self._is_over.set()
        self._thread.join()

    def _turn(self, work: Callable[[], object]) -> tuple[float, float]:
        own = time.thread_time()
        self._begun = time.perf_counter()
        work()
        took = time.perf_counter() - self._begun
        self._begun = None
        return took, time.thread_time() - own

    def _look(self) -> None:
        while not self._is_over.wait(0.004):
            begun = self._begun
            if begun is not None and time.perf_counter() - begun > _FRAME_S:
                frames = traceback.extract_stack(sys._current_frames()[self._gui])
                own = [one for one in frames if "/app/" in one.filename or "/core/" in one.filename]
                self.stacks[
                    " < ".join(f"{Path(one.filename).stem}.{one.name}:{one.lineno}" for one in own[:-5:-1])
                ] += 1


def scenes(shell: Shell, library: Library) -> dict[str, Callable[[], object]]:
    """What a person does, in order."""
    browsing, grid, field = shell.browsing, shell.grid, shell.search
    some = [PhotoId(one) for one in range(1, _DROPPED + 1)]
    there = [one for one in library.albums() if one.name == _ALBUM]
    album = there[0] if there else library.create_album(_ALBUM, [])
    whole = Scope()

    def change() -> None:
        library.events.publish(CatalogChanged(changed=frozenset(some[:500]), albums=True, tags=True, folders=True))

    def type_words() -> None:
        field.focus()
        for letter in "dog on a beach":
            QTest.keyClicks(QApplication.focusWidget() or field, letter)
            QApplication.processEvents()

    return {
        "sidebar and list after a change of 500 photos": change,
        "everything selected, inspector open": grid.selectAll,
        "nothing selected": grid.clearSelection,
        "10,000 photos dropped on an album": lambda: shell.photo_deeds.add_to_album(album.id, album.name, some),
        "... and undone": shell.undo.undo,
        "oldest first": lambda: browsing.sort(Order.OLDEST),
        "newest first": lambda: browsing.sort(Order.NEWEST),
        "typing 14 letters": type_words,
        "a result by date": lambda: browsing.sort(Order.NEWEST),
        "back to all photos": lambda: browsing.browse(whole),
        "100,000 hits": lambda: browsing.go_to(View(text="-people", order=Order.RELEVANCE)),
        "everything selected in them": grid.selectAll,
        "back once more": lambda: browsing.browse(whole),
        "to the album": lambda: browsing.browse(Scope(ScopeKind.ALBUM, album.id)),
        "... and back": lambda: browsing.browse(whole),
        "rating 10,000 photos": lambda: shell.photo_deeds.rate(3, some),
    }


def measure(own: object, is_with_stacks: bool) -> dict[str, object]:
    """Open the window and play every scene."""
    app = QApplication.instance() or QApplication([])
    watch = Watch()
    found: dict[str, object] = {}
    program: list[Application] = []

    def open_window() -> None:
        program.append(Application(own, Quiet))  # type: ignore[arg-type]
        program[0].shell.window.resize(1600, 1000)
        program[0].start()

    found["opening, until everything is there"] = watch.during(open_window)
    shell, library = program[0].shell, program[0].library
    library.warm_up()
    if not shell.inspector.isVisible():
        shell.commands.action("view.inspector").trigger()
    watch.during(app.processEvents)
    for name, begin in scenes(shell, library).items():
        found[name] = watch.during(begin)
    watch.close()
    shell.window.close()
    program[0].close()
    if not is_with_stacks:
        for one in found.values():
            one.pop("where", None)  # type: ignore[attr-defined]
    return found


def main() -> None:
    """Measure and print JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--photos", type=int, default=100_000)
    arguments.add_argument("--home", type=Path, help="a library made by synthetic_library; it is changed")
    arguments.add_argument("--stacks", action="store_true")
    given = arguments.parse_args()
    with synthetic_library.at(given.home, given.photos) as own:
        found = measure(own, given.stacks)
    print(json.dumps({"machine": machine.description(), "photos": given.photos, "scenes": found}, indent=2))


if __name__ == "__main__":
    main()
