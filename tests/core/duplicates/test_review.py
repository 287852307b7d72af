"""Duplicates in a real library: found, settled, trashed; never the last one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from core import trash
from core.domain import DuplicateGroup, DuplicateKind, DuplicatePhoto, KeepChoice, KeepRule, Scope
from core.jobs import JobControl
from tests.support import pictures
from tests.support.libraries import Shelf


def write(path: Path, seed: int, size: tuple[int, int] = (600, 400), quality: int = 90, taken_at: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = pictures.photo_like((600, 400), seed).resize(size, Image.Resampling.LANCZOS)
    extra = {"exif": pictures.make_exif(main={0x010F: "Acme", 0x0110: "Z"}, taken_at=taken_at)} if taken_at else {}
    image.save(path, "JPEG", quality=quality, **extra)
    return path


def names(group: DuplicateGroup) -> list[str]:
    return [one.photo.path.name for one in group.photos]


def everything(groups: list[DuplicateGroup]) -> list[KeepChoice]:
    return [KeepChoice((group.photos[0].id,), tuple(one.id for one in group.photos[1:])) for group in groups]


@pytest.fixture
def twice(shelf: Shelf) -> Shelf:
    """One picture large, small and copied; another one alone."""
    write(shelf.root / "large.jpg", 1)
    write(shelf.root / "small.jpg", 1, (300, 200), 60)
    shutil.copy(shelf.root / "large.jpg", shelf.root / "copy of large.jpg")
    write(shelf.root / "other.jpg", 2)
    shelf.watch_root()
    return shelf


def test_copies_are_found_the_best_first(twice: Shelf) -> None:
    (group,) = twice.library.duplicates()
    assert names(group)[2] == "small.jpg"
    assert set(names(group)[:2]) == {"large.jpg", "copy of large.jpg"}
    assert group.reasons[0] is KeepRule.LARGEST
    assert not group.are_identical


def test_copies_among_some_photos_the_largest_first(twice: Shelf) -> None:
    small, other, large, copy = twice.ids("small.jpg", "other.jpg", "large.jpg", "copy of large.jpg")
    assert twice.library.copies_among([small, other, large]) == [(large, small)]
    assert twice.library.copies_among([small, copy, large]) == [(copy, large, small)]
    assert twice.library.copies_among([small, other]) == []
    twice.library.settle_not_duplicates([small, large])
    assert twice.library.copies_among([small, large]) == []


def test_photos_that_come_later_are_compared_with_those_that_are_there(twice: Shelf) -> None:
    write(twice.root / "other small.jpg", 2, (240, 160))
    twice.scan()
    assert sorted(map(len, map(names, twice.library.duplicates()))) == [2, 3]


def test_a_library_of_an_older_version_is_compared_in_the_background(twice: Shelf) -> None:
    from core.catalog import connection as connections

    twice.library.close()
    writer = connections.open_writer(twice.places.catalog)
    writer.execute("DELETE FROM picture_hashes; DELETE FROM same_pictures")
    writer.close()
    twice.open()
    assert len(twice.library.duplicates()[0].photos) == 2  # identical files need no comparison
    twice.library.look_for_duplicates()
    assert len(twice.library.duplicates()[0].photos) == 3


def test_a_decision_outlives_restart_and_rename_and_can_be_taken_back(twice: Shelf) -> None:
    (group,) = twice.library.duplicates()
    decision = twice.library.settle_not_duplicates([one.id for one in group.photos])
    assert twice.library.duplicates() == []
    twice.reopen()
    (twice.root / "small.jpg").rename(twice.root / "moved.jpg")
    twice.scan()
    assert twice.library.duplicates() == []
    twice.library.forget_not_duplicates(decision)
    assert len(twice.library.duplicates()[0].photos) == 3


def test_deciding_twice_leaves_nothing_to_take_back_twice(twice: Shelf) -> None:
    ids = [one.id for one in twice.library.duplicates()[0].photos]
    assert twice.library.settle_not_duplicates(ids).pairs
    assert not twice.library.settle_not_duplicates(ids).pairs


def test_the_rules_of_the_settings_count(twice: Shelf) -> None:
    write(twice.root / "Best" / "tiny.jpg", 1, (200, 133))
    twice.scan()
    twice.library.change_settings(preferred_folders=(twice.root / "Best",))
    assert names(twice.library.duplicates()[0])[0] == "tiny.jpg"
    twice.reopen()
    assert names(twice.library.duplicates()[0])[0] == "tiny.jpg"
    twice.library.change_settings(keep_rules=(KeepRule.LARGEST,))
    assert names(twice.library.duplicates()[0])[0] != "tiny.jpg"


# -- the trash ---------------------------------------------------------------------------------------------------


def test_the_rest_goes_and_what_stays_inherits(twice: Shelf) -> None:
    small, copy = twice.ids("small.jpg", "copy of large.jpg")
    album = twice.library.create_album("Sea", [small])
    twice.library.add_tag("beach", [small])
    twice.library.set_rating([small], 4)
    twice.library.set_rating([copy], 2)
    twice.library.set_favourite([copy], True)
    groups = twice.library.duplicates()
    report = twice.library.trash_duplicates(everything(groups))
    assert len(report.moved) == 2
    assert report.size_bytes == sum(one.size_bytes for one in groups[0].photos[1:])
    assert not report.failed
    kept = groups[0].photos[0].photo
    assert twice.names() == sorted([kept.name, "other.jpg"])
    assert twice.tags(kept.name) == {"beach"}
    assert twice.albums(kept.name) == {"Sea"}
    now = twice.photo(kept.name)
    assert (now.rating, now.is_favourite) == (4, True)
    assert twice.library.albums()[0].id == album.id
    assert twice.library.duplicates() == []
    assert "beach" not in twice.library.settings.model_dump_json()
    assert kept.name in twice.found("beach")


def test_the_last_one_never_goes(twice: Shelf) -> None:
    (group,) = twice.library.duplicates()
    keeper = group.photos[0].photo.path
    keeper.unlink()  # behind the library's back, after the person looked
    report = twice.library.trash_duplicates(everything([group]))
    assert report.moved == ()
    assert len(report.failed) == 2
    assert "cannot be found" in report.failed[0].reason
    assert all(one.photo.path.exists() for one in group.photos[1:])


def test_a_keeper_that_was_overwritten_does_not_count(twice: Shelf) -> None:
    (group,) = twice.library.duplicates()
    group.photos[0].photo.path.write_bytes(b"something else")
    assert twice.library.trash_duplicates(everything([group])).moved == ()


def test_nothing_goes_when_nothing_is_kept(twice: Shelf) -> None:
    (group,) = twice.library.duplicates()
    report = twice.library.trash_duplicates([KeepChoice((), tuple(one.id for one in group.photos))])
    assert report.moved == ()
    assert len(twice.names()) == 4


def test_what_one_group_keeps_no_other_throws_away(twice: Shelf) -> None:
    a, b, c = (one.id for one in twice.library.duplicates()[0].photos)
    report = twice.library.trash_duplicates([KeepChoice((a,), (b,)), KeepChoice((c,), (a,))])
    assert report.moved == (b,)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_one_file_by_two_paths_is_left_alone(shelf: Shelf, tmp_path: Path) -> None:
    write(shelf.root / "one.jpg", 1)
    link = tmp_path / "linked"
    link.symlink_to(shelf.root, target_is_directory=True)
    shelf.library.add_folder(shelf.root)
    shelf.library.add_folder(link)
    shelf.scan()
    groups = shelf.library.duplicates()
    if groups:  # a library may also refuse the second path
        report = shelf.library.trash_duplicates(everything(groups))
        assert report.moved == ()
        assert "very file" in report.failed[0].reason
    assert (shelf.root / "one.jpg").exists()


def test_a_trash_that_fails_half_way_says_what_stayed(twice: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    (group,) = twice.library.duplicates()
    stubborn = group.photos[1].photo.path
    really = trash.put

    def put(paths: list[Path]) -> tuple[list[Path], list[tuple[Path, str]]]:
        return ([], [(paths[0], "Permission denied")]) if paths == [stubborn] else really(paths)

    monkeypatch.setattr(trash, "put", put)
    report = twice.library.trash_duplicates(everything([group]))
    assert report.moved == (group.photos[2].id,)
    assert [(one.path, one.reason) for one in report.failed] == [(stubborn, "Permission denied")]
    assert stubborn.name in twice.names()
    assert len(twice.library.duplicates()[0].photos) == 2


def test_stopping_moves_no_further_file(twice: Shelf) -> None:
    job = JobControl("trash", "Moving")
    job.stop()
    assert twice.library.trash_duplicates(everything(twice.library.duplicates()), job).moved == ()
    assert len(twice.names()) == 4


def test_offline_photos_are_neither_touched_nor_counted_on(shelf: Shelf, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    write(shelf.root / "here.jpg", 1, (300, 200))
    write(drive / "there.jpg", 1)
    shelf.library.add_folder(drive)
    shelf.watch_root()
    assert len(shelf.library.duplicates()) == 1
    drive.rename(tmp_path / "unplugged")
    shelf.scan()
    assert shelf.library.duplicates() == []  # only one of the two is there
    write(shelf.root / "again.jpg", 1, (200, 133))
    shelf.scan()
    (group,) = shelf.library.duplicates()
    assert names(group) == ["here.jpg", "again.jpg", "there.jpg"]
    report = shelf.library.trash_duplicates(everything([group]))
    assert [one.name for one in shelf.all_photos(Scope())].count("there.jpg") == 1
    assert len(report.moved) == 1


def test_restored_from_the_trash_a_photo_has_its_memory(twice: Shelf) -> None:
    small = twice.root / "small.jpg"
    content = small.read_bytes()
    twice.library.add_tag("beach", twice.ids("small.jpg"))
    twice.library.trash_duplicates(everything(twice.library.duplicates()))
    small.write_bytes(content)
    twice.scan()
    assert twice.tags("small.jpg") == {"beach"}
    assert len(twice.library.duplicates()) == 1


# -- the other kinds ---------------------------------------------------------------------------------------------


def test_bursts_and_pairs_are_listed_as_such(shelf: Shelf) -> None:
    for second in range(3):
        write(shelf.root / f"IMG_{second:04}.jpg", 1, quality=90 - second, taken_at=f"2024:05:01 12:30:0{second}")
    shelf.watch_root()
    assert shelf.library.duplicates() == []
    (burst,) = shelf.library.duplicates(DuplicateKind.BURST)
    assert names(burst) == ["IMG_0000.jpg", "IMG_0001.jpg", "IMG_0002.jpg"]
    assert burst.reasons == ()


def test_a_raw_file_and_its_jpeg_are_a_pair(shelf: Shelf) -> None:
    preview = pictures.encoded(pictures.photo_like((600, 400), 1), "JPEG", quality=90)
    (shelf.root / "DSC_1.dng").write_bytes(pictures.make_dng(preview, (600, 400)))
    exif = pictures.make_exif(
        main={0x010F: "Recollect", 0x0110: "Recollect Test Camera"}, taken_at="2024:05:01 12:30:00"
    )
    pictures.photo_like((600, 400), 1).save(shelf.root / "DSC_1.jpg", exif=exif, quality=90)
    shelf.watch_root()
    assert shelf.library.duplicates() == []
    pairs = shelf.library.duplicates(DuplicateKind.RAW_PAIR)
    assert [names(pair) for pair in pairs] == [["DSC_1.dng", "DSC_1.jpg"]]


def test_similar_photos_are_no_duplicates_and_duplicates_are_not_similar(shelf: Shelf) -> None:
    for name, colour in (("a.png", "red"), ("b.png", "red"), ("c.png", "blue"), ("d.png", "green")):
        shelf.picture(name, colour)
    shelf.picture("copy of a.png", "red", seed="a.png")
    shelf.watch_root()
    (similar,) = shelf.library.duplicates(DuplicateKind.SIMILAR)
    assert len(similar.photos) == 2
    assert {one.photo.name for one in similar.photos} & {"b.png"}
    (same,) = shelf.library.duplicates()
    assert set(names(same)) == {"a.png", "copy of a.png"}
    assert same.are_identical


def test_facts_of_a_group(twice: Shelf) -> None:
    (small,) = twice.ids("small.jpg")
    twice.library.add_tag("beach", [small])
    found: DuplicatePhoto = next(one for one in twice.library.duplicates()[0].photos if one.id == small)
    assert found.tags == ("beach",)
    assert found.size_bytes == (twice.root / "small.jpg").stat().st_size
