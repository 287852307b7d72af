"""The starter as an `Encoder`: pictures through torch like any other, typed texts through NumPy. Any thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.domain import Embedding
from core.embedding import starter, starter_wordings
from core.embedding.open_clip_encoder import OpenClipEncoder

if TYPE_CHECKING:
    from core.embedding.starter_query import QueryEncoder
    from core.embedding.towers import Towers


_MANY = 64
"""Texts that nobody waits for with a finger on a key: a vocabulary, captions."""


class StarterEncoder(OpenClipEncoder):
    """Answers a typed query without importing torch. Raises LibraryError when the heads are missing."""

    def __init__(self, cache: Path) -> None:
        super().__init__(
            starter.NAME, starter.fingerprint(), starter.DIMENSION, starter.PREPROCESSING, _load_towers, cache
        )
        self._queries: QueryEncoder | None = None
        self._query_lock = threading.Lock()

    def encode_texts(self, texts: Sequence[str]) -> Embedding:
        """Embed texts of any length, words in several wordings: (n, d) float32, unit rows. Raises LibraryError."""
        if not texts:
            return np.zeros((0, starter.DIMENSION), dtype=np.float32)
        wordings = [starter_wordings.of(text) for text in texts]
        every = [wording for those in wordings for wording in those]
        # Torch shares many texts among the cores; it is not imported for them.
        is_for_torch = "torch" in sys.modules and len(every) >= _MANY
        rows = super().encode_texts(every) if is_for_torch else self._loaded_queries().encode(every)
        return starter_wordings.averaged(rows, [len(those) for those in wordings])

    def _loaded_queries(self) -> QueryEncoder:
        from core.embedding import starter_query

        with self._query_lock:
            if self._queries is None:
                self._queries = starter_query.QueryEncoder()
            return self._queries


def are_many(texts: Sequence[str]) -> bool:
    """Whether torch would be quicker with these texts, if it is there."""
    return sum(len(starter_wordings.of(text)) for text in texts) >= _MANY


def _load_towers() -> Towers:
    from core.embedding import starter_towers

    return starter_towers.load()
