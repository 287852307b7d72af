"""Whatever happens to the files, the catalog shows exactly what is on disk, and no photo wears another one's tags."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.indexing import file_reading
from tests.support.libraries import Shelf, picture_bytes

NAMES = ("a.png", "b.png", "c.png", "sub/a.png", "sub/d.png", "../second/a.png", "../second/e.png")
OPERATIONS = st.one_of(
    st.tuples(st.just("new"), st.sampled_from(NAMES)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES)),
    st.tuples(st.just("touch"), st.sampled_from(NAMES)),
    st.tuples(st.sampled_from(["move", "copy", "swap"]), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.just(("scan",)),
    st.just(("scan",)),
    st.just(("reopen",)),
)


class Disk:
    """Carries out operations; every write has a modification time of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = itertools.count(1)

    def stamp(self, path: Path) -> None:
        moment = next(self.clock) * 10**9
        os.utime(path, ns=(moment, moment))

    def apply(self, operation: tuple[str, ...]) -> None:
        kind, paths = operation[0], [self.root / name for name in operation[1:]]
        if kind == "new":
            paths[0].write_bytes(picture_bytes("red", seed=next(self.clock)))
            self.stamp(paths[0])
        elif not all(path.exists() for path in paths[: 2 if kind == "swap" else 1]):
            return
        elif kind == "delete":
            paths[0].unlink()
        elif kind == "touch":
            self.stamp(paths[0])
        elif kind == "move":
            paths[0].replace(paths[1])
        elif kind == "copy" and paths[0] != paths[1]:
            shutil.copyfile(paths[0], paths[1])
            self.stamp(paths[1])
        elif kind == "swap":
            aside = self.root / "aside"
            paths[0].replace(aside)
            paths[1].replace(paths[0]) if paths[0] != paths[1] else None
            aside.replace(paths[1])

    def contents(self) -> dict[Path, str]:
        """What is on disk: real path to content, as hex."""
        files = [path for folder in (self.root, self.root.parent / "second") for path in folder.rglob("*.png")]
        return {path: file_reading.content_hash(path.read_bytes()).hex() for path in files}


def check(shelf: Shelf, disk: Disk, known: set[str]) -> None:
    """Compare catalog and disk; tag what is new with its content."""
    contents = disk.contents()
    rows = {Path(os.path.abspath(photo.path)): photo.id for photo in shelf.all_photos()}  # noqa: PTH100
    assert sorted(rows) == sorted(contents)
    assert shelf.library.status().embedded == len(contents)
    for path, content in contents.items():
        words = {tag.name for tag in shelf.library.details(rows[path]).tags}
        if content in known:
            assert words == {content}, path
            continue
        for word in words:  # an edit in place keeps its tags: allowed for a content nobody has seen before
            shelf.library.remove_tag(word, [rows[path]])
        shelf.library.add_tag(content, [rows[path]])
    known.update(contents.values())


@settings(max_examples=50, deadline=None)
@given(st.lists(OPERATIONS, min_size=3, max_size=25))
def test_the_catalog_shows_what_is_on_disk(operations: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECOLLECT_HOME", str(Path(folder) / "home"))
        shelf = Shelf(Path(folder) / "photos")
        (shelf.root / "sub").mkdir()
        second = shelf.root.parent / "second"
        second.mkdir()
        for watched in (shelf.root, second):
            (watched / "notes.txt").write_text("An empty folder would look like a drive that is away.")
            shelf.library.add_folder(watched)
        disk = Disk(shelf.root)
        known: set[str] = set()
        try:
            for operation in [*operations, ("scan",)]:
                if operation[0] == "scan":
                    shelf.scan()
                    check(shelf, disk, known)
                elif operation[0] == "reopen":
                    shelf.reopen()
                else:
                    disk.apply(operation)
        finally:
            shelf.library.close()
