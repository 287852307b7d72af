"""Loads the starter encoder: two pretrained towers, each with a projection head of ours. Imports torch. Any thread."""

from __future__ import annotations

import safetensors.torch
import torch
from torch import Tensor, nn

from core.embedding import starter, starter_text
from core.embedding.towers import ImageTower, TextTower, Towers


class ProjectionHead(nn.Module):
    """Pooled features (n, k) to embeddings (n, d), not normalised: a linear map plus a small MLP."""

    def __init__(self, features: int, hidden: int, dimension: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.linear = nn.Linear(features, dimension)
        self.into = nn.Linear(features, hidden)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(hidden, dimension, bias=False)

    def forward(self, features: Tensor) -> Tensor:
        """Project; the rows are comparable by their direction only."""
        curved: Tensor = self.out(self.dropout(nn.functional.gelu(self.into(features))))
        straight: Tensor = self.linear(features)
        return straight + curved


def load() -> Towers:
    """Both halves, each read from disk when it is first needed; either raises LibraryError when a file is damaged."""
    return Towers(image=_image_tower, text=_text_tower)


def _image_tower() -> ImageTower:
    from core.embedding import starter_image

    return ImageTower(
        module=starter_image.PooledEfficientNet(starter_image.load_network()).eval(),
        head=_head("image"),
        is_convolutional=True,
    )


def _text_tower() -> TextTower:
    tokenize = starter_text.tokenize_with(str(starter.tokenizer()))
    return TextTower(module=starter_text.load_network(), head=_head("text"), tokenize=tokenize)


def _head(half: str) -> ProjectionHead:
    """The head of that half ("image" or "text"), kept as float16, used as float32."""
    with safetensors.torch.safe_open(starter.heads(), "pt") as file:
        names = [name for name in file.keys() if name.startswith(f"{half}.")]  # noqa: SIM118  (not a mapping)
        state = {name.removeprefix(f"{half}."): file.get_tensor(name).to(torch.float32) for name in names}
    dimension, features = state["linear.weight"].shape
    head = ProjectionHead(features, state["into.weight"].shape[0], dimension)
    head.load_state_dict(state)
    return head.eval()
