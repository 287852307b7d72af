"""Goes on from the heads that are shipped: reads them back into what can be trained."""

from __future__ import annotations

import safetensors.numpy
import torch
from trainable import ImageTop, Scaled, TextTop, Trainable

from core.embedding import starter, starter_heads, starter_image, starter_text


def load_into(model: Trainable) -> None:
    """Fill `model` with the shipped weights; its heads then expect features that are not standardised."""
    network = starter_image.load_network()
    own = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    changed = starter_heads.with_changes("image", own)
    network.load_state_dict({name: torch.from_numpy(array) for name, array in changed.items()})
    model.image_top.load_state_dict(ImageTop(network).state_dict())
    texts = starter_heads.with_changes("text", safetensors.numpy.load_file(starter.text_weights()))
    words = starter_text.PooledMiniLM({name: torch.from_numpy(array) for name, array in texts.items()})
    model.text_top.load_state_dict(TextTop(words).state_dict())
    _widen(model.image_head, "image")
    _widen(model.text_head, "text")


def _widen(scaled: Scaled, half: starter_heads.Half) -> None:
    """A shipped head's first matrices are thin products; training wants them whole."""
    thin = {name: torch.from_numpy(array) for name, array in starter_heads.head(half).items()}
    scaled.mean.zero_()
    scaled.spread.fill_(1.0)
    with torch.no_grad():
        for name in ("linear", "into"):
            layer = scaled.head.get_submodule(name)
            layer.weight.copy_(thin[f"{name}.weight"] @ thin["reduce.weight"])  # type: ignore[operator]
            layer.bias.copy_(thin[f"{name}.bias"])  # type: ignore[operator]
        scaled.head.out.weight.copy_(thin["out.weight"])
