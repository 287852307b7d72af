"""Why a photo: the map lights up where the wish is, and stays dark where it is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.domain import ExamplePicture, Explanation, PhotoId, Query, Region
from core.errors import LibraryError
from core.jobs import Cancelled, JobControl
from core.search import explanation
from tests.support.colour_encoder import COLOURS
from tests.support.libraries import Shelf


def halves(path: Path, left: str, right: str, orientation: int | None = None) -> None:
    """A picture with two colours side by side; `orientation` turns it when it is shown."""
    image = Image.new("RGB", (240, 160), COLOURS[left])
    image.paste(COLOURS[right], (120, 0, 240, 160))
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    image.save(path, "JPEG", quality=95, exif=exif)


@pytest.fixture
def shelf_of_halves(shelf: Shelf) -> Shelf:
    halves(shelf.root / "halves.jpg", "red", "blue")
    halves(shelf.root / "turned.jpg", "red", "blue", orientation=6)
    for number in range(30):
        shelf.picture(f"{number}.png", list(COLOURS)[number % len(COLOURS)])
    shelf.watch_root()
    return shelf


def explained(shelf: Shelf, name: str, query: Query, wish: int = 0) -> Explanation:
    return shelf.library.explain(shelf.photo(name).id, query, wish)


def brightness(found: Explanation) -> tuple[float, float, float, float]:
    """Mean heat of the left, right, upper and lower half."""
    rows, columns = found.heat.shape
    across, down = columns // 2, rows // 2
    heat = found.heat
    parts = heat[:, :across], heat[:, -across:], heat[:down], heat[-down:]
    left, right, upper, lower = (float(part.mean()) for part in parts)
    return left, right, upper, lower


def test_the_map_lights_up_where_the_words_are_answered(shelf_of_halves: Shelf) -> None:
    red = explained(shelf_of_halves, "halves.jpg", Query("something red"))
    blue = explained(shelf_of_halves, "halves.jpg", Query("something blue"))
    assert brightness(red)[0] > 0.6 > 0.3 > brightness(red)[1]
    assert brightness(blue)[1] > 0.6 > 0.3 > brightness(blue)[0]
    assert red.strength > 0.5
    assert red.heat.dtype == np.float32
    assert red.heat.min() >= 0
    assert red.heat.max() <= 1
    rows, columns = red.heat.shape
    assert columns / rows == pytest.approx(1.5, rel=0.05)


def test_the_map_lies_over_the_upright_photo(shelf_of_halves: Shelf) -> None:
    red = explained(shelf_of_halves, "turned.jpg", Query("red"))
    rows, columns = red.heat.shape
    assert rows > columns
    _left, _right, upper, lower = brightness(red)
    assert upper > 0.6 > 0.3 > lower


def test_what_is_not_in_the_photo_stays_dark_and_is_said_to(shelf_of_halves: Shelf) -> None:
    found = explained(shelf_of_halves, "halves.jpg", Query("yellow"))
    assert found.strength < 0.5
    assert found.heat.max() < 0.5


def test_an_example_picture_is_a_wish_of_its_own(shelf_of_halves: Shelf) -> None:
    example = ExamplePicture(photo_id=shelf_of_halves.photo("2.png").id, title="2.png")  # blue
    query = Query("red", (example,))
    found = explained(shelf_of_halves, "halves.jpg", query, wish=1)
    assert [wish.words for wish in found.wishes[: found.asked_count]] == ["red", "2.png"]
    assert brightness(found)[1] > brightness(found)[0] + 0.3


def test_without_a_query_the_photo_is_explained_by_its_strongest_word(shelf_of_halves: Shelf) -> None:
    library = shelf_of_halves.library
    library.save_vocabulary('templates = ["{}"]\n[groups.colours]\nwords = ["red", "green", "blue"]\n')
    found = explained(shelf_of_halves, "halves.jpg", Query())
    assert {word.name for word in found.words} == {"red", "blue"}
    assert found.wishes[found.wish].words == found.words[0].name
    assert [word.name for word in library.looks_like(shelf_of_halves.photo("1.png").id)] == ["green"]


def test_a_word_that_was_asked_for_is_not_offered_again(shelf_of_halves: Shelf) -> None:
    shelf_of_halves.library.save_vocabulary('templates = ["{}"]\n[groups.colours]\nwords = ["red", "green", "blue"]\n')
    found = explained(shelf_of_halves, "halves.jpg", Query("Red"))
    assert [wish.words for wish in found.wishes] == ["Red", "blue"]
    assert found.asked_count == 1


def test_another_wish_for_the_same_photo_encodes_no_crop_again(shelf_of_halves: Shelf) -> None:
    explained(shelf_of_halves, "halves.jpg", Query("red"))
    before = shelf_of_halves.encoder().images_encoded
    explained(shelf_of_halves, "halves.jpg", Query("blue"))
    assert shelf_of_halves.encoder().images_encoded == before


def test_moving_on_stops_the_work(shelf_of_halves: Shelf) -> None:
    job = JobControl("explain", "Looking closer")
    job.stop()
    before = shelf_of_halves.encoder().images_encoded
    with pytest.raises(Cancelled):
        shelf_of_halves.library.explain(shelf_of_halves.photo("halves.jpg").id, Query("red"), 0, job)
    assert shelf_of_halves.encoder().images_encoded == before


def test_a_photo_whose_file_is_away_is_explained_by_its_thumbnail(shelf_of_halves: Shelf) -> None:
    (shelf_of_halves.root / "halves.jpg").unlink()
    assert brightness(explained(shelf_of_halves, "halves.jpg", Query("red")))[0] > 0.6


def test_a_photo_that_left_the_library_is_a_sentence(shelf_of_halves: Shelf) -> None:
    with pytest.raises(LibraryError, match="no longer in the library"):
        shelf_of_halves.library.explain(PhotoId(999_999), Query("red"))


@given(width=st.integers(1, 12_000), height=st.integers(1, 12_000))
def test_windows_cover_every_photo_and_stay_few(width: int, height: int) -> None:
    parts = explanation.windows(width, height)
    assert len(parts) <= 300
    assert min(part.left for part in parts) == 0
    assert max(part.right for part in parts) == pytest.approx(1)
    places = np.linspace(0.001, 0.999, 40)
    assert all(any(part.left <= x <= part.right for part in parts) for x in places)
    assert all(any(part.top <= y <= part.bottom for part in parts) for y in places)


@given(
    left=st.floats(0, 0.75),
    top=st.floats(0, 0.75),
    width=st.integers(30, 4000),
    height=st.integers(30, 4000),
)
def test_the_hottest_place_is_where_the_best_window_is(left: float, top: float, width: int, height: int) -> None:
    parts = explanation.windows(width, height)
    middles = np.array([((one.left + one.right) / 2, (one.top + one.bottom) / 2) for one in parts])
    target = Region(left, top, left + 0.25, top + 0.25)
    middle = np.array([left + 0.125, top + 0.125])
    z_scores = (4.0 - 8.0 * np.abs(middles - middle).max(axis=1)).astype(np.float32)
    heat = explanation.heat_map(z_scores, parts, width, height).heat
    row, column = np.unravel_index(int(heat.argmax()), heat.shape)
    x, y = (column + 0.5) / heat.shape[1], (row + 0.5) / heat.shape[0]
    assert target.left - 0.1 <= x <= target.right + 0.1
    assert target.top - 0.1 <= y <= target.bottom + 0.1
