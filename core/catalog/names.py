"""SQL of the names that filters ask for and completions offer: albums, tags, folders, cameras, lenses, places, years.

Names are compared without regard to case and accents, which SQLite knows for ASCII only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from core.catalog import paths, texts
from core.catalog.connection import Connection, query

Key = int | str
_KEYED = {
    "album": "SELECT id, name FROM albums",
    "tag": "SELECT id, name FROM tags",
    "place": "SELECT id, town, region, country, country_code, other_names FROM places",
    "camera": "SELECT DISTINCT camera, camera FROM photos WHERE camera <> '' AND state <> 'gone'",
    "lens": "SELECT DISTINCT lens, lens FROM photos WHERE lens <> '' AND state <> 'gone'",
}
_ANYWHERE = {"camera", "lens"}
"""Whose names are found from the middle of a word too: `EF50mm`."""
_NEARLY = 4
"""Letters that the names of a town and of its region have in common when they are the same name in two languages."""
_USED = {
    "album": "SELECT a.name, count(*) FROM albums a JOIN album_photos m ON m.album_id = a.id GROUP BY a.id",
    "tag": "SELECT t.name, count(*) FROM tags t JOIN photo_tags m ON m.tag_id = t.id GROUP BY t.id",
    "camera": "SELECT camera, count(*) FROM photos WHERE camera <> '' AND state <> 'gone' GROUP BY 1",
    "lens": "SELECT lens, count(*) FROM photos WHERE lens <> '' AND state <> 'gone' GROUP BY 1",
    "type": "SELECT lower(format), count(*) FROM photos WHERE state <> 'gone' GROUP BY 1",
    "date": "SELECT strftime('%Y', taken_at, 'unixepoch', 'localtime'), count(*) FROM photos WHERE state <> 'gone'"
    " GROUP BY 1",
}


def matching(connection: Connection, kind: str, name: str) -> list[Key]:
    """Keys of the albums, tags, places, cameras or lenses called `name`; else of those that begin or hold it."""
    rows = [(row[0], [folded(one) for one in _names_of(row[1:])]) for row in query(connection, _KEYED[kind])]
    wanted = folded(name)
    exact = [key for key, known in rows if wanted in known]
    if exact:
        return exact
    if kind in _ANYWHERE:
        return [key for key, known in rows if any(wanted in one for one in known)]
    return [key for key, known in rows if any(f" {wanted}" in f" {one}" for one in known)]


def rows_in_folder(connection: Connection, name: str) -> list[int]:
    """The photos below a folder whose name holds these words; else below one whose name begins so."""
    for is_begun in (False, True):
        expression = texts.phrase(name, is_begun)
        if expression is None:
            return []
        rows = query(connection, "SELECT rowid FROM texts WHERE texts MATCH ?", (f"folder : {expression}",))
        if rows:
            return [row[0] for row in rows]
    return []


def used(connection: Connection, kind: str) -> list[tuple[str, int]]:
    """The names of a kind that photos have, with how many photos, most first."""
    if kind in ("folder", "place"):
        return _folders(connection) if kind == "folder" else _places(connection)
    rows = [(str(row[0]), int(row[1])) for row in query(connection, _USED[kind]) if row[0]]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _places(connection: Connection) -> list[tuple[str, int]]:
    rows = query(
        connection,
        "SELECT l.id, l.town, l.region, l.country, count(*) FROM places l JOIN photos p ON p.place_id = l.id"
        " WHERE p.state <> 'gone' GROUP BY l.id",
    )
    counts = {row[0]: int(row[4]) for row in rows}
    held: dict[str, set[int]] = {}
    for key, *named, _count in rows:
        for name in named:
            held.setdefault(name, set()).add(key)
    # Where all photos of a region are of its capital, "Lisboa" would be "Lisbon" said twice.
    doubled = {
        row[2] for row in rows if row[1] and row[2] and held[row[2]] == held.get(row[1]) and _nearly(row[1], row[2])
    }
    found = [(name, sum(counts[key] for key in keys)) for name, keys in held.items() if name and name not in doubled]
    return sorted(found, key=lambda row: (-row[1], row[0]))


def _nearly(town: str, region: str) -> bool:
    one, other = folded(town), folded(region)
    return one != other and (one in other or one[:_NEARLY] == other[:_NEARLY])


def _folders(connection: Connection) -> list[tuple[str, int]]:
    counts: dict[bytes, int] = {}
    rows = query(
        connection,
        "SELECT f.path, p.relative_path FROM photos p JOIN folders f ON f.id = p.folder_id WHERE p.state <> 'gone'",
    )
    for root, relative_path in rows:
        inside = relative_path.rpartition(b"/")[0].split(b"/") if b"/" in relative_path else []
        for part in {root, *inside}:
            counts[part] = counts.get(part, 0) + 1
    named = [(paths.display_name(paths.loaded(part)), count) for part, count in counts.items()]
    return sorted((row for row in named if row[0]), key=lambda row: (-row[1], row[0]))


def folded(text: str) -> str:
    """Without case, accents and doubled spaces, to compare by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def _names_of(columns: Iterable[object]) -> list[str]:
    """The names in the columns of a row; other names of a place are separated by commas."""
    return [name for column in columns if column for name in str(column).split(" , ")]
