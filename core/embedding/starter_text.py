"""The starter's text half: all-MiniLM-L6-v2, built from torch's own transformer layers. Imports torch. Any thread.

Importing `transformers` takes seconds; the first query after start must not wait for that. The tokenizer is the
package's own file, run by the `tokenizers` library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import safetensors.torch
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from core.embedding import starter

FEATURES = 768
_WIDTH, _HEADS, _INNER, _LAYERS, _EPSILON = 384, 12, 1536, 6, 1e-12


class PooledMiniLM(nn.Module):
    """Token ids and mask (n, t) to (n, 768): the last layer's mean and maximum over the tokens, side by side."""

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.words = _table(weights["embeddings.word_embeddings.weight"])
        # Every text is one segment, so its type embedding is a constant.
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        self.positions = _table(weights["embeddings.position_embeddings.weight"] + kind)
        self.norm = nn.LayerNorm(_WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(_layer() for _ in range(_LAYERS))
        self.norm.load_state_dict({part: weights[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")})
        for index, layer in enumerate(self.layers):
            layer.load_state_dict(_layer_weights(weights, f"encoder.layer.{index}."))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Pooled features; `mask` is true where there is a token."""
        return pool(self.tokens(ids, mask), mask)

    def tokens(self, ids: Tensor, mask: Tensor, layers: int = _LAYERS) -> Tensor:
        """(n, t, 384): every token's state after the first `layers` layers."""
        states: Tensor = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])
        for layer in self.layers[:layers]:
            states = layer(states, src_key_padding_mask=~mask)
        return states


def pool(states: Tensor, mask: Tensor) -> Tensor:
    """(n, t, 384) to (n, 768): mean beside maximum over the tokens that count."""
    counted = mask.unsqueeze(-1)
    mean = (states * counted).sum(1) / counted.sum(1)
    return torch.cat([mean, states.masked_fill(~counted, -torch.inf).amax(1)], dim=1)


def load_network() -> PooledMiniLM:
    """MiniLM with the package's weights, in eval mode. Raises LibraryError."""
    path = starter.check(starter.text_weights(), starter.TEXT_WEIGHTS_SHA256)
    return PooledMiniLM(safetensors.torch.load_file(path)).eval()


def tokenize_with(path: str) -> Callable[[Sequence[str]], tuple[Tensor, Tensor]]:
    """A function from n texts to ids and mask, both (n, t); longer texts are cut to the context."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.enable_truncation(starter.CONTEXT)
    tokenizer.enable_padding()

    def tokenize(texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        encoded = tokenizer.encode_batch(list(texts))
        ids = torch.tensor([text.ids for text in encoded])
        return ids, torch.tensor([text.attention_mask for text in encoded], dtype=torch.bool)

    return tokenize


def _table(rows: Tensor) -> nn.Embedding:
    # With its weight given, nothing is initialised at random first.
    return nn.Embedding(rows.shape[0], rows.shape[1], _weight=rows)


def _layer() -> nn.TransformerEncoderLayer:
    return nn.TransformerEncoderLayer(
        _WIDTH, _HEADS, _INNER, dropout=0.0, activation="gelu", layer_norm_eps=_EPSILON, batch_first=True
    )


def _layer_weights(weights: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """BERT's names for one layer, in torch's: query, key and value are one matrix there."""
    renamed = {
        "self_attn.out_proj": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "linear1": "intermediate.dense",
        "linear2": "output.dense",
        "norm2": "output.LayerNorm",
    }
    state = {}
    for part in ("weight", "bias"):
        parts = [weights[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
        state[f"self_attn.in_proj_{part}"] = torch.cat(parts)
        state |= {f"{ours}.{part}": weights[f"{prefix}{theirs}.{part}"] for ours, theirs in renamed.items()}
    return state
