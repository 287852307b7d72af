"""Writes what was trained as float16 safetensors, in the names that core.embedding.starter_heads reads."""

from __future__ import annotations

from pathlib import Path

import feature_cache
import hub_bank
import numpy as np
import safetensors.torch
import torch
from lesson import Lesson
from torch import Tensor
from trainable import Scaled, Trainable

from core.embedding import starter

HEAD_RANK = 384
"""Of a head's first matrices; keeps 99 % of what they do to real features."""
TEXT_RANK = 48
"""Of the changes to each of MiniLM's matrices: full rank would be ten times as large and no better."""
_RENAMED = {
    "self_attn.out_proj": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "linear1": "intermediate.dense",
    "linear2": "output.dense",
    "norm2": "output.LayerNorm",
}


def write(model: Trainable, lesson: Lesson, path: Path) -> None:
    """Write all that differs from the packages' own weights."""
    photos, texts = _typical_features(model, lesson)
    tensors = _head("image", model.image_head, photos) | _head("text", model.text_head, texts)
    hubs = hub_bank.tensors(model, lesson)
    tensors |= _image_tower(model) | _text_tower(model) | hubs
    kept = {name: tensor.detach().half().contiguous() for name, tensor in tensors.items()}
    if not all(bool(torch.isfinite(tensor).all()) for tensor in kept.values()):
        raise ValueError("a weight does not fit float16")
    path.parent.mkdir(parents=True, exist_ok=True)
    safetensors.torch.save_file(kept, path)
    path.chmod(0o644)


def _typical_features(model: Trainable, lesson: Lesson) -> tuple[Tensor, Tensor]:
    """Pooled features of some training photos and texts."""
    rows = np.arange(0, len(lesson.captions.owners), 12)
    with torch.inference_mode():
        photos = [model.image_features(lesson.maps[0][0][start : start + 128]) for start in range(0, 2048, 128)]
        texts = [model.text_features(lesson.captions, part) for part in np.array_split(rows, 20)]
        return torch.cat(photos), torch.cat(texts)


def _head(half: str, scaled: Scaled, features: Tensor) -> dict[str, Tensor]:
    """The head made thin, with the standardisation of its features folded in."""
    head = scaled.head
    wide = torch.cat([head.linear.weight, head.into.weight]).detach()
    left, reduce = _thin_for((features - scaled.mean) / scaled.spread, wide)
    reduce = reduce / scaled.spread
    offset = left @ (reduce @ scaled.mean)
    first = len(head.linear.weight)
    return {
        f"{half}.head.reduce.weight": reduce,
        f"{half}.head.linear.weight": left[:first],
        f"{half}.head.linear.bias": head.linear.bias - offset[:first],
        f"{half}.head.into.weight": left[first:],
        f"{half}.head.into.bias": head.into.bias - offset[first:],
        f"{half}.head.out.weight": head.out.weight,
    }


def _thin_for(features: Tensor, wide: Tensor) -> tuple[Tensor, Tensor]:
    """The product (o, rank) x (rank, i) that differs least from `wide` (o, i) on features like these (n, i)."""
    values, axes = torch.linalg.eigh(features.double().T @ features.double() / len(features))
    lengths = values.clamp_min(values.max() * 1e-8).sqrt()
    left, sizes, right = torch.linalg.svd(wide.double() @ (axes * lengths), full_matrices=False)
    root = sizes[:HEAD_RANK].sqrt()
    reduce = (root[:, None] * right[:HEAD_RANK]) @ (axes / lengths).T
    return (left[:, :HEAD_RANK] * root).float(), reduce.float()


def _image_tower(model: Trainable) -> dict[str, Tensor]:
    places = {"block": f"blocks.{feature_cache.FROZEN_BLOCKS}", "conv_head": "conv_head"}
    found = {}
    for name, tensor in model.image_top.state_dict().items():
        part, _, rest = name.partition(".")
        found[f"image.tower.{places[part]}.{rest}"] = tensor
    return found


def _text_tower(model: Trainable) -> dict[str, Tensor]:
    own = safetensors.torch.load_file(starter.text_weights())
    found: dict[str, Tensor] = {}
    for place, layer in enumerate(model.text_top.layers, start=feature_cache.FROZEN_LAYERS):
        for name, tensor in _in_berts_names(layer.state_dict(), f"encoder.layer.{place}.").items():
            if tensor.ndim == 1:
                found[f"text.tower.{name}"] = tensor
            else:
                left, right = _thin(tensor - own[name])
                found |= {f"text.change.{name}.left": left, f"text.change.{name}.right": right}
    return found


def _in_berts_names(state: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    for part in ("weight", "bias"):
        thirds = state[f"self_attn.in_proj_{part}"].chunk(3)
        names = [f"{prefix}attention.self.{name}.{part}" for name in ("query", "key", "value")]
        found |= dict(zip(names, thirds, strict=True))
        found |= {f"{prefix}{theirs}.{part}": state[f"{ours}.{part}"] for ours, theirs in _RENAMED.items()}
    return found


def _thin(change: Tensor) -> tuple[Tensor, Tensor]:
    """The nearest product of (o, rank) and (rank, i), by Eckart and Young."""
    left, values, right = torch.linalg.svd(change, full_matrices=False)
    root = values[:TEXT_RANK].sqrt()
    return left[:, :TEXT_RANK] * root, root[:, None] * right[:TEXT_RANK]
