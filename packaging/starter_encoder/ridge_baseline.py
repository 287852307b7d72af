"""The untrained baseline: ridge regression from class names to the classifier's weights. No photo is learned from.

MiniLM's sentence embedding of "a photo of a {class}" is mapped to that class's weight vector (centred, normalised);
a photo's pooled features, centred over the photos searched, are compared with a mapped query by cosine.
"""

from __future__ import annotations

import feature_cache
import numpy as np
import torch
from feature_cache import TextStates
from lesson import pool
from measuring import Held
from numpy.typing import NDArray
from trainable import ImageTop, TextTop

from core.embedding import starter_image, starter_text
from core.search import evaluation
from core.search.evaluation import RetrievalFigures

_PENALTY = 3.0
_PROMPT = 2
"""Where "a photo of a {class}" stands among a class's texts."""

Rows = NDArray[np.float32]


def figures(held: Held, classes: TextStates) -> RetrievalFigures:
    """Text-to-photo figures of the baseline on one folder."""
    network = starter_image.load_network()
    weights = network.get_parameter("classifier.weight").detach().numpy()
    starts = np.searchsorted(classes.owners, np.arange(len(weights)))
    names = _sentences(classes, starts + _PROMPT)
    mean = names.mean(0)
    to_weights = _ridge(names - mean, _unit(weights - weights.mean(0)))
    photos = pool(ImageTop(network), held.maps)[:, : weights.shape[1]].numpy()
    queries = _unit(_sentences(held.texts, np.arange(len(held.texts.owners))) - mean) @ to_weights
    return evaluation.text_to_photo(_unit(queries), held.texts.owners, _unit(photos - photos.mean(0)))


def _ridge(inputs: Rows, targets: Rows) -> Rows:
    """(i, o): least squares with a penalty, by the normal equations."""
    solution: Rows = np.linalg.solve(inputs.T @ inputs + _PENALTY * np.eye(inputs.shape[1]), inputs.T @ targets)
    return solution.astype(np.float32)


def _sentences(texts: TextStates, rows: NDArray[np.int64]) -> Rows:
    """(m, 384) unit rows: MiniLM's own sentence embeddings, the mean over the tokens."""
    top = TextTop(starter_text.load_network())
    order = rows[np.argsort(np.diff(texts.starts)[rows], kind="stable")]
    found = np.empty((len(texts.owners), feature_cache.TEXT_WIDTH), dtype=np.float32)
    with torch.inference_mode():
        for batch in np.array_split(order, max(1, len(order) // 128)):
            found[batch] = top(*texts.of(batch))[:, : feature_cache.TEXT_WIDTH].numpy()
    return _unit(found[rows])


def _unit(rows: Rows) -> Rows:
    unit: Rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit.astype(np.float32)
