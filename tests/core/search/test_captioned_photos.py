"""The file of captioned photos that an encoder is measured with."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import LibraryError
from core.search import captioned_photos


def write(folder: Path, *lines: str) -> Path:
    path = folder / "captions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_line_gives_its_file_captions_split_and_labels(tmp_path: Path) -> None:
    path = write(tmp_path, '{"file": "a.jpg", "captions": ["a dog", "ein Hund"], "split": "val", "labels": ["dog"]}')
    assert captioned_photos.read(path) == [
        captioned_photos.CaptionedPhoto("a.jpg", ("a dog", "ein Hund"), "val", ("dog",))
    ]


def test_labels_unknown_keys_and_empty_lines_are_optional(tmp_path: Path) -> None:
    path = write(tmp_path, '{"file": "a.jpg", "captions": [], "class_index": 3}', "", "")
    assert captioned_photos.read(path) == [captioned_photos.CaptionedPhoto("a.jpg", (), "", ())]


def test_only_the_photos_of_the_wanted_split_are_read(tmp_path: Path) -> None:
    lines = [f'{{"file": "{split}.jpg", "captions": ["a"], "split": "{split}"}}' for split in ("train", "val")]
    assert [photo.file for photo in captioned_photos.read(write(tmp_path, *lines), "val")] == ["val.jpg"]
    with pytest.raises(LibraryError, match="no photos of the split test"):
        captioned_photos.read(write(tmp_path, *lines), "test")


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"captions": ["a"]}',
        '{"file": "a.jpg", "captions": "a dog"}',
        '["a.jpg"]',
        '{"file": 3, "captions": []}',
    ],
)
def test_a_broken_line_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, '{"file": "a.jpg", "captions": ["a"], "split": "val"}', line)
    with pytest.raises(LibraryError, match=r"Line 2 of captions\.jsonl"):
        captioned_photos.read(path)


def test_a_missing_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"nowhere\.jsonl cannot be read"):
        captioned_photos.read(tmp_path / "nowhere.jsonl")
