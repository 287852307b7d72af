"""How long the query language takes over a large library: exact words, filters, several wishes, what is not wanted."""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
from functools import partial
from pathlib import Path

from core import places
from core.catalog import texts
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.domain import PhotoId, Query
from core.events import CatalogChanged, EventBus
from core.library import Library
from tests.benchmarks import machine, synthetic_library

_RUNS = 25
_WORDS = ("dog", "beach", "snow", "family", "party", "car", "mountain", "sunset", "bridge", "garden", "music", "train")
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


def measure(count: int) -> dict[str, object]:
    """Milliseconds for each of QUERIES, everything loaded; filters also right after a change of the catalog."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RECOLLECT_HOME"] = folder
        own = places.places()
        photos = Path(folder) / "photos"
        photos.mkdir()
        synthetic_library.build(own.catalog, photos, count)
        _describe(own.catalog, count)
        with Library(own) as library:
            library.warm_up()
            library.search(Query("dog + beach -people -cars"))
            again = {name: _timed(library, query) for name, query in QUERIES.items()}
            fresh = {name: _timed(library, QUERIES[name], True) for name in ("a filter alone", "three filters alone")}
            completing = machine.timed_ms(lambda: library.completions("camera:c", 8), _RUNS)
        return {
            "photos": count,
            **again,
            **{f"{name}, right after a change": figures for name, figures in fresh.items()},
            "completions": machine.summary(completing),
        }


def _timed(library: Library, query: Query, is_changed: bool = False) -> object:
    def search() -> None:
        if is_changed:
            library.events.publish(CatalogChanged(tags=True))
        library.search(query)

    return machine.summary(machine.timed_ms(search, _RUNS))


def _describe(catalog_path: Path, count: int) -> None:
    """Captions for half of the photos, ratings and cameras."""
    catalog = Catalog(catalog_path, EventBus())
    try:
        for start in range(1, count + 1, 10_000):
            catalog.write(partial(_describe_some, ids=range(start, min(start + 10_000, count + 1))))
    finally:
        catalog.close()


def _describe_some(connection: Connection, changes: Changes, ids: range) -> None:
    chosen = random.Random(ids.start)
    connection.executemany(
        "UPDATE photos SET caption = ?, rating = ?, camera = ? WHERE id = ?",
        [
            (
                f"{' '.join(chosen.sample(_WORDS, 2))} {one % 100}" if one % 2 else None,
                chosen.randrange(6),
                chosen.choice(("Canon EOS 80D", "NIKON D750", None)),
                one,
            )
            for one in ids
        ],
    )
    texts.refresh(connection, [PhotoId(one) for one in ids])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, nargs="*", default=[100_000])
    found = [measure(count) for count in parser.parse_args().photos]
    print(json.dumps({"machine": machine.description(), "results": found}, indent=2))
