"""An image tower on a device: prepared images in, unit rows out. Imports torch. One thread at a time asks."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from core.domain import Embedding
from core.embedding import int8, streams
from core.embedding.encoder import PreparedImage
from core.embedding.preprocessing import Preprocessing
from core.embedding.towers import ImageTower

PIECE = 4
"""Images that one of several streams encodes at a time: few, so that what lies between layers stays in its cache."""

_IMPOSSIBLE = "the encoder gave numbers that are not finite"


class NotFiniteError(RuntimeError):
    """The tower overflowed: its weights are broken, or the number format is too small for it."""


class ImageHalf:
    """One image tower, moved to `device` and cast to `dtype`; owns the tower it is given.

    With int8, only for the processor, its large products are of 8-bit integers and everything else is float32.
    """

    def __init__(
        self, tower: ImageTower, preprocessing: Preprocessing, device: torch.device, dtype: torch.dtype
    ) -> None:
        self.device = device
        self.dtype = dtype
        self._preprocessing = preprocessing
        self._layout = torch.channels_last if tower.is_convolutional else torch.contiguous_format
        self.can_be_int8 = not tower.is_convolutional
        self._floats = torch.float32 if dtype == torch.int8 else dtype
        self._module = tower.module.eval().to(device=device, dtype=self._floats)
        if dtype == torch.int8:
            self._module = int8.convert(self._module)
        if tower.is_convolutional:
            self._module = self._module.to(memory_format=self._layout)
        self._head: nn.Module | None = tower.head.eval().to(device=device) if tower.head is not None else None
        self._mean = torch.tensor(preprocessing.mean, device=device).view(1, 3, 1, 1) * 255
        self._std = torch.tensor(preprocessing.std, device=device).view(1, 3, 1, 1) * 255

    def encode(self, images: Sequence[PreparedImage], stream_count: int = 1) -> Embedding:
        """Embed at least one image: (n, d) float32, unit rows; in one batch, or in pieces on so many threads.

        What is no square yet becomes one: on the thread of its piece, or for one batch on every core. Raises
        NotFiniteError, UnreadableImage and torch's errors.
        """
        if stream_count == 1 or len(images) <= PIECE:
            if not all(map(self._preprocessing.is_square, images)):
                images = streams.run(self._preprocessing.square, images, os.cpu_count() or 1)
            return self._encode(images)
        pieces = [images[start : start + PIECE] for start in range(0, len(images), PIECE)]
        return np.concatenate(streams.run(self._encode_piece, pieces, stream_count))

    def _encode_piece(self, images: Sequence[PreparedImage]) -> Embedding:
        return self._encode([self._preprocessing.square(one) for one in images])

    def _encode(self, images: Sequence[PreparedImage]) -> Embedding:
        with torch.inference_mode():
            features = self._module(self._pixels(images)).float()
            if self._head is not None:
                features = self._head(features)
            return unit_rows(features)

    def _pixels(self, images: Sequence[PreparedImage]) -> Tensor:
        stacked = torch.from_numpy(np.ascontiguousarray(np.stack(images))).to(self.device)
        pixels = (stacked.permute(0, 3, 1, 2).float() - self._mean) / self._std
        return pixels.to(dtype=self._floats).contiguous(memory_format=self._layout)


def unit_rows(features: Tensor) -> Embedding:
    """Rows scaled to length 1, as NumPy float32. Raises NotFiniteError."""
    rows: Embedding = nn.functional.normalize(features.float(), dim=-1).cpu().numpy()
    if not np.isfinite(rows).all():
        raise NotFiniteError(_IMPOSSIBLE)
    return rows
