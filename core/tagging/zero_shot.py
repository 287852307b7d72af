"""Scores photos against words that nobody trained on: zero-shot classification with prompt ensembles.

After Radford et al., "Learning Transferable Visual Models From Natural Language Supervision" (CLIP, 2021),
section 3.1.4: the embeddings of a word's prompts are averaged and normalised again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.tagging.vocabulary import Word

_LEAST_BACKGROUND = 30
_LEAST_SPREAD = 1e-6
SUGGEST_FROM_Z = 2.5


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


def standardised(photos: Embedding, words: Embedding, background: Embedding) -> NDArray[np.float32]:
    """How much each photo stands out for each word: (n, w) robust z-scores.

    Cosines of `photos` (n, d) with `words` (w, d), less what is usual for the word over the library's
    `background` (b, d) and less what is usual for the photo over all words; divided by the spread of
    these residuals in the background.
    """
    scores, usual = photos @ words.T, background @ words.T
    if len(background) >= _LEAST_BACKGROUND:
        per_word = np.median(usual, axis=0, keepdims=True)
    else:
        per_word = np.zeros((1, words.shape[0]), dtype=np.float32)
        usual = scores
    residuals = scores - per_word
    residuals -= np.median(residuals, axis=1, keepdims=True)
    reference = usual - per_word
    reference -= np.median(reference, axis=1, keepdims=True)
    spread = max(float(np.quantile(np.abs(reference), 0.68)), _LEAST_SPREAD)
    result: NDArray[np.float32] = (residuals / spread).astype(np.float32)
    return result


def confidences(z_scores: NDArray[np.float32], words: Sequence[Word]) -> NDArray[np.float32]:
    """Confidences 0 to 1, shape (n, w): logistic for open words, a softmax within each exclusive group."""
    distances = np.clip(SUGGEST_FROM_Z - z_scores, -50.0, 50.0)
    result: NDArray[np.float32] = (1.0 / (1.0 + np.exp(distances))).astype(np.float32)
    for group in {word.group for word in words if word.is_exclusive}:
        columns = [at for at, word in enumerate(words) if word.group == group]
        inside = np.exp(z_scores[:, columns] - z_scores[:, columns].max(axis=1, keepdims=True))
        result[:, columns] = inside / inside.sum(axis=1, keepdims=True)
    return result
