"""A photo is its content: what becomes of tags, albums and embeddings when files move, change and come back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.domain import ScanReport
from tests.support.libraries import Shelf, add_picture

Act = Callable[[Shelf], None]
SEA, DUNE, WOOD, OTHER = "sea.png", "dune.png", "sub/wood.png", "other"


def start(shelf: Shelf) -> Path:
    """Three photos, each with its own tag and album, in one watched folder beside another, empty one."""
    shelf.picture(SEA, "blue")
    shelf.picture(DUNE, "yellow")
    shelf.picture(WOOD, "green")
    shelf.watch_root()
    for name, word in ((SEA, "sea"), (DUNE, "dune"), (WOOD, "wood")):
        shelf.library.add_tag(word, shelf.ids(name))
        shelf.library.create_album(word.upper(), shelf.ids(name))
    second = shelf.root.parent / OTHER
    second.mkdir()
    shelf.library.add_folder(second)
    return second


def rename(old: str, new: str) -> Act:
    def act(shelf: Shelf) -> None:
        (shelf.root / new).parent.mkdir(exist_ok=True)
        (shelf.root / old).rename(shelf.root / new)

    return act


def copy(old: str, new: str) -> Act:
    def act(shelf: Shelf) -> None:
        shutil.copyfile(shelf.root / old, shelf.root / new)

    return act


def delete(name: str) -> Act:
    return lambda shelf: (shelf.root / name).unlink()


def edit(name: str, colour: str) -> Act:
    def act(shelf: Shelf) -> None:
        shelf.picture(name, colour, seed=f"edited {name}")

    return act


def scan(shelf: Shelf) -> None:
    shelf.scan()


def restart(shelf: Shelf) -> None:
    shelf.reopen()


def together(*acts: Act) -> Act:
    def act(shelf: Shelf) -> None:
        for one in acts:
            one(shelf)

    return act


@dataclass(frozen=True)
class Case:
    """What is done, the counts of the last scan, and for each path then its tags; album names are in capitals."""

    act: Act
    counts: tuple[int, int, int, int]
    """added, changed, moved, gone"""
    tags: dict[str, set[str]]
    encoded: int = 0
    albums: dict[str, set[str]] = field(default_factory=dict)
    """Where they are not the capitals of the tags."""


WORD_OF = {SEA: {"sea"}, DUNE: {"dune"}, WOOD: {"wood"}}
CASES = {
    "nothing": Case(lambda shelf: None, (0, 0, 0, 0), WORD_OF),
    "rename": Case(rename(SEA, "q.png"), (0, 0, 1, 0), {"q.png": {"sea"}, DUNE: {"dune"}, WOOD: {"wood"}}),
    "rename, case only": Case(
        rename(SEA, "SEA.png"), (0, 0, 1, 0), {"SEA.png": {"sea"}, DUNE: {"dune"}, WOOD: {"wood"}}
    ),
    "move within the folder": Case(
        rename(SEA, "new/sea.png"), (0, 0, 1, 0), {"new/sea.png": {"sea"}, DUNE: {"dune"}, WOOD: {"wood"}}
    ),
    "move to another watched folder": Case(
        rename(SEA, "../other/sea.png"), (0, 0, 1, 0), {"../other/sea.png": {"sea"}, DUNE: {"dune"}, WOOD: {"wood"}}
    ),
    "move a whole sub-folder": Case(
        rename("sub", "../other/sub"), (0, 0, 1, 0), {SEA: {"sea"}, DUNE: {"dune"}, "../other/sub/wood.png": {"wood"}}
    ),
    "move while closed": Case(
        together(rename(SEA, "sub/q.png"), restart),
        (0, 0, 1, 0),
        {"sub/q.png": {"sea"}, DUNE: {"dune"}, WOOD: {"wood"}},
    ),
    "move over two scans": Case(
        together(rename(SEA, "../aside"), scan, rename("../aside", "sub/back.png")),
        (0, 0, 1, 0),
        {"sub/back.png": {"sea"}, DUNE: {"dune"}, WOOD: {"wood"}},
    ),
    "copy": Case(
        copy(SEA, "q.png"),
        (1, 0, 0, 0),
        WORD_OF | {"q.png": {"sea"}},
        albums={"q.png": set()},
    ),
    "copy, then delete the original": Case(
        together(copy(SEA, "q.png"), scan, delete(SEA)),
        (0, 0, 0, 1),
        {"q.png": {"sea"}, DUNE: {"dune"}, WOOD: {"wood"}},
    ),
    "copy and delete the original at once": Case(
        together(copy(SEA, "q.png"), delete(SEA)), (0, 0, 1, 0), {"q.png": {"sea"}, DUNE: {"dune"}, WOOD: {"wood"}}
    ),
    "edit in place": Case(edit(SEA, "red"), (0, 1, 0, 0), WORD_OF, encoded=1),
    "touch": Case(lambda shelf: os.utime(shelf.root / SEA, (1, 1)), (0, 0, 0, 0), WORD_OF),
    "swap": Case(
        together(rename(SEA, "x"), rename(DUNE, SEA), rename("x", DUNE)),
        (0, 0, 2, 0),
        {SEA: {"dune"}, DUNE: {"sea"}, WOOD: {"wood"}},
    ),
    "rotation of three": Case(
        together(rename(SEA, "x"), rename(DUNE, SEA), rename(WOOD, DUNE), rename("x", WOOD)),
        (0, 0, 3, 0),
        {SEA: {"dune"}, DUNE: {"wood"}, WOOD: {"sea"}},
    ),
    "renamed, and new content in its place": Case(
        together(rename(SEA, "q.png"), edit(SEA, "red")),
        (1, 0, 1, 0),
        {"q.png": {"sea"}, SEA: set(), DUNE: {"dune"}, WOOD: {"wood"}},
        encoded=1,
    ),
    "delete": Case(delete(SEA), (0, 0, 0, 1), {DUNE: {"dune"}, WOOD: {"wood"}}),
    "delete and restore": Case(together(rename(SEA, "../trash"), scan, rename("../trash", SEA)), (1, 0, 0, 0), WORD_OF),
    "overwritten by a move": Case(rename(SEA, DUNE), (0, 0, 1, 1), {DUNE: {"sea"}, WOOD: {"wood"}}),
    "replaced by a copy of another": Case(
        copy(SEA, DUNE), (1, 0, 0, 1), {SEA: {"sea"}, DUNE: {"sea"}, WOOD: {"wood"}}, albums={DUNE: set()}
    ),
    "replaced by a copy, then the old content comes back": Case(
        together(copy(DUNE, "../kept"), copy(SEA, DUNE), scan, copy("../kept", DUNE)),
        (1, 0, 0, 1),
        WORD_OF,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_tags_and_albums_follow_the_content(shelf: Shelf, name: str) -> None:
    case = CASES[name]
    start(shelf)
    encoded_before = shelf.encoder().images_encoded
    case.act(shelf)
    if name == "move while closed":
        encoded_before = 0  # another encoder object
    report = shelf.scan()

    assert (report.added, report.changed, report.moved, report.gone) == case.counts
    assert shelf.encoder().images_encoded - encoded_before == case.encoded
    on_disk = {path for root in (shelf.root, shelf.root.parent / OTHER) for path in root.rglob("*.png")}
    assert sorted(photo.path for photo in shelf.all_photos()) == sorted(on_disk)
    paths = {path: Path(os.path.abspath(shelf.root / path)) for path in case.tags}  # noqa: PTH100
    assert {path: shelf.tags(real) for path, real in paths.items()} == case.tags
    capitals = {path: {word.upper() for word in words} for path, words in case.tags.items()}
    assert {path: shelf.albums(real) for path, real in paths.items()} == capitals | case.albums
    assert shelf.library.status().embedded == len(on_disk)
    assert shelf.scan() == ScanReport(), "a second look finds nothing new"


def test_sixty_files_renamed_to_the_next_number(shelf: Shelf) -> None:
    for number in range(60):
        shelf.picture(f"img_{number:02}.png", "red")
    shelf.watch_root()
    for number in range(60):
        shelf.library.add_tag(f"n{number}", shelf.ids(f"img_{number:02}.png"))
    for number in reversed(range(60)):
        (shelf.root / f"img_{number:02}.png").rename(shelf.root / f"img_{number + 1:02}.png")

    report = shelf.scan()

    assert (report.added, report.changed, report.moved, report.gone, report.offline) == (0, 0, 60, 0, ())
    assert {name: shelf.tags(name) for name in shelf.names()} == {
        f"img_{number + 1:02}.png": {f"n{number}"} for number in range(60)
    }
    assert shelf.encoder().images_encoded == 60


def test_many_photos_overwritten_by_others_are_gone_not_offline(shelf: Shelf) -> None:
    """More than a fifth of the photos lose their file at once, but their paths are there: nothing went offline."""
    for number in range(40):
        shelf.picture(f"{number}.png", "red")
    shelf.watch_root()
    for number in range(15):
        (shelf.root / f"{number}.png").replace(shelf.root / f"{number + 20}.png")

    report = shelf.scan()

    assert (report.moved, report.gone, report.offline) == (15, 15, ())
    assert shelf.names() == sorted(path.name for path in shelf.root.iterdir())
    assert not any(photo.is_offline for photo in shelf.all_photos())
    assert shelf.scan() == ScanReport()


def test_two_copies_edited_alike_stay_two_photos(shelf: Shelf) -> None:
    shelf.picture("a.png", "red", seed="one")
    shelf.picture("b.png", "red", seed="one")
    shelf.watch_root()
    shelf.library.create_album("A", shelf.ids("a.png"))
    shelf.library.create_album("B", shelf.ids("b.png"))
    ids = shelf.ids("a.png", "b.png")
    shelf.picture("a.png", "blue", seed="turned")
    shelf.picture("b.png", "blue", seed="turned")

    assert shelf.scan().changed == 2
    assert shelf.ids("a.png", "b.png") == ids
    assert (shelf.albums("a.png"), shelf.albums("b.png")) == ({"A"}, {"B"})


def test_equal_files_are_encoded_once(shelf: Shelf) -> None:
    for name in ("a.png", "b.png", "c.png"):
        shelf.picture(name, "red", seed="same")

    shelf.watch_root()

    assert shelf.encoder().images_encoded == 1
    assert shelf.library.status().embedded == 3
    assert sorted(shelf.found("red")) == ["a.png", "b.png", "c.png"]


def test_a_copy_of_a_photo_has_what_that_photo_has_now(shelf: Shelf) -> None:
    """Also when an older photo with the same content is gone."""
    shelf.picture("a.png", "red", seed="same")
    shelf.picture("b.png", "red", seed="same")
    shelf.watch_root()
    (shelf.root / "a.png").unlink()
    shelf.scan()
    shelf.library.add_tag("later", shelf.ids("b.png"))
    shutil.copyfile(shelf.root / "b.png", shelf.root / "c.png")
    shelf.scan()

    assert shelf.tags("c.png") == {"later"}


def test_favourite_and_rating_follow_a_copy(shelf: Shelf) -> None:
    shelf.picture("a.png")
    shelf.watch_root()
    shelf.library.set_favourite(shelf.ids("a.png"), True)
    shelf.library.set_rating(shelf.ids("a.png"), 4)
    shutil.copyfile(shelf.root / "a.png", shelf.root / "b.png")
    shelf.scan()

    assert (shelf.photo("b.png").is_favourite, shelf.photo("b.png").rating) == (True, 4)


def test_a_move_between_folders_is_seen_when_only_the_target_is_scanned(shelf: Shelf, tmp_path: Path) -> None:
    shelf.picture(SEA)
    shelf.watch_root()
    shelf.library.add_tag("sea", shelf.ids(SEA))
    target = shelf.library.add_folder(add_picture(tmp_path / "target" / "own.png", seed="own").parent)
    (shelf.root / SEA).rename(target.path / SEA)

    report = shelf.library.index_until_done([target.id])

    assert (report.added, report.moved) == (1, 1)
    assert shelf.tags(target.path / SEA) == {"sea"}


def test_a_copy_is_embedded_when_the_original_never_was(shelf: Shelf) -> None:
    shelf.picture("a.png", "red", seed="same")
    shelf.library.add_folder(shelf.root)
    shelf.library.stop_indexing()
    shelf.library._work.scan(shelf.library.folders())
    shelf.picture("b.png", "red", seed="same")
    shelf.library._work.scan(shelf.library.folders())
    shelf.library.resume_indexing()
    shelf.scan()

    assert shelf.library.status().embedded == 2
