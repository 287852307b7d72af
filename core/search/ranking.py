"""Puts photos in order: exact words first, then by what all parts of the query say; each with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from core.catalog.texts import TextMatch
from core.domain import Hits, Reason, ReasonKind
from core.search import calibration, fusion, scopes
from core.search.calibration import Cut
from core.search.fusion import Part
from core.search.scopes import Ids, Mask

Scores = NDArray[np.float32]
Looks = Callable[[], Scores]
"""How much photos look like each part (k, n); works when it is first called."""
_KIND_OF_COLUMN = {
    "name": ReasonKind.NAME,
    "folder": ReasonKind.FOLDER,
    "caption": ReasonKind.CAPTION,
    "tags": ReasonKind.TAG,
    "albums": ReasonKind.ALBUM,
    "camera": ReasonKind.CAMERA,
    "place": ReasonKind.PLACE,
    "picture_text": ReasonKind.PICTURE_TEXT,
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """The semantic part of an answer over the photos of the scope; all arrays have length n."""

    ids: Ids
    scores: Scores
    """What orders the photos."""
    z_scores: Scores
    """What tells how good a match is; see `calibration`."""
    cut: Cut
    """Over the whole library, whatever the scope."""
    parts: tuple[Part, ...] = ()
    """The wishes that were scored, each over the whole library."""
    places: NDArray[np.intp] | None = None
    """(n,): where in the parts the photos are; None: in the same order."""
    cuts: Callable[[], Sequence[Cut]] = tuple
    """Where the good matches of each part end, where there are several; found when a reason is first read."""

    def strong_count(self) -> int:
        """How many photos of the scope are good matches."""
        return int(np.count_nonzero(self.z_scores >= self.cut.z)) if self.cut.count else 0


def best(ids: Ids, scores: Scores, limit: int) -> tuple[Ids, Scores]:
    """The `limit` best ids and scores, best first; equal scores newest id first, so that order is stable."""
    order = _best_rows(ids, scores, limit)
    return ids[order], scores[order]


@dataclass(frozen=True, slots=True)
class Holding:
    """Photos `ids` (m,) that hold the words, in their order, and where among the scored ones they are; -1: nowhere."""

    ids: Ids
    rows: NDArray[np.int64]

    def of(self, places: NDArray[np.intp]) -> Holding:
        """Some of them."""
        return Holding(self.ids[places], self.rows[places])


def by_score(ids: Ids, ranked: Ranked, refused: Mask, limit: int) -> Holding:
    """Photos that hold the words, those that also look like it first, without those that are refused."""
    if len(refused):
        ids = ids[~scopes.held(refused, ids)]
    holding = Holding(ids, _rows(ranked.ids, ids))
    scores = _at(ranked.z_scores, holding.rows)
    is_known = holding.rows >= 0  # the others are not embedded yet
    scored = np.flatnonzero(is_known & (scores > fusion.REFUSED))
    places = scored[_best_rows(ids[scored], scores[scored], limit)]
    return holding.of(np.concatenate([places, np.flatnonzero(~is_known)])[:limit])


def merge(
    holding: Holding, ranked: Ranked, label: str, matches: Mapping[int, Sequence[TextMatch]], limit: int
) -> tuple[Hits, int]:
    """Hits, best first, and how many are strong: those `holding` the words first, then by semantic score.

    Where one thing was wished for, the k-th photo in order gets the strength of the k-th best z-score, so that
    strengths fall with the rank; where several were, each has its own strength.
    """
    exact, exact_rows = holding.ids[:limit], holding.rows[:limit]
    best_rows = _best_rows(ranked.ids, ranked.scores, limit + len(exact) if len(exact) < limit else 0)
    places = np.flatnonzero(~scopes.held(scopes.mask_of(exact), ranked.ids[best_rows]))[: limit - len(exact)]
    rows = best_rows[places]
    scores = _at(ranked.z_scores, exact_rows), ranked.scores[rows]
    is_single = len(ranked.parts) <= 1
    if is_single:
        falling = calibration.strengths(_largest(ranked.z_scores, len(best_rows)), ranked.cut.z)
        alike = np.concatenate([calibration.strengths(scores[0], ranked.cut.z), falling[places]])[None]
        looks = _known(alike)
    else:
        looks = _of_each(ranked, np.concatenate([exact_rows, rows]))
    ids = np.concatenate([exact, ranked.ids[rows]])
    labels = (label,) if is_single else tuple(part.label for part in ranked.parts)
    strong = len(exact) + int(np.count_nonzero(places < ranked.strong_count()))
    reasons = _Reasons(ids, matches, labels, looks, ~_are_good(ranked, exact_rows))
    return Hits(ids, np.concatenate(scores), reasons), strong


def listed(ids: Ids, refused: Mask, matches: Mapping[int, Sequence[TextMatch]], limit: int) -> tuple[Hits, int]:
    """Photos that only have to be there, in their order, all of them strong; those refused follow."""
    is_refused = scopes.held(refused, ids)
    kept = ids[~is_refused]
    ordered = np.concatenate([kept, ids[is_refused]])[:limit]
    reasons = _Reasons(ordered, matches, (), _known(np.zeros((0, len(ordered)), np.float32)), np.zeros(0, np.bool_))
    return Hits(ordered, np.zeros(len(ordered), np.float32), reasons), min(len(kept), limit)


@dataclass(frozen=True, slots=True)
class _Reasons:
    """The reasons of the hits `ids` (n,): words, and how much each looks like each label (k, n)."""

    ids: Ids
    matches: Mapping[int, Sequence[TextMatch]]
    labels: tuple[str, ...]
    looks: Looks
    only_words: Mask
    """(m <= n,): which of the first hits only hold the words."""

    def __call__(self, place: int) -> tuple[Reason, ...]:
        words = _words(self.matches.get(int(self.ids[place]), ()))
        if place < len(self.only_words) and self.only_words[place]:
            return tuple(words)
        strengths = self.looks()[:, place].tolist()
        looks = map(partial(Reason, ReasonKind.LOOKS_LIKE), self.labels, strengths)
        return (*words, *looks)


def _best_rows(ids: Ids, scores: Scores, limit: int) -> NDArray[np.intp]:
    rows = np.flatnonzero(scores >= calibration.reached_by(scores, limit))  # more where scores are equal
    return rows[np.lexsort((-ids[rows], -scores[rows]))[:limit]]


def _rows(ids: Ids, wanted: Ids) -> NDArray[np.int64]:
    """Where in `ids` (n,), which are distinct, each of `wanted` (m,) is; -1: nowhere."""
    rows = np.flatnonzero(scopes.held(scopes.mask_of(wanted), ids))
    if not len(rows):
        return np.full(len(wanted), -1, dtype=np.int64)
    rows = rows[np.argsort(ids[rows])]
    spots = np.searchsorted(ids[rows], wanted).clip(max=len(rows) - 1)
    return np.where(ids[rows[spots]] == wanted, rows[spots], -1)


def _at(scores: Scores, rows: NDArray[np.int64]) -> Scores:
    """The scores (n,) of `rows` (m,); 0 where there is no row (-1)."""
    return np.where(rows >= 0, scores[rows], np.float32(0)) if len(scores) else np.zeros(len(rows), np.float32)


def _are_good(ranked: Ranked, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of `rows` (m,) are good matches; no row (-1) is none."""
    return (rows >= 0) & (_at(ranked.z_scores, rows) >= ranked.cut.z) & bool(ranked.cut.count)


def _known(strengths: Scores) -> Looks:
    return lambda: strengths


def _of_each(ranked: Ranked, rows: NDArray[np.int64]) -> Looks:
    """How much the photos in `rows` (m,) look like each part (k, m); whatever for no row (-1)."""
    if not len(ranked.ids):
        return _known(np.zeros((len(ranked.parts), len(rows)), np.float32))
    places = rows if ranked.places is None else ranked.places[rows]
    z_scores, cuts = [part.z_scores[places] for part in ranked.parts], ranked.cuts

    @cache
    def looks() -> Scores:
        return np.stack([calibration.strengths(one, cut.z) for one, cut in zip(z_scores, cuts(), strict=True)])

    return looks


def _words(matches: Sequence[TextMatch]) -> list[Reason]:
    found = dict.fromkeys((column, words) for match in matches for column, words in match.columns)
    return [Reason(_KIND_OF_COLUMN[column], words, 1.0) for column, words in found]


def _largest(scores: Scores, count: int) -> Scores:
    """The `count` largest scores, largest first, without sorting the rest."""
    return -np.sort(-scores[scores >= calibration.reached_by(scores, count)])[:count]
