"""Real drives that are mounted, unmounted and mounted again: nothing is lost, and coming back costs a quick look."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from core.domain import Query, ScanReport
from core.indexing import disk, file_reading, indexer, settling
from tests.support.libraries import Shelf, add_picture, wait_until
from tests.support.small_disk import Drive, drive


@pytest.fixture
def usb(tmp_path: Path, shelf: Shelf) -> Iterator[Drive]:
    """A drive with twelve tagged photos, watched; the library knows it, and two photos elsewhere."""
    shelf.picture("home.png", "blue")
    shelf.picture("house.png", "blue")
    shelf.watch_root()
    with drive(tmp_path / "files", tmp_path / "media" / "usb") as one:
        for number in range(12):
            add_picture(one.files / f"{number}.png", "red", number)
        folder = shelf.library.add_folder(one.place)
        shelf.scan()
        shelf.library.add_tag("mine", [photo.id for photo in shelf.all_photos()])
        assert folder.path == one.place
        yield one
        shelf.library.close()


def on_drive(shelf: Shelf, usb: Drive) -> list[bool]:
    """Whether each photo of the drive is badged as offline."""
    return [photo.is_offline for photo in shelf.all_photos() if photo.path.is_relative_to(usb.place)]


def test_an_unmounted_drive_is_offline_and_still_answers(shelf: Shelf, usb: Drive) -> None:
    usb.unmount()
    assert os.listdir(usb.place) == [], "the mount point is an empty folder now"  # noqa: PTH208

    assert shelf.scan() == ScanReport(offline=(usb.place,))

    assert on_drive(shelf, usb) == [True] * 12
    assert shelf.library.status().offline_folders == 1
    hits = shelf.library.search(Query("red")).hits
    assert len(hits) >= 12
    photo_id = hits[0].photo_id
    assert Image.open(io.BytesIO(shelf.library.thumbnails([photo_id])[photo_id])).size
    assert shelf.library.picture(photo_id).size, "the viewer shows what is kept"
    assert next(one for one in shelf.library.tags() if one.name == "mine").photo_count == 14
    shelf.library.add_tag("while away", [photo_id])
    assert len(os.listdir(usb.files)) == 12  # noqa: PTH208


def test_coming_back_reads_no_file_and_encodes_nothing(
    shelf: Shelf, usb: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb.unmount()
    shelf.reopen()
    shelf.scan()
    usb.mount()
    read: list[object] = []
    monkeypatch.setattr(file_reading, "hash_of", read.append)
    monkeypatch.setattr(type(shelf.library._work._readers), "read", lambda _self, file: read.append(file))

    assert shelf.scan() == ScanReport()

    assert (read, shelf.encoder().images_encoded) == ([], 0)
    assert on_drive(shelf, usb) == [False] * 12
    assert not shelf.library.status().offline_folders


def test_what_happened_to_the_drive_elsewhere_is_seen(shelf: Shelf, usb: Drive) -> None:
    usb.unmount()
    shelf.scan()
    (usb.files / "0.png").rename(usb.files / "renamed.png")
    add_picture(usb.files / "new.png", "green", "new")
    (usb.files / "1.png").unlink()
    usb.mount()
    report = shelf.scan()
    assert (report.added, report.moved, report.gone) == (1, 1, 1)
    assert shelf.tags(usb.place / "renamed.png") == {"mine"}


def test_another_drive_at_the_same_place_hides_nothing(shelf: Shelf, usb: Drive, tmp_path: Path) -> None:
    """Drive letters and mount points are given again: the photos of the first drive stay, badged."""
    usb.unmount()
    with drive(tmp_path / "other files", usb.place) as other:
        add_picture(other.files / "other.png", "yellow", "other")
        shelf.scan()
        assert sorted(on_drive(shelf, usb)) == [False] + [True] * 12
        assert len(list(shelf.library.search(Query("red", limit=50)).hits)) >= 12
    usb.mount()
    shelf.scan()
    assert shelf.tags(usb.place / "3.png") == {"mine"}
    assert shelf.encoder().images_encoded == 15, "each picture once"


def test_a_drive_pulled_out_and_plugged_in_while_the_window_is_open(
    shelf: Shelf, usb: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "QUIET_S", 0.1)
    monkeypatch.setattr(indexer, "ROOT_CHECK_S", 0.2)
    encoded = shelf.encoder().images_encoded
    shelf.library.start()
    for number in range(3):
        usb.unmount()
        wait_until(lambda: on_drive(shelf, usb) == [True] * (12 + number), "the badges")  # noqa: B023
        usb.mount()
        wait_until(lambda: not any(on_drive(shelf, usb)), "the drive coming back")
        add_picture(usb.place / f"taken {number}.png", "red", f"taken {number}")
        wait_until(lambda: len(on_drive(shelf, usb)) == 13 + number, "a new photo on the drive")  # noqa: B023
    wait_until(lambda: shelf.library.status().embedded == 17, "embedding")
    assert shelf.encoder().images_encoded - encoded == 3
    told = [one.title for one in shelf.heard.notices() if "offline" in one.title]
    assert told == ["usb is offline."] * 3


def test_a_drive_pulled_out_in_the_middle_of_a_look(shelf: Shelf, usb: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    look = disk.at

    def pulled_out(root: Path, paths: Iterable[Path]) -> list[disk.DiskFile | disk.UnreadableFolder]:
        usb.unmount()
        return list(look(root, paths))

    monkeypatch.setattr(disk, "at", pulled_out)
    touched = [usb.place / f"{number}.png" for number in range(3)]
    with shelf.library._work._jobs.job("scan", "Looking") as job:
        report = shelf.library._work._scanner.scan(shelf.library.folders(), job, touched)
    assert (report.gone, report.offline) == (0, (usb.place,))
    assert len(on_drive(shelf, usb)) == 12
    usb.mount()
    assert shelf.scan() == ScanReport()
    assert on_drive(shelf, usb) == [False] * 12


@pytest.fixture
def inner(tmp_path: Path, shelf: Shelf) -> Iterator[Drive]:
    """A drive with three photos, mounted inside a watched folder that has twenty of its own."""
    for number in range(20):
        shelf.picture(f"{number}.png", "blue")
    with drive(tmp_path / "files", shelf.root / "nas") as one:
        for name in ("x.png", "y.png", "sub/z.png"):
            add_picture(one.files / name, "red", name)
        shelf.watch_root()
        shelf.library.add_tag("mine", [photo.id for photo in shelf.all_photos()])
        yield one
        shelf.library.close()


def test_a_drive_inside_a_watched_folder_is_away_not_gone(shelf: Shelf, inner: Drive) -> None:
    inner.unmount()
    report = shelf.scan()
    assert (report.gone, report.offline) == (0, (inner.place,))
    assert on_drive(shelf, inner) == [True] * 3
    assert sum(photo.is_offline for photo in shelf.all_photos()) == 3
    assert set(shelf.found("red")[:3]) == {"x.png", "y.png", "z.png"}, "still searchable"
    shelf.reopen()
    shelf.scan()
    assert on_drive(shelf, inner) == [True] * 3, "also after a restart"

    shelf.picture("again.png", "red", seed="x.png")
    assert shelf.scan().added == 1, "a copy: the drive's own photo has not moved"
    assert on_drive(shelf, inner) == [True] * 3

    inner.mount()
    assert shelf.scan() == ScanReport()
    assert on_drive(shelf, inner) == [False] * 3
    assert shelf.tags("nas/sub/z.png") == {"mine"}
    (inner.files / "y.png").unlink()
    assert shelf.scan().gone == 1, "deleted on the drive, which is there"


def test_a_drive_inside_that_never_comes_back_can_be_given_up(shelf: Shelf, inner: Drive) -> None:
    inner.unmount()
    shelf.scan()
    assert shelf.folder.missing_count == 3
    shelf.library.remove_missing(shelf.folder.id)
    assert on_drive(shelf, inner) == []
    assert shelf.scan() == ScanReport()
    shelf.picture("nas/own.png", "green")
    shelf.scan()
    (shelf.root / "nas/own.png").unlink()
    assert shelf.scan().gone == 1, "an ordinary folder by now"


def test_a_drive_inside_comes_and_goes_while_the_window_is_open(
    shelf: Shelf, inner: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "QUIET_S", 0.1)
    monkeypatch.setattr(indexer, "ROOT_CHECK_S", 0.2)
    shelf.library.start()
    wait_until(lambda: shelf.library._work._follower._mounted, "the first check")
    inner.unmount()
    wait_until(lambda: on_drive(shelf, inner) == [True] * 3, "the badges")
    inner.mount()
    wait_until(lambda: on_drive(shelf, inner) == [False] * 3, "the drive coming back")
    add_picture(inner.place / "new.png", "red", "new")
    wait_until(lambda: on_drive(shelf, inner) == [False] * 4, "a new photo on the drive")
