"""Turns scores into suggestions: the few words that stand out for each photo. Pure, any thread.

Works on chunks of a library, so that 100,000 photos by 400 words are never one table in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain import PhotoId, Suggestion
from core.tagging import zero_shot
from core.tagging.vocabulary import Word
from core.tagging.zero_shot import Columns, Norms, Scores

MOST_PER_PHOTO = 3
LEAST_CONFIDENCE = 0.5
LEAST_EXCLUSIVE_CONFIDENCE = 0.92
_ROUNDING = np.float32(1e-3)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Which rows of a chunk may have which words: three columns of equal length (k,)."""

    rows: NDArray[np.intp]
    words: NDArray[np.intp]
    confidences: Scores


def candidates(z_scores: Scores, columns: Columns, norms: Norms, words: Sequence[Word]) -> Candidates:
    """The words of each photo of a chunk with z-scores (n, c): at most `MOST_PER_PHOTO` open ones that are no
    sensitive words, and at most one of each exclusive group."""
    parts = [_open_words(z_scores[:, : len(columns.open_words)], columns, norms, words)]
    for group in columns.exclusive:
        best, shares = zero_shot.chosen_of(z_scores, group)
        rows = np.flatnonzero(shares >= LEAST_EXCLUSIVE_CONFIDENCE)
        parts.append(Candidates(rows, np.array(group.words, np.intp)[best[rows]], shares[rows]))
    return joined(parts)


def joined(parts: Sequence[Candidates]) -> Candidates:
    """All of them as one."""
    return Candidates(
        np.concatenate([one.rows for one in parts]),
        np.concatenate([one.words for one in parts]),
        np.concatenate([one.confidences for one in parts]),
    )


def choose(
    photo_ids: NDArray[np.int64],
    found: Candidates,
    words: Sequence[Word],
    settled: set[tuple[PhotoId, str]],
) -> list[Suggestion]:
    """Suggestions of candidates, whose rows are rows of `photo_ids`, strongest first.

    Pairs of (photo, lower-case word) in `settled` are left out, and so are sensitive words.
    """
    names = [word.name for word in words]
    keys = [None if word.is_sensitive else word.name.lower() for word in words]
    chosen = []
    for row, word, confidence in zip(
        photo_ids[found.rows].tolist(), found.words.tolist(), found.confidences.tolist(), strict=True
    ):
        key = keys[word]
        if key is not None and (row, key) not in settled:
            chosen.append(Suggestion(PhotoId(row), names[word], confidence))
    return in_order(chosen)


def in_order(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Strongest first."""
    return sorted(found, key=lambda one: (-one.confidence, one.photo_id, one.tag))


def _open_words(z_scores: Scores, columns: Columns, norms: Norms, words: Sequence[Word]) -> Candidates:
    floor = zero_shot.least_standard(np.float32(zero_shot.LEAST_COMPETITOR), LEAST_CONFIDENCE) - _ROUNDING
    bounds = norms.centre + norms.spread * np.maximum(floor, norms.least - _ROUNDING)
    promising = np.flatnonzero((z_scores >= bounds).any(axis=1))  # the others need neither be standardised nor sorted
    standard = zero_shot.standardised(z_scores[promising], norms)
    others = zero_shot.competitors(standard)
    bound = zero_shot.least_standard(others, LEAST_CONFIDENCE)
    rows, places = np.nonzero((standard >= bound[:, None]) & (standard >= norms.least))
    confidences = zero_shot.confidence(standard[rows, places], others[rows])
    rows = promising[rows]
    which = np.array(columns.open_words, np.intp)[places]
    is_sensitive = np.array([words[at].is_sensitive for at in which], dtype=bool)
    order = np.lexsort((-confidences, is_sensitive, rows))
    rows, which, confidences, is_sensitive = rows[order], which[order], confidences[order], is_sensitive[order]
    first = np.searchsorted(rows, rows)  # where the photo's candidates begin
    kept = is_sensitive | (np.arange(len(rows)) - first < MOST_PER_PHOTO)
    return Candidates(rows[kept], which[kept], confidences[kept])
