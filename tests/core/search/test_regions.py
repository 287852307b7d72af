"""Searching by a part of a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.domain import ExamplePicture, Query, Region
from core.errors import QueryError
from core.search import example_pictures
from tests.core.search.test_explanation import halves
from tests.support.libraries import Shelf, add_picture

LEFT, RIGHT = Region(0.0, 0.0, 0.5, 1.0), Region(0.5, 0.0, 1.0, 1.0)
LOWER = Region(0.0, 0.5, 1.0, 1.0)


@pytest.fixture
def colours(shelf: Shelf) -> Shelf:
    halves(shelf.root / "halves.jpg", "red", "blue")
    halves(shelf.root / "turned.jpg", "red", "blue", orientation=6)
    for number in range(20):
        shelf.picture(f"{number}-{'red' if number % 2 else 'blue'}.png", "red" if number % 2 else "blue")
    shelf.watch_root()
    return shelf


def best(shelf: Shelf, example: ExamplePicture) -> str:
    result = shelf.library.search(Query(examples=(example,)))
    return shelf.names_of([result.hits[0].photo_id])[0]


@pytest.mark.parametrize(("region", "colour"), [(LEFT, "red"), (RIGHT, "blue")])
def test_only_the_part_counts(colours: Shelf, region: Region, colour: str) -> None:
    photo_id = colours.photo("halves.jpg").id
    assert colour in best(colours, ExamplePicture(photo_id=photo_id, region=region))


def test_the_part_is_of_the_upright_photo(colours: Shelf) -> None:
    photo_id = colours.photo("turned.jpg").id
    assert "blue" in best(colours, ExamplePicture(photo_id=photo_id, region=LOWER))


def test_a_part_of_a_photo_does_not_find_that_photo(colours: Shelf) -> None:
    photo_id = colours.photo("halves.jpg").id
    result = colours.library.search(Query(examples=(ExamplePicture(photo_id=photo_id, region=LEFT),)))
    assert photo_id not in {hit.photo_id for hit in result.hits}


def test_a_part_of_an_outside_picture(colours: Shelf, tmp_path: Path) -> None:
    halves(tmp_path / "outside.jpg", "blue", "red")
    assert "blue" in best(colours, ExamplePicture(path=tmp_path / "outside.jpg", region=LEFT))
    content = (tmp_path / "outside.jpg").read_bytes()
    assert "red" in best(colours, ExamplePicture(content=content, region=RIGHT))


def test_while_the_file_is_away_the_thumbnail_serves(colours: Shelf) -> None:
    photo_id = colours.photo("halves.jpg").id
    (colours.root / "halves.jpg").unlink()
    assert "blue" in best(colours, ExamplePicture(photo_id=photo_id, region=RIGHT))


def test_an_outside_picture_that_is_gone_is_a_sentence(colours: Shelf, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"gone\.jpg cannot be opened"):
        best(colours, ExamplePicture(path=tmp_path / "gone.jpg", region=LEFT))


def test_a_small_part_is_taken_from_the_file_not_from_a_reduced_picture(shelf: Shelf) -> None:
    image = Image.effect_noise((2000, 1500), 80).convert("RGB")
    image.save(shelf.root / "large.jpg")
    shelf.watch_root()
    example = ExamplePicture(photo_id=shelf.photo("large.jpg").id, region=Region(0.4, 0.4, 0.5, 0.5))
    assert min(shelf.library.example_image(example, 150).size) >= 150


@pytest.mark.parametrize("edges", [(0.5, 0, 0.5, 1), (0, 0.6, 1, 0.4), (-0.1, 0, 1, 1), (0, 0, 1, 1.1)])
def test_what_is_no_part_of_a_picture_cannot_be_made(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="no part"):
        Region(*edges)


edge = st.floats(0, 1, allow_nan=False)


@given(x=st.lists(edge, min_size=2, max_size=2, unique=True), y=st.lists(edge, min_size=2, max_size=2, unique=True),
       width=st.integers(1, 9000), height=st.integers(1, 9000))  # fmt: skip
def test_a_part_in_pixels_is_inside_and_has_enough_around_it(
    x: list[float], y: list[float], width: int, height: int
) -> None:
    region = Region(min(x), min(y), max(x), max(y))
    left, top, right, bottom = example_pictures.box_px(region, width, height)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert right - left >= min(example_pictures.LEAST_SIDE_PX, width)
    assert bottom - top >= min(example_pictures.LEAST_SIDE_PX, height)
    middle_x, middle_y = (region.left + region.right) / 2 * width, (region.top + region.bottom) / 2 * height
    assert left - 1 <= middle_x <= right + 1
    assert top - 1 <= middle_y <= bottom + 1


def test_an_own_photo_with_the_same_looks_is_still_found(colours: Shelf) -> None:
    add_picture(colours.root / "more.png", "red")
    colours.scan()
    photo_id = colours.photo("halves.jpg").id
    result = colours.library.search(Query(examples=(ExamplePicture(photo_id=photo_id, region=LEFT),)))
    assert "more.png" in colours.names_of([hit.photo_id for hit in result.hits[:11]])
