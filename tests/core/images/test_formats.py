from __future__ import annotations

import pytest

from core.images import formats, signatures
from core.images.signatures import Kind
from tests.support import pictures


@pytest.mark.parametrize(
    "name", ["a.jpg", "A.JPG", "b.JpEg", "c.heic", "d.avif", "e.tiff", "f.NEF", "g.dng", "ü 😀\n.png"]
)
def test_pictures_are_recognised_by_name_whatever_the_case(name: str) -> None:
    assert formats.is_picture_name(name)


@pytest.mark.parametrize("name", ["._a.jpg", ".hidden.png", ".jpg", "jpg", "a.txt", "a.jpg.part", "a.xmp", "a.mov", ""])
def test_hidden_files_and_other_files_are_no_pictures(name: str) -> None:
    assert not formats.is_picture_name(name)


def test_raw_files_are_pictures_too() -> None:
    assert formats.is_raw("IMG_1.CR3")
    assert not formats.is_raw("IMG_1.JPG")
    assert formats.RAW_SUFFIXES < formats.SUFFIXES


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pictures.make_jpeg(), Kind.JPEG),
        (pictures.encoded(pictures.plain(), "PNG"), Kind.PNG),
        (pictures.encoded(pictures.plain(), "GIF"), Kind.GIF),
        (pictures.encoded(pictures.plain(), "WEBP"), Kind.WEBP),
        (pictures.encoded(pictures.plain(), "BMP"), Kind.BMP),
        (pictures.encoded(pictures.plain(), "TIFF"), Kind.TIFF),
        (pictures.make_heic(), Kind.HEIC),
        (pictures.make_avif(), Kind.AVIF),
        (pictures.make_dng(), Kind.RAW),
        (b"FUJIFILMCCD-RAW 0201", Kind.RAW),
        (b"IIU\0\x18\0\0\0", Kind.RAW),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", Kind.RAW),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Kind.AVIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Kind.HEIC),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", None),
        (b"", None),
    ],
)
def test_the_content_decides_the_format_and_not_the_name(content: bytes, kind: Kind | None) -> None:
    assert signatures.recognise(content, "photo.xyz") == kind


def test_a_tiff_file_counts_as_raw_when_it_has_a_raw_name() -> None:
    assert signatures.recognise(pictures.encoded(pictures.plain(), "TIFF"), "photo.nef") == Kind.RAW
