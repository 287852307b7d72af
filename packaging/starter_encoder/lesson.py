"""Gathers what is learned from and what is measured on, as cached features."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import feature_cache
import numpy as np
import photos
import torch
import training_texts
from feature_cache import FeatureCache, TextStates
from measuring import Held
from numpy.typing import NDArray
from torch import Tensor
from trainable import ImageTop

from core.embedding import starter_image

_SAME_PHOTO = 0.9
"""Cosine of centred pooled features above which two photos count as the same."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Everything a training run reads."""

    maps: list[list[NDArray[np.float16]]]
    """By view, then folder: (n_folder, 208, 9, 9)."""
    pooled: list[Tensor]
    """By view: (n, 2560) of the untrained tower."""
    kept: NDArray[np.int64]
    """Rows of photos that no held-out photo shows."""
    captions: TextStates
    classes: TextStates
    held: list[Held]
    prompts: TextStates

    def caption_parts(self) -> tuple[slice, slice]:
        """The rows of `captions` that belong to each training folder."""
        first = int(np.searchsorted(self.captions.owners, len(self.maps[0][0])))
        return slice(0, first), slice(first, None)

    def draw(self, rows: NDArray[np.int64], views: NDArray[np.int64]) -> NDArray[np.float16]:
        """The maps of photos `rows`, each in its view."""
        first = len(self.maps[0][0])
        picked = [
            self.maps[view][0][row] if row < first else self.maps[view][1][row - first]
            for row, view in zip(rows, views, strict=True)
        ]
        return np.stack(picked)


def prepare(photo_folder: Path, features: Path, views: int) -> Lesson:
    """Compute or read all features."""
    cache = FeatureCache(photo_folder, features)
    maps = [[cache.maps(part, "train", view) for part in photos.TRAINING_FOLDERS] for view in range(views)]
    image_top = ImageTop(starter_image.load_network()).eval()
    pooled = [torch.cat([pool(image_top, part) for part in view]) for view in maps]
    held = [
        Held(part, cache.maps(part, "val", 0), _texts(cache, photo_folder, part, "val"))
        for part in photos.MEASURING_FOLDERS
    ]
    unseen = torch.cat([pool(image_top, part.maps) for part in held if part.name in ("coco", "phone")])
    named = photos.read(photo_folder, "imagenet", "val")
    return Lesson(
        maps=maps,
        pooled=pooled,
        kept=_not_shown_in(pooled[0], unseen),
        captions=_joined([_texts(cache, photo_folder, part, "train") for part in photos.TRAINING_FOLDERS]),
        classes=cache.texts("imagenet_classes", training_texts.of_classes()),
        held=held,
        prompts=cache.texts("imagenet_zeroshot", training_texts.of_zero_shot(named)),
    )


def pool(image_top: ImageTop, maps: NDArray[np.float16]) -> Tensor:
    """(n, 2560) of the untrained tower, in bfloat16 as on most machines."""
    image_top = image_top.to(memory_format=torch.channels_last)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        parts = [
            image_top(torch.from_numpy(maps[i : i + 64]).float().contiguous(memory_format=torch.channels_last))
            for i in range(0, len(maps), 64)
        ]
    return torch.cat(parts).clone()


def _texts(cache: FeatureCache, photo_folder: Path, part: str, split: str) -> TextStates:
    return cache.texts(f"{part}_{split}", training_texts.of_photos(part, photos.read(photo_folder, part, split)))


def _joined(parts: list[TextStates]) -> TextStates:
    first, second = parts
    return feature_cache.TextStates(
        np.concatenate([first.states, second.states]),
        np.concatenate([first.starts, second.starts[1:] + first.starts[-1]]),
        np.concatenate([first.owners, second.owners + first.owners[-1] + 1]),
    )


def _not_shown_in(pooled: Tensor, held: Tensor) -> NDArray[np.int64]:
    """Rows of `pooled` (n, 2560) that are no near-duplicate of a held-out photo: visual7w and coco share a source."""
    mean = pooled.mean(0)
    own, other = (torch.nn.functional.normalize(each - mean) for each in (pooled, held))
    kept: NDArray[np.int64] = torch.nonzero((own @ other.T).amax(1) < _SAME_PHOTO).squeeze(1).numpy()
    if len(kept) < len(pooled):
        print(f"left out {len(pooled) - len(kept)} training photos that are also held out", flush=True)
    return kept
