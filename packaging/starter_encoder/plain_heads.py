"""The plain heads that the starter is compared with: what a first afternoon of training gives, for several seeds.

    python packaging/starter_encoder/plain_heads.py PHOTOS --features FOLDER

Two residual heads on frozen towers and nothing else: features of the whole photo (average beside maximum) and of the
caption (mean beside maximum), standardised; a linear map plus a GELU MLP each; symmetric InfoNCE over Flickr8k's
training photos. No other views, no other data, no hubness correction. Prints text-to-photo recalls by seed, their
mean and spread.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # as in train.py

import numpy as np
import open_clip.loss
import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import photos
import training_texts
from feature_cache import FeatureCache, TextStates
from lesson import pool
from numpy.typing import NDArray
from trainable import ImageTop, TextTop

from core.embedding import starter_image, starter_text
from core.search import evaluation

_DIMENSION, _HIDDEN, _DROPOUT = 512, 1024, 0.3
_BATCH, _EPOCHS, _RATE, _DECAY = 512, 30, 2e-3, 0.2
_MEASURED = ("flickr8k", "coco", "phone")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Standardised features of photos (n, 2560) and of texts (m, 768), each text of one photo."""

    photos: Tensor
    texts: Tensor
    owners: NDArray[np.int64]


class Head(nn.Module):
    """A linear map plus a small MLP."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, _DIMENSION)
        self.curved = nn.Sequential(
            nn.Linear(features, _HIDDEN), nn.GELU(), nn.Dropout(_DROPOUT), nn.Linear(_HIDDEN, _DIMENSION)
        )

    def forward(self, features: Tensor) -> Tensor:
        """Unit rows (n, d)."""
        return nn.functional.normalize((self.linear(features) + self.curved(features)).float(), dim=-1)


class Heads(nn.Module):
    """Both, and the learned temperature, which starts where CLIP's did."""

    def __init__(self, pairs: Pairs) -> None:
        super().__init__()
        self.image, self.text = Head(pairs.photos.shape[1]), Head(pairs.texts.shape[1])
        self.log_scale = nn.Parameter(torch.tensor(1 / 0.07).log())


def main() -> None:
    """Print one line per seed, then their mean and standard deviation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(2)
    learned, *held = _standardised(
        [_pairs(options.photos, options.features, "flickr8k", "train")]
        + [_pairs(options.photos, options.features, part, "val") for part in _MEASURED]
    )
    found = []
    for seed in range(options.seeds):
        heads = trained(learned, seed)
        found.append(np.concatenate([recalls(heads, pairs) for pairs in held]))
        print(f"seed {seed}: {_line(found[-1])}", flush=True)
    print(f"mean: {_line(np.mean(found, axis=0))}")
    print(f"standard deviation: {_line(np.std(found, axis=0, ddof=1))}")


def trained(learned: Pairs, seed: int) -> Heads:
    """Symmetric InfoNCE, one of each photo's captions at random, AdamW with one learning-rate cycle."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    heads, loss_of = Heads(learned), open_clip.loss.ClipLoss()
    steps = len(learned.photos) // _BATCH
    optimiser = torch.optim.AdamW(heads.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=steps * _EPOCHS)
    first, counts = np.searchsorted(learned.owners, np.arange(len(learned.photos))), np.bincount(learned.owners)
    for _ in range(_EPOCHS):
        for batch in np.split(random.permutation(len(learned.photos))[: steps * _BATCH], steps):
            said = first[batch] + (random.random(_BATCH) * counts[batch]).astype(int)
            with torch.autocast("cpu", torch.bfloat16):
                seen, told = heads.image(learned.photos[batch]), heads.text(learned.texts[said])
            optimiser.zero_grad()
            loss_of(seen, told, heads.log_scale.exp()).backward()
            optimiser.step()
            schedule.step()
    return heads.eval()


def recalls(heads: Heads, pairs: Pairs) -> NDArray[np.float64]:
    """Recall@1, 5 and 10 in per cent."""
    with torch.inference_mode():
        reached = evaluation.text_to_photo(
            heads.text(pairs.texts).numpy(), pairs.owners, heads.image(pairs.photos).numpy()
        )
    return 100 * np.array([reached.recall_at_1, reached.recall_at_5, reached.recall_at_10])


def _pairs(photo_folder: Path, features: Path, part: str, split: str) -> Pairs:
    cache = FeatureCache(photo_folder, features)
    texts = cache.texts(f"{part}_{split}", training_texts.of_photos(part, photos.read(photo_folder, part, split)))
    seen = pool(ImageTop(starter_image.load_network()).eval(), cache.maps(part, split, 0))
    return Pairs(seen, _pooled_texts(texts), texts.owners)


def _pooled_texts(texts: TextStates) -> Tensor:
    top = TextTop(starter_text.load_network()).eval()
    order = np.argsort(np.diff(texts.starts), kind="stable")
    found = torch.empty(len(order), starter_text.FEATURES)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for rows in np.array_split(order, max(1, len(order) // 256)):
            found[rows] = top(*texts.of(rows)).float()
    return found


def _standardised(parts: list[Pairs]) -> list[Pairs]:
    """All by the figures of the first."""
    photo, text = ((rows.mean(0), rows.std(0).clamp_min(1e-2)) for rows in (parts[0].photos, parts[0].texts))
    return [Pairs((one.photos - photo[0]) / photo[1], (one.texts - text[0]) / text[1], one.owners) for one in parts]


def _line(figures: NDArray[np.float64]) -> str:
    return ", ".join(
        f"{part} {' / '.join(f'{one:.1f}' for one in figures[3 * at : 3 * at + 3])}"
        for at, part in enumerate(_MEASURED)
    )


if __name__ == "__main__":
    main()
