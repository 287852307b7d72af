"""Answers a query over one encoder: scope and exact words from the catalog, the rest from the matrix.

Runs on the thread that asks. The matrix follows the catalog through `catalog_changed`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalog import vectors
from core.catalog.catalog import Catalog
from core.catalog.vectors import EncoderRow
from core.domain import Embedding, ExamplePicture, PhotoId, Query, SearchResult
from core.embedding.encoder import Encoder
from core.errors import QueryError
from core.events import CatalogChanged
from core.query_parts import ParsedQuery
from core.search import background_file, calibration, chance, example_pictures, query_language, wish_scores
from core.search import told as catalog_told
from core.search.background_file import Background
from core.search.calibration import Cut
from core.search.exact_words import Synonyms
from core.search.ranking import Ranked
from core.search.remembered import Memory
from core.search.text_embeddings import TextEmbeddings
from core.search.told import Told
from core.search.vector_matrix import VectorMatrix
from core.search.wanted import Wanted
from core.search.wish_scores import Asked, Scored

LOADING = "The encoder is still loading; these match by their words."


class SearchEngine:
    """Search with one encoder over its embeddings."""

    def __init__(
        self, catalog: Catalog, encoder: Encoder, row: EncoderRow, cache: Path,
        synonyms: Callable[[], Synonyms] = dict,
    ) -> None:  # fmt: skip
        """`synonyms`: other names of tags, in lower case, with the tags they mean."""
        self.encoder = encoder
        self.row = row
        self._catalog = catalog
        self._cache = cache
        self._synonyms = synonyms
        self._matrix: VectorMatrix | None = None
        self._load_lock = threading.Lock()
        self._texts = TextEmbeddings(encoder, row.dimension)
        self._memory = Memory()
        self._background_texts: Background | None = None
        self._background_lock = threading.Lock()

    @property
    def is_warm(self) -> bool:
        """Whether the next typed query is answered without loading anything first."""
        return self._matrix is not None and len(self._texts) > 0

    def matrix(self) -> VectorMatrix:
        """The embeddings in memory, loaded on first use."""
        with self._load_lock:
            if self._matrix is None:
                matrix = VectorMatrix(self.row.dimension)
                with self._catalog.reading() as connection:
                    count = vectors.count(connection, self.row.id)
                    matrix.load(vectors.chunks(connection, self.row), count)
                self._matrix = matrix
            return self._matrix

    def warm_up(self) -> None:
        """Load and compute what the first typed query needs: the text tower, the matrix and the background."""
        self.search(Query(calibration.background_prompts()[0], limit=1))

    def catalog_changed(self, event: CatalogChanged) -> None:
        """Bring the matrix in step with what was committed."""
        self._memory.catalog_changed(event)
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
        """Answer `query`. Raises QueryError when all it asks for is an example that cannot be used."""
        started_at = time.perf_counter()
        today = date.today()
        parsed = query_language.parse(query.text, today)
        remembered = self._memory.now()
        with self._catalog.reading() as connection:
            told = catalog_told.ask(connection, remembered, query, parsed, today, self._synonyms())
        wanted, unusable = self._wanted(query, parsed)
        is_scored = not query.is_exact_only and bool(wanted.wishes or wanted.pictures)
        ranked = self._ranked(wanted, told, query.limit) if is_scored else wish_scores.NOTHING
        with self._catalog.reading() as connection:
            hits, strong = catalog_told.hits(connection, remembered, query, parsed, told, ranked)
        count = told.members.count or told.scope_count  # filters that nothing fits do not make the library empty
        return SearchResult(
            query=query,
            encoder=self.encoder.name,
            hits=hits,
            strong_count=strong,
            elapsed_ms=(time.perf_counter() - started_at) * 1000,
            searchable_count=len(ranked.ids) if is_scored and told.members.count else count,
            scope_count=count,
            notice=LOADING if query.is_exact_only and wanted.wishes else None,
            mistakes=(*told.mistakes, *unusable),
        )

    def embed_texts(self, wanted: list[str]) -> Embedding:
        """Embeddings (n, d) of texts, kept for the next time."""
        return self._texts.of(wanted)

    def embed_example(self, example: ExamplePicture) -> Embedding:
        """The embedding (d,) of an example picture. Raises QueryError, LibraryError."""
        return example_pictures.embed(self._catalog, self.encoder, self.matrix(), example)

    def kept_texts(self, purpose: str, wanted: list[str]) -> Embedding:
        """Embeddings (n, d) of fixed texts, kept in a file of that purpose in the cache folder."""
        return background_file.load_or_make_texts(self.encoder, self._cache, purpose, wanted)

    def _wanted(self, query: Query, parsed: ParsedQuery) -> tuple[Wanted, list[str]]:
        """What is to be scored, and a sentence for each example that cannot be used."""
        pictures: list[tuple[ExamplePicture, Embedding]] = []
        unusable: list[QueryError] = []
        for example in query.examples if not query.is_exact_only else ():  # which must not wait for the encoder
            try:
                pictures.append((example, self.embed_example(example)))
            except QueryError as error:
                unusable.append(error)
        if unusable and not pictures and not (parsed.wishes or parsed.quoted or parsed.filters):
            raise unusable[0]
        return Wanted(parsed.wishes, tuple(pictures)), [error.title for error in unusable]

    def _ranked(self, wanted: Wanted, told: Told, limit: int) -> Ranked:
        """Every embedded member, scored; the best `limit` and those that hold the words are in their order."""
        texts = self.embed_texts(wanted.texts)
        matrix = self.matrix()
        if not len(matrix):
            return wish_scores.NOTHING
        background = self.background() if wanted.wishes else None
        scanned, each = np.split(texts, [len(wanted.scanned), len(wanted.scanned) + len(wanted.each)])[:2]
        queries = np.stack([*scanned, *(embedding for _, embedding in wanted.pictures)])
        ids, raw, usual = matrix.scores(queries, background, wanted.refined)
        by_chance = cache(lambda: matrix.chance(self.background()))

        def judge(text: int, z_scores: NDArray[np.float32]) -> Cut:
            return chance.cut(z_scores, texts[text], by_chance())

        asked = Asked(told.members, told.refused, told.exact.ids, limit)
        scored = Scored(
            ids, raw, usual, judge,
            sampled=lambda: matrix.sampled(each),
            exactly=lambda some: matrix.scores_of(some, texts),
        )  # fmt: skip
        return wish_scores.rank(wanted, scored, asked)

    def background(self) -> Background:
        """The embeddings of the texts that queries are judged against; computed once."""
        with self._background_lock:
            if self._background_texts is None:
                self._background_texts = background_file.load_or_make(self.encoder, self._cache)
            return self._background_texts
