"""Whether a path holds another photograph now, or an edit of the one it held. Any thread with a connection."""

from __future__ import annotations

from core.catalog import picture_hashes
from core.catalog.connection import Connection
from core.catalog.photo_files import FileRow
from core.images import perceptual_hash
from core.indexing.file_reading import ReadFile

_ZONE_STEP_S, _ZONES_S = 900, 26 * 3600
"""A photo whose camera told no time zone moves by such steps when this computer travels."""


def is_one(connection: Connection, row: FileRow, file: ReadFile) -> bool:
    """Whether a path holds another photograph, not an edit: a camera that counts from the start again.

    Both must say when they were taken, at different moments, and look quite unlike each other; whatever says less is
    an edit, because editors remove dates, turn pictures and make them black and white.
    """
    looks = picture_hashes.of_camera_photo(connection, row.photo_id)
    if looks is None or file.perceptual_hash is None or not file.is_dated:
        return False
    apart_s = abs(looks.taken_at - file.content.taken_at)
    if apart_s == 0 or (apart_s <= _ZONES_S and apart_s % _ZONE_STEP_S == 0):
        return False
    return perceptual_hash.distance(looks.perceptual, file.perceptual_hash) >= perceptual_hash.UNLIKE
