"""Scores photos against words that nobody trained on: zero-shot classification with prompt ensembles. Pure, any thread.

The recipe is section 3.1.4 of Radford et al., "Learning Transferable Visual Models From Natural Language
Supervision" (CLIP, 2021): a word is put into prompt templates, and the embeddings of its prompts are averaged and
normalised again. CLIP then chooses one class; tags are many, so an open word needs a threshold of its own, which is
learned from the library (`learn`). A group of which one is chosen is a softmax with a floor for none of its words.

All scores come as z-scores (n, c): how far a photo's cosine with a text exceeds what is usual for that photo over
unrelated texts, in its spreads (core/search/calibration.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.tagging.vocabulary import Word

Scores = NDArray[np.float32]

FALSE_SHARE = 0.01
"""A word's photos begin where at most this share of them would reach the score by chance."""
SHARE_OF_BEST = 0.5
"""... and no lower than this share of the word's best score."""
AT_HALF, PER_STEP = 7.0, 2.2
"""The evidence at which a suggestion is as likely right as not by captions that name only half of what is to be
seen, and how fast that grows; fitted on 1,286 captioned photos, alike for libraries of 20 and of 2,600."""
SUGGEST_FROM_Z = 3.0
"""A z-score from which a word clearly says something about a photo, whatever its other words reach."""
COMPETITOR = 5
"""A word must stand out from the photo's other words: from its sixth best."""
LEAST_COMPETITOR = 1.5
GAP_WEIGHT = 2.0
TEMPERATURE = 1.5
FLOOR = 1.0
"""What the best of a few unrelated sentences scores, where a group has none of its own."""
_PRIOR_PHOTOS, _PRIOR_SPREAD, _PRIOR_SPREAD_PHOTOS = 300, 0.9, 30


@dataclass(frozen=True, slots=True)
class ExclusiveGroup:
    """The words of which a photo gets at most one; `columns[i]` and `none` are slices of the scored columns."""

    words: tuple[int, ...]
    columns: tuple[slice, ...]
    none: slice


@dataclass(frozen=True, slots=True)
class Columns:
    """What photos are multiplied with: first one column per open word, then the prompts of exclusive groups."""

    vectors: Embedding
    """(c, d), unit rows"""
    open_words: tuple[int, ...]
    """Which word each of the first columns is."""
    exclusive: tuple[ExclusiveGroup, ...]


@dataclass(frozen=True, slots=True)
class Norms:
    """What is usual for each open word over one library: (w,) each."""

    centre: Scores
    spread: Scores
    least: Scores
    """The least standardised score of a photo that the word may fit."""


def word_embeddings(words: Sequence[Word], embed: Callable[[list[str]], Embedding]) -> Embedding:
    """One embedding per word (w, d): the normalised mean over its prompts."""
    return _ensembles(embed([prompt for word in words for prompt in word.prompts]), words)


def columns(words: Sequence[Word], embed: Callable[[list[str]], Embedding]) -> Columns:
    """Embed what `words` need, all in one call."""
    open_words = [at for at, word in enumerate(words) if not word.is_exclusive]
    groups: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if word.is_exclusive:
            groups.setdefault(word.group, []).append(at)
    texts = [prompt for at in open_words for prompt in words[at].prompts]
    own_count = len(texts)
    for members in groups.values():
        texts += [prompt for at in members for prompt in words[at].prompts] + list(words[members[0]].none_prompts)
    embedded = embed(texts)
    ensembles = _ensembles(embedded[:own_count], [words[at] for at in open_words])
    exclusive, place = [], len(open_words)
    for members in groups.values():
        slices = []
        for at in members:
            slices.append(slice(place, place + len(words[at].prompts)))
            place = slices[-1].stop
        none = slice(place, place + len(words[members[0]].none_prompts))
        place = none.stop
        exclusive.append(ExclusiveGroup(tuple(members), tuple(slices), none))
    vectors = np.concatenate([ensembles, embedded[own_count:]]).astype(np.float32)
    return Columns(vectors, tuple(open_words), tuple(exclusive))


def _ensembles(embedded: Embedding, words: Sequence[Word]) -> Embedding:
    """The normalised mean of each word's prompts, whose embeddings (p, d) follow one another."""
    if not words:
        return embedded[:0]
    starts = np.cumsum([0, *(len(word.prompts) for word in words[:-1])])
    sums = np.add.reduceat(embedded, starts, axis=0)
    unit: Embedding = (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)).astype(np.float32)
    return unit


def learn(sample: Scores, photo_count: int) -> Norms:
    """What is usual for each open word, from z-scores (m, w) of a sample of a library of `photo_count` photos.

    Centre: the median; spread: from the median down to the 16th percentile, which the matches do not widen. A small
    library may consist of matches, so both are drawn towards what is usual in general as if some photos more had been
    seen (shrinkage, as in James and Stein, 1961). `least`: the Benjamini-Hochberg threshold (1995) of the standardised
    scores against a normal distribution.
    """
    count, width = len(sample), sample.shape[1]
    if not count:
        zeros = np.zeros(width, np.float32)
        return Norms(zeros, zeros + np.float32(_PRIOR_SPREAD), zeros + np.inf)
    middle, low = np.quantile(sample, (0.5, 0.16), axis=0)
    seen = max(count, photo_count)
    centre = middle * (seen / (seen + _PRIOR_PHOTOS))
    variance = (seen * (middle - low) ** 2 + _PRIOR_SPREAD_PHOTOS * _PRIOR_SPREAD**2) / (seen + _PRIOR_SPREAD_PHOTOS)
    spread = np.sqrt(variance)
    standard = -np.sort(-(sample - centre) / spread, axis=0)
    allowed = FALSE_SHARE * np.arange(1, count + 1) / count
    bounds = np.array([NormalDist().inv_cdf(1 - share) for share in allowed])[:, None]
    passes = standard >= bounds
    last = np.where(passes.any(axis=0), count - 1 - passes[::-1].argmax(axis=0), 0)
    least = np.where(passes.any(axis=0), bounds[last, 0], bounds[0, 0])
    least = np.maximum(least, SHARE_OF_BEST * standard[0])
    return Norms(centre.astype(np.float32), spread.astype(np.float32), least.astype(np.float32))


def standardised(z_scores: Scores, norms: Norms) -> Scores:
    """Z-scores (n, w) of open words as distances from what is usual for the word, in its spreads."""
    result: Scores = (z_scores - norms.centre) / norms.spread
    return result


def competitors(standard: Scores) -> Scores:
    """What a photo's other words reach (n,): its sixth best score, which a word has to stand out from."""
    if standard.shape[1] <= COMPETITOR:
        return np.full(len(standard), LEAST_COMPETITOR, np.float32)
    sixth = -np.partition(-standard, COMPETITOR, axis=1)[:, COMPETITOR]
    result: Scores = np.maximum(sixth, LEAST_COMPETITOR)
    return result


def confidence(standard: Scores, others: Scores) -> Scores:
    """Confidences 0 to 1 of standardised scores (k,) of photos whose other words reach `others` (k,)."""
    evidence = standard + GAP_WEIGHT * (standard - others)
    result: Scores = (1 / (1 + np.exp(np.clip((AT_HALF - evidence) / PER_STEP, -50, 50)))).astype(np.float32)
    return result


def least_standard(others: Scores | np.float32, least_confidence: float) -> Scores:
    """The standardised score (n,) that gives a word this confidence: the inverse of `confidence`."""
    evidence = AT_HALF + PER_STEP * float(np.log(least_confidence / (1 - least_confidence)))
    result: Scores = np.asarray((evidence + GAP_WEIGHT * others) / (1 + GAP_WEIGHT), dtype=np.float32)
    return result


def chosen_of(z_scores: Scores, group: ExclusiveGroup) -> tuple[NDArray[np.intp], Scores]:
    """For each photo the likeliest word of a group (an index into `group.words`) and its probability, both (n,).

    A word is as near as its nearest prompt. The floor competes like a word, so that a photo that fits none gets none.
    """
    places = [*group.columns, group.none] if group.none.stop > group.none.start else list(group.columns)
    start = places[0].start
    by_prompt = np.ascontiguousarray(z_scores[:, start : places[-1].stop].T)  # maxima over rows are faster
    nearest = [by_prompt[one.start - start : one.stop - start].max(axis=0) for one in group.columns]
    floor = by_prompt[group.none.start - start :].max(axis=0) if len(places) > len(group.columns) else np.float32(FLOOR)
    floors = np.maximum(np.broadcast_to(floor, len(z_scores)), FLOOR)
    logits = TEMPERATURE * np.stack([*nearest, floors], axis=1)
    logits -= logits.max(axis=1, keepdims=True)
    shares = np.exp(logits)
    shares /= shares.sum(axis=1, keepdims=True)
    best = shares[:, :-1].argmax(axis=1)
    return best, np.take_along_axis(shares, best[:, None], axis=1)[:, 0].astype(np.float32)
