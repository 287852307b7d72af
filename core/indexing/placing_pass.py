"""One pass over the photos whose position has no name yet. Runs on the thread that calls it, after a scan."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from core.catalog import photo_places, texts
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.photo_places import Position
from core.domain import Place
from core.gazetteer import gazetteer as gazetteers
from core.gazetteer.gazetteer import Gazetteer
from core.jobs import JobControl

_CHUNK = 500


def name_places(catalog: Catalog, cache: Path, job: JobControl) -> int:
    """Name the places of all photos that lack one; returns how many photos were looked at. Raises Cancelled.

    The gazetteer, compiled into `cache` the first time, is only opened when there is something to look up.
    """
    edition = gazetteers.edition()
    with catalog.reading() as connection:
        total = photo_places.count_lacking(connection, edition)
    if not total:
        return 0
    job.report(0, total)
    gazetteer = Gazetteer.open(cache)
    done = 0
    while True:
        with catalog.reading() as connection:
            positions = photo_places.lacking(connection, edition, _CHUNK)
        if not positions:
            return done
        named = [(one, gazetteer.place_at(one.latitude, one.longitude)) for one in positions]
        catalog.write(partial(_keep, edition=edition, named=named))
        done += len(positions)
        job.report(done, max(total, done))


def _keep(connection: Connection, changes: Changes, edition: str, named: list[tuple[Position, Place | None]]) -> None:
    changed = photo_places.put(connection, edition, named)
    texts.refresh(connection, changed)
    changes.changed.update(changed)
    changes.places = bool(changed)
