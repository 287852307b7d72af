"""Suggests albums for a library: events and themes, named, without what is there or was dismissed. Any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.album_suggestions import events, naming, themes
from core.album_suggestions.naming import Words
from core.album_suggestions.themes import Theme
from core.catalog import album_edits, albums, photos, timeline
from core.catalog.catalog import Catalog
from core.catalog.timeline import Timeline
from core.domain import PhotoId, Scope, SuggestedAlbum, SuggestedKind
from core.jobs import JobControl
from core.search.engine import SearchEngine
from core.tagging import vocabulary, zero_shot

MOST_EVENTS = 40
MOST_THEMES = 24
COVERS = 4
_HELD_SHARE = 0.8
"""An album that holds this share of a suggestion makes it needless."""
_SAME_SHARE = 0.5
"""Suggestions that share this much of their photos (Jaccard index) are the same."""
_MOST_NAMED = 20_000


class AlbumSuggestions:
    """Suggests; writes nothing."""

    def __init__(
        self, catalog: Catalog, engine: Callable[[], SearchEngine], vocabulary_text: Callable[[], str]
    ) -> None:
        self._catalog = catalog
        self._engine = engine
        self._vocabulary_text = vocabulary_text

    def suggest(self, job: JobControl) -> list[SuggestedAlbum]:
        """Events, newest first, then themes, the most cohesive first. Raises LibraryError, Cancelled."""
        with self._catalog.reading() as connection:
            dated = timeline.load(connection)
            every = photos.ids_in(connection, Scope())
        job.report(0, None)
        found_events = [dated.ids[rows] for rows in events.find(dated)]
        engine = self._engine()
        found_themes = themes.find(engine.matrix(), np.sort(every), job)
        job.check()
        words = self._words(engine, every) if found_events or found_themes else None
        job.check()
        wanted = [*self._events(found_events, dated, words), *self._themes(found_themes, words)]
        return self._worth_it(wanted)

    def _words(self, engine: SearchEngine, every: NDArray[np.int64]) -> Words:
        listed = [one for one in vocabulary.parse(self._vocabulary_text()) if not one.is_exclusive]
        embedded = zero_shot.word_embeddings(listed, engine.embed_texts)
        some = np.random.default_rng(0).permutation(every)[:_MOST_NAMED]
        ids, vectors = engine.matrix().vectors_of(some.tolist())
        return Words([one.name for one in listed], ids, vectors, embedded)

    def _events(self, found: Sequence[NDArray[np.int64]], dated: Timeline, words: Words | None) -> list[SuggestedAlbum]:
        taken = dict(zip(dated.ids.tolist(), dated.taken_at.tolist(), strict=True))
        suggested = []
        for ids in reversed(found):
            first, last = taken[int(ids[0])], taken[int(ids[-1])]
            with self._catalog.reading() as connection:
                subject = timeline.place_of(connection, ids.tolist())
            if subject is None and words is not None:
                subject = words.best(ids.tolist(), naming.LEAST_Z_OF_EVENT)
            title = naming.event_title(subject, first, last)
            spread = np.linspace(0, len(ids) - 1, COVERS).round().astype(int)
            suggested.append(_suggested(SuggestedKind.EVENT, title, ids, ids[spread], first, last))
        return suggested

    def _themes(self, found: Sequence[Theme], words: Words | None) -> list[SuggestedAlbum]:
        """Each with a word that its photos clearly show; those with the same word are one."""
        named: dict[str, list[Theme]] = {}
        for theme in found:
            word = words.best(theme.ids.tolist(), naming.LEAST_Z_OF_THEME) if words is not None else None
            if word is not None:
                named.setdefault(word, []).append(theme)
        suggested = []
        for word, parts in named.items():
            ids = np.concatenate([one.ids for one in parts])
            order = np.argsort(-np.concatenate([one.likeness for one in parts]), kind="stable")
            with self._catalog.reading() as connection:
                moments = list(timeline.taken_at(connection, ids.tolist()).values())
            title = naming.capitalised(word)
            covers = ids[order][:COVERS]
            suggested.append(_suggested(SuggestedKind.THEME, title, ids[order], covers, min(moments), max(moments)))
        return suggested

    def _worth_it(self, wanted: Sequence[SuggestedAlbum]) -> list[SuggestedAlbum]:
        """Without what an album holds, what was dismissed, and what is suggested twice; with names of their own."""
        with self._catalog.reading() as connection:
            held = albums.with_members(connection, {one for each in wanted for one in each.photo_ids})
            names = {one.name.casefold() for one in albums.all_of_them(connection)}
            known = album_edits.dismissed(connection)
        kept: list[SuggestedAlbum] = []
        sets: list[frozenset[int]] = list(known)
        for one in wanted:
            ids = frozenset(int(each) for each in one.photo_ids)
            if any(len(ids & members) >= _HELD_SHARE * len(ids) for _, members in held):
                continue
            if any(_jaccard(ids, other) >= _SAME_SHARE for other in sets):
                continue
            most = MOST_EVENTS if one.kind is SuggestedKind.EVENT else MOST_THEMES
            if sum(each.kind is one.kind for each in kept) >= most:
                continue
            sets.append(ids)
            title = naming.distinct(one.title, one.first_taken_at, one.last_taken_at, names)
            kept.append(replace(one, title=title))
        return kept


def _suggested(
    kind: SuggestedKind, title: str, ids: NDArray[np.int64], covers: NDArray[np.int64], first: int, last: int
) -> SuggestedAlbum:
    return SuggestedAlbum(
        kind,
        title,
        tuple(PhotoId(int(one)) for one in ids),
        tuple(dict.fromkeys(PhotoId(int(one)) for one in covers)),
        first,
        last,
    )


def _jaccard(first: frozenset[int], second: frozenset[int]) -> float:
    together = len(first | second)
    return len(first & second) / together if together else 0.0
