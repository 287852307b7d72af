"""SQL of the words that belong to photos (FTS5): name, folder, caption, tags, albums, camera, place, picture text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.catalog import paths
from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import PhotoId

COLUMNS = ("name", "folder", "caption", "tags", "albums", "camera", "place", "picture_text")
_WEIGHTS = (4, 1, 6, 8, 8, 2, 6, 3)
_MOST_WORDS = 50
_BM25 = f"bm25(texts, {', '.join(map(str, _WEIGHTS))})"
_OPEN, _CLOSE = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A photo whose words match; `columns` says in which of COLUMNS each query word stands."""

    photo_id: PhotoId
    columns: tuple[str, ...]


def refresh(connection: Connection, ids: Iterable[PhotoId]) -> None:
    """Write the words of photos anew; gone photos lose theirs."""
    bound = id_array(ids)
    connection.execute("DELETE FROM texts WHERE rowid IN (SELECT value FROM json_each(?))", (bound,))
    rows = query(
        connection,
        "SELECT p.id, p.name, p.relative_path, f.path, p.caption,"
        " (SELECT group_concat(t.name, ' , ') FROM photo_tags m JOIN tags t ON t.id = m.tag_id"
        "  WHERE m.photo_id = p.id),"
        # Without what an album's own search put in: an album "Dogs" that searches for dogs would feed itself.
        " (SELECT group_concat(a.name, ' , ') FROM album_photos m JOIN albums a ON a.id = m.album_id"
        "  WHERE m.photo_id = p.id AND NOT (m.is_automatic AND a.definition IS NOT NULL)),"
        " trim(coalesce(p.camera, '') || ' ' || coalesce(p.lens, '')),"
        " (SELECT concat_ws(' , ', l.town, l.region, l.country, nullif(l.other_names, '')) FROM places l"
        "  WHERE l.id = p.place_id),"
        " (SELECT nullif(r.text, '') FROM picture_texts r WHERE r.content_hash = p.content_hash)"
        " FROM photos p JOIN folders f ON f.id = p.folder_id"
        " WHERE p.state <> 'gone' AND p.id IN (SELECT value FROM json_each(?))",
        (bound,),
    )
    connection.executemany(
        f"INSERT INTO texts (rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})",
        [(row[0], row[1], _folder_words(row[3], row[2]), *row[4:]) for row in rows],
    )


def match(connection: Connection, text: str, limit: int) -> list[TextMatch]:
    """Photos that hold every word of `text` (the last one as a prefix too), best first by bm25."""
    words = _words(text)[:_MOST_WORDS]
    if not words:
        return []
    expression = " ".join(f'"{word}"' for word in words) + "*"
    highlights = ", ".join(f"highlight(texts, {at}, '{_OPEN}', '{_CLOSE}')" for at in range(len(COLUMNS)))
    rows = query(
        connection,
        f"SELECT rowid, {highlights} FROM texts WHERE texts MATCH ? ORDER BY {_BM25} LIMIT ?",
        (expression, limit),
    )
    return [
        TextMatch(
            PhotoId(row[0]),
            tuple(name for name, marked in zip(COLUMNS, row[1:], strict=True) if marked and _OPEN in marked),
        )
        for row in rows
    ]


def refresh_all_with(connection: Connection, table: str, key: str, value: int) -> Sequence[PhotoId]:
    """Refresh the photos of an album (`album_photos`, `album_id`) or a tag (`photo_tags`, `tag_id`)."""
    rows = query(connection, f"SELECT photo_id FROM {table} WHERE {key} = ?", (value,))
    ids = [PhotoId(row[0]) for row in rows]
    refresh(connection, ids)
    return ids


def _words(text: str) -> list[str]:
    """Letters, digits and the marks on them, as FTS5's unicode61 splits: most Indian scripts need their marks."""
    kept = (one if one.isalnum() or unicodedata.category(one).startswith("M") else " " for one in text)
    return "".join(kept).split()


def _folder_words(root: bytes, relative_path: bytes) -> str:
    """The watched folder's own name and the folders below it: not the whole path, which is the same for all."""
    parts = [paths.loaded(root).name, *paths.loaded(relative_path).parts[:-1]]
    return " / ".join(paths.display_name(paths.loaded(part.encode("utf-8", "surrogateescape"))) for part in parts)
