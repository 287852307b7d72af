"""Embeddings of fixed texts, kept in a file: a first query must not wait for 450 background prompts.

Those of the starter come with Recollect; other encoders' are computed once and kept in the cache folder, where they can
be deleted at any time. Any thread.
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
from numpy.typing import NDArray

from core import places
from core.domain import Embedding
from core.embedding.encoder import Encoder
from core.search import calibration

log = logging.getLogger(__name__)

PURPOSE = "background"
SHIPPED_IN = "starter_encoder"
"""The folder of `resources/` with the starter's."""


@dataclass(frozen=True, slots=True)
class Background:
    """Texts that queries are judged against, embedded by one encoder."""

    everyday: Embedding
    """(b, d) of `calibration.background_prompts`."""
    unusual: Embedding
    """(w, d) of `calibration.unusual_prompts`."""


def all_prompts() -> tuple[str, ...]:
    """Everything that queries are judged against: the everyday texts, then the unusual words."""
    return (*calibration.background_prompts(), *calibration.unusual_prompts())


def load_or_make(encoder: Encoder, cache: Path) -> Background:
    """The background by `encoder`, from the file where it fits."""
    everyday = calibration.background_prompts()
    rows = load_or_make_texts(encoder, cache, PURPOSE, all_prompts())
    return Background(rows[: len(everyday)], rows[len(everyday) :])


def load_or_make_texts(encoder: Encoder, cache: Path, purpose: str, prompts: Sequence[str]) -> Embedding:
    """Embeddings (b, d) of `prompts` by `encoder`, from the file of that `purpose` where it fits."""
    name = file_name(encoder, purpose, prompts)
    for path in (*_shipped(name), cache / name):
        found = _read(path, (len(prompts), encoder.dimension))
        if found is not None:
            return found
    made = encoder.encode_texts(prompts)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        write(cache / name, made)
    except OSError as error:
        log.info("embeddings of %s texts cannot be kept: %s", purpose, error)
    return made


def file_name(encoder: Encoder, purpose: str, prompts: Sequence[str]) -> str:
    """Another encoder, other weights or other prompts make another name, so that no file can be out of date."""
    identity = hashlib.sha256("\n".join((encoder.fingerprint, *prompts)).encode()).hexdigest()[:16]
    return f"{purpose}-{identity}.npy"


def write(path: Path, rows: Embedding | NDArray[np.float16]) -> None:
    """Keep `rows`; another process sees all of them or none. Raises OSError."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as file:
            np.save(file, rows, allow_pickle=False)
        fresh.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def _shipped(name: str) -> list[Path]:
    """The file that comes with Recollect, in float16, where there is one: the starter's background has it."""
    try:
        return [places.resource(f"{SHIPPED_IN}/{name}")]
    except FileNotFoundError:
        return []


def _read(path: Path, shape: tuple[int, int]) -> Embedding | None:
    try:
        found = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    fits = found.shape == shape and found.dtype in (np.float16, np.float32) and np.isfinite(found).all()
    return found.astype(np.float32, copy=False) if fits else None
