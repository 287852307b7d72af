"""What the encoder gets of a photo whose thumbnail is damaged, or was never large enough."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core import places
from core.catalog.catalog import Changes
from core.catalog.connection import Connection
from core.domain import PhotoId
from core.library import Library

_NAMES = ("cut.jpg", "rubbish.jpg", "lost.jpg", "well.jpg")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    noise = np.random.default_rng(1).integers(0, 256, (len(_NAMES), 600, 800, 3), dtype=np.uint8)
    for name, pixels in zip(_NAMES, noise, strict=True):
        Image.fromarray(pixels).save(folder / name, quality=60)
    return folder


def _damage(library: Library, photo_id: PhotoId, jpeg: bytes) -> None:
    def write(connection: Connection, _: Changes) -> None:
        connection.execute(
            "UPDATE thumbs.thumbnails SET jpeg = ? WHERE content_hash = (SELECT content_hash FROM photos WHERE id = ?)",
            (jpeg, photo_id),
        )

    library._catalog.written(library._catalog.submit(write))


def test_a_damaged_thumbnail_costs_its_photo_nothing_while_the_file_is_there(home: Path, photos: Path) -> None:
    with Library(places.places()) as library:
        folder = library.add_folder(photos)
        library.scan_until_done([folder.id])
        ids = [PhotoId(int(one)) for one in library.listing().ids]
        at = {one.name: one.id for one in library.photos(ids)}
        whole = library.thumbnails(ids)
        _damage(library, at["cut.jpg"], whole[at["cut.jpg"]][:5000])
        _damage(library, at["rubbish.jpg"], b"no picture at all")
        _damage(library, at["lost.jpg"], whole[at["lost.jpg"]][:5000])
        (photos / "lost.jpg").unlink()

        library._work.embed()

        assert library.status().embedded == 3
        with library._catalog.reading() as connection:
            failed = list(connection.execute("SELECT photo_id, failure FROM embedded WHERE failure IS NOT NULL"))
        assert failed == [(at["lost.jpg"], "The stored thumbnail is damaged.")]
