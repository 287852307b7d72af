"""A real catalog with any number of made-up photos: rows, thumbnails and random embeddings of the starter's shape.

    python -m tests.benchmarks.synthetic_library HOME --photos 1000000

makes one, described, that benchmarks with `--home HOME` use again; a smaller one there grows.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random as chances
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from core import places
from core.catalog import folders, photo_files, photos, texts, thumbnails, vectors
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.photo_files import PhotoContent
from core.domain import Embedding, PhotoId, Scope
from core.embedding import starter
from core.events import EventBus
from core.places import Places

_CHUNK = 5000
_DISTINCT_THUMBNAILS = 400
_NEWEST = 1_750_000_000
_SPACING_S = 4000
_WORDS = ("dog", "beach", "snow", "family", "party", "car", "mountain", "sunset", "bridge", "garden", "music", "train")


def build(catalog_path: Path, photo_folder: Path, count: int, dimension: int | None = None, seed: int = 0) -> None:
    """Write `count` photos with thumbnails and embeddings (none if `dimension` is 0); the files do not exist.

    A library that was begun before is continued.
    """
    random = np.random.default_rng(seed)
    jpegs = [_thumbnail(random) for _ in range(min(_DISTINCT_THUMBNAILS, count))]
    catalog = Catalog(catalog_path, EventBus())
    dimension = starter.SPEC.dimension if dimension is None else dimension
    try:
        for start in range(_size(catalog), count, _CHUNK):
            size = min(_CHUNK, count - start)
            numbers = np.random.default_rng([seed, start])
            embeddings = _unit(numbers.standard_normal((size, dimension), dtype=np.float32))

            def write(
                connection: Connection, changes: Changes, start: int = start, embeddings: Embedding = embeddings
            ) -> None:
                _write_chunk(connection, photo_folder, start, embeddings, jpegs)

            catalog.write(write)
    finally:
        catalog.close()


def describe(catalog_path: Path, first: int, count: int) -> None:
    """Captions for half of the photos from number `first` to `count`, ratings and cameras."""
    catalog = Catalog(catalog_path, EventBus())
    try:
        for start in range(first + 1, count + 1, 10_000):
            catalog.write(partial(_describe_some, ids=range(start, min(start + 10_000, count + 1))))
    finally:
        catalog.close()


@contextmanager
def at(home: Path | None, count: int) -> Iterator[Places]:
    """Places whose catalog holds `count` described photos: in `home`, which is kept, or in a folder that is not."""
    with TemporaryDirectory() as folder:
        os.environ["RECOLLECT_HOME"] = str(home or folder)
        own = places.places()
        photo_folder = (home or Path(folder)) / "photos"
        photo_folder.mkdir(parents=True, exist_ok=True)
        catalog = Catalog(own.catalog, EventBus())
        there = _size(catalog)
        catalog.close()
        if there < count:
            build(own.catalog, photo_folder, count)
            describe(own.catalog, there, count)
        yield own


def _size(catalog: Catalog) -> int:
    with catalog.reading() as connection:
        return photos.count(connection, Scope())


def _describe_some(connection: Connection, changes: Changes, ids: range) -> None:
    chosen = chances.Random(ids.start)
    connection.executemany(
        "UPDATE photos SET caption = ?, rating = ?, camera = ? WHERE id = ?",
        [
            (
                f"{' '.join(chosen.sample(_WORDS, 2))} {one % 100}" if one % 2 else None,
                chosen.randrange(6),
                chosen.choice(("Canon EOS 80D", "NIKON D750", None)),
                one,
            )
            for one in ids
        ],
    )
    texts.refresh(connection, [PhotoId(one) for one in ids])


def copy_or_build(kept: Path | None, catalog_path: Path, photo_folder: Path, count: int) -> None:
    """Like `build`, from a copy in the folder `kept` where one was made before; one is made where there is none."""
    if kept is None:
        build(catalog_path, photo_folder, count)
        return
    own = kept / f"{count} photos"
    if not own.exists():
        own.mkdir(parents=True)
        build(own / "library.sqlite", photo_folder, count)
    catalog_path.parent.mkdir(parents=True, exist_ok=True)
    for file in own.iterdir():
        shutil.copy(file, catalog_path.with_name(file.name.replace("library.sqlite", catalog_path.name)))


def _write_chunk(
    connection: Connection, folder: Path, start: int, embeddings: Embedding, jpegs: list[tuple[bytes, int]]
) -> None:
    folder_id = folders.add(connection, folder)
    ids: list[PhotoId] = []
    for number in range(start, start + len(embeddings)):
        jpeg, colour = jpegs[number % len(jpegs)]
        content = PhotoContent(
            size_bytes=3_000_000,
            modified_ns=(_NEWEST - number * _SPACING_S) * 1_000_000_000,
            content_hash=hashlib.blake2b(jpeg, digest_size=16).digest(),
            format="JPEG",
            width_px=4000,
            height_px=3000,
            average_color=colour,
            taken_at=_NEWEST - number * _SPACING_S,
        )
        thumbnails.put(connection, content.content_hash, jpeg)
        ids.append(photo_files.insert(connection, folder_id, folder, folder / f"IMG_{number:06}.jpg", content))
    if embeddings.shape[1]:
        row = vectors.ensure_encoder(connection, starter.NAME, starter.fingerprint(), embeddings.shape[1])
        # Not `vectors.put`: many of these photos share a thumbnail, so they would share an embedding.
        connection.executemany(
            f"INSERT INTO embeddings_{row.id} (rowid, embedding) VALUES (?, ?)",
            [(one, vector.tobytes()) for one, vector in zip(ids, embeddings, strict=True)],
        )
        connection.executemany(
            "INSERT INTO embedded (encoder_id, photo_id) VALUES (?, ?)", [(row.id, one) for one in ids]
        )


def _thumbnail(random: np.random.Generator) -> tuple[bytes, int]:
    """A noisy gradient of 512 x 384 px, about as large in bytes as a photo's thumbnail, and its colour."""
    corners = random.integers(0, 255, (3, 4, 3), dtype=np.uint8)
    image = Image.fromarray(corners).resize((512, 384), Image.Resampling.BICUBIC)
    noise = random.integers(0, 24, (384, 512, 3), dtype=np.uint8)
    noisy = Image.fromarray(np.clip(np.asarray(image).astype(np.int16) + noise, 0, 255).astype(np.uint8))
    target = io.BytesIO()
    noisy.save(target, "JPEG", quality=80)
    red, green, blue = (int(part) for part in np.asarray(noisy).reshape(-1, 3).mean(axis=0))
    return target.getvalue(), red << 16 | green << 8 | blue


def _unit(vectors: Embedding) -> Embedding:
    unit: Embedding = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path, metavar="HOME")
    parser.add_argument("--photos", type=int, default=1_000_000)
    given = parser.parse_args()
    with at(given.home, given.photos):
        pass
