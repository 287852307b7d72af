"""Auto-tagging as the front ends see it: the vocabulary, runs of suggestions, and tags that learn. Any thread."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from core import places
from core.catalog import albums, folders, photos, tags
from core.catalog import suggestions as rows
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.domain import (
    PhotoId,
    RunId,
    Scope,
    ScopeKind,
    Suggestion,
    SuggestionRun,
    TagLesson,
    VocabularyEdit,
    VocabularyGroup,
)
from core.errors import LibraryError, cannot_save
from core.jobs import JobControl
from core.photo_scores import PhotoScores
from core.search.engine import SearchEngine
from core.suggesting import SuggestingPass, comparison
from core.tag_lessons import TagLessons, wanted
from core.tagging import suggestions, vocabulary, vocabulary_editing
from core.tagging.vocabulary import Word

MORE_LIKE_THESE = 200
FEWEST_ASKED_FOR, LEAST_ASKED_FOR = 40, 0.2
"""Asked for, a tag offers some photos however unsure it is, and more of what it is this sure of: the person judges."""


class AutoTagging:
    """Suggests tags; nothing is written to a photo before it is accepted."""

    def __init__(
        self, catalog: Catalog, engine: Callable[[], SearchEngine], own_vocabulary: Path, cache: Path,
        marks_sensitive: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._catalog = catalog
        self._engine = engine
        self._own = own_vocabulary
        self._cache = cache
        self._marks_sensitive = marks_sensitive
        self._synonyms: tuple[object, Mapping[str, tuple[str, ...]]] = (None, {})
        self._lessons = TagLessons(catalog, engine, cache, self._words)
        self._pass = SuggestingPass(catalog, engine, cache, self._words, self._lessons)

    # -- vocabulary --------------------------------------------------------------------------------------------

    def vocabulary_text(self) -> str:
        """The person's own edition, else the one that is shipped."""
        path = self._own if self._own.exists() else places.resource("vocabulary.toml")
        try:
            return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a byte order mark
        except (OSError, UnicodeDecodeError) as error:
            raise LibraryError("The vocabulary cannot be read.", f"{path}: {error}", "Correct or delete it.") from error

    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Other names of the vocabulary's words, in lower case; none while the vocabulary has a mistake."""
        path = self._own if self._own.exists() else places.resource("vocabulary.toml")
        try:
            status = path.stat()
            edition = (path, status.st_mtime_ns, status.st_size)
            if edition != self._synonyms[0]:
                self._synonyms = (edition, vocabulary.synonyms(self.vocabulary_text()))
        except (OSError, LibraryError):
            return {}
        return self._synonyms[1]

    def read_vocabulary(self, text: str) -> tuple[VocabularyGroup, ...]:
        """What is in a vocabulary text. Raises LibraryError naming the line that is wrong."""
        return vocabulary.read(text)

    def change_vocabulary(self, text: str, edit: VocabularyEdit) -> str:
        """The text after one change; the rest stays as it was written. Raises LibraryError."""
        return vocabulary_editing.changed(text, edit)

    def save_vocabulary(self, text: str, based_on: str | None = None) -> None:
        """Keep an own edition. Raises LibraryError naming what is wrong; then nothing is kept.

        `based_on`: the text that was edited; None: whatever it was.
        """
        vocabulary.parse(text)
        if based_on is not None and self._own.exists() and self.vocabulary_text() != based_on:
            raise LibraryError(
                "The words were changed elsewhere meanwhile.",
                "Nothing was saved, so that no word is lost.",
                "Copy what you wrote, open the words again, and add it there.",
            )
        fresh = self._own.with_name(self._own.name + ".new")
        try:
            self._own.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(self._own)
        except OSError as error:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise cannot_save("The vocabulary", self._own, error) from error

    def reset_vocabulary(self) -> None:
        """Forget the own edition. Raises LibraryError."""
        try:
            self._own.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_save("The vocabulary", self._own, error) from error

    def _words(self) -> list[Word]:
        found = vocabulary.parse(self.vocabulary_text())
        return found if self._marks_sensitive() else [one for one in found if not one.is_sensitive]

    # -- suggesting --------------------------------------------------------------------------------------------

    def suggest_for_new(self, job: JobControl) -> None:
        """Compare photos that were embedded since the last time; what stands out waits for a review."""
        self._pass.run(job)

    def suggest(self, scope: Scope, job: JobControl) -> SuggestionRun:
        """Score every embedded photo of `scope` against every word; strongest first. Raises LibraryError, Cancelled."""
        words = [one for one in self._words() if not one.is_sensitive]
        engine = self._engine()
        with self._catalog.reading() as connection:
            title = _title(connection, scope)
            members = photos.ids_in(connection, scope)
        job.report(0, len(members))
        scores = PhotoScores(engine, self._cache)
        inside = np.intersect1d(members, scores.ids)
        if not len(inside):
            raise LibraryError(
                f"Nothing in {title} is ready for tagging yet.",
                hint="Wait until its photos are embedded, then try again.",
            )
        compared = comparison(engine, self._cache, words, job, scores)
        with self._catalog.reading() as connection:
            settled = tags.settled(connection, [PhotoId(one) for one in inside.tolist()])
        chosen: list[Suggestion] = []
        for ids, embeddings in scores.chunks(inside):
            job.report(len(chosen), None)
            chosen += suggestions.choose(ids, compared.candidates(ids, embeddings), words, settled)
        job.report(len(members), len(members))
        return SuggestionRun(self._new_run(title), title, tuple(suggestions.in_order(chosen)))

    def more_like(self, tag: str) -> SuggestionRun:
        """Photos that may deserve a tag, from its examples. Raises LibraryError when there is none to learn from."""
        scores = PhotoScores(self._engine(), self._cache)
        taught = self._lessons.of(tag, scores)
        if taught is None:
            raise LibraryError(
                f"No photo shows what {tag} means yet.",
                hint="Put the tag on a few photos first; five are a good start.",
            )
        prior = scores.prior(taught.prior_vector)
        found = []
        for ids, embeddings in scores.chunks():
            confidences = taught.learned.confidences(taught.learned.scores(embeddings, prior(ids)))
            found += wanted(taught, ids, confidences, 0.0, MORE_LIKE_THESE)
        source = "learned" if taught.learned.is_learned else "suggested"
        chosen = suggestions.in_order([Suggestion(one, tag, confidence, source) for one, confidence in found])
        kept = [one for at, one in enumerate(chosen[:MORE_LIKE_THESE])
                if at < FEWEST_ASKED_FOR or one.confidence >= LEAST_ASKED_FOR]  # fmt: skip
        return SuggestionRun(self._new_run(tag), tag, tuple(kept))

    def pending(self) -> SuggestionRun:
        """What waits for a review."""
        with self._catalog.reading() as connection:
            found = tuple(rows.pending(connection))
        title = "New suggestions"
        return SuggestionRun(self._new_run(title), title, found)

    def lesson(self, tag: str) -> TagLesson:
        """What a tag learns from, and how good it is at it."""
        return self._lessons.describe(tag, PhotoScores(self._engine(), self._cache))

    def _new_run(self, title: str) -> RunId:
        def write(connection: Connection, changes: Changes) -> RunId:
            return tags.start_run(connection, title, self._engine().encoder.name)

        return self._catalog.write(write)


def _title(connection: Connection, scope: Scope) -> str:
    """What people call this scope."""
    named: dict[int, str] = {}
    if scope.kind is ScopeKind.ALBUM:
        named = {one.id: one.name for one in albums.all_of_them(connection)}
    elif scope.kind is ScopeKind.TAG:
        named = {one.id: one.name for one in tags.all_of_them(connection)}
    elif scope.kind is ScopeKind.FOLDER:
        named = {one.id: one.path.name for one in folders.all_of_them(connection)}
    else:
        return {ScopeKind.ALL: "All photos", ScopeKind.RECENT: "Recent", ScopeKind.FAVOURITES: "Favourites"}[scope.kind]
    if scope.id not in named:
        raise LibraryError(f"This {scope.kind.value} is no longer there.")
    return named[scope.id]
