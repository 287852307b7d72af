"""An example picture, or a part of it, as pixels and as an embedding: a photo of the library, or one from outside.

Any thread.
"""

from __future__ import annotations

import hashlib
import io
import math

from PIL import Image

from core.catalog import photo_files, smart_albums, thumbnails
from core.catalog.catalog import Catalog
from core.domain import Embedding, ExamplePicture, PhotoId, Region
from core.embedding.encoder import Encoder
from core.errors import QueryError, UnreadableImage
from core.images import decoding
from core.search.vector_matrix import VectorMatrix

LEAST_SIDE_PX = 48
"""A smaller part is widened to this: an encoder sees only blur in less."""
LONGEST_RATIO = 2.0
"""A part longer than this is widened too: encoders take squares, and would squash or cut it."""
_CHOOSE_ANOTHER = "Choose another picture."


def embed(catalog: Catalog, encoder: Encoder, matrix: VectorMatrix, example: ExamplePicture) -> Embedding:
    """The embedding (d,) of `example`: the stored one where there is one. Raises QueryError, LibraryError."""
    if example.photo_id is not None and example.region is None and example.content is None:
        _, found = matrix.vectors_of([example.photo_id])
        if len(found):
            own: Embedding = found[0]
            return own
    if (kept := _kept_embedding(catalog, encoder, example)) is not None:
        return kept
    image = open_image(catalog, example, encoder.input_side_px)
    outside: Embedding = encoder.encode_prepared([encoder.prepare_image(image)])[0]
    return outside


def _kept_embedding(catalog: Catalog, encoder: Encoder, example: ExamplePicture) -> Embedding | None:
    """A picture that a smart album keeps was embedded before: the image tower need not be loaded for it."""
    if example.content is None or example.region is not None:
        return None
    with catalog.reading() as connection:
        return smart_albums.embedding(connection, encoder.fingerprint, hashlib.sha256(example.content).digest())


def open_image(catalog: Catalog, example: ExamplePicture, shorter_side_px: int) -> Image.Image:
    """The upright RGB picture, or its region with the context it needs.

    The shorter side of the picture or region is at least `shorter_side_px` where the file allows that. While the file
    of a photo is away its thumbnail serves. Raises QueryError.
    """
    region = example.region
    share = min(region.right - region.left, region.bottom - region.top) if region else 1.0
    try:
        # Never so reduced that a part looks tiny which is not.
        image = _decoded(catalog, example, math.ceil(max(shorter_side_px, LEAST_SIDE_PX) / share))
    except QueryError:
        thumbnail = _thumbnail(catalog, example.photo_id)
        if thumbnail is None:
            raise
        image = thumbnail
    return image.crop(box_px(region, image.width, image.height)) if region else image


def box_px(region: Region, width_px: int, height_px: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a region of a picture in pixels, with context around it where it is tiny or thin."""
    across, down = (region.right - region.left) * width_px, (region.bottom - region.top) * height_px
    wider, higher = max(across, LEAST_SIDE_PX, down / LONGEST_RATIO), max(down, LEAST_SIDE_PX, across / LONGEST_RATIO)
    left, right = _stretch((region.left + region.right) / 2 * width_px, wider, width_px)
    top, bottom = _stretch((region.top + region.bottom) / 2 * height_px, higher, height_px)
    return left, top, right, bottom


def _stretch(middle: float, length: float, whole: int) -> tuple[int, int]:
    """A stretch of a side, at least one pixel long and inside of it."""
    size = min(max(1, round(length)), whole)
    start = min(max(0, round(middle - length / 2)), whole - size)
    return start, start + size


def _decoded(catalog: Catalog, example: ExamplePicture, shorter_side_px: int) -> Image.Image:
    content, name = content_of(catalog, example)
    try:
        return decoding.decode(content, name, shorter_side_px).image
    except UnreadableImage as error:
        raise QueryError(f"{name} cannot be searched by.", str(error), _CHOOSE_ANOTHER) from error


def _thumbnail(catalog: Catalog, photo_id: PhotoId | None) -> Image.Image | None:
    if photo_id is None:
        return None
    with catalog.reading() as connection:
        jpeg = thumbnails.load(connection, [photo_id]).get(photo_id)
    return Image.open(io.BytesIO(jpeg)).convert("RGB") if jpeg else None


def content_of(catalog: Catalog, example: ExamplePicture) -> tuple[bytes, str]:
    """The bytes of an example's file and its name. Raises QueryError when there is no such file."""
    if example.content is not None:
        return example.content, example.title or "picture"
    path = example.path
    if example.photo_id is not None:
        with catalog.reading() as connection:
            row = photo_files.file_of(connection, example.photo_id)
        path = row.path if row else None
    if path is None:
        raise QueryError("This photo is no longer in the library.", hint=_CHOOSE_ANOTHER)
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        reason = f"{error.strerror}." if error.strerror else ""
        raise QueryError(f"{path.name} cannot be opened.", reason, _CHOOSE_ANOTHER) from error
