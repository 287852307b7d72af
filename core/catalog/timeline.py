"""SQL of when and where photos were taken, as columns: what albums are suggested from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog.connection import Connection, query
from core.catalog.photos import id_array


@dataclass(frozen=True, slots=True)
class Timeline:
    """The photos that say when they were taken, in that order; all arrays have length n."""

    ids: NDArray[np.int64]
    taken_at: NDArray[np.int64]
    """UTC seconds."""
    latitude: NDArray[np.float64]
    """Degrees; NaN where the photo does not say."""
    longitude: NDArray[np.float64]


def load(connection: Connection) -> Timeline:
    """All visible photos with a date of their own.

    A photo without one goes by its file's time, which says when it was copied or downloaded: such photos would
    make events that never happened. A photo that names its camera or its place has a date as well.
    """
    rows = query(
        connection,
        "SELECT id, taken_at, latitude, longitude FROM photos WHERE state <> 'gone'"
        " AND (camera IS NOT NULL OR latitude IS NOT NULL) ORDER BY taken_at, id",
    )
    return Timeline(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.float64),
        np.array([row[3] for row in rows], dtype=np.float64),
    )


def place_of(connection: Connection, ids: Iterable[int]) -> str | None:
    """The town (else the region, else the country) where at least half of the located photos were taken."""
    rows = query(
        connection,
        "SELECT l.town, l.region, l.country, count(*) FROM photos p JOIN places l ON l.id = p.place_id"
        " WHERE p.id IN (SELECT value FROM json_each(?)) GROUP BY l.id",
        (id_array(ids),),
    )
    total = sum(row[3] for row in rows)
    for column in range(3):
        counts: dict[str, int] = {}
        for row in rows:
            if row[column]:
                counts[row[column]] = counts.get(row[column], 0) + row[3]
        name = max(counts, key=lambda one: counts[one], default=None)
        if name is not None and counts[name] * 2 >= total:
            return name
    return None


def taken_at(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """When photos were taken, by id."""
    rows = query(
        connection,
        "SELECT id, taken_at FROM photos WHERE id IN (SELECT value FROM json_each(?))",
        (id_array(ids),),
    )
    return {row[0]: row[1] for row in rows}
