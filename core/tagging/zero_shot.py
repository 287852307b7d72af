"""Scores photos against words that nobody trained on: zero-shot classification with prompt ensembles.

After Radford et al., "Learning Transferable Visual Models From Natural Language Supervision" (CLIP, 2021),
section 3.1.4: the embeddings of a word's prompts are averaged and normalised again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.tagging.vocabulary import Word

SUGGEST_FROM_Z = 3.0
SHARE_OF_BEST = 0.5
BY_CHANCE = 0.1
_LEAST_LIBRARY = 30


def word_embeddings(words: Sequence[Word], embed_texts: Callable[[list[str]], Embedding]) -> Embedding:
    """One embedding per word (w, d): the normalised mean over its prompts."""
    prompts = [prompt for word in words for prompt in word.prompts]
    embedded = embed_texts(prompts)
    means = []
    start = 0
    for word in words:
        end = start + len(word.prompts)
        means.append(embedded[start:end].mean(axis=0))
        start = end
    stacked = np.stack(means)
    unit: Embedding = (stacked / np.linalg.norm(stacked, axis=1, keepdims=True)).astype(np.float32)
    return unit


def confidences(z_scores: NDArray[np.float32], words: Sequence[Word]) -> NDArray[np.float32]:
    """Confidences 0 to 1 (n, w) of every photo of the library for every word.

    `z_scores` (n, w) say how much a photo's score for a word exceeds what is usual for the photo over unrelated
    texts. Open words: less what is usual for the word over the library; a word that nothing in the library
    stands out for (the quantile 1 - BY_CHANCE / n of a normal distribution) fits no photo; the rest is logistic,
    0.5 at `SUGGEST_FROM_Z`. Words of a group of which one is chosen: a softmax among themselves.
    """
    centred = z_scores
    if len(z_scores) >= _LEAST_LIBRARY:
        centred = z_scores - np.median(z_scores, axis=0, keepdims=True)
        best = centred.max(axis=0, keepdims=True)
        least = np.maximum(SUGGEST_FROM_Z, SHARE_OF_BEST * best)
        is_there = best >= NormalDist().inv_cdf(1 - BY_CHANCE / len(z_scores))
        centred = np.where(is_there & (centred >= least), centred, -np.inf)
    distances = np.clip(SUGGEST_FROM_Z - centred, -50.0, 50.0)
    result: NDArray[np.float32] = (1.0 / (1.0 + np.exp(distances))).astype(np.float32)
    for group in {word.group for word in words if word.is_exclusive}:
        columns = [at for at, word in enumerate(words) if word.group == group]
        inside = np.exp(z_scores[:, columns] - z_scores[:, columns].max(axis=1, keepdims=True))
        result[:, columns] = inside / inside.sum(axis=1, keepdims=True)
    return result
