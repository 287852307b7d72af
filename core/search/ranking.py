"""Puts photos in order: by the sum of what each part of the query says, exact words first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog.texts import TextMatch
from core.domain import Hit, PhotoId, Reason, ReasonKind
from core.search import calibration
from core.search.calibration import Cut

COMMON_SHARE = 0.3
_COMMON_AT_LEAST = 20
_KIND_OF_COLUMN = {
    "name": ReasonKind.NAME,
    "folder": ReasonKind.FOLDER,
    "caption": ReasonKind.CAPTION,
    "tags": ReasonKind.TAG,
    "albums": ReasonKind.ALBUM,
    "camera": ReasonKind.CAMERA,
}


def best(
    ids: NDArray[np.int64], scores: NDArray[np.float32], limit: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The `limit` best ids and scores, best first; equal scores newest id first, so that order is stable."""
    if len(ids) > limit:
        kept = np.flatnonzero(scores >= calibration.reached_by(scores, limit))
        ids, scores = ids[kept], scores[kept]
    order = np.lexsort((-ids, -scores))[:limit]
    return ids[order], scores[order]


def telling(matches: Sequence[TextMatch], scope_count: int) -> list[TextMatch]:
    """Exact matches that distinguish photos: a word that is in most names (`IMG`, the folder) says nothing."""
    if len(matches) >= _COMMON_AT_LEAST and len(matches) > COMMON_SHARE * scope_count:
        return [one for one in matches if set(one.columns) & {"caption", "tags", "albums"}]
    return list(matches)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The semantic part of an answer over the photos of the scope; all arrays have length n."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]
    """What orders the photos."""
    z_scores: NDArray[np.float32]
    """What tells how good a match is; see `calibration`."""
    cut: Cut
    """Over the whole library, whatever the scope."""

    def strong_count(self) -> int:
        """How many photos of the scope are good matches."""
        return int(np.count_nonzero(self.z_scores >= self.cut.z)) if self.cut.count else 0


def merge(text: str, matches: Sequence[TextMatch], ranked: Ranked, limit: int) -> tuple[tuple[Hit, ...], int]:
    """Hits, best first, and how many are strong: exact words first, then by semantic score.

    The k-th photo in order gets the strength of the k-th best z-score, so that strengths fall with the rank.
    """
    exact = _exact_hits(text, matches, ranked)[:limit]
    taken = {hit.photo_id for hit in exact}
    ids, scores = best(ranked.ids, ranked.scores, limit)
    z_best_first = _largest(ranked.z_scores, len(ids))
    strengths = calibration.strengths(z_best_first, ranked.cut.z).tolist()
    strong = ranked.strong_count()
    hits = list(exact)
    strong_hits = len(exact)
    for position, (one, score) in enumerate(zip(ids.tolist(), scores.tolist(), strict=True)):
        if len(hits) >= limit:
            break
        if one not in taken:
            hits.append(Hit(PhotoId(one), score, (Reason(ReasonKind.LOOKS_LIKE, text, strengths[position]),)))
            strong_hits += position < strong
    return tuple(hits), strong_hits


def _largest(scores: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The `count` largest scores, largest first, without sorting the rest."""
    return -np.sort(-scores[scores >= calibration.reached_by(scores, count)])[:count]


def _exact_hits(text: str, matches: Sequence[TextMatch], ranked: Ranked) -> list[Hit]:
    """The photos that hold the words, those that also look like it first."""
    if not matches:
        return []
    wanted = np.isin(ranked.ids, np.array([one.photo_id for one in matches], dtype=np.int64))
    z_of = dict(zip(ranked.ids[wanted].tolist(), ranked.z_scores[wanted].tolist(), strict=True))
    ordered = sorted(matches, key=lambda one: z_of.get(one.photo_id, float("-inf")), reverse=True)
    return [_exact_hit(text, one, z_of.get(one.photo_id), ranked.cut) for one in ordered]


def _exact_hit(text: str, match: TextMatch, z_score: float | None, cut: Cut) -> Hit:
    reasons = [Reason(_KIND_OF_COLUMN[column], text, 1.0) for column in match.columns]
    if z_score is not None and cut.count and z_score >= cut.z:
        strength = float(calibration.strengths(np.array([z_score], dtype=np.float32), cut.z)[0])
        reasons.append(Reason(ReasonKind.LOOKS_LIKE, text, strength))
    return Hit(match.photo_id, z_score if z_score is not None else 0.0, tuple(reasons))
