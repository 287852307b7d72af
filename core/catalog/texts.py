"""SQL of the words that belong to photos (FTS5): name, folder, caption, tags, albums, camera, place, picture text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.catalog import paths
from core.catalog.connection import Connection, Row, ids_where, query
from core.catalog.photos import id_array
from core.domain import PhotoId

COLUMNS = ("name", "folder", "caption", "tags", "albums", "camera", "place", "picture_text")
_WEIGHTS = (4, 1, 6, 8, 8, 2, 6, 3)
_MOST_WORDS = 50
_BM25 = f"bm25(texts, {', '.join(map(str, _WEIGHTS))})"
_OPEN, _CLOSE = "\x02", "\x03"


class TextMatch(NamedTuple):
    """A photo whose words match, with all its words and marks around those that do."""

    photo_id: PhotoId
    marked: Row

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Each of COLUMNS in which words stand, and those words as they stand there."""
        return _marked(self.marked)


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
        " (SELECT concat_ws(' , ', l.district, l.town, l.region, l.country, nullif(l.other_names, '')) FROM places l"
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


def ids_of(connection: Connection, expression: str, most: int = -1) -> NDArray[np.int64]:
    """Every photo that an FTS5 expression holds for (n,), newest first; with `most`, any so many of them."""
    statement = "SELECT rowid AS id FROM texts WHERE texts MATCH ? ORDER BY rowid LIMIT ?"  # FTS5's own order
    return ids_where(connection, statement, (expression, most))[::-1]


def best_first(connection: Connection, expression: str, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """`ids` (n,), which the expression holds for, by bm25: rare words and words in short columns count more."""
    rows = query(
        connection,
        f"SELECT rowid FROM texts WHERE texts MATCH ? AND +rowid IN (SELECT value FROM json_each(?)) ORDER BY {_BM25}",
        (expression, id_array(ids.tolist())),
    )
    return np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))


def where(connection: Connection, expression: str, ids: Iterable[int]) -> dict[int, TextMatch]:
    """In which columns of `ids` the words of an expression stand, and which words."""
    highlights = ", ".join(f"highlight(texts, {at}, '{_OPEN}', '{_CLOSE}')" for at in range(len(COLUMNS)))
    rows = query(
        connection,  # without the +, every id would begin the match anew
        f"SELECT rowid, {highlights} FROM texts WHERE texts MATCH ? AND +rowid IN (SELECT value FROM json_each(?))",
        (expression, id_array(ids)),
    )
    return {row[0]: TextMatch(row[0], row[1:]) for row in rows}


def phrase(text: str, is_begun: bool = False) -> str | None:
    """The FTS5 expression for these words one after the other, the last one perhaps just begun; None: no words."""
    found = words(text)[:_MOST_WORDS]
    return f'"{" ".join(found)}"' + ("*" if is_begun else "") if found else None


def every_word(
    wanted: Sequence[str], is_begun: bool = False, tags_of: Callable[[str], Sequence[str]] = lambda _word: ()
) -> str | None:
    """The FTS5 expression for all of these words, wherever they stand; None: no words.

    A word stands for its plural and singular too, and for the tags that are another name for one of these (`tags_of`);
    `is_begun`: instead, the last one may be just begun.
    """
    if not wanted:
        return None
    if is_begun:
        return " ".join(f'"{word}"' for word in wanted[:_MOST_WORDS]) + "*"
    every = []
    for word in wanted[:_MOST_WORDS]:
        forms = _forms(word)
        meant = [tagged(name) for form in forms for name in tags_of(form)]
        every.append("(" + " OR ".join([*(f'"{form}"' for form in forms), *filter(None, meant)]) + ")")
    return " AND ".join(every)


def tagged(name: str) -> str | None:
    """The FTS5 expression for the words of a tag; None: it has none."""
    words_of_it = phrase(name)
    return f"{{tags}} : {words_of_it}" if words_of_it else None


def in_columns(expression: str, columns: Sequence[str]) -> str:
    """The expression, for some of COLUMNS only."""
    return f"{{{' '.join(columns)}}} : ({expression})"


def _marked(columns: Sequence[str | None]) -> tuple[tuple[str, str], ...]:
    found = []
    for name, text in zip(COLUMNS, columns, strict=True):
        if text and _OPEN in text:
            marked = [part.partition(_CLOSE)[0] for part in text.split(_OPEN)[1:]]
            found.append((name, " ".join(dict.fromkeys(marked))))
    return tuple(found)


def _forms(word: str) -> list[str]:
    """A word and, where it looks English, its regular plural or singular."""
    if not word.isascii() or not word.isalpha() or len(word) < 3:
        return [word]
    if word.endswith("s") and not word.endswith("ss"):
        return [word, word[:-1], *([word[:-2]] if word.endswith("es") and len(word) > 4 else [])]
    return [word, word + "s", *([word + "es"] if word.endswith(("s", "x", "z", "ch", "sh")) else [])]


def words(text: str) -> list[str]:
    """Letters, digits and the marks on them, as FTS5's unicode61 splits: most Indian scripts need their marks."""
    kept = (one if one.isalnum() or unicodedata.category(one).startswith("M") else " " for one in text)
    return "".join(kept).split()


def _folder_words(root: bytes, relative_path: bytes) -> str:
    """The watched folder's own name and the folders below it: not the whole path, which is the same for all."""
    parts = [paths.loaded(root).name, *paths.loaded(relative_path).parts[:-1]]
    return " / ".join(paths.display_name(paths.loaded(part.encode("utf-8", "surrogateescape"))) for part in parts)
