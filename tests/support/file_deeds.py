"""What people and programs do to files, for tables of cases; names are below the shelf's folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.support import pictures
from tests.support.libraries import Shelf

Deed = Callable[[Shelf], None]
"""Done to the files of a shelf."""


def rename(old: str, new: str) -> Deed:
    """Rename or move a file or a folder; over what is there."""

    def deed(shelf: Shelf) -> None:
        (shelf.root / new).parent.mkdir(exist_ok=True)
        (shelf.root / old).replace(shelf.root / new)

    return deed


def copy(old: str, new: str) -> Deed:
    """Copy a file, as another program does: with a time of its own."""
    return lambda shelf: _nothing(shutil.copyfile(shelf.root / old, shelf.root / new))


def hard_link(old: str, new: str) -> Deed:
    """A second name for the same file."""
    return lambda shelf: (shelf.root / new).hardlink_to(shelf.root / old)


def link(old: str, new: str) -> Deed:
    """A symbolic link."""
    return lambda shelf: (shelf.root / new).symlink_to(shelf.root / old)


def delete(name: str) -> Deed:
    """Delete a file."""
    return lambda shelf: (shelf.root / name).unlink()


def turn(name: str) -> Deed:
    """An editor turns a JPEG upside down and mirrors it: quite other looks, but taken when it was."""

    def deed(shelf: Shelf) -> None:
        with Image.open(shelf.root / name) as opened:
            opened.load()
        turned = opened.transpose(Image.Transpose.ROTATE_180)
        turned.save(shelf.root / name, "JPEG", exif=opened.info["exif"])

    return deed


def edit(name: str, colour: str = "red") -> Deed:
    """Give a file a content that nobody has seen before, as an editor does that writes into the file."""
    return lambda shelf: _nothing(shelf.picture(name, colour, seed=f"edited {name}"))


def shoot(name: str, seed: int, moment: str) -> Deed:
    """A camera writes a photo: it says when it was taken, and looks like no other."""

    def deed(shelf: Shelf) -> None:
        exif = pictures.make_exif(main={0x0110: "Camera 7"}, taken_at=moment)
        picture = pictures.photo_like((240, 160), seed)
        (shelf.root / name).write_bytes(pictures.encoded(picture, "JPEG", exif=exif))

    return deed


def touch(name: str) -> Deed:
    """Another time, the same content."""
    return lambda shelf: os.utime(shelf.root / name, (1, 1))


def nothing(_shelf: Shelf) -> None:
    """Nothing happens."""


def swap(one: str, other: str) -> Deed:
    """Two files take each other's name."""
    return in_turn(rename(one, "aside.tmp"), rename(other, one), rename("aside.tmp", other))


def in_turn(*deeds: Deed) -> Deed:
    """One after the other."""

    def deed(shelf: Shelf) -> None:
        for one in deeds:
            one(shelf)

    return deed


def _nothing(_result: Path) -> None:
    return None
