from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from core.errors import LibraryError
from core.images import contact_sheet
from tests.support.pictures import BLUE, RED, plain


@pytest.mark.parametrize("name", ["sheet.png", "sheet.jpg", "new folder/sheet 😀.png"])
def test_a_sheet_is_written_as_the_name_says(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    contact_sheet.write([(plain(colour=RED), "a.jpg")], "red things", path)
    with Image.open(path) as sheet:
        assert sheet.format == {"png": "PNG", "jpg": "JPEG"}[path.suffix[1:]]


def test_the_best_picture_comes_first_and_every_picture_is_there() -> None:
    sheet = contact_sheet.draw([(plain((300, 200), RED), "a")] + [(plain((90, 200), BLUE), "b")] * 4, "words")
    places = [(x, y) for y in range(0, sheet.height, 8) for x in range(0, sheet.width, 8)]
    pixels = [sheet.getpixel(place) for place in places]
    assert pixels.count(BLUE) == pytest.approx(4 * pixels.count(RED), rel=0.1)
    assert pixels.index(RED) < pixels.index(BLUE)


def test_no_results_still_make_a_sheet() -> None:
    assert contact_sheet.draw([], "unicorns").width > 0


@pytest.mark.parametrize("words", ["", "x" * 10_000, "東京 \n\t Ünïcode 😀", "not UTF-8 \udcff\udcfe", "\0"])
def test_any_words_can_be_title_and_caption(words: str) -> None:
    short, odd = contact_sheet.draw([(plain(), "a")], "a"), contact_sheet.draw([(plain(), words)], words)
    assert odd.size == short.size


@pytest.mark.parametrize("name", ["sheet.unknown", "file/sheet.png"])
def test_a_sheet_that_cannot_be_written_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryError, match="could not be written"):
        contact_sheet.write([(plain(), "a")], "a", tmp_path / name)
