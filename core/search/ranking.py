"""Puts photos in order: exact words first, then by what all parts of the query say; each with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog.texts import TextMatch
from core.domain import Hit, PhotoId, Reason, ReasonKind
from core.search import calibration, scopes
from core.search.calibration import Cut
from core.search.fusion import Part

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
REFUSED = -500.0
"""What fusion refuses lies below this."""
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

    def strong_count(self) -> int:
        """How many photos of the scope are good matches."""
        return int(np.count_nonzero(self.z_scores >= self.cut.z)) if self.cut.count else 0


def best(ids: Ids, scores: Scores, limit: int) -> tuple[Ids, Scores]:
    """The `limit` best ids and scores, best first; equal scores newest id first, so that order is stable."""
    order = _best_rows(ids, scores, limit)
    return ids[order], scores[order]


def by_score(ids: Ids, ranked: Ranked, refused: Ids, limit: int) -> Ids:
    """Photos that hold the words, those that also look like it first, without those that are refused."""
    if len(refused):
        ids = ids[~np.isin(ids, refused)]
    if not len(ranked.ids):
        return ids[:limit]
    rows = _rows(ranked.ids, ids)
    scores = np.where(rows >= 0, ranked.z_scores[rows], np.float32(-np.inf))
    is_scored = scores > REFUSED
    scored = ids[is_scored], scores[is_scored]
    unknown = ids[np.isneginf(scores)]  # not embedded yet
    return np.concatenate([best(*scored, limit)[0], unknown])[:limit]


def merge(
    exact: Ids, ranked: Ranked, label: str, matches: Mapping[int, Sequence[TextMatch]], limit: int
) -> tuple[tuple[Hit, ...], int]:
    """Hits, best first, and how many are strong: `exact` (m,) first, then by semantic score.

    Where one thing was wished for, the k-th photo in order gets the strength of the k-th best z-score, so that
    strengths fall with the rank; where several were, each has its own strength.
    """
    exact = exact[:limit]
    rows = _best_rows(ranked.ids, ranked.scores, limit + len(exact))
    is_single = len(ranked.parts) <= 1
    falling = calibration.strengths(_largest(ranked.z_scores, len(rows)), ranked.cut.z).tolist()
    strong = ranked.strong_count()
    hits = []
    for one, row in zip(exact.tolist(), _rows(ranked.ids, exact).tolist(), strict=True):
        looks = _looks(ranked, row, label, None) if row >= 0 and _is_good(ranked, row) else ()
        score = float(ranked.z_scores[row]) if row >= 0 else 0.0
        hits.append(Hit(PhotoId(one), score, (*_words(matches.get(one, ())), *looks)))
    strong_hits = len(hits)
    taken = set(exact.tolist())
    for position, row in enumerate(rows.tolist()):
        one = int(ranked.ids[row])
        if len(hits) >= limit:
            break
        if one not in taken:
            looks = _looks(ranked, row, label, falling[position] if is_single else None)
            hits.append(Hit(PhotoId(one), float(ranked.scores[row]), (*_words(matches.get(one, ())), *looks)))
            strong_hits += position < strong
    return tuple(hits), strong_hits


def listed(
    ids: Ids, refused: Ids, matches: Mapping[int, Sequence[TextMatch]], limit: int
) -> tuple[tuple[Hit, ...], int]:
    """Photos that only have to be there, in their order, all of them strong; those refused follow."""
    is_refused = np.isin(ids, refused)
    kept = ids[~is_refused]
    ordered = np.concatenate([kept, ids[is_refused]])[:limit].tolist()
    hits = tuple(Hit(PhotoId(one), 0.0, tuple(_words(matches[one])) if one in matches else ()) for one in ordered)
    return hits, min(len(kept), limit)


def _best_rows(ids: Ids, scores: Scores, limit: int) -> NDArray[np.intp]:
    rows = np.arange(len(ids))
    if len(ids) > limit:
        if not limit:
            return rows[:0]
        rows = np.flatnonzero(scores >= calibration.reached_by(scores, limit))  # `limit` and somewhat more
    return rows[np.lexsort((-ids[rows], -scores[rows]))[:limit]]


def _rows(ids: Ids, wanted: Ids) -> NDArray[np.int64]:
    """Where in `ids` (n,), which are distinct, each of `wanted` (m,) is; -1: nowhere."""
    rows = np.flatnonzero(scopes.held(scopes.mask_of(wanted), ids))
    if not len(rows):
        return np.full(len(wanted), -1, dtype=np.int64)
    rows = rows[np.argsort(ids[rows])]
    spots = np.searchsorted(ids[rows], wanted).clip(max=len(rows) - 1)
    return np.where(ids[rows[spots]] == wanted, rows[spots], -1)


def _is_good(ranked: Ranked, row: int) -> bool:
    return bool(ranked.cut.count) and bool(ranked.z_scores[row] >= ranked.cut.z)


def _looks(ranked: Ranked, row: int, label: str, strength: float | None) -> tuple[Reason, ...]:
    """How much a photo looks like each wish."""
    if strength is not None or len(ranked.parts) <= 1:
        own = strength if strength is not None else _strength(float(ranked.z_scores[row]), ranked.cut.z)
        return (Reason(ReasonKind.LOOKS_LIKE, label, own),)
    place = row if ranked.places is None else int(ranked.places[row])
    return tuple(
        Reason(ReasonKind.LOOKS_LIKE, part.label, _strength(float(part.z_scores[place]), part.cut.z))
        for part in ranked.parts
    )


def _strength(z_score: float, at_cut: float) -> float:
    """As `calibration.strengths`, of one photo."""
    return float(calibration.strengths(np.float32(z_score).reshape(1), at_cut)[0])


def _words(matches: Sequence[TextMatch]) -> list[Reason]:
    found = dict.fromkeys((column, words) for match in matches for column, words in match.columns)
    return [Reason(_KIND_OF_COLUMN[column], words, 1.0) for column, words in found]


def _largest(scores: Scores, count: int) -> Scores:
    """The `count` largest scores, largest first, without sorting the rest."""
    return -np.sort(-scores[scores >= calibration.reached_by(scores, count)])[:count]
