"""Answers a query over one encoder: scope and exact words from the catalog, the rest from the matrix.

Runs on the thread that asks. The matrix follows the catalog through `catalog_changed`.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from core.catalog import photos, texts, vectors
from core.catalog.catalog import Catalog
from core.catalog.texts import TextMatch
from core.catalog.vectors import EncoderRow
from core.domain import Embedding, ExamplePicture, Query, SearchResult
from core.embedding.encoder import Encoder
from core.errors import QueryError, UnreadableImage
from core.events import CatalogChanged
from core.images import decoding
from core.search import calibration, ranking
from core.search.scopes import Members, ScopeMembers
from core.search.vector_matrix import VectorMatrix

MAX_TEXT_LENGTH = 1000
_MAX_EXACT = 10_000
_CACHED_TEXTS = 512


class SearchEngine:
    """Search with one encoder over its embeddings."""

    def __init__(self, catalog: Catalog, encoder: Encoder, row: EncoderRow) -> None:
        self.encoder = encoder
        self.row = row
        self._catalog = catalog
        self._matrix: VectorMatrix | None = None
        self._load_lock = threading.Lock()
        self._texts: OrderedDict[str, Embedding] = OrderedDict()
        self._texts_lock = threading.Lock()
        self._scopes = ScopeMembers()

    def matrix(self) -> VectorMatrix:
        """The embeddings in memory, loaded on first use."""
        with self._load_lock:
            if self._matrix is None:
                matrix = VectorMatrix(self.row.dimension)
                with self._catalog.reading() as connection:
                    matrix.load(*vectors.load(connection, self.row))
                self._matrix = matrix
            return self._matrix

    def catalog_changed(self, event: CatalogChanged) -> None:
        """Bring the matrix in step with what was committed."""
        self._scopes.forget()
        affected = event.added | event.changed | event.removed | event.embedded
        if not affected or self._matrix is None:
            return
        matrix = self.matrix()
        with self._catalog.reading() as connection:
            ids, embeddings = vectors.load(connection, self.row, affected)
        matrix.update(ids, embeddings)
        matrix.remove(affected - set(ids.tolist()))

    def search(self, query: Query) -> SearchResult:
        """Answer `query`. Raises QueryError when an example cannot be used."""
        started_at = time.perf_counter()
        text = " ".join(query.text[:MAX_TEXT_LENGTH].split())
        with self._catalog.reading() as connection:
            members = self._scopes.of(connection, query.scope)
            matches = texts.match(connection, text, _MAX_EXACT) if text else []
        inside = members.holds(np.array([one.photo_id for one in matches], dtype=np.int64))
        if inside is not None:
            matches = [one for one, is_inside in zip(matches, inside, strict=True) if is_inside]
        matches = ranking.telling(matches, members.count)
        ids, scores = self._semantic(query, text, members)
        best_ids, best_scores = ranking.best(ids, scores, query.limit)
        exact_scores = _scores_of(matches, ids, scores)
        label = text or ", ".join(example.title for example in query.examples)
        hits, strong = ranking.merge(label, matches, best_ids, best_scores, exact_scores, query.limit)
        return SearchResult(
            query=query,
            encoder=self.encoder.name,
            hits=hits,
            strong_count=strong,
            elapsed_ms=(time.perf_counter() - started_at) * 1000,
            searchable_count=len(ids),
            scope_count=members.count,
        )

    def embed_texts(self, wanted: list[str]) -> Embedding:
        """Embeddings (n, d) of texts, kept for the next time."""
        with self._texts_lock:
            missing = [one for one in dict.fromkeys(wanted) if one not in self._texts]
        if missing:
            fresh = self.encoder.encode_texts(missing)
            with self._texts_lock:
                self._texts.update(zip(missing, fresh, strict=True))
        with self._texts_lock:
            found = []
            for one in wanted:
                if one not in self._texts:  # dropped meanwhile
                    self._texts[one] = self.encoder.encode_texts([one])[0]
                self._texts.move_to_end(one)
                found.append(self._texts[one])
            while len(self._texts) > max(_CACHED_TEXTS, len(wanted)):
                self._texts.popitem(last=False)
        return np.stack(found) if found else np.zeros((0, self.row.dimension), np.float32)

    def _semantic(self, query: Query, text: str, members: Members) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Ids (n,) of the scope and their standardised scores (n,): the mean over the parts of the query."""
        parts = [self.embed_texts([text])] if text else []
        parts += [self._example(example)[None, :] for example in query.examples]
        matrix = self.matrix()
        if not parts or not len(matrix):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        ids, raw = matrix.scores(np.concatenate(parts))
        scores = calibration.standardised(raw[:, 0])
        for part in range(1, raw.shape[1]):
            scores += calibration.standardised(raw[:, part])
        scores /= raw.shape[1]
        kept = members.holds(ids)
        for example in query.examples:
            if example.photo_id is not None:
                kept = ids != example.photo_id if kept is None else kept & (ids != example.photo_id)
        return (ids, scores) if kept is None else (ids[kept], scores[kept])

    def _example(self, example: ExamplePicture) -> Embedding:
        if example.photo_id is not None:
            _, found = self.matrix().vectors_of([example.photo_id])
            if len(found):
                own: Embedding = found[0]
                return own
        content, name = self._example_bytes(example)
        try:
            image = decoding.decode(content, name, self.encoder.input_side_px).image
        except UnreadableImage as error:
            raise QueryError("This picture cannot be searched by.", str(error), "Choose another picture.") from error
        outside: Embedding = self.encoder.encode_prepared([self.encoder.prepare_image(image)])[0]
        return outside

    def _example_bytes(self, example: ExamplePicture) -> tuple[bytes, str]:
        if example.content is not None:
            return example.content, example.title or "picture"
        path = example.path
        if example.photo_id is not None:
            with self._catalog.reading() as connection:
                row = photos.file_of(connection, example.photo_id)
            path = row.path if row else None
        if path is None:
            raise QueryError("This photo is no longer in the library.", hint="Choose another picture.")
        try:
            return path.read_bytes(), path.name
        except OSError as error:
            raise QueryError(
                f"{path.name} cannot be opened.", error.strerror or "", "Choose another picture."
            ) from error


def _scores_of(matches: list[TextMatch], ids: NDArray[np.int64], scores: NDArray[np.float32]) -> dict[int, float]:
    if not matches or not len(ids):
        return {}
    wanted = np.isin(ids, np.array([one.photo_id for one in matches], dtype=np.int64))
    return dict(zip(ids[wanted].tolist(), scores[wanted].tolist(), strict=True))
