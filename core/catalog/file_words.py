"""SQL of what files and sidecars say about photos, and how that becomes tags, stars and captions.

The rule: what a person did in Recollect stays; what they did not touch follows the file. A tag with the source `file`
goes when the file no longer says it; one that was taken off in Recollect comes back only when the file says it anew.
Stars follow the file as long as they are those that the file said before.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core import file_words
from core.catalog import paths, tags
from core.catalog.catalog import Changes
from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import FolderId, PhotoId, Problem
from core.file_words import FileWords, SidecarStamp, SidecarWords


def apply(
    connection: Connection, changes: Changes, photo_id: PhotoId, embedded: FileWords, sidecar: SidecarWords | None
) -> None:
    """A photo's file was read, with its sidecar. The caller refreshes the words to search by (`texts`)."""
    connection.execute(
        "INSERT INTO file_words (photo_id, embedded) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET embedded = excluded.embedded",
        (photo_id, file_words.to_json(embedded)),
    )
    apply_sidecar(connection, changes, photo_id, sidecar)


def apply_left(connection: Connection, changes: Changes, photo_id: PhotoId, embedded: FileWords) -> None:
    """A photo was moved and its sidecar did not come along: what that said is the person's own from now on."""
    caption = connection.execute("SELECT caption FROM photos WHERE id = ?", (photo_id,)).get
    own = embedded.names()
    connection.execute(
        "UPDATE photo_tags SET source = 'user' WHERE photo_id = ?1 AND source = 'file' AND tag_id NOT IN"
        " (SELECT t.id FROM tags t JOIN json_each(?2) j ON t.name = j.value)",
        (photo_id, json.dumps(own)),
    )
    connection.execute("DELETE FROM file_keywords WHERE photo_id = ?", (photo_id,))
    _put_keywords(connection, photo_id, own, {})
    connection.execute("UPDATE file_words SET rating = ? WHERE photo_id = ?", (embedded.rating or 0, photo_id))
    apply(connection, changes, photo_id, embedded, None)
    connection.execute("UPDATE photos SET caption = coalesce(caption, ?) WHERE id = ?", (caption, photo_id))
    changes.tags = True


def apply_sidecar(connection: Connection, changes: Changes, photo_id: PhotoId, sidecar: SidecarWords | None) -> None:
    """A sidecar came, changed or went (None). One that does not read changes nothing but is remembered."""
    _note(connection, photo_id, sidecar.stamp if sidecar else None, sidecar.problem if sidecar else None)
    if sidecar is not None and sidecar.problem is not None:
        return
    embedded = embedded_words(connection, photo_id)
    if embedded is None:
        return
    words = file_words.together(embedded, sidecar.words if sidecar else None)
    if _follow_keywords(connection, photo_id, words):
        changes.tags = True
        changes.changed.add(photo_id)
    _follow_rating(connection, photo_id, words.rating or 0)
    connection.execute("UPDATE photos SET caption = ? WHERE id = ?", (words.caption, photo_id))
    changes.changed.add(photo_id)


def embedded_words(connection: Connection, photo_id: PhotoId) -> FileWords | None:
    """What the picture file itself says; None when it was never asked."""
    row = connection.execute("SELECT embedded FROM file_words WHERE photo_id = ?", (photo_id,)).fetchone()
    return file_words.from_json(row[0]) if row else None


def lacking(connection: Connection, folder_id: FolderId) -> set[PhotoId]:
    """Photos of a folder whose files were never asked for their words."""
    rows = query(
        connection,
        "SELECT id FROM photos p WHERE folder_id = ? AND state = 'present' AND problem IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM file_words w WHERE w.photo_id = p.id)",
        (folder_id,),
    )
    return {PhotoId(row[0]) for row in rows}


_DIFFERS = (
    " (p.rating <> w.rating"
    " OR EXISTS (SELECT 1 FROM photo_tags m JOIN tags t ON t.id = m.tag_id WHERE m.photo_id = p.id"
    "  AND NOT EXISTS (SELECT 1 FROM file_keywords k WHERE k.photo_id = p.id AND k.name = t.name))"
    " OR EXISTS (SELECT 1 FROM file_keywords k WHERE k.photo_id = p.id AND k.is_keyword AND NOT EXISTS"
    "  (SELECT 1 FROM photo_tags m JOIN tags t ON t.id = m.tag_id WHERE m.photo_id = p.id AND t.name = k.name)))"
)
_WRITABLE = (
    "FROM photos p JOIN file_words w ON w.photo_id = p.id JOIN folders f ON f.id = p.folder_id"
    " WHERE p.state = 'present' AND p.problem IS NULL AND NOT f.is_offline"
)


def to_write(connection: Connection) -> list[PhotoId]:
    """The to-do list: photos whose tags or stars are not those of their files, by folder and name."""
    rows = query(connection, f"SELECT p.id {_WRITABLE} AND {_DIFFERS} ORDER BY p.folder_id, p.relative_path")
    return [PhotoId(row[0]) for row in rows]


def worth_writing(connection: Connection, ids: Iterable[PhotoId]) -> list[PhotoId]:
    """Of photos that the person chose: those that differ from their files, and those with words but no sidecar."""
    rows = query(
        connection,
        f"SELECT p.id {_WRITABLE} AND p.id IN (SELECT value FROM json_each(?)) AND ({_DIFFERS} OR w.sidecar IS NULL"
        "  AND (p.rating > 0 OR p.caption IS NOT NULL OR EXISTS (SELECT 1 FROM photo_tags m WHERE m.photo_id = p.id)))"
        " ORDER BY p.folder_id, p.relative_path",
        (id_array(ids),),
    )
    return [PhotoId(row[0]) for row in rows]


@dataclass(frozen=True, slots=True)
class PhotoWords:
    """What the catalog says of a photo, in words, and what it knows of its files."""

    names: tuple[str, ...]
    paths: dict[str, tuple[str, ...]]
    """The hierarchies of its tags, by their names in lower case: the photo's own, else the only one known anywhere."""
    rating: int
    caption: str | None
    embedded: FileWords


def of_photo(connection: Connection, photo_id: PhotoId) -> PhotoWords | None:
    """What is to be said about a photo; None when its file was never read."""
    row = connection.execute(
        "SELECT p.rating, p.caption, w.embedded FROM photos p JOIN file_words w ON w.photo_id = p.id WHERE p.id = ?",
        (photo_id,),
    ).fetchone()
    if row is None:
        return None
    names = tuple(tag.name for tag in tags.of_photo(connection, photo_id))
    own = {path[-1].casefold(): path for path in _paths(connection, "photo_id = ?", photo_id)}
    found = {}
    for name in names:
        key = name.casefold()
        known = [own[key]] if key in own else _paths(connection, "name = ?", name)
        if len(known) == 1:
            found[key] = known[0]
    return PhotoWords(names, found, row[0], row[1], file_words.from_json(row[2]))


def counts(connection: Connection) -> tuple[int, int]:
    """Photos whose words differ from their files, and photos with a sidecar."""
    differing = connection.execute(f"SELECT count(*) {_WRITABLE} AND {_DIFFERS}").get
    with_sidecar = connection.execute(f"SELECT count(*) {_WRITABLE} AND w.sidecar IS NOT NULL").get
    return int(differing), int(with_sidecar)


def problems(connection: Connection) -> list[Problem]:
    """Sidecars that could not be read or written, with the reason, by path."""
    rows = query(
        connection,
        "SELECT f.path, p.relative_path, w.problem FROM file_words w JOIN photos p ON p.id = w.photo_id"
        " JOIN folders f ON f.id = p.folder_id WHERE w.problem IS NOT NULL AND p.state <> 'gone' ORDER BY 1, 2",
    )
    return [Problem(paths.joined(row[0], row[1]), row[2]) for row in rows]


def _paths(connection: Connection, condition: str, value: object) -> list[tuple[str, ...]]:
    rows = query(
        connection, f"SELECT DISTINCT path FROM file_keywords WHERE path IS NOT NULL AND {condition}", (value,)
    )
    return [tuple(json.loads(row[0])) for row in rows]


def note_problem(connection: Connection, photo_id: PhotoId, problem: str | None) -> None:
    """Why the sidecar could not be written; None: it could."""
    connection.execute("UPDATE file_words SET problem = ? WHERE photo_id = ?", (problem, photo_id))


def note_seen(connection: Connection, photo_id: PhotoId, stamp: SidecarStamp) -> None:
    """There is a sidecar, and what it says is not about this photo."""
    _note(connection, photo_id, stamp, None)


def note_written(
    connection: Connection,
    photo_id: PhotoId,
    stamp: SidecarStamp,
    said: PhotoWords,
) -> None:
    """The sidecar says this now, because Recollect wrote it: nothing is to be read again."""
    _note(connection, photo_id, stamp, None)
    connection.execute("UPDATE file_keywords SET is_keyword = 0, path = NULL WHERE photo_id = ?", (photo_id,))
    _put_keywords(connection, photo_id, said.names, said.paths)
    connection.execute("DELETE FROM file_keywords WHERE photo_id = ? AND NOT is_keyword AND NOT is_face", (photo_id,))
    connection.execute("UPDATE file_words SET rating = ? WHERE photo_id = ?", (said.rating, photo_id))


def _note(connection: Connection, photo_id: PhotoId, stamp: SidecarStamp | None, problem: str | None) -> None:
    connection.execute(
        "UPDATE file_words SET sidecar = ?, sidecar_size_bytes = ?, sidecar_modified_ns = ?, problem = ?"
        " WHERE photo_id = ?",
        (
            os.fsencode(stamp.name) if stamp else None,
            stamp.size_bytes if stamp else None,
            stamp.modified_ns if stamp else None,
            problem,
            photo_id,
        ),
    )


def _follow_keywords(connection: Connection, photo_id: PhotoId, words: FileWords) -> bool:
    """Bring the tags with the source `file` in line; returns whether any changed."""
    said = words.names()
    rows = query(connection, "SELECT name FROM file_keywords WHERE photo_id = ?", (photo_id,))
    before = {row[0].casefold() for row in rows}
    now = {name.casefold() for name in said}
    changed = False
    for name in said:
        if name.casefold() not in before:
            changed = bool(tags.put(connection, tags.ensure(connection, name), [photo_id], "file")) or changed
    for tag in tags.of_photo(connection, photo_id):
        if tag.source == "file" and tag.name.casefold() not in now:
            changed = bool(tags.take_off(connection, tag.id, [photo_id])) or changed
    connection.execute("DELETE FROM file_keywords WHERE photo_id = ?", (photo_id,))
    by_name = {" ".join(path[-1].split()).casefold(): path for path in words.paths}
    _put_keywords(connection, photo_id, file_words.distinct(list(words.keywords)), by_name)
    connection.executemany(
        "INSERT INTO file_keywords (photo_id, name, is_keyword, is_face) VALUES (?, ?, 0, 1)"
        " ON CONFLICT DO UPDATE SET is_face = 1",
        [(photo_id, name) for name in file_words.distinct(list(words.people))],
    )
    return changed


def _put_keywords(
    connection: Connection, photo_id: PhotoId, names: Iterable[str], by_name: Mapping[str, tuple[str, ...]]
) -> None:
    connection.executemany(
        "INSERT INTO file_keywords (photo_id, name, path, is_keyword, is_face) VALUES (?, ?, ?, 1, 0)"
        " ON CONFLICT DO UPDATE SET is_keyword = 1, path = excluded.path",
        [
            (photo_id, name, json.dumps(path, ensure_ascii=False) if (path := by_name.get(name.casefold())) else None)
            for name in names
        ],
    )


def _follow_rating(connection: Connection, photo_id: PhotoId, rating: int) -> None:
    connection.execute(
        "UPDATE photos SET rating = ?2 FROM file_words w"
        " WHERE photos.id = ?1 AND w.photo_id = ?1 AND photos.rating = w.rating",
        (photo_id, rating),
    )
    connection.execute("UPDATE file_words SET rating = ? WHERE photo_id = ?", (rating, photo_id))
