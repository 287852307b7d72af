"""A folder full of broken and malicious pictures goes through the whole pipeline: no crash, no hang, bounded memory."""

from __future__ import annotations

import random
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from core.indexing import reading_process
from tests.support import pictures
from tests.support.libraries import Shelf
from tests.support.pictures import encoded, make_avif, make_dng, make_exif, make_gps, make_heic, make_jpeg, make_xmp

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="children are counted as on Unix")]

EXIF = make_exif(main={0x010F: "Canon"}, gps=make_gps(52.5, 13.4), taken_at="2024:05:01 12:30:00")
PHOTO = pictures.photo_like((240, 180))
WHOLE = {
    "jpg": encoded(PHOTO, "JPEG", exif=EXIF, quality=92),
    "png": encoded(PHOTO, "PNG", exif=EXIF),
    "webp": encoded(PHOTO, "WEBP", exif=EXIF),
    "tif": encoded(PHOTO, "TIFF", compression="tiff_lzw"),
    "gif": encoded(PHOTO.quantize(64), "GIF"),
    "heic": make_heic(PHOTO, exif=EXIF),
    "avif": make_avif(PHOTO, exif=EXIF),
    "dng": make_dng(make_jpeg((120, 90))),
}
MOST_MB = 700
"""Of one reading process: a picture of 250 megapixels is 1 GB and refused in none of these files."""

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>&i;</dc:description>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)
FROM_OUTSIDE = LAUGHS.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')


def with_xmp(packet: str) -> bytes:
    return pictures.with_segment(WHOLE["jpg"], 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode())


def png_with_text_bomb() -> bytes:
    """A compressed text chunk of 200 MB."""
    body = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)
    chunk = len(body).to_bytes(4, "big") + b"zTXt" + body + zlib.crc32(b"zTXt" + body).to_bytes(4, "big")
    return WHOLE["png"][:33] + chunk + WHOLE["png"][33:]


def corpus() -> Iterator[tuple[str, bytes]]:
    """Names and contents."""
    choose = random.Random(11)
    for suffix, content in WHOLE.items():
        yield f"whole.{suffix}", content
        for end in range(0, len(content), 1024):
            yield f"cut {end}.{suffix}", content[:end]
        for number in range(25):
            damaged = bytearray(content)
            for _ in range(choose.randint(1, 12)):
                damaged[choose.randrange(len(damaged) if number % 2 else min(len(damaged), 600))] ^= (
                    1 << choose.randrange(8)
                )
            yield f"flipped {number}.{suffix}", bytes(damaged)
        other = choose.choice(sorted(WHOLE))
        yield f"really {other}.{suffix}", WHOLE[other]
        yield f"doubled.{suffix}", content + content
        yield f"inside.{suffix}", b"PK\x03\x04" + content
    yield "bomb.png", pictures.make_png_bomb((60_000, 60_000))
    yield "bomb.jpg", pictures.make_jpeg_bomb((65_000, 65_000))
    yield "wide.png", pictures.make_png_bomb((2_000_000_000, 2))
    yield "nothing wide.png", pictures.make_png_bomb((0, 10))
    yield "text bomb.png", png_with_text_bomb()
    yield "laughs.jpg", with_xmp(LAUGHS)
    yield "outside.jpg", with_xmp(FROM_OUTSIDE)
    yield "deep.jpg", with_xmp("<a>" * 20_000)
    yield "good caption.jpg", with_xmp(make_xmp("<dc:description>Kept</dc:description>").decode())
    yield "odd dates.jpg", encoded(PHOTO, "JPEG", exif=make_exif(taken_at="9999:99:99 99:99:99"))
    yield "odd place.jpg", encoded(PHOTO, "JPEG", exif=make_exif(gps=make_gps(89.9, 179.9, 9e9)))
    yield "endless exif.jpg", pictures.with_segment(WHOLE["jpg"], 0xE1, b"Exif\0\0II*\0\x08\0\0\0" + b"\xff" * 60_000)


def largest_child_mb(shelf: Shelf) -> float:
    """The most memory that a reading process has now."""
    found = [0.0]
    for process in psutil.Process().children(recursive=True):
        try:
            found.append(process.memory_info().rss / 1e6)
        except psutil.NoSuchProcess:
            continue
    return max(found)


def test_a_folder_of_hostile_files_is_survived(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    crashed: list[Path] = []
    read = reading_process.ReadingProcesses.read

    def noting(self: reading_process.ReadingProcesses, file: object) -> object:
        result = read(self, file)  # type: ignore[arg-type]
        if getattr(result, "reason", None) in (reading_process.CRASHED, reading_process.HUNG):
            crashed.append(result.file.path)  # type: ignore[union-attr]
        return result

    monkeypatch.setattr(reading_process.ReadingProcesses, "read", noting)
    files = dict(corpus())
    for name, content in files.items():
        (shelf.root / name).write_bytes(content)
    report = shelf.watch_root()

    photos = set(shelf.names())
    problems = {one.path.name: one.reason for one in shelf.library.problems()}
    assert photos | set(problems) == set(files), "every file is a photo or is listed with its reason"
    assert not photos & set(problems)
    assert {f"whole.{suffix}" for suffix in WHOLE} | {"laughs.jpg", "outside.jpg", "deep.jpg"} <= photos
    assert {"bomb.png", "bomb.jpg", "wide.png"} <= set(problems)
    assert all(reason and "\n" not in reason and "Traceback" not in reason for reason in problems.values())
    assert report.added == len(photos)
    assert crashed == [], "a new way to crash a decoder: refuse such files by their bytes, as core/images/boxes.py does"
    assert largest_child_mb(shelf) < MOST_MB
    assert shelf.library.status().embedded == len(photos)
    assert shelf.library.details(shelf.photo("laughs.jpg").id).caption is None
    assert shelf.library.details(shelf.photo("outside.jpg").id).caption is None
    assert shelf.scan().added == 0, "nothing is tried twice"
