"""Drives that are away: nothing is deleted, everything is badged, and it all comes back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from core.domain import Query, ScanReport
from tests.support.libraries import Shelf, add_picture, wait_until


def fill(shelf: Shelf, count: int = 12) -> None:
    for number in range(count):
        shelf.picture(f"{number}.png", "red")
    shelf.watch_root()
    shelf.library.add_tag("mine", shelf.ids(*shelf.names()))


def test_a_missing_root_is_offline_and_loses_nothing(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf)
    away = shelf.root.rename(tmp_path / "away")

    assert shelf.scan() == ScanReport(offline=(shelf.root,))
    assert shelf.folder.is_offline
    assert all(photo.is_offline for photo in shelf.all_photos())
    assert len(shelf.found("red")) == 12, "still searchable"
    assert shelf.library.status().offline_folders == 1

    away.rename(shelf.root)
    assert shelf.scan() == ScanReport()
    assert not shelf.folder.is_offline
    assert not any(photo.is_offline for photo in shelf.all_photos())
    assert shelf.tags("0.png") == {"mine"}
    assert shelf.encoder().images_encoded == 12


def test_an_empty_mount_point_is_offline(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf, 3)
    away = shelf.root.rename(tmp_path / "away")
    shelf.root.mkdir()

    assert shelf.scan().offline == (shelf.root,)
    assert len(shelf.all_photos()) == 3

    shelf.root.rmdir()
    away.rename(shelf.root)
    shelf.scan()
    assert not any(photo.is_offline for photo in shelf.all_photos())


def test_a_root_that_became_a_file_is_offline(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf, 3)
    shelf.root.rename(tmp_path / "away")
    shelf.root.write_text("not a folder")

    assert shelf.scan().offline == (shelf.root,)
    assert len(shelf.all_photos()) == 3


def test_more_than_a_fifth_at_once_is_offline_until_it_is_back(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf, 40)
    for number in range(11):
        (shelf.root / f"{number}.png").rename(tmp_path / f"{number}.png")

    report = shelf.scan()

    assert (report.gone, report.offline) == (0, (shelf.root,))
    badged = {photo.name for photo in shelf.all_photos() if photo.is_offline}
    assert badged == {f"{number}.png" for number in range(11)}

    for number in range(11):
        (tmp_path / f"{number}.png").rename(shelf.root / f"{number}.png")
    assert shelf.scan() == ScanReport()
    assert not any(photo.is_offline for photo in shelf.all_photos())
    assert shelf.tags("3.png") == {"mine"}


def test_photos_lost_for_good_can_be_given_up_and_waited_for_again(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf, 40)
    for number in range(11):
        (shelf.root / f"{number}.png").rename(tmp_path / f"{number}.png")
    shelf.scan()
    assert (shelf.folder.photo_count, shelf.folder.missing_count) == (40, 11)

    given_up = shelf.library.remove_missing(shelf.folder.id)

    assert len(given_up) == 11
    assert (shelf.folder.photo_count, shelf.folder.missing_count) == (29, 0)
    assert len(shelf.found("red")) == 29, "search forgets them too"
    assert shelf.scan() == ScanReport(), "and no scan brings them back"

    shelf.library.restore_missing(given_up)

    assert (shelf.folder.photo_count, shelf.folder.missing_count) == (40, 11)
    assert len(shelf.found("red")) == 40
    assert shelf.tags("3.png") == {"mine"}


def test_a_photo_that_took_the_place_of_one_given_up_keeps_it(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf, 40)
    for number in range(11):
        (shelf.root / f"{number}.png").rename(tmp_path / f"{number}.png")
    shelf.scan()
    given_up = shelf.library.remove_missing(shelf.folder.id)
    shelf.picture("3.png", "blue")
    shelf.scan()

    shelf.library.restore_missing(given_up)

    assert sorted(shelf.names()).count("3.png") == 1
    assert shelf.folder.missing_count == 10
    assert "3.png" in shelf.found("blue")


def test_a_folder_that_lost_many_photos_is_not_said_to_be_offline(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf, 40)
    for number in range(11):
        (shelf.root / f"{number}.png").rename(tmp_path / f"{number}.png")
    shelf.library.start()

    wait_until(shelf.heard.notices)
    notice = shelf.heard.notices()[0]

    assert "missing" in notice.title
    assert "offline" not in notice.title


def test_a_few_deleted_files_are_gone(shelf: Shelf) -> None:
    fill(shelf, 60)
    for number in range(10):
        (shelf.root / f"{number}.png").unlink()

    assert shelf.scan().gone == 10
    assert len(shelf.all_photos()) == 50


def test_an_offline_photo_that_returns_with_new_content_is_present(shelf: Shelf) -> None:
    fill(shelf, 20)
    for number in range(10):
        (shelf.root / f"{number}.png").unlink()
    shelf.scan()
    shelf.picture("3.png", "blue", seed="new")

    report = shelf.scan()

    assert report.changed == 1
    assert not shelf.photo("3.png").is_offline


def test_a_folder_can_be_located_elsewhere(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf, 3)
    moved = shelf.root.rename(tmp_path / "new place")
    shelf.scan()
    shelf.library.move_folder(shelf.folder.id, moved)

    assert shelf.scan() == ScanReport()
    assert sorted(photo.path for photo in shelf.all_photos()) == sorted(moved.iterdir())
    assert not any(photo.is_offline for photo in shelf.all_photos())


def test_an_offline_photo_still_has_its_picture(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf, 1)
    shelf.root.rename(tmp_path / "away")
    shelf.scan()

    assert shelf.library.picture(shelf.all_photos()[0].id).size == (24, 16)


def test_searching_by_an_offline_photo_uses_what_is_stored(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf, 3)
    example = shelf.library.example(shelf.root / "1.png")
    shelf.root.rename(tmp_path / "away")
    shelf.scan()

    assert len(shelf.library.search(Query(examples=(example,))).hits) == 2


def test_an_unreadable_sub_folder_keeps_its_photos(shelf: Shelf) -> None:
    closed = shelf.picture("closed/a.png").parent
    shelf.picture("b.png")
    shelf.watch_root()
    closed.chmod(0)
    try:
        if os.access(closed, os.R_OK):
            pytest.skip("this user may open every folder")
        report = shelf.scan()
        assert [problem.path for problem in report.unreadable] == [closed]
        assert [problem.path for problem in shelf.library.problems()] == [closed]
        assert shelf.names() == ["b.png", "closed/a.png"]
    finally:
        closed.chmod(0o755)
    assert shelf.scan() == ScanReport()
    assert shelf.library.problems() == []


def test_permission_that_comes_back_is_noticed(shelf: Shelf) -> None:
    """Changing permissions changes neither size nor time."""
    known, new = shelf.picture("known.png"), shelf.root / "new.png"
    shelf.watch_root()
    add_picture(new)
    os.utime(known)
    for path in (known, new):
        path.chmod(0)
    if os.access(known, os.R_OK):
        pytest.skip("this user may read every file")
    assert {problem.path for problem in shelf.scan().unreadable} == {known, new}
    for path in (known, new):
        path.chmod(0o644)
    assert shelf.scan().added == 1
    assert shelf.library.problems() == []
    assert not shelf.photo("known.png").is_unreadable


def test_removing_a_folder_leaves_the_files_and_forgets_the_photos(shelf: Shelf) -> None:
    fill(shelf, 3)
    album = shelf.library.create_album("Kept", shelf.ids("0.png"))
    shelf.library.remove_folder(shelf.folder.id)

    assert (shelf.names(), shelf.found("red"), shelf.library.tags()) == ([], [], [])
    assert [one.photo_count for one in shelf.library.albums() if one.id == album.id] == [0]
    assert len(list(shelf.root.iterdir())) == 3
    assert shelf.watch_root().added == 3
    assert len(shelf.found("red")) == 3


def test_an_outer_folder_takes_over_an_inner_one(shelf: Shelf) -> None:
    inner = shelf.picture("inner/a.png", "blue").parent
    shelf.picture("b.png")
    shelf.library.add_folder(inner)
    shelf.scan()
    shelf.library.add_tag("kept", [shelf.all_photos()[0].id])

    report = shelf.watch_root()

    assert [folder.path for folder in shelf.library.folders()] == [shelf.root]
    assert (report.added, report.moved, report.gone) == (1, 0, 0)
    assert shelf.tags("inner/a.png") == {"kept"}


def test_a_folder_removed_while_it_is_scanned_is_no_error(shelf: Shelf) -> None:
    for number in range(120):
        shelf.picture(f"{number}.png")
    shelf.library.add_folder(shelf.root)
    folder = shelf.folder

    def remove_at_once(event: object) -> None:
        if folder.id in [one.id for one in shelf.library.folders()]:
            shelf.library._catalog.submit(lambda connection, changes: _remove(connection, folder.id))

    shelf.library.events.subscribe(remove_at_once)
    shelf.scan()

    assert (shelf.names(), shelf.library.folders(), shelf.library.problems()) == ([], [], [])


def _remove(connection: object, folder_id: object) -> None:
    from core.catalog import folders

    folders.remove(connection, folder_id)  # type: ignore[arg-type]


def test_hidden_folders_and_their_like_are_left_alone(shelf: Shelf) -> None:
    for name in (".hidden/a.png", "@eaDir/b.png", "__MACOSX/c.png", "._d.png"):
        shelf.picture(name)
    shelf.picture("seen.png")
    shelf.watch_root()

    assert shelf.names() == ["seen.png"]
    assert shelf.library.problems() == []
    shutil.rmtree(shelf.root / ".hidden")
    assert shelf.scan() == ScanReport()
