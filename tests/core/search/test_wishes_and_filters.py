"""Filters, several wishes, and what is not wanted, over a library whose encoder knows colours."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from core.domain import ExamplePicture, PhotoId, Query, ReasonKind, SearchResult
from tests.support import pictures
from tests.support.colour_encoder import COLOURS as SHADES
from tests.support.libraries import Shelf, picture_bytes

COLOURS = ("red", "green", "blue", "yellow", "white", "black")


def taken(year: int, month: int = 6, day: int = 5) -> int:
    return int(datetime(year, month, day, 12).timestamp())


@pytest.fixture
def coloured(shelf: Shelf) -> Shelf:
    """Five photos of each of six colours, taken in 2000 to 2029; 24 are red and blue, half and half."""
    for number in range(30):
        path = shelf.picture(f"{number:02}.png", COLOURS[number % 6])
        os.utime(path, (taken(2000 + number),) * 2)
    both(shelf.root / "both 1.png", "red", "blue")
    both(shelf.root / "both 2.png", "red", "blue", 1)
    for name in ("both 1.png", "both 2.png"):
        os.utime(shelf.root / name, (taken(1990),) * 2)
    shelf.watch_root()
    return shelf


def both(path: Path, left: str, right: str, seed: int = 0) -> None:
    picture = pictures.plain((24, 16 + seed), SHADES[left])
    picture.paste(SHADES[right], (0, 0, 12, 17))
    path.write_bytes(pictures.encoded(picture, "PNG"))


def search(shelf: Shelf, text: str, *examples: ExamplePicture) -> SearchResult:
    return shelf.library.search(Query(text, examples))


def strong(shelf: Shelf, text: str, *examples: ExamplePicture) -> set[str]:
    result = search(shelf, text, *examples)
    return set(shelf.names_of([hit.photo_id for hit in result.hits[: result.strong_count]]))


def of_colour(colour: str) -> set[str]:
    return {f"{number:02}.png" for number in range(30) if COLOURS[number % 6] == colour}


BOTH = {"both 1.png", "both 2.png"}

# -- several wishes ------------------------------------------------------------------------------------------------


def test_of_two_wishes_both_must_hold(coloured: Shelf) -> None:
    result = search(coloured, "red + blue")
    assert set(coloured.names_of([hit.photo_id for hit in result.hits[:2]])) == BOTH
    assert strong(coloured, "red + blue") == BOTH
    looks = [reason for reason in result.hits[0].reasons if reason.kind is ReasonKind.LOOKS_LIKE]
    assert [reason.words for reason in looks] == ["red", "blue"]
    assert all(reason.strength > 0.5 for reason in looks)


def test_the_heavier_wish_counts_more(coloured: Shelf) -> None:
    def first_plain(text: str) -> str:
        return next(name for name in coloured.found(text) if name not in BOTH)

    assert first_plain("5:red + 1:green") in of_colour("red")
    assert first_plain("1:red + 5:green") in of_colour("green")


def test_what_is_not_wanted_is_no_good_match(coloured: Shelf) -> None:
    assert strong(coloured, "red") == of_colour("red") | BOTH
    assert strong(coloured, "red -blue") == of_colour("red")
    found = coloured.found("red -blue")
    assert len(found) == 32
    assert set(found) >= BOTH, "refused, but among the weaker matches"


def test_a_word_that_is_not_wanted_refuses_photos_tagged_with_it(coloured: Shelf) -> None:
    coloured.library.add_tag("party", coloured.ids("00.png"))
    assert strong(coloured, "red -party") == (of_colour("red") | BOTH) - {"00.png"}
    assert strong(coloured, '"party"') == {"00.png"}
    assert "00.png" not in coloured.found('red -"party"'), "exactly these words: left out altogether"


def test_only_what_is_not_wanted_finds_everything_else(coloured: Shelf) -> None:
    result = search(coloured, "-red -green")
    found = coloured.names_of([hit.photo_id for hit in result.hits])
    assert set(found[: result.strong_count]) == set(coloured.names()) - of_colour("red") - of_colour("green") - BOTH
    dates = [photo.taken_at for photo in coloured.library.photos([hit.photo_id for hit in result.hits])]
    assert dates[: result.strong_count] == sorted(dates[: result.strong_count], reverse=True)


def test_examples_can_be_unwanted_and_mix_with_words(coloured: Shelf) -> None:
    blue = ExamplePicture(content=picture_bytes("blue"), title="sky", weight=-1.0)
    assert not strong(coloured, "red", blue) & of_colour("blue")
    assert not strong(coloured, "", blue) & of_colour("blue")
    liked = ExamplePicture(content=picture_bytes("blue"), title="sky")
    assert set(coloured.found("")) == set()
    result = search(coloured, "red", liked)
    assert set(coloured.names_of([hit.photo_id for hit in result.hits[:2]])) == BOTH


def test_an_example_that_cannot_be_used_is_said_and_the_rest_answered(coloured: Shelf, tmp_path: Path) -> None:
    gone = ExamplePicture(path=tmp_path / "gone.png", title="gone")
    notes = tmp_path / "notes.txt"
    notes.write_text("no picture")
    result = search(coloured, "red", gone, ExamplePicture(path=notes, title="notes"))
    assert len(result.mistakes) == 2
    assert "gone.png" in result.mistakes[0]
    assert set(coloured.names_of([hit.photo_id for hit in result.hits[:5]])) <= of_colour("red") | BOTH


# -- exact words ---------------------------------------------------------------------------------------------------


def test_quoted_words_find_nothing_else(coloured: Shelf) -> None:
    coloured.library.add_tag("red car", coloured.ids("04.png"))
    coloured.library.add_tag("car red", coloured.ids("05.png"))
    result = search(coloured, '"red car"')
    assert coloured.names_of([hit.photo_id for hit in result.hits]) == ["04.png"]
    assert [(reason.kind, reason.words) for reason in result.hits[0].reasons] == [(ReasonKind.TAG, "red car")]
    assert result.strong_count == 1
    assert coloured.found('"car re') == ["05.png"], "as it is typed"
    assert coloured.found('"car re"') == []


def test_quoted_words_beside_a_wish_are_reasons_too(coloured: Shelf) -> None:
    coloured.library.add_tag("old car", coloured.ids("00.png", "01.png"))
    hits = search(coloured, 'red "old car"').hits
    assert set(coloured.names_of([hit.photo_id for hit in hits])) == {"00.png", "01.png"}
    for hit in hits:
        reasons = {(reason.kind, reason.words) for reason in hit.reasons}
        assert reasons == {(ReasonKind.TAG, "old car"), (ReasonKind.LOOKS_LIKE, "red")}


def test_reasons_say_which_words_stand_where(coloured: Shelf) -> None:
    coloured.library.add_tag("Summer", coloured.ids("00.png"))
    coloured.library.create_album("Houses", coloured.ids("00.png"))
    hit = search(coloured, "summer house").hits[0]
    assert {(reason.kind, reason.words) for reason in hit.reasons} == {
        (ReasonKind.TAG, "Summer"),
        (ReasonKind.ALBUM, "Houses"),
    }


def test_little_words_need_not_stand_there(coloured: Shelf) -> None:
    coloured.library.add_tag("summer house", coloured.ids("00.png"))
    assert coloured.library.search(Query("a house in the summer", is_exact_only=True)).hits
    assert coloured.library.search(Query("the", is_exact_only=True)).hits == ()


# -- filters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("date:2005", {2005}),
        ("date:2005-06", {2005}),
        ("date:2005-07", set()),
        ("date:2005-06-05", {2005}),
        ("date:2005..2007", {2005, 2006, 2007}),
        ("date:2005,2007", {2005, 2007}),
        ("before:2002", {1990, 2000, 2001}),
        ("after:2027", {2028, 2029}),
        ("after:2027 before:2029", {2028}),
        ("-after:1995", {1990}),
    ],
)
def test_dates(coloured: Shelf, text: str, years: set[int]) -> None:
    found = coloured.library.photos([hit.photo_id for hit in search(coloured, text).hits])
    assert {datetime.fromtimestamp(photo.taken_at).year for photo in found} == years


def test_filters_alone_list_what_fits_newest_first(coloured: Shelf) -> None:
    result = search(coloured, "date:2003..2005")
    assert coloured.names_of([hit.photo_id for hit in result.hits]) == ["05.png", "04.png", "03.png"]
    assert (result.strong_count, result.scope_count, result.searchable_count) == (3, 3, 3)
    assert coloured.encoder().texts_encoded == 0


def test_filters_and_words(coloured: Shelf) -> None:
    assert strong(coloured, "red date:2000..2007") == {"00.png", "06.png"}
    assert len(coloured.found("red date:2000..2007")) == 8
    assert len(search(coloured, "red date:1950").hits) == 0


def test_marks_albums_and_tags(coloured: Shelf) -> None:
    library = coloured.library
    library.create_album("Été 2023", coloured.ids("01.png", "02.png"))
    library.create_album("Été 2024", coloured.ids("03.png"))
    library.add_tag("Family", coloured.ids("02.png"))
    library.add_tag("vacation", coloured.ids("04.png"))
    library.set_rating(coloured.ids("05.png"), 4)
    library.set_favourite(coloured.ids("06.png"), True)
    expected = {
        'album:"ete 2023"': {"01.png", "02.png"},
        "album:ETE": {"01.png", "02.png", "03.png"},
        'album:"été 2023" tag:family': {"02.png"},
        'album:"été 2023" -tag:family': {"01.png"},
        "tag:family,vacation": {"02.png", "04.png"},
        "rating:>=3": {"05.png"},
        "has:rating": {"05.png"},
        "is:favourite": {"06.png"},
        "is:favorite": {"06.png"},
        "has:tags": {"02.png", "04.png"},
        "has:album": {"01.png", "02.png", "03.png"},
        "is:raw": set(),
        "has:gps": set(),
        "has:caption": set(),
        "has:camera": set(),
        "has:text": set(),
        "is:offline": set(),
        "is:unreadable": set(),
        "is:screenshot": set(),
        "type:jpg": set(),
    }
    for text, names in expected.items():
        assert set(coloured.found(text)) == names, text
    for text in ("is:landscape", "type:png", "-is:portrait", f"folder:{coloured.root.name}"):
        assert len(coloured.found(text)) == 32, text
    assert coloured.found("is:portrait") == coloured.found("is:square") == []


def test_folders_by_name_at_any_depth(shelf: Shelf) -> None:
    shelf.picture("Holidays/Lisbon/a.png", "red")
    shelf.picture("Holidays/b.png", "blue")
    shelf.picture("c.png", "green")
    shelf.watch_root()
    assert set(shelf.found("folder:holidays")) == {"a.png", "b.png"}
    assert set(shelf.found("folder:lis")) == {"a.png"}
    assert set(shelf.found("-folder:holidays")) == {"c.png"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("album:x", "No album is called “x”."),
        ("tag:x", "No tag is called “x”."),
        ("folder:x", "No folder is called “x”."),
        ("camera:x", "No photo was taken with a camera called “x”."),
        ("lens:x", "No photo was taken with a lens called “x”."),
        ("place:x", "No photo was taken at a place called “x”."),
    ],
)
def test_a_name_that_nothing_has_is_said_and_left_out(coloured: Shelf, text: str, said: str) -> None:
    result = search(coloured, f"red {text}")
    assert result.mistakes == (said,)
    assert len(result.hits) == 32
    alone = search(coloured, text)
    assert (alone.mistakes, list(alone.hits)) == ((said,), [])


def test_a_filter_that_nothing_fits_is_said_and_nothing_is_found(coloured: Shelf) -> None:
    result = search(coloured, "red date:1950")
    assert (list(result.hits), result.mistakes) == ([], ("No photo fits “date:1950”.",))
    together = search(coloured, "date:2003 date:2004")
    assert (list(together.hits), together.mistakes) == ([], ("No photo fits all of these filters together.",))


def test_filters_follow_the_catalog(coloured: Shelf) -> None:
    album = coloured.library.create_album("Some", coloured.ids("00.png"))
    assert coloured.found("album:some") == ["00.png"]
    coloured.library.add_to_album(album.id, coloured.ids("01.png"))
    assert set(coloured.found("album:some")) == {"00.png", "01.png"}
    coloured.library.delete_album(album.id)
    assert search(coloured, "album:some").mistakes


@pytest.mark.parametrize(
    "text",
    ['"', "album:", "-", "+", "albun:x", "date:2023-02-31", '""', "-album:nope", "is:x has:y", '"\0"', "tag:\ud800"],
)
def test_no_query_is_a_traceback(coloured: Shelf, text: str) -> None:
    for whole in (text, f"red {text}", f"{text} -blue"):
        result = search(coloured, whole)
        assert all(isinstance(one, str) and one for one in result.mistakes)


def test_fifty_wishes_are_answered(coloured: Shelf) -> None:
    result = search(coloured, " + ".join(["red"] + [f"word{number}" for number in range(49)]))
    assert (len(result.hits), result.mistakes) == (32, ())


def test_a_photo_without_embedding_is_found_by_filters(coloured: Shelf) -> None:
    (only,) = coloured.ids("03.png")
    assert isinstance(only, int)
    result = coloured.library.search(Query("date:2003", is_exact_only=True))
    assert [hit.photo_id for hit in result.hits] == [PhotoId(only)]
    assert result.notice is None
