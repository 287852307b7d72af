"""Answers a query over one encoder: scope and exact words from the catalog, the rest from the matrix.

Runs on the thread that asks. The matrix follows the catalog through `catalog_changed`.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalog import texts, vectors
from core.catalog.catalog import Catalog
from core.catalog.vectors import EncoderRow
from core.domain import Embedding, ExamplePicture, PhotoId, Query, SearchResult
from core.embedding.encoder import Encoder
from core.events import CatalogChanged
from core.search import background_file, calibration, example_pictures, ranking
from core.search.ranking import Ranked
from core.search.scopes import Members, ScopeMembers
from core.search.vector_matrix import VectorMatrix

MAX_TEXT_LENGTH = 1000
LOADING = "The encoder is still loading; these match by their words."
_MAX_EXACT = 10_000
_CACHED_TEXTS = 512


class SearchEngine:
    """Search with one encoder over its embeddings."""

    def __init__(self, catalog: Catalog, encoder: Encoder, row: EncoderRow, cache: Path) -> None:
        self.encoder = encoder
        self.row = row
        self._catalog = catalog
        self._cache = cache
        self._matrix: VectorMatrix | None = None
        self._load_lock = threading.Lock()
        self._texts: OrderedDict[str, Embedding] = OrderedDict()
        self._texts_lock = threading.Lock()
        self._scopes = ScopeMembers()
        self._background_texts: Embedding | None = None
        self._background_lock = threading.Lock()

    @property
    def is_warm(self) -> bool:
        """Whether the next typed query is answered without loading anything first."""
        return self._matrix is not None and bool(self._texts)

    def matrix(self) -> VectorMatrix:
        """The embeddings in memory, loaded on first use."""
        with self._load_lock:
            if self._matrix is None:
                matrix = VectorMatrix(self.row.dimension)
                with self._catalog.reading() as connection:
                    matrix.load(*vectors.load(connection, self.row))
                self._matrix = matrix
            return self._matrix

    def warm_up(self) -> None:
        """Load and compute what the first typed query needs: the text tower, the matrix and the background."""
        self.search(Query(calibration.background_prompts()[0], limit=1))

    def catalog_changed(self, event: CatalogChanged) -> None:
        """Bring the matrix in step with what was committed."""
        self._scopes.forget()
        affected = event.added | event.changed | event.removed | event.embedded
        with self._load_lock:  # one that is being loaded may not have seen this change
            matrix = self._matrix
        if not affected or matrix is None:
            return
        with self._catalog.reading() as connection:
            ids, embeddings = vectors.load(connection, self.row, affected)
        matrix.update(ids, embeddings)
        matrix.remove(affected - set(ids.tolist()))

    def catch_up(self) -> None:
        """Bring the matrix in step with a catalog that another process wrote to: gained and lost photos."""
        with self._load_lock:
            matrix = self._matrix
        if matrix is None:
            return
        with self._catalog.reading() as connection:
            stored = vectors.embedded_ids(connection, self.row.id)
        here = matrix.ids()
        gained = frozenset(PhotoId(one) for one in np.setdiff1d(stored, here).tolist())
        lost = frozenset(PhotoId(one) for one in np.setdiff1d(here, stored).tolist())
        self.catalog_changed(CatalogChanged(embedded=gained, removed=lost))

    def search(self, query: Query) -> SearchResult:
        """Answer `query`. Raises QueryError when an example cannot be used."""
        started_at = time.perf_counter()
        text = " ".join(_encodable(query.text[:MAX_TEXT_LENGTH]).split())
        with self._catalog.reading() as connection:
            members = self._scopes.of(connection, query.scope)
            matches = texts.match(connection, text, _MAX_EXACT) if text else []
        inside = members.holds(np.array([one.photo_id for one in matches], dtype=np.int64))
        if inside is not None:
            matches = [one for one, is_inside in zip(matches, inside, strict=True) if is_inside]
        matches = ranking.telling(matches, members.count)
        ranked = self._semantic(query, text, members)
        label = text or ", ".join(example.title for example in query.examples)
        hits, strong = ranking.merge(label, matches, ranked, query.limit)
        return SearchResult(
            query=query,
            encoder=self.encoder.name,
            hits=hits,
            strong_count=strong,
            elapsed_ms=(time.perf_counter() - started_at) * 1000,
            searchable_count=len(ranked.ids),
            scope_count=members.count,
            notice=LOADING if query.is_exact_only else None,
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

    def embed_example(self, example: ExamplePicture) -> Embedding:
        """The embedding (d,) of an example picture. Raises QueryError, LibraryError."""
        return example_pictures.embed(self._catalog, self.encoder, self.matrix(), example)

    def kept_texts(self, purpose: str, wanted: list[str]) -> Embedding:
        """Embeddings (n, d) of fixed texts, kept in a file of that purpose in the cache folder."""
        return background_file.load_or_make_texts(self.encoder, self._cache, purpose, wanted)

    def text_z_scores(self, wanted: Embedding) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Every embedded photo (n,) and how much it stands out for each of the text embeddings `wanted` (q, d)."""
        ids, raw, usual = self.matrix().scores(wanted, self.background())
        if usual is None:
            return ids, raw
        return ids, calibration.against_background(raw, usual)

    def _semantic(self, query: Query, text: str, members: Members) -> Ranked:
        """Every embedded photo of the scope, scored: the mean over the parts of the query."""
        parts: list[Embedding] = []
        if not query.is_exact_only:  # which must not wait for the encoder to load
            parts += [self.embed_texts([text])] if text else []
            parts += [self.embed_example(example)[None, :] for example in query.examples]
        matrix = self.matrix()
        if not parts or not len(matrix):
            return Ranked(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32), calibration.NO_CUT)
        ids, raw, usual = matrix.scores(np.concatenate(parts), self.background() if text else None)
        scores = calibration.against_itself(raw[:, 0])
        z_scores = calibration.against_background(raw[:, :1], usual)[:, 0] if usual is not None else scores
        for part in range(1, raw.shape[1]):
            one = calibration.against_itself(raw[:, part])
            scores, z_scores = scores + one, z_scores + one
        scores, z_scores = scores / raw.shape[1], z_scores / raw.shape[1]
        own = [example.photo_id for example in query.examples if example.photo_id is not None]
        kept = members.holds(ids)
        for photo_id in own:
            kept = ids != photo_id if kept is None else kept & (ids != photo_id)
        others = z_scores[~np.isin(ids, own)] if own else z_scores
        is_judged = usual is not None or len(others) >= calibration.FEW
        cut = calibration.cut(others) if is_judged else calibration.better_half(others)
        if kept is None:
            return Ranked(ids, scores, z_scores, cut)
        return Ranked(ids[kept], scores[kept], z_scores[kept], cut)

    def background(self) -> Embedding:
        """The embeddings (b, d) of the texts that queries are judged against; computed once."""
        with self._background_lock:
            if self._background_texts is None:
                self._background_texts = background_file.load_or_make(self.encoder, self._cache)
            return self._background_texts


def _encodable(text: str) -> str:
    """Without lone surrogates (bytes of a terminal that are no UTF-8), which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
