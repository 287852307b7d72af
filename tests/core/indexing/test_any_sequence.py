"""Whatever happens to the files, the catalog shows exactly what is on disk, and no photo wears another one's tags.

A state machine of deeds, looks and restarts against a plain model: which content has which tags.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from core.domain import PhotoId, ScanReport
from core.indexing import file_reading
from tests.support.libraries import Shelf, picture_bytes

NAMES = ("a.png", "A.png", "b.png", "sub/a.png", "sub/d.png", "../second/a.png", "../second/e.png")
FOLDERS = ("sub", "trip", "../second/sub")
a_name = st.sampled_from(NAMES)
a_folder = st.sampled_from(FOLDERS)


class AnyDay(RuleBasedStateMachine):
    """Files in two watched folders; every content is tagged by itself when it is seen for the first time."""

    def __init__(self) -> None:
        super().__init__()
        self._patch = pytest.MonkeyPatch()
        self._home = tempfile.TemporaryDirectory()
        self._patch.setenv("RECOLLECT_HOME", str(Path(self._home.name) / "home"))
        self.shelf = Shelf(Path(self._home.name) / "photos")
        self.root = self.shelf.root
        self.clock = itertools.count(1)
        self.tags: dict[str, set[str]] = {}
        """The model: content to tags."""
        self.worn: dict[Path, set[str]] = {}
        """What each path's photo had when Recollect looked last."""

    def teardown(self) -> None:
        self.shelf.library.close()
        self._patch.undo()
        self._home.cleanup()

    @initialize()
    def watch(self) -> None:
        for folder in (self.root, self.root.parent / "second"):
            (folder / "sub").mkdir(parents=True)
            (folder / "notes.txt").write_text("An empty folder would look like a drive that is away.")
            self.shelf.library.add_folder(folder)

    # -- what people do to files -----------------------------------------------------------------------------------

    @rule(name=a_name)
    def new_or_edited(self, name: str) -> None:
        if (self.root / name).parent.is_dir():
            self._path(name).write_bytes(picture_bytes("red", seed=next(self.clock)))
            self._stamp(name)

    @rule(name=a_name)
    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    @rule(name=a_name)
    def touch(self, name: str) -> None:
        if self._path(name).exists():
            self._stamp(name)

    @rule(one=a_name, other=a_name)
    def move(self, one: str, other: str) -> None:
        if self._path(one).exists() and self._path(other).parent.is_dir():
            self._path(one).replace(self._path(other))

    @rule(one=a_name, other=a_name)
    def copy(self, one: str, other: str) -> None:
        if one != other and self._path(one).exists() and self._path(other).parent.is_dir():
            shutil.copyfile(self._path(one), self._path(other))
            self._stamp(other)

    @rule(one=a_name, other=a_name)
    def swap(self, one: str, other: str) -> None:
        if one != other and self._path(one).exists() and self._path(other).exists():
            self._path(one).replace(self.root / "aside")
            self._path(other).replace(self._path(one))
            (self.root / "aside").replace(self._path(other))

    @rule(one=a_folder, other=a_folder)
    def move_folder(self, one: str, other: str) -> None:
        if self._path(one).is_dir() and not self._path(other).exists():
            self._path(one).rename(self._path(other))

    # -- what Recollect and the person in it do --------------------------------------------------------------------

    @rule(name=a_name, word=st.sampled_from(["mine", "best"]))
    def tag(self, name: str, word: str) -> None:
        """Tag a photo, with all its copies, as Recollect knows them."""
        if self._path(name) in self._photos() and self._is_as_seen():
            content = self._contents()[self._path(name)]
            same = [self._photos()[path] for path, one in self._contents().items() if one == content]
            self.shelf.library.add_tag(word, same)
            self.tags[content].add(word)
            self.worn = self._worn()

    @rule()
    def look(self) -> None:
        self.shelf.scan()
        self._check()

    @rule()
    def restart(self) -> None:
        self.shelf.reopen()

    @rule()
    def look_after_a_restart(self) -> None:
        self.shelf.reopen()
        self.look()
        assert self.shelf.scan() == ScanReport(), "a second look finds nothing new"

    # -- the promise -----------------------------------------------------------------------------------------------

    def _check(self) -> None:
        contents, photos, worn = self._contents(), self._photos(), self._worn()
        assert sorted(photos) == sorted(contents)
        assert self.shelf.library.status().embedded == len(contents)
        for path, content in contents.items():
            if content in self.tags:
                assert worn[path] == self.tags[content], path
                continue
            # Nobody has seen this content before: new, or an edit in place that keeps the tags of its path.
            assert worn[path] in (set(), self.worn.get(path, set())), path
            for word in worn[path]:
                self.shelf.library.remove_tag(word, [photos[path]])
            self.shelf.library.add_tag(content, [photos[path]])
        for content in contents.values():
            self.tags.setdefault(content, {content})
        self.worn = self._worn()

    def _path(self, name: str) -> Path:
        return Path(os.path.abspath(self.root / name))  # noqa: PTH100

    def _stamp(self, name: str) -> None:
        """Every write has a time of its own."""
        moment = next(self.clock) * 10**9
        os.utime(self._path(name), ns=(moment, moment))

    def _contents(self) -> dict[Path, str]:
        files = [path for folder in (self.root, self.root.parent / "second") for path in folder.rglob("*.png")]
        return {path: file_reading.content_hash(path.read_bytes()).hex() for path in files}

    def _photos(self) -> dict[Path, PhotoId]:
        return {photo.path: photo.id for photo in self.shelf.all_photos()}

    def _worn(self) -> dict[Path, set[str]]:
        return {
            path: {tag.name for tag in self.shelf.library.details(one).tags} for path, one in self._photos().items()
        }

    def _is_as_seen(self) -> bool:
        """Whether the disk is as it was at the last look, so that a path means what the catalog thinks."""
        return all(self.tags.get(content, set()) == self.worn.get(path) for path, content in self._contents().items())


AnyDay.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestAnyDay = AnyDay.TestCase
