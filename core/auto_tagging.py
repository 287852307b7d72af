"""An auto-tagging run: the photos of a scope against the vocabulary, with the encoder that answers queries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from core import places
from core.catalog import albums, folders, photos, tags
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.domain import PhotoId, RunId, Scope, ScopeKind, SuggestionRun
from core.errors import LibraryError
from core.jobs import JobControl
from core.search.engine import SearchEngine
from core.tagging import suggestions, vocabulary, zero_shot


class AutoTagging:
    """Suggests tags; nothing is written to a photo before it is accepted."""

    def __init__(self, catalog: Catalog, engine: Callable[[], SearchEngine], own_vocabulary: Path) -> None:
        self._catalog = catalog
        self._engine = engine
        self._own = own_vocabulary

    def vocabulary_text(self) -> str:
        """The person's own edition, else the one that is shipped."""
        path = self._own if self._own.exists() else places.resource("vocabulary.toml")
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LibraryError("The vocabulary cannot be read.", f"{path}: {error}", "Correct or delete it.") from error

    def save_vocabulary(self, text: str) -> None:
        """Keep an own edition. Raises LibraryError naming what is wrong; then nothing is kept."""
        vocabulary.parse(text)
        self._own.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._own.with_name(self._own.name + ".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self._own)

    def reset_vocabulary(self) -> None:
        """Forget the own edition."""
        self._own.unlink(missing_ok=True)

    def suggest(self, scope: Scope, job: JobControl) -> SuggestionRun:
        """Score every embedded photo of `scope` against every word; strongest first. Raises LibraryError, Cancelled."""
        words = vocabulary.parse(self.vocabulary_text())
        engine = self._engine()
        with self._catalog.reading() as connection:
            title = _title(connection, scope)
            wanted = sorted(photos.ids_in(connection, scope))
        job.report(0, len(wanted))
        word_vectors = zero_shot.word_embeddings(words, engine.embed_texts)
        job.check()
        ids, z_scores = engine.text_z_scores(word_vectors)
        inside = np.isin(ids, wanted)
        if not inside.any():
            raise LibraryError(
                f"Nothing in {title} is ready for tagging yet.",
                hint="Wait until its photos are embedded, then try again.",
            )
        ids, confidences = ids[inside], zero_shot.confidences(z_scores, words)[inside]
        photo_ids = [PhotoId(int(one)) for one in ids]
        with self._catalog.reading() as connection:
            settled = tags.settled(connection, photo_ids)
        chosen = suggestions.choose(photo_ids, confidences, words, settled)
        job.report(len(wanted), len(wanted))

        def write(connection: Connection, changes: Changes) -> RunId:
            return tags.start_run(connection, title, engine.encoder.name)

        return SuggestionRun(self._catalog.write(write), title, chosen)


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
