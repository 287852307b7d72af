"""Files that are no pictures, or not quite: each becomes at most one problem with a reason, the rest is indexed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.domain import ScanReport
from core.indexing import disk, file_reading
from core.indexing.reading_process import ReadingProcesses
from tests.support import pictures
from tests.support.libraries import Shelf, add_picture, picture_bytes

BAD: dict[str, bytes] = {
    "empty.jpg": b"",
    "truncated.jpg": pictures.encoded(pictures.photo_like(), "JPEG")[:9_000],
    "truncated.png": pictures.encoded(pictures.photo_like(), "PNG")[:20_000],
    "zeros.jpg": bytes(5000),
    "half copied.jpg": pictures.make_jpeg((300, 200))[:2000] + bytes(3000),
    "text.jpg": b"hello",
    "page.png": b"<!DOCTYPE html><html></html>",
    "document.jpg": b"%PDF-1.7\n" + b"x" * 200,
    "archive.gif": b"PK\x03\x04" + b"x" * 200,
    "bomb.png": pictures.make_png_bomb(),
    "bomb.jpg": pictures.make_jpeg_bomb(),
    "random.heic": bytes(range(256)) * 20,
    "header only.tif": b"II*\0\x08\0\0\0",
    "raw.cr2": b"II*\0nonsense" * 40,
}
GOOD: dict[str, bytes] = {
    "cmyk.jpg": pictures.encoded(pictures.plain().convert("CMYK"), "JPEG"),
    "grey.jpg": pictures.encoded(pictures.plain().convert("L"), "JPEG"),
    "16 bit.png": pictures.make_png_16_bit_rgb(),
    "16 bit grey.png": pictures.encoded(Image.fromarray(np.full((20, 30), 40_000, np.uint16)), "PNG"),
    "palette.png": pictures.encoded(pictures.quarters().convert("P"), "PNG"),
    "see-through.png": pictures.encoded(pictures.plain().convert("RGBA"), "PNG"),
    "one bit.png": pictures.encoded(pictures.plain().convert("1"), "PNG"),
    "moving.gif": pictures.make_animation("GIF"),
    "moving.webp": pictures.make_animation("WEBP"),
    "turned.jpg": pictures.make_jpeg(orientation=8),
    "really a png.jpg": picture_bytes("blue", "misnamed"),
    "a.tif": pictures.encoded(pictures.quarters(), "TIFF"),
    "a.bmp": pictures.encoded(pictures.quarters(), "BMP"),
    "a.heic": pictures.make_heic(),
    "a.avif": pictures.make_avif(),
    "a.dng": pictures.make_dng(pictures.make_jpeg()),
    "one pixel.png": pictures.encoded(pictures.plain((1, 1)), "PNG"),
    "long and thin.png": pictures.encoded(pictures.plain((3000, 1)), "PNG"),
}


def test_bad_files_are_listed_once_with_a_reason_and_the_rest_is_indexed(shelf: Shelf) -> None:
    for name, content in (BAD | GOOD).items():
        (shelf.root / name).write_bytes(content)
    (shelf.root / "notes.txt").write_text("no picture by name: not even looked at")

    report = shelf.watch_root()

    assert shelf.names() == sorted(GOOD)
    assert sorted(problem.path.name for problem in report.unreadable) == sorted(BAD)
    assert report.added == len(GOOD)
    listed = shelf.library.problems()
    assert sorted(problem.path.name for problem in listed) == sorted(BAD)
    for problem in listed:
        assert problem.reason.endswith("."), problem
        assert "Traceback" not in problem.reason
        assert "\n" not in problem.reason
    status = shelf.library.status()
    assert (status.photos, status.embedded, status.unreadable) == (len(GOOD), len(GOOD), len(BAD))
    assert shelf.scan() == ScanReport(), "what cannot be read is not tried again until it changes"


def test_a_fixed_file_leaves_the_list(shelf: Shelf) -> None:
    for name in BAD:
        (shelf.root / name).write_bytes(BAD[name])
    shelf.watch_root()
    for name in BAD:
        shelf.picture(name)

    assert shelf.scan().added == len(BAD)
    assert shelf.library.problems() == []
    assert shelf.names() == sorted(BAD)


def test_a_bad_file_that_is_deleted_leaves_the_list(shelf: Shelf) -> None:
    (shelf.root / "bad.jpg").write_bytes(b"bad")
    shelf.picture("good.png")
    shelf.watch_root()
    (shelf.root / "bad.jpg").unlink()
    shelf.scan()
    assert shelf.library.problems() == []


def test_a_photo_that_breaks_keeps_everything_and_recovers(shelf: Shelf) -> None:
    path = shelf.picture("a.png", "red")
    shelf.watch_root()
    good, photo_id = path.read_bytes(), shelf.photo("a.png").id
    shelf.library.add_tag("kept", [photo_id])
    path.write_bytes(good[: len(good) // 2])

    report = shelf.scan()

    assert [problem.path for problem in report.unreadable] == [path]
    assert shelf.photo("a.png").is_unreadable
    assert shelf.library.details(photo_id).problem
    assert (shelf.found("red"), shelf.tags("a.png")) == (["a.png"], {"kept"})

    path.write_bytes(good)
    shelf.scan()
    assert (shelf.photo("a.png").id, shelf.photo("a.png").is_unreadable) == (photo_id, False)
    assert shelf.library.problems() == []
    assert shelf.encoder().images_encoded == 1


AWKWARD = [
    "with space.png", "emoji 🏖️.png", "new\nline.png", "tab\t.png", "quote\"'.png", "percent %41.png", "ünïcödé.png",
    "e\u0301.png", "UPPER.PNG", "-rf.png", "semi;colon.png", "back\\slash.png", "日本語/写真.png", "x" * 200 + ".png",
]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not allow such names")
def test_names_of_any_kind(shelf: Shelf) -> None:
    for name in AWKWARD:
        shelf.picture(name)

    assert shelf.watch_root().added == len(AWKWARD)
    assert shelf.names() == sorted(AWKWARD)
    shelf.library.add_tag("seen", shelf.ids(*AWKWARD))
    for name in AWKWARD:
        (shelf.root / name).rename(shelf.root / f"{len(name)}-{abs(hash(name))}.png")
    assert shelf.scan().moved == len(AWKWARD)
    assert all(shelf.tags(name) == {"seen"} for name in shelf.names())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are always Unicode")
def test_names_that_are_not_utf8(shelf: Shelf) -> None:
    path = add_picture(shelf.root / os.fsdecode(b"caf\xe9") / os.fsdecode(b"\xff\xfe.png"))
    shelf.watch_root()
    photo = shelf.all_photos()[0]

    assert os.fsencode(photo.path) == os.fsencode(path)
    photo.name.encode("utf-8")
    assert shelf.library.details(photo.id).folder == photo.path.parent
    assert shelf.library.picture(photo.id).size == (24, 16)
    assert shelf.found("red") == [photo.name]
    path.rename(path.with_name(os.fsdecode(b"\xfd.png")))
    assert shelf.scan().moved == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_in_circles_end(shelf: Shelf, tmp_path: Path) -> None:
    shelf.picture("a.png")
    (shelf.root / "self").symlink_to(shelf.root, target_is_directory=True)
    (shelf.root / "up").symlink_to(tmp_path, target_is_directory=True)
    (shelf.root / "nowhere.png").symlink_to(tmp_path / "missing.png")
    (shelf.root / "loop.png").symlink_to("loop.png")
    outside = add_picture(tmp_path / "outside" / "b.png").parent
    (outside / "back").symlink_to(shelf.root, target_is_directory=True)
    (outside / "again").symlink_to(outside, target_is_directory=True)
    (shelf.root / "linked").symlink_to(outside, target_is_directory=True)

    assert shelf.watch_root().added == 2
    assert shelf.names() == ["a.png", "linked/b.png"]
    assert shelf.library.problems() == []
    assert shelf.scan() == ScanReport()


def test_things_named_like_pictures_that_are_no_files(shelf: Shelf) -> None:
    shelf.picture("folder.jpg/inside.png")
    if hasattr(os, "mkfifo"):
        os.mkfifo(shelf.root / "pipe.png")

    assert shelf.watch_root().added == 1
    assert shelf.names() == ["folder.jpg/inside.png"]
    assert shelf.library.problems() == []


def test_a_file_deleted_before_it_is_read_is_nothing(tmp_path: Path) -> None:
    assert file_reading.read(disk.DiskFile(tmp_path / "gone.png", 1, 1)) is None
    assert file_reading.hash_of(disk.DiskFile(tmp_path / "gone.png", 1, 1)) is None


def test_a_file_that_became_a_folder_is_a_problem_that_is_tried_again(tmp_path: Path) -> None:
    result = file_reading.read(disk.DiskFile(tmp_path, 1, 1))
    assert isinstance(result, file_reading.UnreadableFile)
    assert result.file.modified_ns == file_reading.TRY_AGAIN


@pytest.mark.parametrize("when", ["before reading", "after reading"])
def test_files_that_vanish_while_the_scan_runs(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    shelf.picture("stays.png")
    victim = shelf.picture("vanishes.png")
    read = ReadingProcesses.read

    def deleting(self: ReadingProcesses, file: disk.DiskFile) -> object:
        if file.path == victim and when == "before reading":
            victim.unlink()
        result = read(self, file)
        victim.unlink(missing_ok=True)
        return result

    monkeypatch.setattr(ReadingProcesses, "read", deleting)
    shelf.watch_root()
    shelf.scan()

    assert shelf.names() == ["stays.png"]
    assert shelf.library.problems() == []


def test_a_photo_edited_while_it_is_embedded_is_embedded_again(shelf: Shelf) -> None:
    """What was encoded is the old content; it must not be kept for the new one."""
    shelf.picture("a.png", "red")
    shelf.library.add_folder(shelf.root)
    encoder = shelf.encoder()
    encode = encoder.encode_prepared

    def edit_meanwhile(images: object) -> object:
        encoder.encode_prepared = encode  # type: ignore[method-assign]
        result = encode(images)  # type: ignore[arg-type]
        shelf.picture("a.png", "blue", seed="edited")
        shelf.library._work.scan(shelf.library.folders())
        return result

    encoder.encode_prepared = edit_meanwhile  # type: ignore[method-assign,assignment]
    shelf.scan()

    others = [shelf.picture(f"{colour}.png", colour).name for colour in ("red", "yellow", "green")]
    shelf.scan()
    assert shelf.found("blue")[0] == "a.png"
    assert shelf.found("red")[0] == "red.png"
    assert shelf.encoder().images_encoded == 2 + len(others)
