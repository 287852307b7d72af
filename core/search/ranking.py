"""Puts photos in order: by the sum of what each part of the query says, exact words first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.catalog.texts import TextMatch
from core.domain import Hit, PhotoId, Reason, ReasonKind
from core.search import calibration

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
        kept = np.argpartition(-scores, limit - 1)[:limit]
        ids, scores = ids[kept], scores[kept]
    order = np.lexsort((-ids, -scores))
    return ids[order], scores[order]


def telling(matches: Sequence[TextMatch], scope_count: int) -> list[TextMatch]:
    """Exact matches that distinguish photos: a word that is in most names (`IMG`, the folder) says nothing."""
    if len(matches) >= _COMMON_AT_LEAST and len(matches) > COMMON_SHARE * scope_count:
        return [one for one in matches if set(one.columns) & {"caption", "tags", "albums"}]
    return list(matches)


def merge(
    text: str,
    matches: Sequence[TextMatch],
    ids: NDArray[np.int64],
    scores: NDArray[np.float32],
    allowed: Mapping[int, float] | None,
    limit: int,
) -> tuple[tuple[Hit, ...], int]:
    """Hits, best first, and how many are strong: exact words first, then by standardised score.

    `ids` and `scores` (n,) are the semantic part, best first; `allowed` maps the exact matches to their
    standardised score where they have one.
    """
    known = allowed or {}
    exact = sorted(matches, key=lambda one: known.get(one.photo_id, float("-inf")), reverse=True)[:limit]
    hits = [_exact_hit(text, one, known.get(one.photo_id)) for one in exact]
    taken = {one.photo_id for one in exact}
    strong = calibration.strong_count(scores)
    strong_hits = 0
    strengths = calibration.strengths(scores).tolist()
    for position, (one, score) in enumerate(zip(ids.tolist(), scores.tolist(), strict=True)):
        if len(hits) >= limit:
            break
        if one not in taken:
            hits.append(Hit(PhotoId(one), score, (Reason(ReasonKind.LOOKS_LIKE, text, strengths[position]),)))
            strong_hits += position < strong
    return tuple(hits), len(exact) + strong_hits


def _exact_hit(text: str, match: TextMatch, score: float | None) -> Hit:
    reasons = [Reason(_KIND_OF_COLUMN[column], text, 1.0) for column in match.columns]
    if score is not None and score >= calibration.STRONG_Z:
        strength = float(calibration.strengths(np.array([score], dtype=np.float32))[0])
        reasons.append(Reason(ReasonKind.LOOKS_LIKE, text, strength))
    return Hit(match.photo_id, score if score is not None else 0.0, tuple(reasons))
