"""The starter's text half in plain NumPy: what a typed query waits for. Any thread, torch-free.

A query is a dozen tokens through a small network: NumPy answers it before `import torch` would be over, and a window
that only searches never needs torch's memory. `starter_text` is the same network as torch modules, for training.
The network is BERT (Devlin et al., 2019): post-norm layers, exact GELU, mean and maximum over the tokens side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray
from tokenizers import Tokenizer

from core.domain import Embedding
from core.embedding import starter, starter_heads, starter_hubness
from core.embedding.typed_text import tidy
from core.one_thread import one_thread

Array = NDArray[np.float32]
Weights = Mapping[str, Array]

_HEADS, _LAYERS, _EPSILON = 12, 6, 1e-12
_BATCH = 32
_FEW = 4
"""No more texts than this are a query that somebody waits for."""
_SHORT = 60
"""Characters. Texts no longer than this, like the background's words, gain nothing from threads."""


class QueryEncoder:
    """Texts to unit rows; loads its weights when it is made. Raises LibraryError when they are missing or damaged."""

    def __init__(self) -> None:
        path = starter.check(starter.text_weights(), starter.TEXT_WEIGHTS_SHA256)
        self._weights = _by_column(starter_heads.with_changes("text", safetensors.numpy.load_file(path)))
        self._head = _by_column(starter_heads.head("text"))
        self._tokenizer = Tokenizer.from_file(str(starter.tokenizer()))
        self._tokenizer.enable_truncation(starter.CONTEXT)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Embedding:
        """(n, d) float32, unit rows; texts longer than the context are cut."""
        if len(texts) > _FEW and max(map(len, texts)) > _SHORT:
            return self._encode(texts)
        # While photos are indexed, OpenBLAS's threads wait for one another at every small product: 400 ms, not 20.
        with one_thread():
            return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Embedding:
        tokens = [text.ids for text in self._tokenizer.encode_batch([_without_stop(text) for text in texts])]
        rows = np.empty((len(texts), starter.DIMENSION), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda index: len(tokens[index]))
        for start in range(0, len(by_length), _BATCH):
            batch = by_length[start : start + _BATCH]
            rows[batch] = self._encode_batch([tokens[index] for index in batch])
        return rows

    def _encode_batch(self, tokens: Sequence[Sequence[int]]) -> Embedding:
        longest = max(map(len, tokens))
        ids = np.array([[*row, *[0] * (longest - len(row))] for row in tokens])
        mask = np.arange(longest) < np.array([[len(row)] for row in tokens])
        features = pool(hidden_states(self._weights, ids, mask), mask)
        embeddings = project(self._head, features)
        return starter_hubness.extend_texts(embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True))


def _by_column(weights: Weights) -> Weights:
    """The same, with the matrices of linear maps laid out so that OpenBLAS multiplies a few rows a third faster."""
    return {
        name: np.asfortranarray(array) if array.ndim == 2 and not name.startswith("embeddings.") else array
        for name, array in weights.items()
    }


def _without_stop(text: str) -> str:
    # No training text ended in a full stop, and nobody means one.
    return tidy(text).rstrip(" .")


def hidden_states(weights: Weights, ids: NDArray[np.int64], mask: NDArray[np.bool_]) -> Array:
    """BERT's last layer, (n, t, width), for token ids and their mask, both (n, t)."""
    words = weights["embeddings.word_embeddings.weight"][ids]
    # Every text is one segment: type 0.
    places = weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    states = words + places + weights["embeddings.token_type_embeddings.weight"][0]
    states = _normalised(states, weights, "embeddings.LayerNorm")
    blocked = np.where(mask, np.float32(0), np.float32(-1e9))[:, None, None, :]
    for index in range(_LAYERS):
        states = _layer(states, blocked, weights, f"encoder.layer.{index}.")
    return states


def pool(states: Array, mask: NDArray[np.bool_]) -> Array:
    """(n, t, width) to (n, 2 * width): mean beside maximum over the tokens that count."""
    counted = mask[:, :, None]
    mean = (states * counted).sum(axis=1) / counted.sum(axis=1).astype(np.float32)
    return np.concatenate([mean, np.where(counted, states, -np.inf).max(axis=1)], axis=1, dtype=np.float32)


def project(head: Weights, features: Array) -> Array:
    """The projection head: a linear map plus a small MLP, as `starter_towers.ProjectionHead`."""
    reduced = features @ head["reduce.weight"].T
    curved = _gelu(_linear(reduced, head, "into")) @ head["out.weight"].T
    return _linear(reduced, head, "linear") + curved


def _layer(states: Array, blocked: Array, weights: Weights, prefix: str) -> Array:
    attended = _linear(
        _attention(states, blocked, weights, f"{prefix}attention.self."), weights, f"{prefix}attention.output.dense"
    )
    states = _normalised(states + attended, weights, f"{prefix}attention.output.LayerNorm")
    inner = _gelu(_linear(states, weights, f"{prefix}intermediate.dense"))
    return _normalised(states + _linear(inner, weights, f"{prefix}output.dense"), weights, f"{prefix}output.LayerNorm")


def _attention(states: Array, blocked: Array, weights: Weights, prefix: str) -> Array:
    count, length, width = states.shape

    def by_head(name: str) -> Array:
        return _linear(states, weights, prefix + name).reshape(count, length, _HEADS, -1).transpose(0, 2, 1, 3)

    query, key, value = by_head("query"), by_head("key"), by_head("value")
    scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width / _HEADS)) + blocked
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed: Array = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    result: Array = mixed.transpose(0, 2, 1, 3).reshape(count, length, width)
    return result


def _linear(x: Array, weights: Weights, name: str) -> Array:
    flat = x.reshape(-1, x.shape[-1]) @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    result: Array = flat.reshape(*x.shape[:-1], -1)
    return result


def _normalised(x: Array, weights: Weights, name: str) -> Array:
    x = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
    result: Array = x / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return result


def _gelu(x: Array) -> Array:
    """x times the normal distribution function, by Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
    z = np.abs(x) * np.float32(np.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * z)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * np.float32(1.061405429)))))
    half_tail = tail * np.exp(-z * z) * np.float32(0.5)
    result: Array = x * np.where(x < 0, half_tail, 1 - half_tail)
    return result
