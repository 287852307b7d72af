"""Photos in memory for tests of item models and views: rows and thumbnails like a library's, without files."""

from __future__ import annotations

import io
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from core.domain import Listing, Photo, PhotoId

DAY_S = 24 * 3600
NOON = 1_722_686_400  # 3 August 2024, 12:00 UTC


def photo(photo_id: int, **changes: object) -> Photo:
    """A plain JPEG photo taken `photo_id` days before 3 August 2024."""
    values: dict[str, object] = {
        "id": PhotoId(photo_id),
        "name": f"photo-{photo_id}.jpg",
        "path": Path("/photos").absolute() / f"photo-{photo_id}.jpg",
        "taken_at": NOON - photo_id * DAY_S,
        "width_px": 600,
        "height_px": 400,
        "format": "JPEG",
        "average_color": color(photo_id),
        "rating": 0,
        "is_favourite": False,
        "is_offline": False,
        "is_unreadable": False,
    }
    return Photo(**(values | changes))  # type: ignore[arg-type]


def color(photo_id: int) -> int:
    """0xRRGGBB, different for neighbours."""
    return (photo_id * 0x9E3779) & 0xFFFFFF


def listing(ids: Sequence[int]) -> Listing:
    """The listing of these photos, in this order."""
    rows = [photo(one) for one in ids]
    return Listing(
        np.array(ids, np.int64),
        np.array([row.taken_at for row in rows], np.int64),
        np.array([row.average_color for row in rows], np.uint32),
    )


def jpeg(photo_id: int, width_px: int = 512, height_px: int = 341) -> bytes:
    """A thumbnail in the photo's colour."""
    number = color(photo_id)
    content = io.BytesIO()
    rgb = (number >> 16, number >> 8 & 255, number & 255)
    Image.new("RGB", (width_px, height_px), rgb).save(content, "JPEG", quality=90)
    return content.getvalue()


class PhotoShelf:
    """Answers like a library for any id; remembers what it was asked for. `gate` holds answers back while cleared."""

    def __init__(self) -> None:
        self.special: dict[int, Photo] = {}
        self.missing: set[int] = set()
        self.pictures: dict[int, bytes] = {}
        self.asked_rows: list[list[int]] = []
        self.asked_thumbnails: list[list[int]] = []
        self.gate = threading.Event()
        self.gate.set()

    def photos(self, ids: Sequence[PhotoId]) -> list[Photo]:
        """See `Library.photos`."""
        self.asked_rows.append([int(one) for one in ids])
        self.gate.wait(30)
        return [self.special.get(one) or photo(one) for one in ids if one not in self.missing]

    def thumbnails(self, ids: Sequence[PhotoId]) -> Mapping[PhotoId, bytes]:
        """See `Library.thumbnails`."""
        self.asked_thumbnails.append([int(one) for one in ids])
        self.gate.wait(30)
        return {one: self.pictures.get(one) or jpeg(one) for one in ids if one not in self.missing}
