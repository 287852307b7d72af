"""The embeddings of prompts, kept in the cache folder: a thousand texts take half a minute to embed. Any thread.

One file per encoder; it can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.domain import Embedding
from core.embedding.encoder import Encoder
from core.jobs import JobControl

log = logging.getLogger(__name__)
_BATCH = 64


def embed(encoder: Encoder, cache: Path, prompts: Sequence[str], job: JobControl) -> Embedding:
    """Embeddings (n, d) of prompts, from the file where it has them; the rest is embedded and added to it.

    Raises Cancelled; what was embedded until then is kept.
    """
    path = cache / f"prompts-{hashlib.sha256(encoder.fingerprint.encode()).hexdigest()[:16]}.npz"
    known = _load(path, encoder.dimension)
    missing = [one for one in dict.fromkeys(prompts) if _key(one) not in known]
    done = 0
    try:
        for done in range(0, len(missing), _BATCH):
            job.report(done, len(missing))
            batch = missing[done : done + _BATCH]
            known.update(zip(map(_key, batch), encoder.encode_texts(batch), strict=True))
    finally:
        if missing:
            _save(path, known)
    if not prompts:
        return np.zeros((0, encoder.dimension), np.float32)
    return np.stack([known[_key(one)] for one in prompts])


def _key(prompt: str) -> bytes:
    return hashlib.blake2b(prompt.encode("utf-8", "replace"), digest_size=16).digest()


def _load(path: Path, dimension: int) -> dict[bytes, Embedding]:
    try:
        with np.load(path, allow_pickle=False) as file:
            keys, rows = file["keys"], file["rows"]
    except (OSError, ValueError, EOFError, KeyError):
        return {}
    if keys.ndim != 2 or keys.shape[1] != 16 or rows.shape != (len(keys), dimension) or not np.isfinite(rows).all():
        return {}
    return {one.tobytes(): row for one, row in zip(keys, rows, strict=True)}


def _save(path: Path, known: dict[bytes, Embedding]) -> None:
    keys = np.frombuffer(b"".join(known), np.uint8).reshape(-1, 16)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            np.savez(file, keys=keys, rows=np.stack(list(known.values())).astype(np.float32))
        fresh.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        log.info("the embeddings of the prompts cannot be kept: %s", error)
