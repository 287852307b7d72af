"""Why a photo: where in it each wish of a query is answered, and the words of the vocabulary it looks like.

Any thread. What is costly is kept: the crops of the last photos, the vocabulary's embeddings, the usual words.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.catalog import photo_files, photos
from core.catalog.catalog import Catalog
from core.domain import Embedding, ExamplePicture, ExplainedWish, Explanation, PhotoId, Query, Region, Scope, SeenWord
from core.errors import LibraryError
from core.jobs import JobControl
from core.search import calibration, example_pictures, explanation, query_language
from core.search.engine import SearchEngine
from core.tagging import likeness, vocabulary, zero_shot
from core.tagging.likeness import Likeness

_KEPT_PHOTOS = 6
_SAMPLE = 2000
"""Photos that say what is usual for a word."""


@dataclass(frozen=True, slots=True, eq=False)
class _Crops:
    parts: list[Region]
    embeddings: Embedding
    width_px: int
    height_px: int


class Explaining:
    """Explains photos with the encoder that answers queries."""

    def __init__(
        self, catalog: Catalog, engine: Callable[[], SearchEngine], vocabulary_text: Callable[[], str]
    ) -> None:
        self._catalog = catalog
        self._engine = engine
        self._vocabulary_text = vocabulary_text
        self._crops: OrderedDict[tuple[str, bytes], _Crops] = OrderedDict()
        self._likeness: tuple[tuple[str, str, int], Likeness] | None = None
        self._lock = threading.Lock()

    def explain(self, photo_id: PhotoId, query: Query, wish: int, job: JobControl) -> Explanation:
        """The map of a photo for one wish. Raises QueryError, LibraryError, Cancelled."""
        engine = self._engine()
        words = self.looks_like(photo_id)
        asked = _asked(query)
        wishes = asked + _seen(asked, words)
        wish = min(wish, len(wishes) - 1)
        heat, strength = np.zeros((1, 1), np.float32), 0.0
        if wish >= 0:
            crops = self._crops_of(engine, photo_id, job)
            z_scores = self._z_scores(engine, crops.embeddings, wishes[wish])
            found = explanation.heat_map(z_scores, crops.parts, crops.width_px, crops.height_px)
            best = np.array([found.peak_z], np.float32)
            heat, strength = found.heat, float(calibration.strengths(best, explanation.STANDS_OUT_Z)[0])
        return Explanation(photo_id, engine.encoder.name, wishes, len(asked), wish, heat, strength, words)

    def looks_like(self, photo_id: PhotoId) -> tuple[SeenWord, ...]:
        """The strongest words of the vocabulary; none before the photo is embedded. Raises LibraryError."""
        engine = self._engine()
        _, own = engine.matrix().vectors_of([photo_id])
        if not len(own):
            return ()
        usual = calibration.usual(own, engine.background().everyday)
        known = self._known_words(engine)
        z_scores = calibration.against_background(own @ known.embeddings.T, usual)[0]
        return likeness.strongest(known, z_scores)

    def _z_scores(self, engine: SearchEngine, crops: Embedding, wish: ExplainedWish) -> NDArray[np.float32]:
        if wish.example is None:
            return explanation.against_texts(crops, engine.embed_texts([wish.words])[0], engine.background().everyday)
        wanted = engine.embed_example(wish.example)
        _, usual, _ = engine.matrix().scores(wanted[None, :])
        return explanation.against_library(crops, wanted, usual[:, 0])

    def _crops_of(self, engine: SearchEngine, photo_id: PhotoId, job: JobControl) -> _Crops:
        with self._catalog.reading() as connection:
            row = photo_files.file_of(connection, photo_id)
        if row is None or row.state == "gone":
            raise LibraryError("This photo is no longer in the library.")
        key = (engine.encoder.fingerprint, row.content_hash)
        with self._lock:
            kept = self._crops.get(key)
        if kept is None:
            kept = _encode(self._catalog, engine, photo_id, job)
        with self._lock:
            self._crops[key] = kept
            self._crops.move_to_end(key)
            while len(self._crops) > _KEPT_PHOTOS:
                self._crops.popitem(last=False)
        return kept

    def _known_words(self, engine: SearchEngine) -> Likeness:
        """The vocabulary as this encoder and this library know it; made anew when either changes much."""
        text = self._vocabulary_text()
        key = (engine.encoder.fingerprint, text, len(engine.matrix()).bit_length())
        with self._lock:
            if self._likeness is not None and self._likeness[0] == key:
                return self._likeness[1]
            words = [one for one in vocabulary.parse(text) if not one.is_sensitive]
            embeddings = zero_shot.word_embeddings(words, partial(engine.kept_texts, "vocabulary"))
            sample = self._sample(engine)
            usual = calibration.usual(sample, engine.background().everyday)
            known = likeness.learn(words, embeddings, calibration.against_background(sample @ embeddings.T, usual))
            self._likeness = (key, known)
            return known

    def _sample(self, engine: SearchEngine) -> Embedding:
        """The embeddings (n, d) of up to `_SAMPLE` photos from all over the library."""
        with self._catalog.reading() as connection:
            ids = photos.ids_in(connection, Scope()).tolist()
        step = max(1, len(ids) // _SAMPLE)
        return engine.matrix().vectors_of(ids[::step])[1]


def _asked(query: Query) -> tuple[ExplainedWish, ...]:
    """What a query wishes for: each of its wishes in words, and each of its pictures."""
    words = tuple(ExplainedWish(wish.text) for wish in query_language.parse(query.text).wishes if wish.weight > 0)
    return words + tuple(ExplainedWish(example.title, example) for example in query.examples if example.weight > 0)


def _seen(asked: tuple[ExplainedWish, ...], words: tuple[SeenWord, ...]) -> tuple[ExplainedWish, ...]:
    """The words of a photo, except those that were asked for."""
    known = {wish.words.casefold() for wish in asked if wish.example is None}
    return tuple(ExplainedWish(word.name) for word in words if word.name.casefold() not in known)


def _encode(catalog: Catalog, engine: SearchEngine, photo_id: PhotoId, job: JobControl) -> _Crops:
    """Embed the windows of a photo, decoded once at the size the finest of them needs. Raises Cancelled."""
    encoder = engine.encoder
    finest = encoder.input_side_px / explanation.FINEST_SHARE
    image = example_pictures.open_image(catalog, ExamplePicture(photo_id=photo_id), round(finest))
    job.check()
    parts = explanation.windows(image.width, image.height)
    batch = max(1, min(encoder.batch_size(), explanation.MOST_AT_ONCE))
    rows = []
    for start in range(0, len(parts), batch):
        job.check()  # between batches: whoever moves on to another photo does not wait for this one
        prepared = [encoder.prepare_image(_crop(image, one)) for one in parts[start : start + batch]]
        rows.append(encoder.encode_prepared(prepared))
    return _Crops(parts, np.concatenate(rows), image.width, image.height)


def _crop(image: Image.Image, part: Region) -> Image.Image:
    return image.crop(example_pictures.box_px(part, image.width, image.height))
