"""What keeping 20 smart albums in step costs over 100,000 photos, and how much it holds up another thread.

The other thread stands for the window's: it wakes every 4 ms and writes down how late it was, with and without a
pass of the filler running, in turns within one run.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from core import places
from core.domain import AlbumDefinition, PhotoId
from core.library import Library
from core.smart_albums import following
from core.smart_albums.following import Follower
from tests.benchmarks import machine, synthetic_library

_TICK_S = 0.004
_TURNS = 6
_WORDS = ("dog", "beach", "snow", "city", "party", "sunset", "car", "food", "forest", "boat")


def measure(count: int) -> dict[str, object]:
    """All figures in milliseconds, for `count` photos."""
    following.QUIET_S = 0.0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RECOLLECT_HOME"] = folder
        own = places.places()
        photos = Path(folder) / "photos"
        photos.mkdir()
        synthetic_library.build(own.catalog, photos, count)
        with Library(own) as library:
            library.warm_up()
            for number in range(20):
                text = f"a {_WORDS[number % 10]}" if number < 16 else ("rating:>=3", "is:favourite")[number % 2]
                rest = "" if number < 10 else " -tree"
                library.create_smart_album(f"Album {number}", AlbumDefinition(f"{text}{rest}"))
            ids = [PhotoId(int(one)) for one in library.listing().ids]
            pass_ms = machine.timed_ms(lambda: in_the_background(library), 8)
            quiet: list[float] = []
            busy: list[float] = []
            for turn in range(_TURNS):
                library.set_rating(ids[turn * 100 : turn * 100 + 100], 4)  # some albums change in each turn
                quiet += lateness_ms(lambda: time.sleep(1.0))
                busy += lateness_ms(lambda: in_the_background(library))
            listing = machine.timed_ms(library.albums, 8)
            suggest = machine.timed_ms(library.suggest_albums, 1, warm_up=0)
            return {
                "photos": count,
                "members": sum(one.photo_count for one in library.albums()),
                "a pass over 20 albums": machine.summary(pass_ms),
                "lateness of another thread, quiet": machine.summary(quiet),
                "lateness of another thread, during passes": machine.summary(busy),
                "list of the albums": machine.summary(listing),
                "suggest albums": machine.summary(suggest),
            }


def in_the_background(library: Library) -> None:
    """A pass as the follower's thread makes it."""
    done = threading.Event()

    def fill(may_go_on: Callable[[], bool]) -> None:
        library._smart._filler.fill(None, may_go_on)
        done.set()

    follower = Follower(fill)
    follower.start()
    done.wait()
    follower.close()


def lateness_ms(work: Callable[[], object]) -> list[float]:
    """How late a thread that sleeps `_TICK_S` at a time woke, while `work` ran on another thread."""
    thread = threading.Thread(target=work)
    late = []
    thread.start()
    while thread.is_alive():
        expected = time.perf_counter() + _TICK_S
        time.sleep(_TICK_S)
        late.append(max(0.0, (time.perf_counter() - expected) * 1000))
    thread.join()
    return late


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, nargs="*", default=[100_000])
    print(
        json.dumps(
            {"machine": machine.description(), "results": [measure(n) for n in parser.parse_args().photos]}, indent=2
        )
    )
