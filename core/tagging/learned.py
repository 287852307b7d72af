"""A tag that learns from examples: a small classifier on embeddings, together with what the tag's name says.

Pure, any thread; never imports torch. Regularised logistic regression (scikit-learn), examples against rejected photos
and a random sample of the library, classes balanced. Its standardised score and the zero-shot score of the name are
mixed with a share that grows with the number of examples; figures in docs/auto-tagging.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding

LEAST_EXAMPLES = 5
"""From here on a tag suggests by itself; asked for, fewer will do."""
BACKGROUND = 500
"""Photos of the library that stand for all that is not tagged."""
STRENGTH = 0.1
"""C of the regression, on embeddings of length one on average: strong regularisation, few examples."""
HALF_WEIGHT = 15
"""Examples at which they count as much as the name."""
CLEARLY_WORSE = 0.03
"""A loss of cross-validated average precision that outweighs noise."""
TELLING_PRIOR = 1.5
"""A name that its own examples score less for, on average, is trusted less; below 0 it says nothing ("the cabin")."""
VERY_TELLING_PRIOR = 2.0
"""A name that its own examples score more for counts for more."""
_FOLDS = 5
_STEP = 0.6
_LEAST_THRESHOLD = 2.0

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What there is to learn from; (k, d) each, with the zero-shot scores (k,) of the tag's name, standardised."""

    positives: Embedding
    negatives: Embedding
    background: Embedding
    positive_prior: Scores
    negative_prior: Scores
    background_prior: Scores


@dataclass(frozen=True, slots=True)
class LearnedTag:
    """Scores photos for one tag."""

    direction: Embedding
    """(d,): a photo's product with it, less `centre`, over `spread`, is its score by the examples."""
    centre: float
    spread: float
    share: float
    """How much the examples count, 0 (the name decides alone) to 1."""
    threshold: float
    """The score at which a suggestion is half sure."""
    expected_precision: float | None
    """Share of right suggestions, by cross-validation; None with fewer than `LEAST_EXAMPLES` examples."""

    @property
    def is_learned(self) -> bool:
        """Whether the examples decide anything."""
        return self.share > 0

    def scores(self, photos: Embedding, prior: Scores) -> Scores:
        """Scores (n,) of photos (n, d) whose standardised zero-shot scores are `prior` (n,)."""
        by_example = (photos @ self.direction - self.centre) / self.spread
        mixed: Scores = (self.share * by_example + (1 - self.share) * prior).astype(np.float32)
        return mixed

    def confidences(self, scores: Scores) -> Scores:
        """Confidences 0 to 1 of scores (n,)."""
        result: Scores = (1 / (1 + np.exp(np.clip((self.threshold - scores) / _STEP, -50, 50)))).astype(np.float32)
        return result


def learn(lesson: Lesson) -> LearnedTag:
    """Train on a lesson with at least one positive. Tens of milliseconds."""
    share = _share(lesson)
    direction, centre, spread = _fitted(lesson.positives, lesson.negatives, lesson.background)
    tag = LearnedTag(direction, centre, spread, share, _LEAST_THRESHOLD, None)
    background = tag.scores(lesson.background, lesson.background_prior)
    if len(lesson.positives) < LEAST_EXAMPLES:
        own = tag.scores(lesson.positives, lesson.positive_prior)  # seen in training: no measure, but an upper bound
        return _with_threshold(tag, np.minimum(own, np.quantile(background, 0.98)), background, None)
    held_out, share = _validated(lesson, share)
    tag = LearnedTag(direction, centre, spread, share, _LEAST_THRESHOLD, None)
    background = tag.scores(lesson.background, lesson.background_prior)
    return _with_threshold(tag, held_out.positives, background, held_out.negatives)


def average_precision(scores: NDArray[np.floating], is_right: NDArray[np.bool_]) -> float:
    """Mean of the precision at each right photo, best first; of equal scores the wrong photos come first."""
    right = is_right[np.lexsort((is_right, -scores))]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    return float(precision[right].mean()) if right.any() else 0.0


@dataclass(frozen=True, slots=True)
class _HeldOut:
    """Scores of photos by classifiers that did not see them."""

    positives: Scores
    negatives: Scores


def _fitted(positives: Embedding, negatives: Embedding, background: Embedding) -> tuple[Embedding, float, float]:
    from sklearn.linear_model import LogisticRegression  # half a second to import: not before it is needed

    mean = background.mean(axis=0)
    others = np.concatenate([negatives, background])
    photos = np.concatenate([positives, others]) - mean
    length = max(float(np.sqrt((photos**2).sum(axis=1).mean())), 1e-6)
    labels = np.arange(len(photos)) < len(positives)
    fit = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300).fit(photos / length, labels)
    direction = fit.coef_[0].astype(np.float32)
    centre, spread = _usual(background @ direction)
    return direction, centre, spread


def _usual(scores: Scores) -> tuple[float, float]:
    """Median, and from there down to the 16th percentile, which the matches among them do not widen."""
    middle, low = np.quantile(scores, (0.5, 0.16))
    return float(middle), max(float(middle - low), 1e-6)


def _validated(lesson: Lesson, share: float) -> tuple[_HeldOut, float]:
    """Cross-validated scores, and the share of the examples that they speak for: the rule's, or none."""
    folds = min(_FOLDS, len(lesson.positives))
    by_example = [np.zeros(len(one), np.float32) for one in (lesson.positives, lesson.negatives, lesson.background)]
    for fold in range(folds):
        held = [np.arange(len(one)) % folds == fold for one in by_example]
        kept = [
            part[~out] for part, out in zip((lesson.positives, lesson.negatives, lesson.background), held, strict=True)
        ]
        direction, centre, spread = _fitted(*kept)
        for scores, part, out in zip(
            by_example, (lesson.positives, lesson.negatives, lesson.background), held, strict=True
        ):
            scores[out] = (part[out] @ direction - centre) / spread
    prior = (lesson.positive_prior, lesson.negative_prior, lesson.background_prior)

    def mixed(weight: float) -> list[Scores]:
        return [(weight * one + (1 - weight) * other).astype(np.float32)
                for one, other in zip(by_example, prior, strict=True)]  # fmt: skip

    def worth(weight: float) -> float:
        parts = mixed(weight)
        return average_precision(np.concatenate(parts), np.arange(sum(map(len, parts))) < len(parts[0]))

    chosen = 0.0 if worth(0.0) > worth(share) + CLEARLY_WORSE else share  # the examples may not spoil the name
    parts = mixed(chosen)
    return _HeldOut(parts[0], parts[1]), chosen


def _share(lesson: Lesson) -> float:
    """How much the examples count: more with their number, and more where the name does not tell them."""
    count, telling = len(lesson.positives), float(lesson.positive_prior.mean())
    benefit_of_doubt = 2 / np.sqrt(count)  # twice the error of a mean of so few
    told = float(np.clip((telling + benefit_of_doubt) / TELLING_PRIOR, 0, 1))
    half = HALF_WEIGHT * max(1.0, telling / VERY_TELLING_PRIOR)
    return 1 - told * half / (count + half)


def _with_threshold(tag: LearnedTag, positives: Scores, background: Scores, negatives: Scores | None) -> LearnedTag:
    """Half sure where three of four examples are found, if the library is mostly below, and no lower than chance.

    Expected precision: the held-out examples above against the rejected photos above and half of the background above
    (it holds photos of the tag that nobody marked yet: at most as many count as there are examples), with one right and
    one wrong photo added (Laplace's rule), so that few examples promise little.
    """
    threshold = max(float(np.quantile(positives, 0.25)), _LEAST_THRESHOLD)
    precision: float | None = None
    if negatives is not None:
        right = int((positives >= threshold).sum())
        by_chance = min(0.5 * int((background >= threshold).sum()), len(positives))
        wrong = int((negatives >= threshold).sum()) + by_chance
        precision = (right + 1) / (right + wrong + 2)
    return LearnedTag(tag.direction, tag.centre, tag.spread, tag.share, threshold, precision)
