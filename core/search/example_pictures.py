"""The embedding of an example picture: a photo of the library, or a file or bytes from outside. Any thread."""

from __future__ import annotations

import hashlib

from core.catalog import photos, smart_albums
from core.catalog.catalog import Catalog
from core.domain import Embedding, ExamplePicture
from core.embedding.encoder import Encoder
from core.errors import QueryError, UnreadableImage
from core.images import decoding
from core.search.vector_matrix import VectorMatrix

_CHOOSE_ANOTHER = "Choose another picture."


def embed(catalog: Catalog, encoder: Encoder, matrix: VectorMatrix, example: ExamplePicture) -> Embedding:
    """The embedding (d,) of `example`: the stored one where there is one. Raises QueryError, LibraryError."""
    if example.photo_id is not None:
        _, found = matrix.vectors_of([example.photo_id])
        if len(found):
            own: Embedding = found[0]
            return own
    if (kept := _kept_embedding(catalog, encoder, example)) is not None:
        return kept
    content, name = content_of(catalog, example)
    try:
        image = decoding.decode(content, name, encoder.input_side_px).image
    except UnreadableImage as error:
        raise QueryError("This picture cannot be searched by.", str(error), _CHOOSE_ANOTHER) from error
    outside: Embedding = encoder.encode_prepared([encoder.prepare_image(image)])[0]
    return outside


def _kept_embedding(catalog: Catalog, encoder: Encoder, example: ExamplePicture) -> Embedding | None:
    """A picture that a smart album keeps was embedded before: the image tower need not be loaded for it."""
    if example.content is None or example.region is not None:
        return None
    with catalog.reading() as connection:
        return smart_albums.embedding(connection, encoder.fingerprint, hashlib.sha256(example.content).digest())


def content_of(catalog: Catalog, example: ExamplePicture) -> tuple[bytes, str]:
    """The bytes of an example's file and its name. Raises QueryError when there is no such file."""
    if example.content is not None:
        return example.content, example.title or "picture"
    path = example.path
    if example.photo_id is not None:
        with catalog.reading() as connection:
            row = photos.file_of(connection, example.photo_id)
        path = row.path if row else None
    if path is None:
        raise QueryError("This photo is no longer in the library.", hint=_CHOOSE_ANOTHER)
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        raise QueryError(f"{path.name} cannot be opened.", error.strerror or "", _CHOOSE_ANOTHER) from error
