"""What the image tower's own ImageNet classifier teaches, without a photo of the things it names.

Two sources. Pseudo-features: where a classifier is linear and classes share a covariance S, the mean feature of class
c lies at mu + S w_c (linear discriminant analysis), so every class has an expected feature although no photo shows it.
Posteriors: what the classifier says of each training photo, for the text tower to agree with.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

_PEAK = 8.0
"""How much higher a class's logit is at its pseudo-feature than at the mean photo."""
_NOISE = 0.5
_POOLED = 1280


@dataclass(frozen=True, slots=True)
class PseudoFeatures:
    """Standardised pooled features (2560) of things, drawn around their class's expected feature."""

    means: Tensor
    """(1000, 2560), relative to the mean photo."""
    photos: Tensor
    """(n, 2560): real photos, whose spread is what the noise looks like."""

    def draw(self, classes: Tensor, random: torch.Generator) -> Tensor:
        """One feature for each of the classes (c,): (c, 2560)."""
        strength = 0.5 + torch.rand(len(classes), 1, generator=random)
        noise = self.photos[torch.randint(len(self.photos), (len(classes),), generator=random)]
        return self.means[classes] * strength + _NOISE * noise


def pseudo_features(pooled: Tensor, spread: Tensor, untrained: Tensor, classifier: nn.Linear) -> PseudoFeatures:
    """From real photos' pooled features (n, 2560), their standard deviation (2560,) and the classifier.

    `untrained`: the same photos' features (n, 2560) before anything was trained, which the classifier goes by. Where
    the two differ, a class's expected feature is a regression on the old ones: S is the covariance of new with old.
    """
    now, before = pooled - pooled.mean(0), (untrained - untrained.mean(0))[:, :_POOLED]
    directions = (classifier.weight - classifier.weight.mean(0)).detach()
    logits = directions @ (before.T @ before / len(before))
    means = directions @ (now.T @ before / len(now)).T
    gain = (logits * directions).sum(1, keepdim=True)
    return PseudoFeatures(means * (_PEAK / gain) / spread, now / spread)


def posteriors(pooled: Tensor, classifier: nn.Linear) -> Tensor:
    """(n, 1000) float16: the classifier's opinion of photos with these pooled features."""
    with torch.no_grad():
        logits: Tensor = classifier(pooled[:, :_POOLED])
        return logits.softmax(1).half()


def disagreement(photos: Tensor, names: Tensor, scale: Tensor, opinion: Tensor) -> Tensor:
    """Kullback-Leibler divergence of the embeddings' opinion from the classifier's, among the classes named.

    `photos` (n, d), `names` (c, d), `opinion` (n, c) the classifier's shares of those c. Photos count by how much of
    the classifier's opinion falls on those classes.
    """
    covered = opinion.sum(1, keepdim=True)
    among = opinion / covered.clamp_min(1e-6)
    ours = (photos @ names.T * scale).log_softmax(1)
    divergence = (among * (among.clamp_min(1e-8).log() - ours)).sum(1, keepdim=True)
    weighted: Tensor = (divergence * covered).sum() / covered.sum()
    return weighted
