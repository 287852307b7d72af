"""Embeddings of texts, remembered for the next time. Any thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from core.domain import Embedding
from core.embedding.encoder import Encoder

_REMEMBERED = 512


class TextEmbeddings:
    """A cache over an encoder's text tower, which loads with the first text."""

    def __init__(self, encoder: Encoder, dimension: int) -> None:
        self._encoder = encoder
        self._dimension = dimension
        self._known: OrderedDict[str, Embedding] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._known)

    def of(self, wanted: Sequence[str]) -> Embedding:
        """Embeddings (n, d) of texts."""
        with self._lock:
            missing = [one for one in dict.fromkeys(wanted) if one not in self._known]
        if missing:
            fresh = self._encoder.encode_texts(missing)
            with self._lock:
                self._known.update(zip(missing, fresh, strict=True))
        with self._lock:
            found = []
            for one in wanted:
                if one not in self._known:  # dropped meanwhile
                    self._known[one] = self._encoder.encode_texts([one])[0]
                self._known.move_to_end(one)
                found.append(self._known[one])
            while len(self._known) > max(_REMEMBERED, len(wanted)):
                self._known.popitem(last=False)
        return np.stack(found) if found else np.zeros((0, self._dimension), np.float32)
