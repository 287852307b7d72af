"""SQL of the filters of a query: which photos a condition holds for. Values are bound; any thread with a connection."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog import names
from core.catalog.connection import Connection, ids_where
from core.catalog.photos import id_array

_RATIO = 1.05
"""Pictures whose sides differ by less than this are square."""
_IS = {
    "portrait": f"p.height_px >= p.width_px * {_RATIO}",
    "landscape": f"p.width_px >= p.height_px * {_RATIO}",
    "square": f"p.width_px > 0 AND p.width_px < p.height_px * {_RATIO} AND p.height_px < p.width_px * {_RATIO}",
    "raw": "p.format = 'RAW'",
    "favourite": "p.is_favourite",
    "offline": "(p.state = 'offline' OR p.folder_id IN (SELECT id FROM folders WHERE is_offline))",
    "unreadable": "p.problem IS NOT NULL",
    "screenshot": "(p.name LIKE '%screenshot%' OR p.name LIKE '%screen shot%' OR p.name LIKE '%bildschirmfoto%')",
}
_HAS = {
    "gps": "p.latitude IS NOT NULL AND p.longitude IS NOT NULL",
    "caption": "p.caption <> ''",
    "tags": "p.id IN (SELECT photo_id FROM photo_tags)",
    "album": "p.id IN (SELECT photo_id FROM album_photos)",
    "rating": "p.rating > 0",
    "camera": "p.camera <> ''",
    "text": "p.content_hash IN (SELECT content_hash FROM picture_texts WHERE text <> '')",
}
_TYPES = {"JPG": "JPEG", "JPE": "JPEG", "TIF": "TIFF", "HEIF": "HEIC", "HIF": "HEIC"}


@dataclass(frozen=True, slots=True)
class TakenBetween:
    """Taken from `start` on and before `end`, in UTC seconds; None: no limit."""

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class InMonth:
    """Taken in this month (1 to 12) of any year, local time."""

    month: int


@dataclass(frozen=True, slots=True)
class RatedBetween:
    """With `least` to `most` stars; empty where `least` is more."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class IsA:
    """One of `is:`."""

    word: str


@dataclass(frozen=True, slots=True)
class HasA:
    """One of `has:`."""

    word: str


@dataclass(frozen=True, slots=True)
class OfType:
    """A file format or the ending of a file name, without the dot."""

    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """In the album, tag, folder or place, or taken with the camera or lens, of this name."""

    kind: str
    name: str


Condition = TakenBetween | InMonth | RatedBetween | IsA | HasA | OfType | Named


def ids_of(
    connection: Connection, condition: Condition, among: Iterable[int] | None = None
) -> NDArray[np.int64] | None:
    """The photos (`among` these) that a condition holds for (n,), in no order; None: nothing is called so."""
    found = _named(connection, condition) if isinstance(condition, Named) else _plain(condition)
    if found is None:
        return None
    sql, bindings = found
    inside, those = _inside(among)
    statement = f"SELECT p.id FROM photos p WHERE p.state <> 'gone' AND {sql}{inside}"
    return ids_where(connection, statement, (*bindings, *those))


def newest_first(
    connection: Connection, among: Iterable[int] | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All photos (of these) (n,), newest first, as they are listed, and when they were taken (n,)."""
    inside, those = _inside(among)
    statement = f"SELECT p.id || ',' || p.taken_at AS id FROM photos p WHERE p.state <> 'gone'{inside}"
    pairs = ids_where(connection, statement, those).reshape(-1, 2)
    ordered = pairs[np.lexsort((-pairs[:, 0], -pairs[:, 1]))]
    return ordered[:, 0].copy(), ordered[:, 1].copy()


def _inside(among: Iterable[int] | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if among is None else (" AND p.id IN (SELECT value FROM json_each(?))", (id_array(among),))


def _plain(condition: Condition) -> tuple[str, tuple[object, ...]]:
    match condition:
        case TakenBetween(start, end):
            low, high = -(2**62) if start is None else start, 2**62 if end is None else end
            return "p.taken_at >= ? AND p.taken_at < ?", (low, high)
        case InMonth(month):
            return "CAST(strftime('%m', p.taken_at, 'unixepoch', 'localtime') AS INTEGER) = ?", (month,)
        case RatedBetween(least, most):
            return "p.rating BETWEEN ? AND ?", (least, most)
        case IsA(word):
            return _IS[word], ()
        case HasA(word):
            return _HAS[word], ()
        case OfType(name):
            known = _TYPES.get(name.upper(), name.upper())
            return "(p.format = ? OR lower(substr(p.name, -length(?))) = ?)", (known, f".{name}", f".{name.lower()}")
    raise AssertionError(condition)


def _named(connection: Connection, condition: Named) -> tuple[str, tuple[object, ...]] | None:
    """The SQL of a name, or None where nothing is called so."""
    if condition.kind == "folder":
        rows = names.rows_in_folder(connection, condition.name)
        return ("p.id IN (SELECT value FROM json_each(?))", (json.dumps(rows),)) if rows else None
    keys = names.matching(connection, condition.kind, condition.name)
    if not keys:
        return None
    inside = "(SELECT value FROM json_each(?))"
    sql = {
        "album": f"p.id IN (SELECT photo_id FROM album_photos WHERE album_id IN {inside})",
        "tag": f"p.id IN (SELECT photo_id FROM photo_tags WHERE tag_id IN {inside})",
        "place": f"p.place_id IN {inside}",
        "camera": f"p.camera IN {inside}",
        "lens": f"p.lens IN {inside}",
    }[condition.kind]
    return sql, (json.dumps(keys),)
