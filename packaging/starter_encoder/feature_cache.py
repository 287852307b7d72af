"""What the frozen parts of both towers say, computed once and kept in a folder; only the last layers are trained.

Pictures: the map before the last block, (n, 208, 9, 9) float16, of several views. Texts: every token's state before
MiniLM's last two layers, float16, all texts one after another.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import photos
import torch
from numpy.typing import NDArray
from PIL import Image, ImageEnhance
from torch import Tensor

from core.embedding import starter, starter_image, starter_text

FROZEN_BLOCKS = 6
FROZEN_LAYERS = 4
MAP = (208, 9, 9)
TEXT_WIDTH = 384
LONGEST_TEXT = 32
_BATCH = 16
_TEXT_BATCH = 128

Half = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class TextStates:
    """Token states of texts that belong to `owners` (photos or classes), in the order of their owner."""

    states: Half
    """(all tokens, 384)."""
    starts: NDArray[np.int64]
    """(m + 1,): where each text begins in `states`."""
    owners: NDArray[np.int64]
    """(m,)"""

    def of(self, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """States (r, t, 384) float32 and mask (r, t) of those texts."""
        lengths = np.minimum(self.starts[rows + 1] - self.starts[rows], LONGEST_TEXT)
        padded = np.zeros((len(rows), lengths.max(), self.states.shape[1]), dtype=np.float32)
        for place, (row, length) in enumerate(zip(rows, lengths, strict=True)):
            padded[place, :length] = self.states[self.starts[row] : self.starts[row] + length]
        mask = torch.arange(int(lengths.max())) < torch.from_numpy(lengths)[:, None]
        return torch.from_numpy(padded), mask


class FeatureCache:
    """Computes what is not there yet. `folder` may be deleted at any time."""

    def __init__(self, photo_folder: Path, folder: Path) -> None:
        self._photos = photo_folder
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def maps(self, part: str, split: str, view: int) -> Half:
        """(n, 208, 9, 9): view 0 is the whole photo, 1 its mirror image, others are random crops."""
        path = self._folder / f"trunk_{part}_{split}_{view}.npy"
        if not path.exists():
            captioned = photos.read(self._photos, part, split)
            print(f"pictures: {part} {split}, view {view}", flush=True)
            _write(path, lambda file: np.save(file, _maps(captioned, view)))
        maps: Half = np.load(path)
        return maps

    def texts(self, name: str, grouped: Sequence[Sequence[str]]) -> TextStates:
        """The states of `grouped` texts, kept under `name`."""
        path = self._folder / f"text_{name}.npz"
        if not path.exists():
            print(f"texts: {name}", flush=True)
            states, starts = _text_states([text for texts in grouped for text in texts])
            owners = np.repeat(np.arange(len(grouped)), [len(texts) for texts in grouped])
            _write(path, lambda file: np.savez(file, H=states, off=starts, owner=owners))
        with np.load(path) as kept:
            return TextStates(kept["H"], kept["off"].astype(np.int64), kept["owner"].astype(np.int64))


def _write(path: Path, save: Callable[[str], None]) -> None:
    part = path.with_name(f"part_{path.name}")
    save(str(part))
    part.rename(path)


def _maps(captioned: list[photos.Captioned], view: int) -> Half:
    network = starter_image.load_network().to(torch.bfloat16, memory_format=torch.channels_last)  # type: ignore[call-overload]
    maps = np.empty((len(captioned), *MAP), dtype=np.float16)
    with ThreadPoolExecutor(2) as pool, torch.inference_mode():
        for start in range(0, len(captioned), _BATCH):
            pictures = np.stack(
                list(pool.map(lambda photo: _picture(photo.path, view), captioned[start : start + _BATCH]))
            )
            pixels = torch.from_numpy(pictures).permute(0, 3, 1, 2) / 127.5 - 1
            states = network.bn1(network.conv_stem(pixels.to(torch.bfloat16, memory_format=torch.channels_last)))
            for block in network.blocks[:FROZEN_BLOCKS]:
                states = block(states)
            maps[start : start + _BATCH] = states.float().numpy()
    return maps


def _picture(path: Path, view: int) -> NDArray[np.uint8]:
    with Image.open(path) as file:
        image = file.convert("RGB")
    if view == 1:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    elif view > 1:
        image = _crop(image, random.Random(f"{path.name}/{view}"))
    return starter.PREPROCESSING.prepare(image)


def _crop(image: Image.Image, choose: random.Random) -> Image.Image:
    """35 to 95 % of the photo, perhaps mirrored, a little brighter or darker, more or less colourful."""
    area, ratio = choose.uniform(0.35, 0.95), math.exp(choose.uniform(math.log(3 / 4), math.log(4 / 3)))
    width, height = min(1.0, math.sqrt(area * ratio)), min(1.0, math.sqrt(area / ratio))
    left, top = choose.uniform(0, 1 - width) * image.width, choose.uniform(0, 1 - height) * image.height
    side = starter.PREPROCESSING.side_px
    box = (left, top, left + width * image.width, top + height * image.height)
    crop = image.resize((side, side), Image.Resampling.BICUBIC, box=box)
    if choose.random() < 0.5:
        crop = crop.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    crop = ImageEnhance.Brightness(crop).enhance(choose.uniform(0.8, 1.2))
    return ImageEnhance.Color(crop).enhance(choose.uniform(0.7, 1.3))


def _text_states(texts: list[str]) -> tuple[Half, NDArray[np.int64]]:
    network = starter_text.load_network()
    tokenize = starter_text.tokenize_with(str(starter.tokenizer()))
    lengths = np.concatenate([tokenize(texts[i : i + 1000])[1].sum(1).numpy() for i in range(0, len(texts), 1000)])
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    states = np.empty((starts[-1], TEXT_WIDTH), dtype=np.float16)
    by_length = np.argsort(lengths, kind="stable")
    with torch.inference_mode():
        for batch in np.array_split(by_length, math.ceil(len(texts) / _TEXT_BATCH)):
            found = network.tokens(*tokenize([texts[row] for row in batch]), layers=FROZEN_LAYERS).numpy()
            for place, row in enumerate(batch):
                states[starts[row] : starts[row + 1]] = found[place, : lengths[row]]
    return states, starts
