"""The bank of everyday texts against which core.embedding.starter_hubness measures how much of a hub a photo is."""

from __future__ import annotations

import measuring
import numpy as np
import torch
from feature_cache import TextStates
from lesson import Lesson
from numpy.typing import NDArray
from torch import Tensor
from trainable import Trainable

from core.embedding import starter_hubness

_CENTRES = 512
_ROUNDS = 20
_CAPTIONS_OF_EACH_KIND = 4000
_NAMES = 1000
"""Fewer: people ask for scenes more often than for a breed of dog."""
_PHOTOS = 2000


def tensors(model: Trainable, lesson: Lesson) -> dict[str, Tensor]:
    """The centres of clusters of training texts, their log shares and the mean hubness of training photos."""
    bank = [_some(model, lesson.captions, part, _CAPTIONS_OF_EACH_KIND) for part in lesson.caption_parts()]
    bank.append(_some(model, lesson.classes, slice(None), _NAMES))
    centres, shares = _clusters(torch.from_numpy(np.concatenate(bank)))
    photos = torch.from_numpy(measuring.embed_photos(model, lesson.maps[0][0][:_PHOTOS]))
    scores = starter_hubness.SHARPNESS * photos @ centres.T + shares.log()
    mean = (scores.logsumexp(1) / starter_hubness.SHARPNESS).mean()
    return {"hubs.centres": centres, "hubs.log_shares": shares.log(), "hubs.mean": mean[None]}


def _some(model: Trainable, texts: TextStates, part: slice, count: int) -> NDArray[np.float32]:
    rows = np.arange(len(texts.owners))[part]
    return measuring.embed_texts(model, texts, rows[np.linspace(0, len(rows) - 1, count).astype(int)])


def _clusters(rows: Tensor) -> tuple[Tensor, Tensor]:
    """Spherical k-means from evenly spaced rows: unit centres (k, d) and the share of rows each has."""
    centres = rows[:: len(rows) // _CENTRES][:_CENTRES].clone()
    for _ in range(_ROUNDS):
        nearest = (rows @ centres.T).argmax(1)
        sums = torch.zeros_like(centres).index_add_(0, nearest, rows)
        counts = torch.bincount(nearest, minlength=_CENTRES)
        centres = torch.where(counts[:, None] > 0, torch.nn.functional.normalize(sums), centres)
    return centres, counts.clamp_min(1) / len(rows)
