"""The background work behind duplicates: hash what has no hash yet, compare what was never compared.

Runs on the thread that calls it (the indexer thread, or the command line's); hashing is spread over the decoders.
What is left to do is asked of the catalog, so stopping it loses a batch at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.catalog import picture_hashes
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.picture_hashes import KnownHashes, SamePicture
from core.duplicates.near_hashes import HashIndex
from core.errors import UnreadableImage
from core.images import comparison, perceptual_hash, thumbnails
from core.jobs import JobControl

_BATCH = 256
_MOST_CANDIDATES = 64
"""Of a time-lapse each picture may look like a thousand others: only the nearest are compared pixel by pixel."""
_REMEMBERED = 96


def look(catalog: Catalog, decoders: ThreadPoolExecutor, job: JobControl) -> None:
    """Bring hashes and pairs up to date. Raises Cancelled, LibraryError."""
    _hash_all(catalog, decoders, job)
    _compare_all(catalog, job)


def _hash_all(catalog: Catalog, decoders: ThreadPoolExecutor, job: JobControl) -> None:
    with catalog.reading() as connection:
        todo = picture_hashes.lacking(connection)
    for start in range(0, len(todo), _BATCH):
        job.report(start, len(todo))
        with catalog.reading() as connection:
            jpegs = picture_hashes.thumbnails(connection, todo[start : start + _BATCH])
        hashes = dict(zip(jpegs, decoders.map(_hash_of, jpegs.values()), strict=True))

        def write(connection: Connection, changes: Changes, hashes: dict[bytes, int | None] = hashes) -> None:
            for content, perceptual in hashes.items():
                picture_hashes.put(connection, content, perceptual)

        catalog.write(write)


def _hash_of(jpeg: bytes) -> int | None:
    try:
        return perceptual_hash.of_image(thumbnails.open_thumbnail(jpeg))
    except UnreadableImage:
        return None


def _compare_all(catalog: Catalog, job: JobControl) -> None:
    with catalog.reading() as connection:
        if not picture_hashes.is_anything_to_compare(connection):
            return
        known = picture_hashes.known(connection)
    index = HashIndex(known.hashes)
    fresh = np.flatnonzero(~known.is_compared)
    opened = _Opened(catalog)
    for start in range(0, len(fresh), _BATCH):
        job.report(start, len(fresh))
        rows = fresh[start : start + _BATCH]
        found = []
        for one, other in _candidates(index, known, rows):
            job.check()
            apart = opened.difference(known.contents[one], known.contents[other])
            if apart is not None:
                found.append(SamePicture(known.contents[one], known.contents[other], apart))
        _keep(catalog, [known.contents[row] for row in rows], found)
    job.report(len(fresh), len(fresh))


def _keep(catalog: Catalog, contents: Sequence[bytes], found: Sequence[SamePicture]) -> None:
    def write(connection: Connection, changes: Changes) -> None:
        picture_hashes.put_compared(connection, contents, found)
        changes.duplicates = bool(found)

    catalog.write(write)


def _candidates(index: HashIndex, known: KnownHashes, rows: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Pairs of rows to look at, each once: of two fresh ones, the later asks."""
    asked, found, apart = index.near(known.hashes[rows])
    own = rows[asked]
    is_wanted = (found < own) | (known.is_compared[found] & (found != own))
    own, found, apart = own[is_wanted], found[is_wanted], apart[is_wanted]
    order = np.lexsort((apart, own))
    count, last = 0, -1
    for at in order:
        count = count + 1 if own[at] == last else 1
        last = int(own[at])
        if count <= _MOST_CANDIDATES:
            yield last, int(found[at])


class _Opened:
    """Thumbnails opened lately: the candidates of one picture come one after the other."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._image = lru_cache(maxsize=_REMEMBERED)(self._load)

    def difference(self, one: bytes, other: bytes) -> float | None:
        """See `comparison.difference`; None too when a thumbnail is missing or damaged."""
        first, second = self._image(one), self._image(other)
        return None if first is None or second is None else comparison.difference(first, second)

    def _load(self, content: bytes) -> Image.Image | None:
        with self._catalog.reading() as connection:
            jpeg = picture_hashes.thumbnails(connection, [content]).get(content)
        try:
            return thumbnails.open_thumbnail(jpeg) if jpeg is not None else None
        except UnreadableImage:
            return None
