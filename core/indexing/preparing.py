"""What the encoder gets of a photo: its thumbnail as a rule, else what the file gives.

`prepare` runs on the decoder threads, `prepare_anew` on the one that has a batch encoded.

A thumbnail is not opened here where the encoder can open it in its own process: a thread of low priority would hold
Python's lock while the processors are busy, and the window wait for it.
"""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass, replace

from PIL import Image

from core.catalog import photo_files
from core.catalog.catalog import Catalog
from core.domain import PhotoId
from core.embedding.encoder import Encoder, PreparedImage
from core.errors import UnreadableImage
from core.images import decoding, thumbnails


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo ready for the encoder, or the reason why it cannot be."""

    photo_id: PhotoId
    content_hash: bytes | None
    image: PreparedImage | None
    failure: str | None = None


def prepare(
    catalog: Catalog, encoder: Encoder, photo_id: PhotoId, content_hash: bytes | None, jpeg: bytes | None
) -> Prepared:
    """From the thumbnail where it is large enough (a drive may be away, and it is quick), else from the file."""
    if jpeg is not None and _is_enough(jpeg, encoder.input_side_px):
        with contextlib.suppress(UnreadableImage):
            return Prepared(photo_id, content_hash, encoder.prepare_jpeg(jpeg))
    return _prepare_slowly(catalog, encoder, photo_id, content_hash, jpeg)


def prepare_anew(catalog: Catalog, encoder: Encoder, one: Prepared) -> Prepared:
    """With its thumbnail opened here, or from its file where that cannot be opened."""
    if one.image is None or one.image.ndim > 1:
        return one
    jpeg = one.image.tobytes()
    try:
        thumbnail = thumbnails.open_thumbnail(jpeg)
    except UnreadableImage:
        return _prepare_slowly(catalog, encoder, one.photo_id, one.content_hash, jpeg)
    return replace(one, image=encoder.prepare_image(thumbnail))


def _prepare_slowly(
    catalog: Catalog, encoder: Encoder, photo_id: PhotoId, content_hash: bytes | None, jpeg: bytes | None
) -> Prepared:
    """From the file, or from a thumbnail where that is all there is."""
    try:
        image = _from_file(catalog, photo_id, encoder.input_side_px)
        if image is None and jpeg is not None:
            image = thumbnails.open_thumbnail(jpeg)
    except UnreadableImage as error:
        return Prepared(photo_id, content_hash, None, str(error))
    if image is None:
        return Prepared(photo_id, content_hash, None, "The file cannot be read.")
    return Prepared(photo_id, content_hash, encoder.prepare_image(image))


def _is_enough(jpeg: bytes, side_px: int) -> bool:
    """Whether a thumbnail has the pixels that an encoder takes, or all that it could have; reads its header only."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as opened:
            return min(opened.size) >= side_px or max(opened.size) < thumbnails.ENOUGH_PX
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def _from_file(catalog: Catalog, photo_id: PhotoId, side_px: int) -> Image.Image | None:
    with catalog.reading() as connection:
        row = photo_files.file_of(connection, photo_id)
    try:
        return decoding.decode(row.path.read_bytes(), row.path.name, side_px).image if row else None
    except (OSError, UnreadableImage):
        return None
