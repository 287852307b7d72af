"""Suggested tags: vocabulary, runs, the queue, tags that learn. Any thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core.catalog import (
    edits,
    suggestions,
    tags,
)
from core.domain import (
    PhotoId,
    RunId,
    Scope,
    Suggestion,
    SuggestionRun,
    TagLesson,
    TagRun,
    VocabularyEdit,
    VocabularyGroup,
)
from core.events import CatalogChanged
from core.jobs import JobControl
from core.library.parts import Parts


class TaggingVerbs(Parts):
    """Suggested tags."""

    def vocabulary_text(self) -> str:
        """The vocabulary file: the person's own edition, else the one that is shipped."""
        return self._tagging.vocabulary_text()

    def save_vocabulary(self, text: str, based_on: str | None = None) -> None:
        """Keep an own edition. Raises LibraryError naming the line that is wrong; then nothing is kept.

        `based_on`: the text that was edited; refused when the vocabulary is another one by now.
        """
        self._tagging.save_vocabulary(text, based_on)
        self._work.wake()

    def reset_vocabulary(self) -> None:
        """Go back to the vocabulary that is shipped."""
        self._tagging.reset_vocabulary()
        self._work.wake()

    def vocabulary_groups(self, text: str | None = None) -> tuple[VocabularyGroup, ...]:
        """The groups and words of a vocabulary text (None: of the one in use). Raises LibraryError naming the line."""
        return self._tagging.read_vocabulary(self.vocabulary_text() if text is None else text)

    def change_vocabulary(self, text: str, edit: VocabularyEdit) -> str:
        """A vocabulary text after one change, comments and order kept; nothing is saved. Raises LibraryError."""
        return self._tagging.change_vocabulary(text, edit)

    def suggest_tags(self, scope: Scope, job: JobControl | None = None) -> SuggestionRun:
        """Score the scope's photos against the vocabulary; writes nothing to the photos. Long."""
        return self._tagging.suggest(scope, job or JobControl("tag", "Suggesting tags"))

    def suggest_for_new_photos(self, job: JobControl | None = None) -> None:
        """Compare what was embedded since the last time; what stands out waits in `pending_suggestions`. Long."""
        self._tagging.suggest_for_new(job or JobControl("suggest", "Suggesting tags"))

    def pending_suggestions(self) -> SuggestionRun:
        """The suggestions that wait for a review, strongest first."""
        return self._tagging.pending()

    def pending_count(self) -> int:
        """How many suggestions wait for a review."""
        with self._catalog.reading() as connection:
            return suggestions.pending_count(connection)

    def more_like(self, tag: str) -> SuggestionRun:
        """Photos that may deserve a tag, learned from those that have it. Long. Raises LibraryError without any."""
        return self._tagging.more_like(tag)

    def tag_lesson(self, tag: str) -> TagLesson:
        """What a tag learns from, how right it should be, and whether new photos get it by themselves. Long."""
        return self._tagging.lesson(tag)

    def set_automatic_tag(self, tag: str, is_automatic: bool) -> None:
        """Whether new photos get a tag without a review; each time is a run that can be taken back."""
        self._catalog.write(partial(edits.set_automatic, tag=tag, is_automatic=is_automatic))

    def automatic_tags(self) -> set[str]:
        """The tags, in lower case, that new photos get without a review."""
        with self._catalog.reading() as connection:
            return suggestions.automatic(connection)

    def reopen_suggestions(self, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
        """Take decisions of a run back, so that they are open again; returns how many tags that took off."""
        return self._catalog.write(partial(edits.reopen, run_id=run_id, suggestions=suggestions))

    def sensitive_photos(self) -> frozenset[PhotoId]:
        """Photos that may be private or upsetting; none while the setting says `show`. Often wrong."""
        if self.settings.sensitive_photos == "show":
            return frozenset()
        with self._catalog.reading() as connection:
            return frozenset(suggestions.sensitive(connection))

    def treat_sensitive(self, treatment: str) -> None:
        """`show`, `blur` or `hide` photos that may be private or upsetting; looks for them where it did not yet."""
        self.change_settings(sensitive_photos=treatment)
        self.events.publish(CatalogChanged(sensitive=True))
        self._work.wake()

    def clear_sensitive(self, photo_ids: Sequence[PhotoId], is_cleared: bool = True) -> tuple[PhotoId, ...]:
        """Say for good that photos are harmless (or take that back); returns those that were marked otherwise."""
        return self._catalog.write(partial(edits.clear_sensitive, ids=photo_ids, is_cleared=is_cleared))

    def accept_suggestions(self, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
        """Write suggestions as tags; returns how many tags that added."""
        return self._catalog.write(partial(edits.accept, run_id=run_id, suggestions=suggestions))

    def reject_suggestions(self, run_id: RunId, suggestions: Sequence[Suggestion]) -> int:
        """Never suggest these again."""
        return self._catalog.write(partial(edits.reject, run_id=run_id, suggestions=suggestions))

    def tag_runs(self) -> list[TagRun]:
        """Past runs with accepted tags, newest first."""
        with self._catalog.reading() as connection:
            return tags.runs(connection)

    def undo_tag_run(self, run_id: RunId) -> int:
        """Take back every tag a run wrote; returns how many."""
        return self._catalog.write(partial(edits.undo_run, run_id=run_id))

    def redo_tag_run(self, run_id: RunId) -> int:
        """Write the accepted tags of a run again; returns how many."""
        return self._catalog.write(partial(edits.apply_run, run_id=run_id))
