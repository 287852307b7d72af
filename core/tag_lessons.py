"""What tags have learned from their examples, with the embeddings of the encoder that answers. Any thread.

Nothing is stored: a lesson takes tens of milliseconds, so another encoder simply learns again from the same photos.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalog import suggestions as rows
from core.catalog import tags
from core.catalog.catalog import Catalog
from core.catalog.connection import Connection
from core.catalog.suggestions import Examples
from core.domain import Embedding, PhotoId, TagLesson
from core.jobs import JobControl
from core.photo_scores import PhotoScores
from core.search.engine import SearchEngine
from core.tagging import learned, prompt_file
from core.tagging.learned import LearnedTag, Lesson
from core.tagging.vocabulary import Word

_SEED = 5


@dataclass(frozen=True, slots=True)
class TaughtTag:
    """A tag with what it learned; `edition` says from which examples, with which encoder."""

    name: str
    edition: str
    examples: Examples
    learned: LearnedTag
    prior_vector: Embedding
    """(d,): the tag's name as a text"""


class TagLessons:
    """Learns tags, and remembers what they learned until their examples change."""

    def __init__(
        self, catalog: Catalog, engine: Callable[[], SearchEngine], cache: Path, words: Callable[[], Sequence[Word]]
    ) -> None:
        self._catalog = catalog
        self._engine = engine
        self._cache = cache
        self._words = words
        self._known: dict[str, TaughtTag] = {}
        self._lock = threading.Lock()

    def teachable(self) -> list[str]:
        """Tags with enough examples to suggest by themselves."""
        with self._catalog.reading() as connection:
            return [
                one.name for one in tags.all_of_them(connection) if one.photo_count >= learned.LEAST_EXAMPLES
                and len(rows.examples(connection, one.name).positives) >= learned.LEAST_EXAMPLES
            ]  # fmt: skip

    def of(self, tag: str, scores: PhotoScores) -> TaughtTag | None:
        """What a tag learned; None without an embedded example."""
        with self._catalog.reading() as connection:
            examples = rows.examples(connection, tag)
        edition = self._edition(tag, examples)
        with self._lock:
            known = self._known.get(tag.casefold())
        if known is not None and known.edition == edition:
            return known
        taught = self._taught(tag, edition, examples, scores)
        if taught is not None:
            with self._lock:
                self._known[tag.casefold()] = taught
        return taught

    def edition(self, connection: Connection, tag: str) -> str:
        """Changes when the examples of a tag, or the encoder, change."""
        return self._edition(tag, rows.examples(connection, tag))

    def describe(self, tag: str, scores: PhotoScores) -> TagLesson:
        """What a person is told about a tag."""
        taught = self.of(tag, scores)
        with self._catalog.reading() as connection:
            examples = rows.examples(connection, tag)
            is_automatic = tag.lower() in rows.automatic(connection)
        return TagLesson(
            tag, len(examples.positives), len(examples.negatives), is_automatic,
            taught is not None and taught.learned.is_learned and len(examples.positives) >= learned.LEAST_EXAMPLES,
            taught.learned.expected_precision if taught else None,
        )  # fmt: skip

    def _edition(self, tag: str, examples: Examples) -> str:
        said = repr((tag, examples.positives, examples.negatives, self._engine().encoder.fingerprint))
        return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()

    def _taught(self, tag: str, edition: str, examples: Examples, scores: PhotoScores) -> TaughtTag | None:
        positives, negatives = scores.vectors(examples.positives), scores.vectors(examples.negatives)
        if not len(positives[0]):
            return None
        vector = self._prior_vector(tag)
        background = scores.sample(learned.BACKGROUND, without=[*examples.positives, *examples.negatives], seed=_SEED)
        if not len(background):
            background = positives[0]  # a library of examples only: the first one stands for what is not tagged
        prior = scores.prior(vector)
        lesson = Lesson(
            positives[1], negatives[1], scores.vectors(background)[1],
            prior(positives[0]), prior(negatives[0]), prior(background),
        )  # fmt: skip
        return TaughtTag(tag, edition, examples, learned.learn(lesson), vector)

    def _prior_vector(self, tag: str) -> Embedding:
        """The prompts of the vocabulary's word of this name, else the bare name."""
        word = next((one for one in self._words() if one.name.casefold() == tag.casefold()), None)
        prompts = list(word.prompts) if word else [f"a photo of {tag}.", tag]
        embedded = prompt_file.embed(self._engine().encoder, self._cache, prompts, JobControl("tag", "Learning"))
        mean = embedded.mean(axis=0)
        unit: Embedding = (mean / max(float(np.linalg.norm(mean)), 1e-12)).astype(np.float32)
        return unit


def wanted(
    taught: TaughtTag, ids: NDArray[np.int64], confidences: NDArray[np.float32], least: float, most: int
) -> list[tuple[PhotoId, float]]:
    """The photos to suggest a tag for, at most so many, with confidences; its own examples are left out."""
    known = np.isin(ids, np.array([*taught.examples.positives, *taught.examples.negatives], dtype=np.int64))
    order = np.argsort(-np.where(known, -1.0, confidences), kind="stable")[:most]
    return [
        (PhotoId(int(ids[at])), float(confidences[at])) for at in order if confidences[at] >= least and not known[at]
    ]
