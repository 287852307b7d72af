"""The sidecars that go to the trash with their photos. Looks into the folders; any thread."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from core.images import sidecar_names


def of_photos(pictures: Iterable[Path]) -> dict[Path, list[Path]]:
    """The sidecars that belong to these pictures and to no other one, each with its pictures.

    `IMG_1.xmp` beside `IMG_1.cr2` and `IMG_1.jpg` goes only when both do. Folders that cannot be listed have none.
    """
    by_folder: dict[Path, list[str]] = {}
    for picture in pictures:
        by_folder.setdefault(picture.parent, []).append(picture.name)
    found: dict[Path, list[Path]] = {}
    for folder, names in by_folder.items():
        try:
            listed = os.listdir(folder)  # noqa: PTH208  (Path.iterdir makes a Path of each)
        except OSError:
            continue
        for sidecar, owners in sidecar_names.only_of(names, listed).items():
            found[folder / sidecar] = [folder / one for one in owners]
    return found
