"""A real catalog filled with made-up photos, for measuring with numbers that no folder at hand reaches."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
from PIL import Image

from core.catalog import folders, photos, thumbnails
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.events import EventBus

_CONTENTS = 1500
_NEWEST = 1_722_686_400
_APART_S = 40 * 60
_PIECE = 5_000


def fill(catalog_file: Path, count: int, root: Path) -> None:
    """Add `count` photos of a folder `root` (which need not exist), with thumbnails that cost what real ones cost.

    There are 1,500 different contents; the photos share them, as the catalog keeps thumbnails by content.
    """
    catalog = Catalog(catalog_file, EventBus())
    try:
        hashes = catalog.write(_add_thumbnails)
        for first in range(0, count, _PIECE):
            rows = range(first, min(first + _PIECE, count))
            catalog.write(lambda connection, _changes, rows=rows: _add_photos(connection, root, rows, hashes))
    finally:
        catalog.close()


def _add_thumbnails(connection: Connection, _changes: Changes) -> list[tuple[bytes, int]]:
    random = np.random.default_rng(1)
    contents = []
    for number in range(_CONTENTS):
        # Smooth noise over a gradient compresses like a photo: about 30 kB at 512 x 384.
        coarse = random.integers(0, 256, (24, 32, 3), np.uint8)
        picture = Image.fromarray(coarse).resize((512, 384), Image.Resampling.BICUBIC)
        grain = random.normal(0, 6, (384, 512, 1))
        pixels = np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)
        encoded = io.BytesIO()
        Image.fromarray(pixels).save(encoded, "JPEG", quality=82)
        content_hash = hashlib.blake2b(number.to_bytes(4, "big"), digest_size=16).digest()
        thumbnails.put(connection, content_hash, encoded.getvalue())
        red, green, blue = (int(value) for value in pixels.mean(axis=(0, 1)))
        contents.append((content_hash, red << 16 | green << 8 | blue))
    return contents


def _add_photos(connection: Connection, root: Path, rows: range, contents: list[tuple[bytes, int]]) -> None:
    known = {folder.path: folder.id for folder in folders.all_of_them(connection)}
    folder_id = known.get(root) or folders.add(connection, root)
    for row in rows:
        content_hash, color = contents[row * 7 % len(contents)]
        content = photos.PhotoContent(
            size_bytes=4_000_000,
            modified_ns=_NEWEST * 1_000_000_000,
            content_hash=content_hash,
            format="RAW" if row % 9 == 0 else "JPEG",
            width_px=4000,
            height_px=3000,
            average_color=color,
            taken_at=_NEWEST - row * _APART_S,
        )
        photos.insert(connection, folder_id, root, root / f"{row // 1000}" / f"photo-{row}.jpg", content)
