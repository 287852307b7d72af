"""Suggests tags for photos as their embeddings arrive, so that they wait for a review. The indexer's thread.

The to-do list is a query (photos that were not compared with this edition of the words, tags whose examples changed),
so nothing is lost by stopping. Nothing becomes a tag here, except tags that a person set to automatic.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.catalog import edits, tags
from core.catalog import suggestions as rows
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.domain import Embedding, PhotoId, RunId, Suggestion
from core.jobs import JobControl
from core.photo_scores import Ids, PhotoScores
from core.search.engine import SearchEngine
from core.tag_lessons import TagLessons, wanted
from core.tagging import learned, prompt_file, suggestions, zero_shot
from core.tagging.suggestions import Candidates
from core.tagging.vocabulary import Word
from core.tagging.zero_shot import Columns, Norms

LEAST_LEARNED = 0.75
"""A learned tag suggests by itself only what it is this sure of."""
LEAST_PRECISION = 0.4
"""... and only if cross-validation expects this much of it."""
MOST_LEARNED = 500
_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything it takes to compare photos with the words."""

    words: Sequence[Word]
    columns: Columns
    norms: Norms
    scores: PhotoScores

    def candidates(self, ids: Ids, photos: Embedding) -> Candidates:
        """The words of photos (n, d)."""
        z_scores = self.scores.z_scores(ids, photos, self.columns.vectors)
        return suggestions.candidates(z_scores, self.columns, self.norms, self.words)


def comparison(
    engine: SearchEngine, cache: Path, words: Sequence[Word], job: JobControl, scores: PhotoScores | None = None
) -> Comparison:
    """Embed the words and learn from a sample of the library what is usual for each. Raises Cancelled."""
    scores = scores or PhotoScores(engine, cache)
    columns = zero_shot.columns(words, lambda texts: prompt_file.embed(engine.encoder, cache, texts, job))
    here, photos = scores.vectors(scores.sample(_SAMPLE))
    width = len(columns.open_words)
    sample = scores.z_scores(here, photos, columns.vectors[:width]) if len(here) else np.zeros((0, width), np.float32)
    return Comparison(words, columns, zero_shot.learn(sample, len(scores)), scores)


class SuggestingPass:
    """Compares what is new; `run` is called after each embedding pass."""

    def __init__(
        self, catalog: Catalog, engine: Callable[[], SearchEngine], cache: Path, words: Callable[[], Sequence[Word]],
        lessons: TagLessons,
    ) -> None:  # fmt: skip
        self._catalog = catalog
        self._engine = engine
        self._cache = cache
        self._words = words
        self._lessons = lessons

    def run(self, job: JobControl) -> None:
        """Do what is to be done. Raises Cancelled, LibraryError."""
        engine, words = self._engine(), self._words()
        edition = _edition(engine.encoder.fingerprint, words)
        with self._catalog.reading() as connection:
            todo = rows.not_considered(connection, engine.row.id, edition)
            changed = self._changed_lessons(connection)
        if not todo and not changed:
            return
        scores = PhotoScores(engine, self._cache)
        new = {one for one, is_new in todo if is_new}
        if todo and words:
            compared = comparison(engine, self._cache, words, job, scores)
            self._compare(compared, [one for one, _ in todo], new, edition, job)
        for tag in self._lessons.teachable():
            job.check()
            if tag in changed or new:
                self._teach(tag, scores, None if tag in changed else new, new)

    def _changed_lessons(self, connection: Connection) -> set[str]:
        known = rows.lesson_editions(connection)
        return {
            one.name for one in tags.all_of_them(connection)
            if one.photo_count >= learned.LEAST_EXAMPLES
            and known.get(one.name.lower()) != self._lessons.edition(connection, one.name)
        }  # fmt: skip

    def _compare(
        self, compared: Comparison, todo: list[PhotoId], new: set[PhotoId], edition: str, job: JobControl
    ) -> None:
        done = 0
        for ids, photos in compared.scores.chunks(np.array(todo, dtype=np.int64)):
            job.report(done, len(todo), title="Suggesting tags")
            found = compared.candidates(ids, photos)
            chosen = suggestions.choose(ids, found, compared.words, set())
            sensitive = [
                Suggestion(PhotoId(int(ids[row])), compared.words[word].name, float(confidence))
                for row, word, confidence in zip(found.rows, found.words, found.confidences, strict=True)
                if compared.words[word].is_sensitive
            ]
            self._keep([PhotoId(int(one)) for one in ids], chosen, sensitive, new, edition)
            done += len(ids)

    def _keep(
        self, ids: list[PhotoId], chosen: list[Suggestion], sensitive: list[Suggestion], new: set[PhotoId], edition: str
    ) -> None:
        def write(connection: Connection, changes: Changes) -> None:
            rows.forget_pending(connection, ids, "suggested")
            rows.put_pending(connection, chosen)
            rows.mark_considered(connection, ids, edition)
            changes.suggestions = True
            changes.sensitive = rows.mark_sensitive(connection, ids, sensitive)
            _write_automatic(connection, changes, chosen, new, self._engine().encoder.name)

        self._catalog.write(write)

    def _teach(self, tag: str, scores: PhotoScores, only: set[PhotoId] | None, new: set[PhotoId]) -> None:
        """Suggest a learned tag for all photos, or for `only` these."""
        taught = self._lessons.of(tag, scores)
        found: list[Suggestion] = []
        if taught is not None and (taught.learned.expected_precision or 0) >= LEAST_PRECISION:
            prior = scores.prior(taught.prior_vector)
            for ids, photos in scores.chunks(None if only is None else np.array(sorted(only), dtype=np.int64)):
                confidences = taught.learned.confidences(taught.learned.scores(photos, prior(ids)))
                found += [
                    Suggestion(one, tag, confidence, "learned")
                    for one, confidence in wanted(taught, ids, confidences, LEAST_LEARNED, MOST_LEARNED)
                ]
        found = suggestions.in_order(found)[:MOST_LEARNED]

        def write(connection: Connection, changes: Changes) -> None:
            if only is None and taught is not None and taught.learned.is_learned:
                rows.forget_pending_of(connection, tag)  # the examples know better than the word did
            rows.put_pending(connection, found)
            rows.mark_lesson(connection, tag, self._lessons.edition(connection, tag))
            changes.suggestions = True
            _write_automatic(connection, changes, found, new, self._engine().encoder.name)

        self._catalog.write(write)


def _write_automatic(
    connection: Connection, changes: Changes, found: list[Suggestion], new: set[PhotoId], encoder: str
) -> None:
    automatic = rows.automatic(connection)
    wanted_now = [one for one in found if one.photo_id in new and one.tag.lower() in automatic]
    settled = tags.settled(connection, sorted({one.photo_id for one in wanted_now}))
    fresh = [one for one in wanted_now if (one.photo_id, one.tag.lower()) not in settled]
    if fresh:
        run: RunId = tags.start_run(connection, rows.AUTOMATIC_RUN, encoder)
        edits.accept(connection, changes, run, fresh)


def _edition(fingerprint: str, words: Sequence[Word]) -> str:
    return hashlib.blake2b(repr((fingerprint, *words)).encode("utf-8", "replace"), digest_size=12).hexdigest()
