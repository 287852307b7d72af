"""Which sidecar belongs to which picture: `IMG_1.jpg.xmp` (digiKam, darktable) or `IMG_1.xmp` (Lightroom). Pure.

`IMG_1.xmp` belongs to the RAW file where there is one, else to every picture of that name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import PurePath

from core.images import formats

SUFFIX = ".xmp"


def is_sidecar_name(name: str) -> bool:
    """Whether a file of this name is a sidecar; hidden files are not."""
    return not name.startswith(".") and name.lower().endswith(SUFFIX)


def usual(picture: str) -> str:
    """The name that Recollect gives a sidecar that is new."""
    return picture + SUFFIX


def of_picture(picture: str, sidecars: Collection[str], pictures: Iterable[str]) -> str | None:
    """Of the sidecars in a picture's folder, its own; `pictures` are the other names in the folder."""
    if not sidecars:
        return None
    for wanted in (picture, PurePath(picture).stem):
        if wanted is not picture and not _may_share(picture, pictures):
            return None
        for suffix in (SUFFIX, ".XMP", ".Xmp"):
            if wanted + suffix in sidecars:
                return wanted + suffix
    return None


def pictures_of(sidecar: str, names: Iterable[str]) -> list[str]:
    """The pictures of a folder that a sidecar may belong to."""
    whole = sidecar[: -len(SUFFIX)]
    return [one for one in names if formats.is_picture_name(one) and whole in (one, PurePath(one).stem)]


def _may_share(picture: str, pictures: Iterable[str]) -> bool:
    """Whether `IMG_1.xmp` can be about this picture."""
    if formats.is_raw(picture):
        return True
    stem = PurePath(picture).stem
    return not any(formats.is_raw(one) and PurePath(one).stem == stem for one in pictures)
