"""The few words of the vocabulary that one photo looks like most, for people to read. Pure; any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding, SeenWord
from core.tagging.vocabulary import Word
from core.tagging.zero_shot import SUGGEST_FROM_Z

MOST_WORDS = 6
LEAST_Z = 2.2
"""Weaker words are not worth a person's attention; a tag is suggested from `SUGGEST_FROM_Z` on."""
SHARE_OF_BEST = 0.55
_LEAST_LIBRARY = 30


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """A vocabulary as an encoder and a library know it."""

    names: tuple[str, ...]
    embeddings: Embedding
    """(w, d)"""
    usual: NDArray[np.float32]
    """(w,) the z-score that half of the library's photos exceed: `indoors` fits everything a little."""


def learn(words: Sequence[Word], embeddings: Embedding, z_scores: NDArray[np.float32]) -> Likeness:
    """What is usual for each word, from the z-scores (n, w) of a sample of the library."""
    usual = np.zeros(len(words), dtype=np.float32)
    if len(z_scores) >= _LEAST_LIBRARY:
        usual = np.median(z_scores, axis=0).astype(np.float32)
    return Likeness(tuple(word.name for word in words), embeddings, usual)


def strongest(known: Likeness, z_scores: NDArray[np.float32]) -> tuple[SeenWord, ...]:
    """The words that stand out in one photo (w,), strongest first, with strengths as tags get them."""
    centred = z_scores - known.usual
    order = np.argsort(-centred, kind="stable")[:MOST_WORDS]
    least = max(LEAST_Z, SHARE_OF_BEST * float(centred[order[0]])) if len(order) else 0.0
    distances = np.clip(SUGGEST_FROM_Z - centred, -30.0, 30.0)
    strengths = 1.0 / (1.0 + np.exp(distances))
    return tuple(SeenWord(known.names[at], float(strengths[at])) for at in order if centred[at] >= least)
