"""The embeddings of the background prompts, kept in the cache folder: a first query must not wait for 470 texts.

Any thread. The file can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import logging
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.domain import Embedding
from core.embedding.encoder import Encoder
from core.search import calibration

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Background:
    """Texts that queries are judged against, embedded by one encoder."""

    everyday: Embedding
    """(b, d) of `calibration.background_prompts`."""
    unusual: Embedding
    """(w, d) of `calibration.unusual_prompts`."""


def load_or_make(encoder: Encoder, cache: Path) -> Background:
    """The background by `encoder`, from the file where it fits."""
    everyday = calibration.background_prompts()
    rows = _load_or_make(encoder, (*everyday, *calibration.unusual_prompts()), cache)
    return Background(rows[: len(everyday)], rows[len(everyday) :])


def _load_or_make(encoder: Encoder, prompts: tuple[str, ...], cache: Path) -> Embedding:
    identity = hashlib.sha256("\n".join((encoder.fingerprint, *prompts)).encode()).hexdigest()[:16]
    path = cache / f"background-{identity}.npy"
    try:
        found: Embedding = np.load(path, allow_pickle=False)
        if found.shape == (len(prompts), encoder.dimension) and found.dtype == np.float32 and np.isfinite(found).all():
            return found
    except (OSError, ValueError, EOFError):
        pass
    made = encoder.encode_texts(prompts)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        with fresh.open("wb") as file:
            np.save(file, made, allow_pickle=False)
        fresh.replace(path)
    except OSError as error:
        log.info("the background embeddings cannot be kept: %s", error)
    return made
