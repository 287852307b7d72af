"""Figures on photos that were never trained on, from cached features. Definitions: core.search.evaluation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from feature_cache import TextStates
from numpy.typing import NDArray
from trainable import Trainable

from core.search import evaluation

_BATCH = 256


@dataclass(frozen=True, slots=True)
class Held:
    """One folder's photos and texts, held out."""

    name: str
    maps: NDArray[np.float16]
    texts: TextStates


def figures(model: Trainable, held: list[Held], prompts: TextStates) -> dict[str, float]:
    """Text-to-photo recalls in per cent for each folder; zero-shot for `imagenet`, whose prompts are given."""
    found: dict[str, float] = {}
    for part in held:
        photos = embed_photos(model, part.maps)
        if part.name == "imagenet":
            names = embed_texts(model, prompts).reshape(len(photos), -1, photos.shape[1]).mean(1)
            names /= np.linalg.norm(names, axis=1, keepdims=True)
            shares = evaluation.zero_shot(photos, names, [frozenset({row}) for row in range(len(photos))])
            found |= {"imagenet top-1": shares.top_1, "imagenet top-5": shares.top_5}
            continue
        reached = evaluation.text_to_photo(embed_texts(model, part.texts), part.texts.owners, photos)
        found |= {f"{part.name} recall@1": reached.recall_at_1, f"{part.name} recall@5": reached.recall_at_5}
        found |= {f"{part.name} recall@10": reached.recall_at_10}
    return {name: round(100 * share, 1) for name, share in found.items()}


def embed_photos(model: Trainable, maps: NDArray[np.float16]) -> NDArray[np.float32]:
    """(n, d) unit rows."""
    with torch.inference_mode():
        parts = [model.image_head(model.image_features(maps[i : i + _BATCH])) for i in range(0, len(maps), _BATCH)]
        rows: NDArray[np.float32] = torch.cat(parts).numpy()
    return rows


def embed_texts(model: Trainable, texts: TextStates, wanted: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
    """(m, d) unit rows of all `texts`, or of the `wanted` ones."""
    wanted = np.arange(len(texts.owners)) if wanted is None else wanted
    order = np.argsort(np.diff(texts.starts)[wanted], kind="stable")
    rows = np.empty((len(order), model.text_head.head.linear.out_features), dtype=np.float32)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows[batch] = model.text_head(model.text_top(*texts.of(wanted[batch])).float()).numpy()
    return rows
