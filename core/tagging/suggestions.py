"""Turns scores into suggestions: the few words that stand out for each photo, strongest first. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.domain import PhotoId, Suggestion
from core.tagging.vocabulary import Word

MOST_PER_PHOTO = 3
LEAST_CONFIDENCE = 0.5
LEAST_EXCLUSIVE_CONFIDENCE = 0.8


def choose(
    photo_ids: Sequence[PhotoId],
    confidences: NDArray[np.float32],
    words: Sequence[Word],
    settled: set[tuple[PhotoId, str]],
) -> tuple[Suggestion, ...]:
    """Suggestions for photos, strongest first.

    `confidences` is (n, w). A photo gets at most `MOST_PER_PHOTO` open words and one word of each
    exclusive group; pairs of (photo, lower-case word) in `settled` are left out.
    """
    least = np.array([LEAST_EXCLUSIVE_CONFIDENCE if word.is_exclusive else LEAST_CONFIDENCE for word in words])
    found: list[Suggestion] = []
    for photo_id, row in zip(photo_ids, confidences, strict=True):
        open_words = 0
        for at in np.argsort(-row, kind="stable"):
            word = words[int(at)]
            if row[at] < least[at] or (photo_id, word.name.lower()) in settled:
                continue
            open_words += not word.is_exclusive
            if word.is_exclusive or open_words <= MOST_PER_PHOTO:
                found.append(Suggestion(photo_id, word.name, float(row[at])))
    found.sort(key=lambda one: (-one.confidence, one.photo_id, one.tag))
    return tuple(found)
