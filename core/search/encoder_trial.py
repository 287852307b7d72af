"""Measures an encoder on captioned photos, from files to figures. Runs on the thread that asks; long."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.embedding.encoder import Encoder, PreparedImage
from core.errors import LibraryError, UnreadableImage
from core.images import decoding
from core.jobs import JobControl
from core.search import evaluation
from core.search.captioned_photos import CaptionedPhoto
from core.search.evaluation import RetrievalFigures, ZeroShotFigures

PROMPT_TEMPLATES = ("a photo of a {}", "a photo of the {}", "{}", "a close-up photo of a {}", "a photo of many {}")
"""A label's embedding is the normalised mean over these (CLIP paper, section 3.1.4)."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an encoder reached on one set of captioned photos."""

    encoder: str
    photos: int
    text_to_photo: RetrievalFigures
    photo_to_text: RetrievalFigures
    zero_shot: ZeroShotFigures | None
    """None where no photo has a label."""
    photos_per_s: float
    """Reading and decoding included."""
    queries_per_s: float

    def as_json(self) -> dict[str, Any]:
        """The object that `recollect evaluate --json` prints."""
        result: dict[str, Any] = {
            "encoder": self.encoder,
            "photos": self.photos,
            "text_to_photo": _retrieval_json(self.text_to_photo),
            "photo_to_text": _retrieval_json(self.photo_to_text),
        }
        if self.zero_shot is not None:
            result["zero_shot"] = {"top-1": self.zero_shot.top_1, "top-5": self.zero_shot.top_5}
        return result | {"photos_per_s": self.photos_per_s, "queries_per_s": self.queries_per_s}


def evaluate(encoder: Encoder, captioned: Sequence[CaptionedPhoto], folder: Path, job: JobControl) -> Evaluation:
    """Encode everything and compute the figures. Reports photos.

    Raises LibraryError when a photo is missing or unreadable (figures over fewer photos would look better than they
    are) or nothing has a caption, and Cancelled.
    """
    captions = [caption for photo in captioned for caption in photo.captions]
    if not captions:
        raise LibraryError("None of these photos has a caption to search for.")
    owners = np.repeat(np.arange(len(captioned)), [len(photo.captions) for photo in captioned])
    encoder.encode_texts(["a photo"])
    encoder.batch_size()
    started = time.perf_counter()
    photos = encoded_photos(encoder, captioned, folder, job)
    photos_s, started = time.perf_counter() - started, time.perf_counter()
    texts = encoder.encode_texts(captions)
    texts_s = time.perf_counter() - started
    return Evaluation(
        encoder=encoder.name,
        photos=len(captioned),
        text_to_photo=evaluation.text_to_photo(texts, owners, photos),
        photo_to_text=evaluation.photo_to_text(texts, owners, photos),
        zero_shot=_zero_shot(encoder, captioned, photos),
        photos_per_s=len(captioned) / photos_s,
        queries_per_s=len(captions) / texts_s,
    )


def label_embeddings(encoder: Encoder, labels: Sequence[str]) -> Embedding:
    """(c, d): each label's mean over the prompt templates, unit rows."""
    prompts = [template.format(label) for label in labels for template in PROMPT_TEMPLATES]
    mean = encoder.encode_texts(prompts).reshape(len(labels), len(PROMPT_TEMPLATES), -1).mean(axis=1)
    rows: Embedding = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return rows


def _zero_shot(encoder: Encoder, captioned: Sequence[CaptionedPhoto], photos: Embedding) -> ZeroShotFigures | None:
    labelled = [row for row, photo in enumerate(captioned) if photo.labels]
    if not labelled:
        return None
    labels = list(dict.fromkeys(label for row in labelled for label in captioned[row].labels))
    row_of = {label: row for row, label in enumerate(labels)}
    truths = [frozenset(row_of[label] for label in captioned[row].labels) for row in labelled]
    return evaluation.zero_shot(photos[labelled], label_embeddings(encoder, labels), truths)


def encoded_photos(
    encoder: Encoder, captioned: Sequence[CaptionedPhoto], folder: Path, job: JobControl
) -> NDArray[np.float32]:
    """(n, d): every photo's embedding. Reports photos. Raises LibraryError when one cannot be read, and Cancelled."""
    rows: list[Embedding] = []
    done = 0
    for batch in _batches([photo.file for photo in captioned], encoder.batch_size()):
        rows.append(encoder.encode_prepared([_prepared(encoder, folder / file) for file in batch]))
        done += len(batch)
        job.report(done, len(captioned))
    return np.concatenate(rows)


def _batches(files: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(files), size):
        yield files[start : start + size]


def _prepared(encoder: Encoder, path: Path) -> PreparedImage:
    try:
        decoded = decoding.decode(path.read_bytes(), path.name, encoder.input_side_px)
    except OSError as error:
        raise LibraryError(f"{path} cannot be read.", str(error)) from error
    except UnreadableImage as error:
        raise LibraryError(f"{path} cannot be read.", str(error)) from error
    return encoder.prepare_image(decoded.image)


def _retrieval_json(figures: RetrievalFigures) -> dict[str, float]:
    return {
        "recall@1": figures.recall_at_1,
        "recall@5": figures.recall_at_5,
        "recall@10": figures.recall_at_10,
        "median_rank": figures.median_rank,
        "mrr": figures.mrr,
    }
