"""How long every kind of query takes over a large real catalog, what of the exact answer is found, and in what memory.

    python -m tests.benchmarks.query_language [--photos 100000] [--home HOME]

`--home` keeps the library that is made (see `synthetic_library`), which takes half an hour for a million photos.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from core.catalog.texts import TextMatch
from core.domain import PhotoId, Query
from core.events import CatalogChanged
from core.library import Library
from core.places import Places
from core.search import exact_words, ranking
from core.search.engine import SearchEngine
from tests.benchmarks import machine, synthetic_library

_RUNS = 25
_RECALL_QUERIES = 20
_CHUNK = 50_000
QUERIES = {
    "exact words, rare": Query("bridge 77", is_exact_only=True),
    "exact words, in every 12th photo": Query("dog", is_exact_only=True),
    "exact words, as they are typed": Query("bri", is_exact_only=True),
    "exact words, in every name": Query("img", is_exact_only=True),
    "quoted words": Query('"sunset bridge"'),
    "a filter alone": Query("date:2023", limit=100_000),
    "three filters alone": Query("date:2015..2024 rating:>=3 camera:canon", limit=100_000),
    "words": Query("a dog on a beach"),
    "words and three filters": Query("a dog on a beach date:2015..2024 rating:>=3 camera:canon"),
    "two wishes": Query("dog + beach"),
    "two wishes, two not wanted, a filter": Query("dog + beach -people -cars date:2015..2024"),
    "only what is not wanted": Query("-people", limit=100_000),
}


CHANGES = {
    "a change of tags": CatalogChanged(tags=True),
    "a photo was rated": CatalogChanged(changed=frozenset({PhotoId(7)})),
}


def measure(own: Places, count: int) -> dict[str, object]:
    """Milliseconds for each of QUERIES, everything loaded; filters also right after a change of the catalog."""
    with Library(own) as library:
        begun = time.perf_counter()
        library.warm_up()
        warm_up_s = time.perf_counter() - begun
        library.search(Query("dog + beach -people -cars"))
        example = library.example(library.folders()[0].path / "IMG_000007.jpg")
        queries = QUERIES | {"find similar": Query(examples=(example,))}
        times = {name: _timed(library, query) for name, query in queries.items()}
        for name in ("words", "three filters alone", "words and three filters"):
            for change, event in CHANGES.items():
                times[f"{name}, right after {change}"] = _timed(library, QUERIES[name], event)
        matrix = library._choice.engine().matrix()
        return {
            "photos": count,
            "encoder and matrix loaded in s": round(warm_up_s, 2),
            "ms": times,
            "completions in ms": machine.summary(machine.timed_ms(lambda: library.completions("camera:c", 8), _RUNS)),
            "memory of the matrix in MB": round(matrix.size_bytes / 1e6),
            "memory of the process in MB": _resident_mb(),
            "peak memory in MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "recall@100 against the exact product": recall(library._choice.engine()),
        }


def recall(engine: SearchEngine) -> float:
    """How much of the exact best 100 the matrix finds, over the texts of the background."""
    matrix, ids = engine.matrix(), np.sort(engine.matrix().ids())
    texts = engine.background().everyday[:_RECALL_QUERIES]
    exact = np.concatenate(
        [texts @ matrix.vectors_of(ids[at : at + _CHUNK])[1].T for at in range(0, len(ids), _CHUNK)], axis=1
    )
    shares = []
    for text, scores in zip(texts, exact, strict=True):
        found_ids, found, _ = matrix.scores(text[None])
        found_best, _ = ranking.best(found_ids, found[:, 0], 100)
        shares.append(len(np.intersect1d(found_best, ranking.best(ids, scores, 100)[0])) / 100)
    return round(statistics.fmean(shares), 4)


def _resident_mb() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() // 2**20


def _timed(library: Library, query: Query, event: CatalogChanged | None = None) -> object:
    """Milliseconds to the hits, and to their order alone: without where their words stand."""
    times, ordered = [], []
    with _watched() as looked_up:
        for _ in range(_RUNS + 2):
            if event is not None:
                library.events.publish(event)
            looked_up.clear()
            begun = time.perf_counter()
            library.search(query)
            times.append((time.perf_counter() - begun) * 1000)
            ordered.append(times[-1] - sum(looked_up) * 1000)
    return {**machine.summary(times[2:]), "median to ranked ids": round(statistics.median(ordered[2:]), 2)}


@contextmanager
def _watched() -> Iterator[list[float]]:
    """The seconds of each call that looks up where words stand, for the reasons."""
    seconds: list[float] = []
    where = exact_words.where

    def timed(*given: Any) -> dict[int, list[TextMatch]]:
        begun = time.perf_counter()
        found = where(*given)
        seconds.append(time.perf_counter() - begun)
        return found

    with mock.patch.object(exact_words, "where", timed):
        yield seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--home", type=Path, help="where the library is kept for the next time")
    given = parser.parse_args()
    with synthetic_library.at(given.home, given.photos) as own:
        found = measure(own, given.photos)
    print(json.dumps({"machine": machine.description(), "result": found}, indent=2))
