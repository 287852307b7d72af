"""Loads the starter encoder: two pretrained towers, each with a projection head of ours. Imports torch. Any thread."""

from __future__ import annotations

import safetensors.numpy
import torch
from torch import Tensor, nn

from core.embedding import starter, starter_heads, starter_hubness, starter_text
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


class TextProjection(nn.Module):
    """A projection head whose texts take photos' hubness into account: pooled features (n, k) to unit rows (n, d)."""

    def __init__(self, head: ProjectionHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, features: Tensor) -> Tensor:
        """Project."""
        unit = nn.functional.normalize(self.head(features), dim=-1)
        return torch.from_numpy(starter_hubness.extend_texts(unit.cpu().numpy())).to(unit.device)


class PhotoProjection(nn.Module):
    """A projection head that knows each photo's hubness: pooled features (n, k) to unit rows (n, d)."""

    def __init__(self, head: ProjectionHead, hubs: starter_heads.Weights) -> None:
        super().__init__()
        self.head = head
        self.centres: Tensor
        self.log_shares: Tensor
        self.mean: Tensor
        for name, array in hubs.items():
            self.register_buffer(name, torch.from_numpy(array))

    def forward(self, features: Tensor) -> Tensor:
        """Project."""
        unit = nn.functional.normalize(self.head(features), dim=-1)
        scores = starter_hubness.SHARPNESS * unit @ self.centres.T + self.log_shares
        hubness = scores.logsumexp(1, keepdim=True) / starter_hubness.SHARPNESS
        kept = starter_hubness.KEPT
        room = (1 - kept**2) ** 0.5  # real photos need less than half of it
        lowered = (-kept * (hubness - self.mean)).clamp(-room, room)
        rest = (1 - kept**2 - lowered**2).clamp_min(0).sqrt()
        return torch.cat([kept * unit, lowered, rest], dim=1)


def load() -> Towers:
    """Both halves, each read from disk when it is first needed; either raises LibraryError when a file is damaged."""
    return Towers(image=_image_tower, text=_text_tower)


def _image_tower() -> ImageTower:
    from core.embedding import starter_image

    network = starter_image.load_network()
    own = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    _fill(network, starter_heads.with_changes("image", own))
    module = starter_image.PooledEfficientNet(network).eval()
    head = PhotoProjection(_head("image"), starter_heads.hubs()).eval()
    return ImageTower(module=module, head=head, is_convolutional=True)


def _text_tower() -> TextTower:
    path = starter.check(starter.text_weights(), starter.TEXT_WEIGHTS_SHA256)
    weights = starter_heads.with_changes("text", safetensors.numpy.load_file(path))
    module = starter_text.PooledMiniLM({name: torch.from_numpy(array) for name, array in weights.items()})
    tokenize = starter_text.tokenize_with(str(starter.tokenizer()))
    return TextTower(module=module.eval(), head=TextProjection(_head("text")).eval(), tokenize=tokenize)


def _head(half: starter_heads.Half) -> ProjectionHead:
    state = starter_heads.head(half)
    reduced, features = state["reduce.weight"].shape
    head = ProjectionHead(features, reduced, len(state["into.weight"]), len(state["linear.weight"]))
    _fill(head, state)
    return head.eval()


def _fill(module: nn.Module, weights: starter_heads.Weights) -> None:
    module.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
