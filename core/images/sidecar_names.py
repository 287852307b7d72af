"""Which sidecar belongs to which picture: `IMG_1.jpg.xmp` (digiKam, darktable) or `IMG_1.xmp` (Lightroom). Pure.

`IMG_1.xmp` belongs to the RAW file of that name, else to the only picture of that name; with two it is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from core.images import formats

SUFFIX = ".xmp"


def is_sidecar_name(name: str) -> bool:
    """Whether a file of this name is a sidecar; hidden files are not."""
    return not name.startswith(".") and name.lower().endswith(SUFFIX)


def usual(picture: str) -> str:
    """The name that Recollect gives a sidecar that is new."""
    return picture + SUFFIX


class Beside:
    """The names in one folder, to ask for sidecars."""

    def __init__(self, names: Iterable[str]) -> None:
        self._sidecars: set[str] = set()
        self._by_stem: dict[str, list[str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """There is one more file."""
        if is_sidecar_name(name):
            self._sidecars.add(name)
        elif formats.is_picture_name(name):
            self._by_stem.setdefault(PurePath(name).stem, []).append(name)

    def sidecar_of(self, picture: str) -> str | None:
        """The name of a picture's sidecar, when it has one."""
        if not self._sidecars:
            return None
        stem = PurePath(picture).stem
        for whole in (picture, stem) if self._owns_stem(picture, stem) else (picture,):
            for suffix in (SUFFIX, ".XMP", ".Xmp"):
                if whole + suffix in self._sidecars:
                    return whole + suffix
        return None

    def _owns_stem(self, picture: str, stem: str) -> bool:
        same = self._by_stem.get(stem, [])
        raw = [one for one in same if formats.is_raw(one)]
        return (raw or same) == [picture]


def pictures_of(sidecar: str, names: Iterable[str]) -> list[str]:
    """The pictures of a folder that a sidecar may belong to."""
    whole = sidecar[: -len(SUFFIX)]
    return [one for one in names if formats.is_picture_name(one) and whole in (one, PurePath(one).stem)]


def only_of(pictures: Iterable[str], names: Iterable[str]) -> dict[str, list[str]]:
    """Of the files of one folder: the sidecars of these pictures and of no other one, with those they may belong to."""
    known, leaving = list(names), set(pictures)
    beside = Beside(known)
    sidecars = {beside.sidecar_of(picture) for picture in leaving} - {None}
    found = {one: pictures_of(one, known) for one in sidecars if one is not None}
    return {one: owners for one, owners in found.items() if leaving.issuperset(owners)}
