"""The filters of the query language: their names, what they mean, an example of each. Pure; any thread."""

from __future__ import annotations

import difflib

FILTERS = {
    "date": ("taken then: a year, month, day or span", "date:2023-06..2023-08"),
    "before": ("taken before", "before:2020"),
    "after": ("taken after", "after:2023-06-05"),
    "album": ("in the album", 'album:"Summer 2023"'),
    "tag": ("with the tag", "tag:family"),
    "folder": ("in the folder", "folder:Holidays"),
    "camera": ("taken with the camera", "camera:canon"),
    "lens": ("taken with the lens", "lens:50mm"),
    "place": ("taken at the town, region or country", "place:Lisbon"),
    "rating": ("with so many stars", "rating:>=3"),
    "is": ("portrait, landscape, raw, favourite, …", "is:portrait"),
    "has": ("with gps, caption, tags, …", "has:gps"),
    "type": ("of the file type", "type:heic"),
}
"""What each filter means, and an example."""
SAME = {"format": "type"}
"""Other names that are filters as well."""

_MEANT = {
    "albums": "album", "tags": "tag", "keyword": "tag", "keywords": "tag", "label": "tag", "folders": "folder",
    "path": "folder", "dir": "folder", "directory": "folder", "make": "camera", "model": "camera", "city": "place",
    "town": "place", "country": "place", "location": "place", "stars": "rating", "star": "rating", "rate": "rating",
    "rated": "rating", "ext": "type", "extension": "type", "filetype": "type", "year": "date", "month": "date",
    "day": "date", "taken": "date", "since": "after", "until": "before", "with": "has",
}  # fmt: skip


def known(name: str) -> str | None:
    """The filter that is called `name` (lower case), if there is one."""
    name = SAME.get(name, name)
    return name if name in FILTERS else None


def meant(name: str) -> str | None:
    """The filter that a person probably meant by `name`, which is none; None: it is just a word with a colon."""
    if name in _MEANT:
        return _MEANT[name]
    close = difflib.get_close_matches(name, FILTERS, 1, 0.72) if len(name) > 2 else []
    return close[0] if close else None
