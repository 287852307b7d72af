"""How long a typed query takes over 100,000 embeddings in a real catalog, text embedding cached and not."""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from pathlib import Path

from core import places
from core.domain import PhotoId, Query, Scope, ScopeKind
from core.library import Library
from tests.benchmarks import machine, synthetic_library

_RUNS = 40


def measure(count: int) -> dict[str, object]:
    """All figures in milliseconds, for `count` photos."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RECOLLECT_HOME"] = folder
        own = places.places()
        photos = Path(folder) / "photos"
        photos.mkdir()
        synthetic_library.build(own.catalog, photos, count)
        with Library(own) as library:
            started_at = time.perf_counter()
            library.warm_up()
            warm_up_s = time.perf_counter() - started_at
            some = [PhotoId(int(one)) for one in library.listing().ids[: count // 2]]
            album = library.create_album("half", some)
            half = Scope(ScopeKind.ALBUM, album.id)
            words = iter(f"a dog number {number} on a beach" for number in range(10_000))
            example = library.example(photos / "IMG_000007.jpg")
            return {
                "photos": count,
                "encoder and matrix loaded in s": round(warm_up_s, 2),
                "typed, text cached": machine.summary(
                    machine.timed_ms(lambda: library.search(Query("a dog on a beach")), _RUNS)
                ),
                "typed, first time": machine.summary(
                    machine.timed_ms(lambda: library.search(Query(next(words))), _RUNS)
                ),
                "within an album of half of them": machine.summary(
                    machine.timed_ms(lambda: library.search(Query("a dog on a beach", scope=half)), _RUNS)
                ),
                "find similar": machine.summary(
                    machine.timed_ms(lambda: library.search(Query(examples=(example,))), _RUNS)
                ),
                "peak memory in MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, nargs="*", default=[100_000])
    print(
        json.dumps(
            {"machine": machine.description(), "results": [measure(n) for n in parser.parse_args().photos]}, indent=2
        )
    )
