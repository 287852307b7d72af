"""SQL of where photos were taken, by name, and whose position has not been looked up yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.catalog.connection import Connection, query
from core.domain import PhotoId, Place, PlaceCount

_NAMES_SEPARATOR = " , "


@dataclass(frozen=True, slots=True)
class Position:
    """A photo with its position in degrees, as its file says it: it may be nonsense."""

    photo_id: PhotoId
    latitude: float
    longitude: float | None


def lacking(connection: Connection, edition: str, limit: int) -> list[Position]:
    """Photos whose position this edition of the gazetteer was not asked about, gone ones too: they may return."""
    rows = query(
        connection,
        "SELECT id, latitude, longitude FROM photos WHERE latitude IS NOT NULL AND place_edition IS NOT ? LIMIT ?",
        (edition, limit),
    )
    return [Position(PhotoId(row[0]), row[1], row[2]) for row in rows]


def count_lacking(connection: Connection, edition: str) -> int:
    """How many `lacking` would list without a limit."""
    return int(connection.execute(
        "SELECT count(*) FROM photos WHERE latitude IS NOT NULL AND place_edition IS NOT ?", (edition,)
    ).get)  # fmt: skip


def put(connection: Connection, edition: str, named: Sequence[tuple[Position, Place | None]]) -> list[PhotoId]:
    """Say where photos are, unless their position changed meanwhile; returns those with another place than before."""
    connection.executemany(
        "INSERT INTO places (id, district, town, region, country, country_code, other_names)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET district = excluded.district,"
        " town = excluded.town, region = excluded.region, country = excluded.country,"
        " country_code = excluded.country_code, other_names = excluded.other_names",
        [_values(place) for place in {place.id: place for _, place in named if place is not None}.values()],
    )
    changed: list[PhotoId] = []
    for position, place in named:
        before = query(
            connection,
            "SELECT place_id FROM photos WHERE id = ? AND latitude IS ? AND longitude IS ?",
            (position.photo_id, position.latitude, position.longitude),
        )
        if before:
            place_id = place.id if place is not None else None
            connection.execute(
                "UPDATE photos SET place_id = ?, place_edition = ? WHERE id = ?",
                (place_id, edition, position.photo_id),
            )
            if place_id is not None or before[0][0] is not None:
                changed.append(position.photo_id)
    return changed


def of_photo(connection: Connection, photo_id: PhotoId) -> Place | None:
    """Where a photo was taken, if that is known."""
    row = connection.execute(
        "SELECT l.id, l.district, l.town, l.region, l.country, l.country_code, l.other_names"
        " FROM photos p JOIN places l ON l.id = p.place_id WHERE p.id = ?",
        (photo_id,),
    ).fetchone()
    if row is None:
        return None
    place_id, district, town, region, country, country_code, others = row
    names = tuple(others.split(_NAMES_SEPARATOR)) if others else ()
    return Place(place_id, district, town, region, country, country_code, names)


def counts(connection: Connection) -> list[PlaceCount]:
    """Towns with their numbers of photos, by country and name; countries of photos far from any town have none."""
    rows = query(
        connection,
        "SELECT l.town, l.region, l.country, count(*) FROM photos p JOIN places l ON l.id = p.place_id"
        " WHERE p.state <> 'gone' GROUP BY l.country, l.region, l.town ORDER BY l.country, l.town, l.region",
    )
    return [PlaceCount(*row) for row in rows]


def count(connection: Connection) -> int:
    """How many visible photos have a place."""
    statement = "SELECT count(*) FROM photos WHERE place_id IS NOT NULL AND state <> 'gone'"
    return int(connection.execute(statement).get)


def _values(place: Place) -> tuple[object, ...]:
    others = _NAMES_SEPARATOR.join(place.other_names)
    return place.id, place.district, place.town, place.region, place.country, place.country_code, others
