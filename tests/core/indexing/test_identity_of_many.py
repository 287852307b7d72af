"""What the table in `test_identity` has no room for: many files, several folders, no embedding yet."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from core.domain import ScanReport
from tests.support.libraries import Shelf, add_picture

SEA = "sea.png"


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


def test_the_marks_go_with_the_content_whichever_path_is_looked_at_first(shelf: Shelf) -> None:
    """Renamed, and another picture saved under the old name; the events of the two paths come apart."""
    shelf.picture(SEA, "blue")
    shelf.watch_root()
    shelf.library.add_tag("sea", shelf.ids(SEA))
    (shelf.root / SEA).rename(shelf.root / "q.png")
    shelf.picture(SEA, "red", seed="another")

    for path in (shelf.root / "q.png", shelf.root / SEA):
        with shelf.library._work._jobs.job("scan", "Looking") as job:
            shelf.library._work._scanner.scan(shelf.library.folders(), job, [path])

    assert (shelf.tags("q.png"), shelf.tags(SEA)) == ({"sea"}, set())
    assert shelf.scan() == ScanReport()


def test_a_touched_original_stays_the_original_of_its_copy(shelf: Shelf) -> None:
    shelf.picture(SEA, "blue")
    shelf.watch_root()
    shelf.library.create_album("Sea", shelf.ids(SEA))
    shutil.copyfile(shelf.root / SEA, shelf.root / "q.png")
    os.utime(shelf.root / SEA, (1, 1))

    with shelf.library._work._jobs.job("scan", "Looking") as job:
        shelf.library._work._scanner.scan(shelf.library.folders(), job, [shelf.root / "q.png"])

    assert (shelf.albums(SEA), shelf.albums("q.png")) == ({"Sea"}, set())
