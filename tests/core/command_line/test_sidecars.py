"""`recollect sidecars`: what waits, what is written, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.command_line.conftest import Recollect
from tests.core.sidecars.test_reading import jpeg, sidecar, subject
from tests.core.sidecars.test_writing import keywords


@pytest.fixture
def folder(recollect: Recollect, tmp_path: Path) -> Path:
    """Indexed: a photo with keywords of its own, one with a sidecar, one without any words."""
    photos = tmp_path / "photos"
    photos.mkdir()
    jpeg(photos / "own.jpg", subject("dog"))
    jpeg(photos / "beside.jpg", colour="blue")
    jpeg(photos / "plain.jpg", colour="green")
    sidecar(photos / "beside.jpg.xmp", subject("sea"))
    assert recollect("index", photos).code == 0
    return photos


def test_status_says_what_is_there(recollect: Recollect, folder: Path) -> None:
    said = recollect("sidecars", "status")
    assert said.code == 0
    assert said.out.startswith("1 photo with a sidecar, 0 to be written.")
    answer = recollect("sidecars", "status", "--json").json
    assert answer == {"writes_by_itself": False, "waiting": 0, "with_sidecar": 1, "problems": []}


def test_only_what_differs_is_written_unless_files_are_named(recollect: Recollect, folder: Path) -> None:
    assert recollect("sidecars", "write").out == "Nothing to write.\n"
    said = recollect("sidecars", "write", folder / "own.jpg", folder / "plain.jpg", "--json")
    assert said.json["written"] == [str(folder / "own.jpg")]
    assert keywords(folder / "own.jpg.xmp") == {"dog"}
    assert not (folder / "plain.jpg.xmp").exists()


def test_a_file_outside_the_library_is_named(recollect: Recollect, folder: Path, tmp_path: Path) -> None:
    said = recollect("sidecars", "write", tmp_path / "elsewhere.jpg")
    assert said.code == 1
    assert "is not in the library" in said.err


def test_a_broken_sidecar_is_left_alone_and_named(recollect: Recollect, folder: Path) -> None:
    (folder / "own.jpg.xmp").write_bytes(b"<x:xmpmeta")
    said = recollect("sidecars", "write", folder / "own.jpg")
    assert said.code == 1
    assert said.out.startswith("Left alone: ")
    assert (folder / "own.jpg.xmp").read_bytes() == b"<x:xmpmeta"
