"""Answers "where is this?" for positions: the nearest settlement, the town people would name, region and country.

Any one thread. Distances are great-circle ones over unit vectors, so that poles and the date line need no special care.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain import Place
from core.gazetteer import names, package, towns
from core.gazetteer.names import Names
from core.gazetteer.towns import Towns

NEAR_KM = 40.0
"""A town farther away does not name a position."""
COUNTRY_KM = 200.0
"""All settlements within this distance must be of one country to name it where no town is near."""
_EARTH_KM = 6371.0088  # mean radius, IUGG
_KM_PER_DEGREE = _EARTH_KM * math.pi / 180
_RADIUS_KM_PER_ROOT = 0.0075
"""A town of p people reaches about this times the square root of p: Lisbon 5 km, Berlin 14 km, Tokyo 23 km."""
_WIDER = 4 / 3
_TOWN_PEOPLE = 50_000
"""What is smaller has no reach: inside a city's it is a part of it, outside it has its own name all the same."""
_BORDER_RADIUS_KM = 4.0
"""How far a town may reach into the next region."""
_RULES = 1
"""Counted up when the rules change: then every photo is looked up again."""
_NOWHERE_DEGREES = 0.01
_REMEMBERED = 4096


class Gazetteer:
    """Names of places for positions. Holds about 60 MB; let go of it when the positions are named."""

    def __init__(self, all_towns: Towns, all_names: Names) -> None:
        self._towns = all_towns
        self._names = all_names
        self._countries = package.countries()
        self._vectors = _unit_vectors(all_towns.latitudes, all_towns.longitudes)
        self._place_of_row = lru_cache(_REMEMBERED)(self._settlement)

    @classmethod
    def open(cls, cache: Path) -> Gazetteer:
        """From the cache folder; the first time takes seconds."""
        return cls(towns.load_or_compile(cache), names.load())

    def place_at(self, latitude: float | None, longitude: float | None) -> Place | None:
        """The place of a position in degrees, or None: no position, a broken one, or open sea."""
        if not is_position(latitude, longitude):
            return None
        rows, distances_km = self._around(float(latitude or 0), float(longitude or 0), COUNTRY_KM)
        if not len(rows):
            return None
        if distances_km.min() <= NEAR_KM:
            return self._place_of_row(self._nearest(rows, distances_km))
        codes = {self._country_code(int(row)) for row in rows}
        return self._country(codes.pop()) if len(codes) == 1 else None

    def _around(
        self, latitude: float, longitude: float, within_km: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Rows of the towns within a distance, and the distances in km."""
        degrees = within_km / _KM_PER_DEGREE
        first, last = np.searchsorted(self._towns.latitudes, [latitude - degrees, latitude + degrees])
        here = _unit_vectors(np.array([latitude]), np.array([longitude]))[0]
        cosines = self._vectors[first:last] @ here
        distances_km = _EARTH_KM * np.sqrt(np.maximum(2 - 2 * cosines, 0))  # the chord: the arc within 0.1 per mille
        near = np.flatnonzero(distances_km <= within_km)
        return near + first, distances_km[near]

    def _nearest(self, rows: NDArray[np.int64], distances_km: NDArray[np.float64]) -> int:
        """The nearest settlement, within the region whose town's edge is nearest."""
        reach_km = np.minimum(self._reach_km(rows), _BORDER_RADIUS_KM)
        regions = self._towns.regions[rows]
        is_same = regions == regions[np.argmin(distances_km - reach_km)]
        return int(rows[is_same][np.argmin(distances_km[is_same])])

    def _settlement(self, row: int) -> Place:
        """The place whose nearest settlement is `row`: that one, or the city it is a part of."""
        town_row = self._town_of(row)
        settlement, settlement_others = self._towns.names_of(row)
        town, town_others = self._towns.names_of(town_row)
        code = self._towns.region_codes[self._towns.regions[row]]
        region, *region_others = self._names.regions.get(code, ("",))
        country_code = self._country_code(row)
        country = self._countries.get(country_code)
        is_part = settlement != town
        others = (
            *town_others,
            *(settlement_others if is_part else ()),
            *region_others,
            *self._names.countries.get(country_code, ()),
        )
        return Place(
            id=int(self._towns.ids[row]),
            district=settlement if is_part else None,
            town=town,
            region=region or None,
            country=country.name if country else country_code,
            country_code=country_code,
            other_names=tuple(dict.fromkeys(one for one in others if one not in (settlement, town, region))),
        )

    def _town_of(self, row: int) -> int:
        """The town of the same region whose edge is nearest, seen from a settlement: a suburb is its city's.

        Where no town reaches to, a city a little farther away still has a settlement that is no town itself.
        """
        latitude, longitude = float(self._towns.latitudes[row]), float(self._towns.longitudes[row])
        rows, distances_km = self._around(latitude, longitude, NEAR_KM)
        is_same = self._towns.regions[rows] == self._towns.regions[row]
        rows, distances_km = rows[is_same], distances_km[is_same]
        reach_km = self._reach_km(rows)
        nearest = int(rows[np.argmin(distances_km - reach_km)])
        if nearest != row or self._towns.populations[row] >= _TOWN_PEOPLE:
            return nearest
        return int(rows[np.argmin(distances_km - _WIDER * reach_km)])

    def _reach_km(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """How far towns reach around their middle."""
        people = self._towns.populations[rows]
        reach: NDArray[np.float64] = np.where(people < _TOWN_PEOPLE, 0.0, _RADIUS_KM_PER_ROOT * np.sqrt(people))
        return reach

    def _country_code(self, row: int) -> str:
        return str(self._towns.region_codes[self._towns.regions[row]]).partition(".")[0]

    def _country(self, code: str) -> Place | None:
        country = self._countries.get(code)
        if country is None:
            return None
        return Place(country.id, None, None, None, country.name, code, self._names.countries.get(code, ()))


def edition() -> str:
    """Which towns and which rules answer; photos named by another edition are named again."""
    return f"{package.edition()}, rules {_RULES}"


def is_position(latitude: float | None, longitude: float | None) -> bool:
    """Whether this can be where a photo was taken: devices without a fix write 0, 0 or worse."""
    if latitude is None or longitude is None or not (math.isfinite(latitude) and math.isfinite(longitude)):
        return False
    is_nowhere = abs(latitude) < _NOWHERE_DEGREES and abs(longitude) < _NOWHERE_DEGREES
    return abs(latitude) <= 90 and abs(longitude) <= 180 and not is_nowhere


def _unit_vectors(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on the unit sphere (n, 3)."""
    up, around = np.radians(latitudes), np.radians(longitudes)
    return np.stack([np.cos(up) * np.cos(around), np.cos(up) * np.sin(around), np.sin(up)], axis=1)
