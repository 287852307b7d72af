"""SQL of the tags, of auto-tagging runs and of what was decided about their suggestions."""

from __future__ import annotations

import time
from collections.abc import Sequence

from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import PhotoId, RunId, Suggestion, Tag, TagId, TagOnPhoto, TagRun
from core.errors import LibraryError


def all_of_them(connection: Connection) -> list[Tag]:
    """Every tag that is on a photo, with its number of photos, by name."""
    rows = query(
        connection,
        "SELECT t.id, t.name, count(p.id) FROM tags t JOIN photo_tags m ON m.tag_id = t.id"
        " JOIN photos p ON p.id = m.photo_id AND p.state <> 'gone' GROUP BY t.id ORDER BY t.name COLLATE NOCASE",
    )
    return [Tag(TagId(row[0]), row[1], row[2]) for row in rows]


def of_photo(connection: Connection, photo_id: PhotoId) -> list[TagOnPhoto]:
    """The tags of a photo, by name."""
    rows = query(
        connection,
        "SELECT t.id, t.name, m.source FROM photo_tags m JOIN tags t ON t.id = m.tag_id WHERE m.photo_id = ?"
        " ORDER BY t.name COLLATE NOCASE",
        (photo_id,),
    )
    return [TagOnPhoto(TagId(row[0]), row[1], row[2]) for row in rows]


def ensure(connection: Connection, name: str) -> TagId:
    """The tag of this name, made when missing. Raises LibraryError when the name is empty."""
    clean = " ".join(name.split())
    if not clean:
        raise LibraryError("A tag needs a name.")
    connection.execute("INSERT INTO tags (name) VALUES (?) ON CONFLICT (name) DO NOTHING", (clean,))
    return TagId(connection.execute("SELECT id FROM tags WHERE name = ?", (clean,)).get)


def named(connection: Connection, name: str) -> TagId | None:
    """The tag of this name, whatever its case."""
    row = connection.execute("SELECT id FROM tags WHERE name = ?", (" ".join(name.split()),)).fetchone()
    return TagId(row[0]) if row else None


def name_of(connection: Connection, tag_id: TagId) -> str | None:
    """The name of a tag."""
    row = connection.execute("SELECT name FROM tags WHERE id = ?", (tag_id,)).fetchone()
    return str(row[0]) if row else None


def photo_ids(connection: Connection, tag_id: TagId) -> tuple[PhotoId, ...]:
    """All photos with a tag."""
    return tuple(
        PhotoId(row[0]) for row in query(connection, "SELECT photo_id FROM photo_tags WHERE tag_id = ?", (tag_id,))
    )


def put(connection: Connection, tag_id: TagId, ids: Sequence[PhotoId], source: str = "user") -> tuple[PhotoId, ...]:
    """Put a tag on photos; returns those that did not have it. What a person tags is theirs from then on."""
    if source == "user":
        connection.execute(
            "UPDATE photo_tags SET source = 'user', run_id = NULL, confidence = NULL"
            " WHERE tag_id = ? AND source <> 'user' AND photo_id IN (SELECT value FROM json_each(?))",
            (tag_id, id_array(ids)),
        )
    rows = query(
        connection,
        "INSERT INTO photo_tags (photo_id, tag_id, source, added_at)"
        " SELECT p.id, ?, ?, ? FROM json_each(?) j JOIN photos p ON p.id = j.value WHERE true"
        " ON CONFLICT DO NOTHING RETURNING photo_id",
        (tag_id, source, int(time.time()), id_array(ids)),
    )
    return tuple(PhotoId(row[0]) for row in rows)


def take_off(connection: Connection, tag_id: TagId, ids: Sequence[PhotoId]) -> tuple[PhotoId, ...]:
    """Take a tag off photos; returns those that had it."""
    rows = query(
        connection,
        "DELETE FROM photo_tags WHERE tag_id = ? AND photo_id IN (SELECT value FROM json_each(?)) RETURNING photo_id",
        (tag_id, id_array(ids)),
    )
    return tuple(PhotoId(row[0]) for row in rows)


def rename(connection: Connection, tag_id: TagId, name: str) -> None:
    """Give a tag another name. Raises LibraryError when the name is empty or taken."""
    clean = " ".join(name.split())
    if not clean:
        raise LibraryError("A tag needs a name.")
    if named(connection, clean) not in (None, tag_id):
        raise LibraryError(f"There is already a tag called {clean}.", hint="Choose another name.")
    connection.execute("UPDATE tags SET name = ? WHERE id = ?", (clean, tag_id))
    # It is no longer the file's word, so it must not go with it.
    connection.execute("UPDATE photo_tags SET source = 'user' WHERE tag_id = ? AND source = 'file'", (tag_id,))


def delete(connection: Connection, tag_id: TagId) -> None:
    """Delete a tag everywhere."""
    connection.execute("DELETE FROM tags WHERE id = ?", (tag_id,))


def start_run(connection: Connection, title: str, encoder: str) -> RunId:
    """Begin an auto-tagging run; nothing is tagged yet."""
    connection.execute(
        "INSERT INTO tag_runs (title, encoder, created_at) VALUES (?, ?, ?)", (title, encoder, int(time.time()))
    )
    return RunId(connection.last_insert_rowid())


def decide(connection: Connection, run_id: RunId, suggestions: Sequence[Suggestion], *, is_accepted: bool) -> None:
    """Remember what was decided about suggestions of a run."""
    connection.executemany(
        "INSERT INTO suggestion_decisions (run_id, photo_id, tag, confidence, is_accepted, source)"
        " SELECT ?1, id, ?3, ?4, ?5, ?6 FROM photos WHERE id = ?2"
        " ON CONFLICT DO UPDATE SET is_accepted = excluded.is_accepted",
        [(run_id, one.photo_id, one.tag, one.confidence, int(is_accepted), one.source) for one in suggestions],
    )


def accepted(connection: Connection, run_id: RunId) -> list[Suggestion]:
    """What was accepted in a run."""
    rows = query(
        connection,
        "SELECT photo_id, tag, confidence, source FROM suggestion_decisions WHERE run_id = ? AND is_accepted",
        (run_id,),
    )
    return [Suggestion(PhotoId(row[0]), row[1], row[2], row[3]) for row in rows]


def forget_undone(connection: Connection, run_id: RunId) -> None:
    """A run that was taken back goes on: what it had accepted before is not written again."""
    connection.execute(
        "DELETE FROM suggestion_decisions WHERE run_id = ?1 AND is_accepted"
        " AND (SELECT is_undone FROM tag_runs WHERE id = ?1)",
        (run_id,),
    )


def write_accepted(connection: Connection, run_id: RunId, suggestions: Sequence[Suggestion]) -> set[PhotoId]:
    """Write suggestions of a run as tags; tags that a photo has already stay as they are."""
    tag_ids = {one.tag: ensure(connection, one.tag) for one in suggestions}
    now = int(time.time())
    rows = [
        connection.execute(
            "INSERT INTO photo_tags (photo_id, tag_id, source, run_id, confidence, added_at)"
            " SELECT id, ?, ?, ?, ?, ? FROM photos WHERE id = ? ON CONFLICT DO NOTHING RETURNING photo_id",
            (tag_ids[one.tag], one.source, run_id, one.confidence, now, one.photo_id),
        ).fetchone()
        for one in suggestions
    ]
    connection.execute("UPDATE tag_runs SET is_undone = 0 WHERE id = ?", (run_id,))
    return {PhotoId(row[0]) for row in rows if row is not None}


def reopen(connection: Connection, run_id: RunId, suggestions: Sequence[Suggestion]) -> set[PhotoId]:
    """Forget what was decided about suggestions of a run; returns the photos that lost a tag the run wrote."""
    lost: set[PhotoId] = set()
    for one in suggestions:
        connection.execute(
            "DELETE FROM suggestion_decisions WHERE run_id = ? AND photo_id = ? AND tag = ?",
            (run_id, one.photo_id, one.tag),
        )
        rows = query(
            connection,
            "DELETE FROM photo_tags WHERE run_id = ? AND photo_id = ?"
            " AND tag_id IN (SELECT id FROM tags WHERE name = ?) RETURNING photo_id",
            (run_id, one.photo_id, one.tag),
        )
        lost.update(PhotoId(row[0]) for row in rows)
    return lost


def reject_what_runs_wrote(connection: Connection, tag_id: TagId, ids: Sequence[PhotoId]) -> None:
    """A person takes a tag off that a run had put on: that run was wrong about these photos, and is told so."""
    connection.execute(
        "UPDATE suggestion_decisions AS d SET is_accepted = 0 WHERE d.is_accepted AND EXISTS"
        " (SELECT 1 FROM photo_tags m JOIN tags t ON t.id = m.tag_id WHERE m.tag_id = ?1 AND m.run_id = d.run_id"
        "  AND m.photo_id = d.photo_id AND t.name = d.tag AND m.photo_id IN (SELECT value FROM json_each(?2)))",
        (tag_id, id_array(ids)),
    )


def undo_run(connection: Connection, run_id: RunId) -> set[PhotoId]:
    """Take back every tag that a run wrote and that is still its own; only these come back by writing it again."""
    connection.execute(
        "DELETE FROM suggestion_decisions AS d WHERE d.run_id = ?1 AND d.is_accepted"
        " AND NOT (SELECT is_undone FROM tag_runs WHERE id = ?1) AND NOT EXISTS"
        " (SELECT 1 FROM photo_tags m JOIN tags t ON t.id = m.tag_id"
        "  WHERE m.run_id = ?1 AND m.photo_id = d.photo_id AND t.name = d.tag)",
        (run_id,),
    )
    rows = query(connection, "DELETE FROM photo_tags WHERE run_id = ? RETURNING photo_id", (run_id,))
    connection.execute("UPDATE tag_runs SET is_undone = 1 WHERE id = ?", (run_id,))
    return {PhotoId(row[0]) for row in rows}


def count_of_run(connection: Connection, run_id: RunId) -> int:
    """How many tags on photos a run wrote."""
    return int(connection.execute("SELECT count(*) FROM photo_tags WHERE run_id = ?", (run_id,)).get)


def runs(connection: Connection) -> list[TagRun]:
    """Past runs that had something accepted, newest first."""
    rows = query(
        connection,
        "SELECT r.id, r.title, r.created_at,"
        " (SELECT count(*) FROM suggestion_decisions d WHERE d.run_id = r.id AND d.is_accepted) AS accepted,"
        " r.is_undone FROM tag_runs r WHERE accepted > 0 ORDER BY r.id DESC",
    )
    return [TagRun(RunId(row[0]), row[1], row[2], row[3], bool(row[4])) for row in rows]


def settled(connection: Connection, ids: Sequence[PhotoId]) -> set[tuple[PhotoId, str]]:
    """(photo, tag in lower case) pairs that are tagged or were rejected: a suggestion would only repeat itself."""
    rows = query(
        connection,
        "WITH wanted AS (SELECT value AS id FROM json_each(?))"
        " SELECT m.photo_id, t.name FROM photo_tags m JOIN tags t ON t.id = m.tag_id"
        " WHERE m.photo_id IN (SELECT id FROM wanted) UNION"
        " SELECT photo_id, tag FROM suggestion_decisions"
        " WHERE NOT is_accepted AND photo_id IN (SELECT id FROM wanted)",
        (id_array(ids),),
    )
    return {(PhotoId(row[0]), row[1].lower()) for row in rows}  # SQLite's lower() knows ASCII only
