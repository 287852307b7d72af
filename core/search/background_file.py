"""Embeddings of fixed texts, kept in the cache folder: a first query must not wait for 470 background prompts.

Any thread. The file can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from collections.abc import Sequence
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
    rows = load_or_make_texts(encoder, cache, "background", (*everyday, *calibration.unusual_prompts()))
    return Background(rows[: len(everyday)], rows[len(everyday) :])


def load_or_make_texts(encoder: Encoder, cache: Path, purpose: str, prompts: Sequence[str]) -> Embedding:
    """Embeddings (b, d) of `prompts` by `encoder`, from the file of that `purpose` where it fits."""
    identity = hashlib.sha256("\n".join((encoder.fingerprint, *prompts)).encode()).hexdigest()[:16]
    path = cache / f"{purpose}-{identity}.npy"
    try:
        found: Embedding = np.load(path, allow_pickle=False)
        if found.shape == (len(prompts), encoder.dimension) and found.dtype == np.float32 and np.isfinite(found).all():
            return found
    except (OSError, ValueError, EOFError):
        pass
    made = encoder.encode_texts(prompts)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            np.save(file, made, allow_pickle=False)
        fresh.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        log.info("embeddings of %s texts cannot be kept: %s", purpose, error)
    return made
