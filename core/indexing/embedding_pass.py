"""One pass over the photos that lack an embedding: prepare ahead on threads, encode in batches, write behind.

Runs on the thread that calls it (the indexer thread, or the command line's).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

import numpy as np

from core.catalog import photo_files, photos, thumbnails, vectors
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.vectors import EncoderRow
from core.domain import Embedding, PhotoId, Scope
from core.embedding.encoder import Encoder
from core.errors import UnreadableImage
from core.indexing import preparing
from core.indexing.pace import Pace
from core.indexing.preparing import Prepared
from core.jobs import JobControl

_CHUNK = 64
_WRITES_BEHIND = 2
TRIAL_S = 5.0
_TRIAL_PHOTOS = 4096
_LEAST_TRIAL = 16
_WARM_UP_BATCHES = 2


class Todo:
    """Photos to embed, in order, except that those being looked at come first."""

    def __init__(self, ids: Sequence[PhotoId], looked_at: Callable[[], Sequence[PhotoId]] = tuple) -> None:
        self._ids = iter(ids)
        self._left = set(ids)
        self._looked_at = looked_at

    def next(self, count: int) -> list[PhotoId]:
        """The next ones, each once; fewer than `count` only at the end."""
        chosen = [one for one in dict.fromkeys(self._looked_at()) if one in self._left][:count]
        self._left.difference_update(chosen)
        while len(chosen) < count and (one := next(self._ids, None)) is not None:
            if one in self._left:
                self._left.remove(one)
                chosen.append(one)
        return chosen


def embed_all(
    catalog: Catalog,
    encoder: Encoder,
    row: EncoderRow,
    decoders: ThreadPoolExecutor,
    job: JobControl,
    pace: Pace | None = None,
    looked_at: Callable[[], Sequence[PhotoId]] = tuple,
) -> int:
    """Embed every photo that lacks an embedding of `encoder`, newest first; returns how many were embedded.

    Photos that are looked at come before the others. `pace` None: as fast as it goes.

    Stopping it (Cancelled) loses at most the batch that is being encoded.
    """
    with catalog.reading() as connection:
        todo = [PhotoId(int(one)) for one in vectors.lacking(connection, row.id)]
        already = vectors.count(connection, row.id)
    if not todo:
        return 0
    total = already + len(todo)
    job.report(already, total)
    size = encoder.batch_size()
    writes: deque[Future[None]] = deque()
    done = 0
    try:
        ahead = max(2 * size, _CHUNK)
        for batch in _batches(_prepared(catalog, encoder, Todo(todo, looked_at), decoders, ahead), size):
            started_at = time.monotonic()
            encoded, embeddings = _encoded(catalog, encoder, batch)

            def write(
                connection: Connection,
                changes: Changes,
                batch: Sequence[Prepared] = encoded,
                embeddings: Embedding | None = embeddings,
            ) -> None:
                _keep(connection, changes, row, batch, embeddings)

            writes.append(catalog.submit(write))
            if len(writes) > _WRITES_BEHIND:
                catalog.written(writes.popleft())
            done += len(batch)
            job.report(already + done, total)
            if pace is not None:
                job.rest(pace.rest_s(time.monotonic() - started_at))
    finally:
        while writes:
            catalog.written(writes.popleft())
    return done


def measure(
    catalog: Catalog,
    encoder: Encoder,
    decoders: ThreadPoolExecutor,
    seconds: float = TRIAL_S,
    clock: Callable[[], float] = time.perf_counter,
) -> float | None:
    """Photos a second that `embed_all` will reach on this library; nothing is kept. None: too few photos for a trial.

    Photos drawn at random go the whole way but the last (thumbnail, preparation, encoding); the first batches, which
    load the weights and fill the queue, do not count.
    """
    with catalog.reading() as connection:
        every = photos.ids_in(connection, Scope()).tolist()
    drawn = np.random.default_rng(0).permutation(len(every))[:_TRIAL_PHOTOS]
    sample = [PhotoId(every[at]) for at in drawn.tolist()]
    size = encoder.batch_size()
    prepared = _prepared(catalog, encoder, Todo(sample), decoders, max(2 * size, _CHUNK))
    done, started_at = 0, None
    for number, batch in enumerate(_batches(prepared, size)):
        _encoded(catalog, encoder, batch)
        if number < _WARM_UP_BATCHES:
            started_at = clock()
            continue
        done += len(batch)
        if started_at is not None and clock() - started_at >= seconds:
            break
    prepared.close()
    return done / (clock() - started_at) if started_at is not None and done >= _LEAST_TRIAL else None


def _keep(
    connection: Connection, changes: Changes, row: EncoderRow, batch: Sequence[Prepared], embeddings: Embedding | None
) -> None:
    """Write a batch; photos that got new content since they were decoded stay on the to-do list."""
    current = photo_files.content_hashes(connection, [one.photo_id for one in batch])
    encoded = [one for one in batch if one.image is not None]
    kept = [at for at, one in enumerate(encoded) if current.get(one.photo_id) == one.content_hash]
    if embeddings is not None and kept:
        ids = [encoded[at].photo_id for at in kept]
        changes.embedded.update(vectors.put(connection, row.id, ids, embeddings[kept]))
    for one in batch:
        if one.failure is not None and current.get(one.photo_id) == one.content_hash:
            vectors.put_failure(connection, row.id, one.photo_id, one.failure)


def _prepared(
    catalog: Catalog, encoder: Encoder, todo: Todo, decoders: ThreadPoolExecutor, ahead: int
) -> Generator[Prepared]:
    """Photos in order, prepared on the decoder threads, at most about `ahead` of the consumer."""
    pending: deque[Future[Prepared]] = deque()
    try:
        while True:
            while len(pending) < ahead and (chunk := todo.next(_CHUNK)):
                with catalog.reading() as connection:
                    jpegs = thumbnails.load(connection, chunk)
                    contents = photo_files.content_hashes(connection, chunk)
                pending.extend(
                    decoders.submit(preparing.prepare, catalog, encoder, one, contents.get(one), jpegs.get(one))
                    for one in chunk
                )
            if not pending:
                return
            yield pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()


def _encoded(catalog: Catalog, encoder: Encoder, batch: list[Prepared]) -> tuple[list[Prepared], Embedding | None]:
    """A batch as it was encoded, with its embeddings (n, d), without those that could not be prepared."""
    try:
        return batch, _embeddings(encoder, batch)
    except UnreadableImage:  # one of them has a damaged thumbnail, which the encoder was the first to open
        batch = [preparing.prepare_anew(catalog, encoder, one) for one in batch]
        return batch, _embeddings(encoder, batch)


def _embeddings(encoder: Encoder, batch: Sequence[Prepared]) -> Embedding | None:
    images = [one.image for one in batch if one.image is not None]
    return encoder.encode_prepared(images) if images else None


def _batches(source: Iterator[Prepared], size: int) -> Iterator[list[Prepared]]:
    while batch := list(islice(source, size)):
        yield batch
