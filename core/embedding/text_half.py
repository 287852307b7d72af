"""A text tower on a device: texts in, unit rows out. Imports torch. One thread at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from core.domain import Embedding
from core.embedding.image_half import unit_rows
from core.embedding.towers import TextTower
from core.embedding.typed_text import tidy

_BATCH = 32


class TextHalf:
    """One text tower on `device`, in its own number format."""

    def __init__(self, tower: TextTower, device: torch.device) -> None:
        self.device = device
        self._tokenize = tower.tokenize
        self._module = tower.module.eval().to(device)
        self._head = tower.head.eval().to(device) if tower.head is not None else None

    def encode(self, texts: Sequence[str]) -> Embedding:
        """Embed at least one text: (n, d) float32, unit rows; equal texts are encoded once."""
        tidied = [tidy(text) for text in texts]
        distinct = sorted(set(tidied), key=len)  # batches of like length need less padding
        rows = np.concatenate(
            [self._encode_batch(distinct[start : start + _BATCH]) for start in range(0, len(distinct), _BATCH)]
        )
        row_of = {text: row for row, text in enumerate(distinct)}
        return rows[[row_of[text] for text in tidied]]

    def _encode_batch(self, texts: Sequence[str]) -> Embedding:
        with torch.inference_mode():
            tokens = tuple(tensor.to(self.device) for tensor in self._tokenize(texts))
            features = self._module(*tokens).float()
            if self._head is not None:
                features = self._head(features)
            return unit_rows(features)
