"""SQL of suggested tags that wait for a review, of automatic tags, of sensitive photos and of what teaches a tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.catalog.connection import Connection, query
from core.catalog.photos import id_array
from core.domain import PhotoId, Suggestion

_OPEN = (
    " FROM pending_suggestions s JOIN photos p ON p.id = s.photo_id AND p.state <> 'gone'"
    " WHERE NOT EXISTS (SELECT 1 FROM photo_tags m JOIN tags t ON t.id = m.tag_id"
    " WHERE m.photo_id = s.photo_id AND t.name = s.tag) AND NOT EXISTS (SELECT 1 FROM suggestion_decisions d"
    " WHERE d.photo_id = s.photo_id AND d.tag = s.tag AND NOT d.is_accepted)"
)


@dataclass(frozen=True, slots=True)
class Examples:
    """The photos that teach a tag."""

    positives: tuple[PhotoId, ...]
    """Tagged by a person, or accepted; automatic tags that nobody looked at teach nothing."""
    negatives: tuple[PhotoId, ...]
    """Rejected, and without the tag."""


def pending(connection: Connection, tag: str | None = None) -> list[Suggestion]:
    """What waits for a review (of one tag), strongest first."""
    rows = query(
        connection,
        f"SELECT s.photo_id, s.tag, s.confidence, s.source{_OPEN} AND (?1 IS NULL OR s.tag = ?1)"
        " ORDER BY s.confidence DESC, s.photo_id, s.tag",
        (tag,),
    )
    return [Suggestion(PhotoId(row[0]), row[1], row[2], row[3]) for row in rows]


def pending_count(connection: Connection) -> int:
    """How many suggestions wait for a review."""
    return int(connection.execute(f"SELECT count(*){_OPEN}").get)


def put_pending(connection: Connection, found: Iterable[Suggestion]) -> None:
    """Add suggestions; the latest confidence counts."""
    connection.executemany(
        "INSERT INTO pending_suggestions (photo_id, tag, confidence, source) SELECT id, ?2, ?3, ?4 FROM photos"
        " WHERE id = ?1 ON CONFLICT DO UPDATE SET confidence = excluded.confidence, source = excluded.source",
        [(one.photo_id, one.tag, one.confidence, one.source) for one in found],
    )


def forget_pending(connection: Connection, ids: Sequence[PhotoId], source: str) -> None:
    """Drop what waits for photos, of one source."""
    connection.execute(
        "DELETE FROM pending_suggestions WHERE source = ? AND photo_id IN (SELECT value FROM json_each(?))",
        (source, id_array(ids)),
    )


def forget_pending_of(connection: Connection, tag: str) -> None:
    """Drop what waits for one tag."""
    connection.execute("DELETE FROM pending_suggestions WHERE tag = ?", (tag,))


def not_considered(connection: Connection, encoder_id: int, edition: str) -> list[tuple[PhotoId, bool]]:
    """Embedded photos that were not compared with this edition of the words, and whether with none at all."""
    rows = query(
        connection,
        "SELECT e.photo_id, c.edition IS NULL FROM embedded e JOIN photos p ON p.id = e.photo_id AND p.state <> 'gone'"
        " LEFT JOIN considered c ON c.photo_id = e.photo_id"
        " WHERE e.encoder_id = ? AND e.failure IS NULL AND (c.edition IS NULL OR c.edition <> ?)",
        (encoder_id, edition),
    )
    return [(PhotoId(row[0]), bool(row[1])) for row in rows]


def mark_considered(connection: Connection, ids: Sequence[PhotoId], edition: str) -> None:
    """These photos were compared with this edition of the words."""
    connection.execute(
        "INSERT INTO considered (photo_id, edition) SELECT p.id, ? FROM json_each(?) j JOIN photos p ON p.id = j.value"
        " WHERE true ON CONFLICT DO UPDATE SET edition = excluded.edition",
        (edition, id_array(ids)),
    )


# -- what teaches --------------------------------------------------------------------------------------------------


def examples(connection: Connection, tag: str) -> Examples:
    """The photos that teach a tag."""
    positives = query(
        connection,
        "SELECT m.photo_id FROM photo_tags m JOIN tags t ON t.id = m.tag_id JOIN photos p ON p.id = m.photo_id"
        " WHERE t.name = ?1 AND p.state <> 'gone' AND (m.source IN ('user', 'file') OR EXISTS"
        " (SELECT 1 FROM tag_runs r WHERE r.id = m.run_id AND r.title <> ?2)) ORDER BY m.photo_id",
        (tag, AUTOMATIC_RUN),
    )
    negatives = query(
        connection,
        "SELECT DISTINCT d.photo_id FROM suggestion_decisions d WHERE d.tag = ?1 AND NOT d.is_accepted"
        " AND NOT EXISTS (SELECT 1 FROM photo_tags m JOIN tags t ON t.id = m.tag_id"
        " WHERE m.photo_id = d.photo_id AND t.name = ?1) ORDER BY d.photo_id",
        (tag,),
    )
    return Examples(tuple(PhotoId(row[0]) for row in positives), tuple(PhotoId(row[0]) for row in negatives))


AUTOMATIC_RUN = "Automatic tags"
"""Title of the runs that wrote automatic tags."""


def lesson_editions(connection: Connection) -> dict[str, str]:
    """Tag in lower case: with which examples its suggestions were made."""
    return {row[0].lower(): row[1] for row in query(connection, "SELECT tag, edition FROM lessons")}


def mark_lesson(connection: Connection, tag: str, edition: str) -> None:
    """The suggestions of a learned tag were made with these examples."""
    connection.execute(
        "INSERT INTO lessons (tag, edition) VALUES (?, ?) ON CONFLICT DO UPDATE SET edition = excluded.edition",
        (tag, edition),
    )


# -- automatic tags ------------------------------------------------------------------------------------------------


def automatic(connection: Connection) -> set[str]:
    """Tags, in lower case, that new photos get without a review."""
    return {row[0].lower() for row in query(connection, "SELECT tag FROM automatic_tags")}


def set_automatic(connection: Connection, tag: str, is_automatic: bool) -> None:
    """Whether new photos get a tag without a review."""
    if is_automatic:
        connection.execute("INSERT INTO automatic_tags (tag) VALUES (?) ON CONFLICT DO NOTHING", (tag,))
    else:
        connection.execute("DELETE FROM automatic_tags WHERE tag = ?", (tag,))


# -- sensitive photos ----------------------------------------------------------------------------------------------


def sensitive(connection: Connection) -> list[PhotoId]:
    """Photos that match a sensitive word and that nobody cleared."""
    return [PhotoId(row[0]) for row in query(connection, "SELECT photo_id FROM sensitive_photos WHERE NOT is_cleared")]


def mark_sensitive(connection: Connection, considered: Sequence[PhotoId], found: Sequence[Suggestion]) -> bool:
    """Of the photos that were looked at these match (`tag` is the word); returns whether anything is marked now."""
    connection.execute(
        "DELETE FROM sensitive_photos WHERE NOT is_cleared AND photo_id IN (SELECT value FROM json_each(?))",
        (id_array(considered),),
    )
    dropped = bool(connection.changes())
    connection.executemany(
        "INSERT INTO sensitive_photos (photo_id, word, confidence) SELECT id, ?2, ?3 FROM photos WHERE id = ?1"
        " ON CONFLICT DO NOTHING",
        [(one.photo_id, one.tag, one.confidence) for one in found],
    )
    return dropped or bool(found)


def clear_sensitive(connection: Connection, ids: Sequence[PhotoId], is_cleared: bool) -> tuple[PhotoId, ...]:
    """A person says that photos are harmless (or takes it back); returns those that were marked otherwise."""
    rows = query(
        connection,
        "UPDATE sensitive_photos SET is_cleared = ?1 WHERE is_cleared <> ?1"
        " AND photo_id IN (SELECT value FROM json_each(?2)) RETURNING photo_id",
        (int(is_cleared), id_array(ids)),
    )
    return tuple(PhotoId(row[0]) for row in rows)
