"""The parts of both towers that are trained: the last image block, the last two text layers, the heads."""

from __future__ import annotations

import math

import feature_cache
import numpy as np
import torch
from feature_cache import TextStates
from numpy.typing import NDArray
from torch import Tensor, nn

from core.embedding import starter, starter_hubness, starter_image, starter_text

_IMAGE_HIDDEN, _TEXT_HIDDEN = 512, 768
EMBEDDING = starter.DIMENSION - starter_hubness.EXTRA
_BUCKETS = 4


class ImageTop(nn.Module):
    """Maps (n, 208, 9, 9) to pooled features (n, 2560)."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.block = network.blocks[feature_cache.FROZEN_BLOCKS]  # type: ignore[index]
        self.conv_head = network.conv_head
        self.activation = network.bn2

    def forward(self, maps: Tensor) -> Tensor:
        """Pooled features."""
        return starter_image.pool(self.activation(self.conv_head(self.block(maps))))  # type: ignore[operator]


class TextTop(nn.Module):
    """Token states to pooled features (n, 768)."""

    def __init__(self, network: starter_text.PooledMiniLM) -> None:
        super().__init__()
        self.layers = network.layers[feature_cache.FROZEN_LAYERS :]

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Pooled features."""
        for layer in self.layers:
            states = layer(states, src_key_padding_mask=~mask)
        return starter_text.pool(states, mask)


class WideHead(nn.Module):
    """Features (n, k) to embeddings (n, d): a linear map plus a small MLP. Export makes it thin."""

    def __init__(self, features: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.linear = nn.Linear(features, EMBEDDING)
        self.into = nn.Linear(features, hidden)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(hidden, EMBEDDING, bias=False)

    def forward(self, features: Tensor) -> Tensor:
        """Embeddings, of any length."""
        curved: Tensor = self.out(self.dropout(nn.functional.gelu(self.into(features))))
        straight: Tensor = self.linear(features)
        return straight + curved


class Scaled(nn.Module):
    """Standardises features by fixed figures before a head sees them, drops some and adds noise to the others."""

    def __init__(self, features: int, head: WideHead, dropout: float) -> None:
        super().__init__()
        self.mean: Tensor
        self.spread: Tensor
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))
        self.dropout = nn.Dropout(dropout)
        self.noise = 0.0
        self.head = head

    def fit(self, features: Tensor) -> None:
        """Take the figures from these features (n, k)."""
        self.mean.copy_(features.mean(0))
        self.spread.copy_(features.std(0).clamp_min(1e-2))

    def refit(self, features: Tensor) -> None:
        """Take new figures from these features (n, k), and change the head so that it says the same as before."""
        mean, spread = self.mean.clone(), self.spread.clone()
        self.fit(features)
        with torch.no_grad():
            for layer in (self.head.linear, self.head.into):
                layer.bias.add_(layer.weight @ ((self.mean - mean) / spread))
                layer.weight.mul_(self.spread / spread)

    def forward(self, features: Tensor) -> Tensor:
        """Embeddings, unit rows."""
        scaled = (features.float() - self.mean) / self.spread
        if self.training and self.noise:
            scaled = scaled + self.noise * torch.randn_like(scaled)
        return self.project(scaled)

    def project(self, scaled: Tensor) -> Tensor:
        """Embeddings, unit rows, of features already standardised."""
        return nn.functional.normalize(self.head(self.dropout(scaled)).float(), dim=-1)


class Trainable(nn.Module):
    """Everything that learns, and the two learned temperatures."""

    def __init__(self, hidden_dropout: float, feature_dropout: float) -> None:
        super().__init__()
        network = starter_image.load_network()
        self.classifier: nn.Linear = network.classifier  # type: ignore[assignment]
        self.classifier.requires_grad_(False)
        self.image_top = ImageTop(network).to(memory_format=torch.channels_last)
        self.text_top = TextTop(starter_text.load_network())
        image, text = starter_image.FEATURES, starter_text.FEATURES
        self.image_head = Scaled(image, WideHead(image, _IMAGE_HIDDEN, hidden_dropout), feature_dropout)
        self.text_head = Scaled(text, WideHead(text, _TEXT_HIDDEN, 0.6 * hidden_dropout), feature_dropout)
        self.log_scale = nn.Parameter(torch.tensor(math.log(20.0)))
        self.log_object_scale = nn.Parameter(torch.tensor(math.log(20.0)))
        self.bias = nn.Parameter(torch.tensor(-10.0))

    def image_features(self, maps: NDArray[np.float16]) -> Tensor:
        """(n, 2560) of cached maps."""
        pixels = torch.from_numpy(maps).float().contiguous(memory_format=torch.channels_last)
        features: Tensor = self.image_top(pixels)
        return features

    def text_features(self, texts: TextStates, rows: NDArray[np.int64], token_dropout: float = 0.0) -> Tensor:
        """(r, 768) of cached texts; texts of like length go together, which halves the padding."""
        lengths = texts.starts[rows + 1] - texts.starts[rows]
        order = np.argsort(lengths, kind="stable")
        found = []
        for bucket in np.array_split(order, _BUCKETS):
            states, mask = texts.of(rows[bucket])
            if token_dropout:
                kept = torch.rand(mask.shape) > token_dropout
                kept[:, 0] = True
                mask &= kept
            found.append(self.text_top(states, mask).float())
        place = np.empty(len(rows), dtype=np.int64)
        place[order] = np.arange(len(rows))
        return torch.cat(found)[torch.from_numpy(place)]
