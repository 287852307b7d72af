"""Groups without chains, companions that are no duplicates, and the rules that say what to keep."""

from __future__ import annotations

from pathlib import Path

from core.catalog.duplicate_rows import Shot
from core.catalog.picture_hashes import SamePicture
from core.domain import DuplicatePhoto, KeepRule, PhotoId
from core.duplicates import companions, grouping, keep_rules
from tests.support.photo_shelf import photo


def shot(number: int, name: str = "", **changes: object) -> Shot:
    values: dict[str, object] = {
        "photo_id": PhotoId(number),
        "content": bytes([number]),
        "name": name or f"IMG_{number:04}.jpg",
        "format": "JPEG",
        "camera": "Acme Zoomer",
        "taken_at": 1000 * number,
        "width_px": 4000,
        "height_px": 3000,
    }
    return Shot(**(values | changes))  # type: ignore[arg-type]


def same(*pairs: tuple[int, int]) -> list[SamePicture]:
    return [SamePicture(bytes([one]), bytes([other]), 0.01) for one, other in pairs]


def groups(
    shots: list[Shot], pairs: list[SamePicture], settled: set[tuple[bytes, bytes]] | None = None
) -> list[list[int]]:
    found = grouping.same_picture_groups(shots, pairs, settled or set())
    return sorted(sorted(int(one.photo_id) for one in group) for group in found)


def test_a_chain_does_not_become_one_group() -> None:
    assert groups([shot(1), shot(2), shot(3)], same((1, 2), (2, 3))) == [[1, 2]]
    assert groups([shot(1), shot(2), shot(3)], same((1, 2), (2, 3), (1, 3))) == [[1, 2, 3]]


def test_identical_files_belong_together_whatever_they_look_like() -> None:
    assert groups([shot(1, content=b"x"), shot(2, content=b"x")], []) == [[1, 2]]


def test_what_was_settled_is_not_shown_again() -> None:
    settled = {(b"\1", b"\2")}
    assert groups([shot(1), shot(2), shot(3)], same((1, 2), (1, 3), (2, 3)), settled) == [[1, 3]]
    assert groups([shot(1, content=b"x"), shot(2, content=b"x")], [], {(b"x", b"x")}) == []


def test_a_burst_is_no_duplicate() -> None:
    one, other = shot(1, taken_at=500), shot(2, taken_at=501)
    assert groups([one, other], same((1, 2))) == []
    within_a_second = [shot(1, "IMG_0001.jpg", taken_at=500), shot(2, "IMG_0002.jpg", taken_at=500)]
    assert groups(within_a_second, same((1, 2))) == []


def test_a_copy_has_the_time_of_its_original_and_is_a_duplicate() -> None:
    original = shot(1, "IMG_0001.jpg", taken_at=500)
    for name in ("IMG_0001 (1).jpg", "IMG_0001-small.jpg", "holiday.jpg"):
        assert groups([original, shot(2, name, taken_at=500)], same((1, 2))) == [[1, 2]], name
    other_camera_second = shot(2, "x.jpg", taken_at=501, camera=None)
    assert groups([original, other_camera_second], same((1, 2))) == [[1, 2]]


def test_raw_and_its_jpeg_are_a_pair_and_no_duplicates() -> None:
    raw = shot(1, "DSC_7.NEF", format="RAW", taken_at=500)
    jpeg, small = shot(2, "dsc_7.jpg", taken_at=500), shot(3, "web.jpg", taken_at=500)
    assert groups([raw, jpeg], same((1, 2))) == []
    assert groups([raw, jpeg, small], same((1, 2), (1, 3), (2, 3))) == [[2, 3]]
    assert companions.raw_pairs([raw, jpeg, small]) == [(raw, jpeg)]


def test_a_raw_file_without_its_jpeg_is_compared() -> None:
    raw, export = shot(1, "DSC_7.NEF", format="RAW"), shot(2, "web.jpg")
    assert groups([raw, export], same((1, 2))) == [[1, 2]]


def test_bursts_are_runs_of_at_least_three() -> None:
    run = [shot(number, taken_at=500 + 2 * number) for number in (1, 2, 3)]
    alone = [shot(7, taken_at=900), shot(8, taken_at=901)]
    other = [shot(9, taken_at=505, camera="Other")]
    copy = [shot(4, "copy.jpg", taken_at=502, content=b"\1")]
    assert companions.bursts([*alone, *other, *run, *copy]) == [tuple(run)]


# -- which one to keep -------------------------------------------------------------------------------------------


def member(number: int, size_bytes: int = 100, tags: tuple[str, ...] = (), **changes: object) -> DuplicatePhoto:
    return DuplicatePhoto(photo(number, **changes), size_bytes, tags, ())


def kept(
    *members: DuplicatePhoto, order: tuple[KeepRule, ...] = (), preferred: tuple[Path, ...] = ()
) -> tuple[int, list[str]]:
    photos, reasons = keep_rules.ranked(members, order, preferred)
    return int(photos[0].id), [str(reason) for reason in reasons]


def test_the_largest_is_kept_and_says_so() -> None:
    assert kept(member(1, width_px=300, height_px=200), member(2))[0] == 2
    assert kept(member(1, taken_at=5), member(2, taken_at=5, size_bytes=200)) == (2, ["largest"])


def test_the_order_of_the_rules_decides() -> None:
    small = member(1, tags=("sea",), width_px=300, height_px=200, taken_at=1)
    large = member(2, taken_at=2)
    assert kept(small, large, order=(KeepRule.LARGEST,))[0] == 2
    assert kept(small, large, order=(KeepRule.MARKED,)) == (1, ["has your tags"])
    assert kept(small, large, order=(KeepRule.OLDEST,)) == (1, ["oldest"])


def test_raw_and_preferred_folders() -> None:
    home, backup = Path("/home/photos").absolute(), Path("/backup").absolute()
    one = member(1, path=home / "a.jpg", taken_at=1)
    two = member(2, path=backup / "a.nef", format="RAW", taken_at=1)
    assert kept(one, two) == (2, ["RAW"])
    assert kept(one, two, preferred=(home, backup)) == (1, ["preferred folder"])
    assert kept(one, two, preferred=(backup, home))[0] == 2


def test_what_is_not_there_is_never_the_one_to_keep() -> None:
    assert kept(member(1, size_bytes=900, is_offline=True), member(2))[0] == 2
    assert kept(member(1, size_bytes=900, is_unreadable=True), member(2))[0] == 2


def test_equal_photos_give_no_reason() -> None:
    assert kept(member(1, taken_at=1), member(2, taken_at=1))[1] == []


def test_of_equal_files_the_one_not_named_as_a_copy_is_kept() -> None:
    for copy in ("a/Copy of sea.jpg", "a/sea (1).jpg", "sea - Copy.jpg"):
        one, two = member(1, path=Path("/home", copy), taken_at=1), member(2, path=Path("/home/b/sea.jpg"), taken_at=1)
        assert kept(one, two) == (2, [])
