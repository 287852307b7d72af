"""What a process does that is going to be killed: one kind of work after another, each result noted when it is certain.

A note is written after the library's call returned, so everything noted must be there after the kill.
"""

from __future__ import annotations

import itertools
import os
import random
from multiprocessing.connection import Connection
from pathlib import Path

from core.domain import Scope, Suggestion
from tests.support.libraries import Shelf, add_picture

COLOURS = ("red", "green", "blue", "white")


def live(work: str, home: str, photos: str, seed: int, ready: Connection) -> None:
    """Do one kind of `work` until killed. Runs in a process of its own."""
    os.environ["RECOLLECT_HOME"] = home
    shelf = Shelf(Path(photos))
    journal = Journal(Path(home) / "journal")
    ready.send("ready")
    choose = random.Random(seed)
    for number in itertools.count():
        _WORKS[work](shelf, journal, choose, number)


class Journal:
    """Facts that were certain, a line each."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, kind: str, name: str, subject: str) -> None:
        """Write a fact down; a kill after this call cannot lose it."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{kind}\t{name}\t{subject}\n")

    def facts(self) -> set[tuple[str, str, str]]:
        """Everything noted; a line that the kill cut short is no fact."""
        if not self._path.exists():
            return set()
        lines = self._path.read_text(encoding="utf-8").splitlines(keepends=True)
        parts = [line.rstrip("\n").split("\t") for line in lines if line.endswith("\n")]
        return {(one[0], one[1], one[2]) for one in parts if len(one) == 3}


def _index(shelf: Shelf, journal: Journal, choose: random.Random, number: int) -> None:
    for _ in range(6):
        name = f"{choose.getrandbits(40):010x}.png"
        half = add_picture(shelf.root / choose.choice(("a", "b")) / f"{name}.part", choose.choice(COLOURS), name)
        half.rename(half.with_suffix(""))  # a file that the kill cut short would be no photo
    shelf.scan()


def _tag(shelf: Shelf, journal: Journal, choose: random.Random, number: int) -> None:
    photo = choose.choice(shelf.all_photos())
    name = f"tag {choose.randrange(6)}"
    match number % 3:
        case 0:
            shelf.library.add_tag(name, [photo.id])
            journal.note("tag", name, photo.name)
        case 1:
            shelf.library.create_album(album := f"album {choose.getrandbits(40):x}", [photo.id])
            journal.note("album", album, photo.name)
        case _:
            run = shelf.library.suggest_tags(Scope())
            shelf.library.accept_suggestions(run.id, [Suggestion(photo.id, name, 0.9)])
            journal.note("tag", name, photo.name)


def _sidecars(shelf: Shelf, journal: Journal, choose: random.Random, number: int) -> None:
    photo = choose.choice(shelf.all_photos())
    name = f"said {choose.randrange(6)}"
    shelf.library.add_tag(name, [photo.id])
    journal.note("tag", name, photo.name)
    shelf.library.write_sidecars([photo.id])


def _move(shelf: Shelf, journal: Journal, choose: random.Random, number: int) -> None:
    files = sorted(shelf.root.rglob("*.png"))
    for path in choose.sample(files, min(3, len(files))):
        other = shelf.root / choose.choice(("a", "b", "c")) / path.name
        other.parent.mkdir(exist_ok=True)
        path.rename(other)
    shelf.scan()


def _switch(shelf: Shelf, journal: Journal, choose: random.Random, number: int) -> None:
    settings = shelf.library.settings
    shelf.library.use_encoder("colours-2" if settings.encoder == "colours" else "colours")
    shelf.scan()


def _migrate(shelf: Shelf, journal: Journal, choose: random.Random, number: int) -> None:
    shelf.library.close()
    shelf.open()


_WORKS = {"index": _index, "tag": _tag, "sidecars": _sidecars, "move": _move, "switch": _switch, "migrate": _migrate}
