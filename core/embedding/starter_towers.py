"""Loads the starter encoder: two pretrained towers, each with a projection head of ours. Imports torch. Any thread."""

from __future__ import annotations

import safetensors.numpy
import torch
from torch import Tensor, nn

from core.embedding import starter, starter_heads, starter_text
from core.embedding.towers import ImageTower, TextTower, Towers


class ProjectionHead(nn.Module):
    """Pooled features (n, k) to embeddings (n, d), not normalised: a linear map plus a small MLP, of few dimensions."""

    def __init__(self, features: int, reduced: int, hidden: int, dimension: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.reduce = nn.Linear(features, reduced, bias=False)
        self.linear = nn.Linear(reduced, dimension)
        self.into = nn.Linear(reduced, hidden)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(hidden, dimension, bias=False)

    def forward(self, features: Tensor) -> Tensor:
        """Project; the rows are comparable by their direction only."""
        reduced = self.reduce(features)
        curved: Tensor = self.out(self.dropout(nn.functional.gelu(self.into(reduced))))
        straight: Tensor = self.linear(reduced)
        return straight + curved


def load() -> Towers:
    """Both halves, each read from disk when it is first needed; either raises LibraryError when a file is damaged."""
    return Towers(image=_image_tower, text=_text_tower)


def _image_tower() -> ImageTower:
    from core.embedding import starter_image

    network = starter_image.load_network()
    own = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    _fill(network, starter_heads.with_changes("image", own))
    return ImageTower(
        module=starter_image.PooledEfficientNet(network).eval(), head=_head("image"), is_convolutional=True
    )


def _text_tower() -> TextTower:
    path = starter.check(starter.text_weights(), starter.TEXT_WEIGHTS_SHA256)
    weights = starter_heads.with_changes("text", safetensors.numpy.load_file(path))
    module = starter_text.PooledMiniLM({name: torch.from_numpy(array) for name, array in weights.items()})
    tokenize = starter_text.tokenize_with(str(starter.tokenizer()))
    return TextTower(module=module.eval(), head=_head("text"), tokenize=tokenize)


def _head(half: starter_heads.Half) -> ProjectionHead:
    state = starter_heads.head(half)
    reduced, features = state["reduce.weight"].shape
    head = ProjectionHead(features, reduced, len(state["into.weight"]), len(state["linear.weight"]))
    _fill(head, state)
    return head.eval()


def _fill(module: nn.Module, weights: starter_heads.Weights) -> None:
    module.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
