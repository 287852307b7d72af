"""Search by meaning, by example and by exact words, over a library whose encoder knows colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain import ExamplePicture, PhotoId, Query, ReasonKind, Scope, ScopeKind, SearchResult
from core.errors import QueryError
from tests.support import pictures
from tests.support.libraries import Shelf, add_picture, picture_bytes

COLOURS = ("red", "green", "blue", "yellow", "white", "black")


@pytest.fixture
def coloured(shelf: Shelf) -> Shelf:
    """Five photos of each of six colours; the file names say nothing."""
    for number in range(30):
        shelf.picture(f"{number:02}.png", COLOURS[number % 6])
    shelf.watch_root()
    return shelf


def of_colour(colour: str) -> set[str]:
    return {f"{number:02}.png" for number in range(30) if COLOURS[number % 6] == colour}


def names(shelf: Shelf, result: SearchResult) -> list[str]:
    return shelf.names_of([hit.photo_id for hit in result.hits])


# -- by meaning --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("colour", COLOURS)
def test_words_find_what_they_mean(coloured: Shelf, colour: str) -> None:
    result = coloured.library.search(Query(f"something {colour}"))

    assert set(names(coloured, result)[:5]) == of_colour(colour)
    assert result.strong_count == 5
    assert (result.searchable_count, result.scope_count, len(result.hits)) == (30, 30, 30)
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    strengths = [hit.reasons[0].strength for hit in result.hits]
    assert strengths == sorted(strengths, reverse=True)
    assert all(hit.reasons[0].kind is ReasonKind.LOOKS_LIKE for hit in result.hits)
    assert all(0 <= strength <= 1 for strength in strengths)
    assert strengths[4] >= 0.5 > strengths[5]


def test_both_colours_of_a_query_count(coloured: Shelf) -> None:
    assert set(coloured.found("red or blue")[:10]) == of_colour("red") | of_colour("blue")


def test_what_is_not_there_has_no_good_match(coloured: Shelf) -> None:
    result = coloured.library.search(Query("a zeppelin"))
    assert result.strong_count == 0
    assert result.hits, "the nearest are offered all the same"


@pytest.mark.parametrize("limit", [1, 3, 5, 7, 29, 30, 1000])
def test_a_limit_cuts_the_list_and_nothing_else(coloured: Shelf, limit: int) -> None:
    everything = coloured.library.search(Query("green"))
    some = coloured.library.search(Query("green", limit=limit))
    assert some.hits == everything.hits[:limit]
    assert some.strong_count == min(limit, everything.strong_count)


def test_equal_scores_keep_their_order(coloured: Shelf) -> None:
    """Newest first, whatever the limit, and again after a restart."""
    first = coloured.found("red")
    ids = [coloured.photo(name).id for name in first[:5]]
    assert ids == sorted(ids, reverse=True)
    assert coloured.found("red", limit=3) == first[:3]
    coloured.reopen()
    assert coloured.found("red") == first


def test_scopes_are_searched_alone(coloured: Shelf) -> None:
    inside = coloured.ids("00.png", "01.png", "06.png")
    album = coloured.library.create_album("Some", inside)
    result = coloured.library.search(Query("green", scope=Scope(ScopeKind.ALBUM, album.id)))
    assert names(coloured, result)[0] == "01.png"
    assert {hit.photo_id for hit in result.hits} == set(inside)
    assert (result.scope_count, result.searchable_count) == (3, 3)

    coloured.library.remove_from_album(album.id, inside[:1])
    result = coloured.library.search(Query("green", scope=Scope(ScopeKind.ALBUM, album.id)))
    assert result.scope_count == 2
    empty = coloured.library.search(Query("green", scope=Scope(ScopeKind.TAG, 404)))
    assert (list(empty.hits), empty.strong_count) == ([], 0)


@pytest.mark.parametrize("words", ["", "   ", "\n\t", "!?"])
def test_an_empty_query_is_no_error(coloured: Shelf, words: str) -> None:
    result = coloured.library.search(Query(words))
    assert result.strong_count == 0
    assert result.hits == () or words == "!?"


@pytest.mark.parametrize(
    "words",
    [
        "red " + "x" * 10_000,
        "red " * 2_500,
        "rot красный 赤い أحمر कुत्ता red",
        "🎈 red",
        'red" OR name:* NEAR( -- %s {} \\',
        "red \udcff\udc80",
        "red\0green",
    ],
    ids=["long word", "10,000 characters", "many scripts", "emoji", "syntax", "not UTF-8", "null"],
)
def test_odd_queries_do_something_sensible(coloured: Shelf, words: str) -> None:
    found = coloured.found(words)
    expected = of_colour("red") | (of_colour("green") if "green" in words else set())
    assert set(found[: len(expected)]) == expected


def test_an_empty_library_finds_nothing(shelf: Shelf) -> None:
    result = shelf.library.search(Query("red"))
    assert (list(result.hits), result.strong_count, result.scope_count) == ([], 0, 0)


# -- exact words -------------------------------------------------------------------------------------------------


def test_exact_words_come_first_and_say_why(coloured: Shelf) -> None:
    (white,) = coloured.ids("04.png")
    coloured.library.add_tag("red", [white])
    result = coloured.library.search(Query("red"))

    assert result.hits[0].photo_id == white
    assert [reason.kind for reason in result.hits[0].reasons] == [ReasonKind.TAG]
    assert set(names(coloured, result)[1:6]) == of_colour("red")
    assert result.strong_count == 6
    assert len({hit.photo_id for hit in result.hits}) == 30, "nothing is there twice"


def test_a_photo_that_has_the_word_and_looks_like_it_has_both_reasons(coloured: Shelf) -> None:
    red, white = coloured.ids("00.png", "04.png")
    coloured.library.add_tag("red", [white, red])
    first, second = coloured.library.search(Query("red")).hits[:2]
    assert (first.photo_id, second.photo_id) == (red, white)
    assert [reason.kind for reason in first.reasons] == [ReasonKind.TAG, ReasonKind.LOOKS_LIKE]


def test_every_word_must_be_there_and_the_last_may_be_begun(coloured: Shelf) -> None:
    a, b = coloured.ids("00.png", "01.png")
    coloured.library.add_tag("summer house", [a])
    coloured.library.add_tag("summer", [b])

    def exact(words: str) -> set[PhotoId]:
        return {hit.photo_id for hit in coloured.library.search(Query(words, is_exact_only=True)).hits}

    assert exact("summer") == exact("SUMM") == {a, b}
    assert exact("summer hou") == {a}
    assert exact("house summ") == {a}
    assert exact("winter") == set()


def test_exact_only_does_not_ask_the_encoder(coloured: Shelf) -> None:
    coloured.library.add_tag("red", coloured.ids("04.png"))
    texts_before = coloured.encoder().texts_encoded
    result = coloured.library.search(Query("red", is_exact_only=True))
    assert names(coloured, result) == ["04.png"]
    assert coloured.encoder().texts_encoded == texts_before


def test_a_word_in_most_names_does_not_drown_the_rest(shelf: Shelf) -> None:
    """`IMG` or `photo red` in every name distinguishes nothing: then meaning decides."""
    for number in range(30):
        shelf.picture(f"red photo {number:02}.png", COLOURS[number % 6])
    shelf.watch_root()
    assert {int(name[10:12]) % 6 for name in shelf.found("red")[:5]} == {0}
    assert shelf.found("photo 07")[0] == "red photo 07.png"


def test_a_tag_on_most_photos_is_still_an_exact_match(coloured: Shelf) -> None:
    coloured.library.add_tag("family", coloured.ids(*coloured.names()))
    result = coloured.library.search(Query("family"))
    assert all(hit.reasons[0].kind is ReasonKind.TAG for hit in result.hits)


def test_a_text_is_encoded_once(coloured: Shelf) -> None:
    coloured.found("red")
    before = coloured.encoder().texts_encoded
    coloured.found("red")
    coloured.found("  red ")
    assert coloured.encoder().texts_encoded == before


# -- by example --------------------------------------------------------------------------------------------------


def test_find_similar_needs_no_encoder_and_leaves_itself_out(coloured: Shelf) -> None:
    coloured.reopen()
    example = coloured.library.example(coloured.root / "00.png")
    assert example.photo_id == coloured.photo("00.png").id
    result = coloured.library.search(Query(examples=(example,)))

    assert set(names(coloured, result)[:4]) == of_colour("red") - {"00.png"}
    assert len(result.hits) == 29
    assert coloured.encoder().images_encoded == 0


def test_an_example_in_the_library_is_known_by_any_way_to_write_its_path(coloured: Shelf) -> None:
    roundabout = coloured.root / "sub" / ".." / "00.png"
    assert coloured.library.example(roundabout).photo_id == coloured.photo("00.png").id


def test_an_outside_picture_is_encoded(coloured: Shelf, tmp_path: Path) -> None:
    path = add_picture(tmp_path / "outside.png", "blue", "outside")
    for example in (coloured.library.example(path), ExamplePicture(content=picture_bytes("blue"), title="Pasted")):
        result = coloured.library.search(Query(examples=(example,)))
        assert set(names(coloured, result)[:5]) == of_colour("blue")
        assert len(result.hits) == 30


def test_words_and_pictures_together(shelf: Shelf) -> None:
    both = pictures.plain((24, 16), (220, 20, 30))
    both.paste((30, 60, 210), (0, 0, 12, 16))
    (shelf.root / "both.png").write_bytes(pictures.encoded(both, "PNG"))
    for number in range(20):
        shelf.picture(f"{number}.png", COLOURS[number % 6])
    shelf.watch_root()
    example = ExamplePicture(content=picture_bytes("blue"), title="blue")
    assert shelf.found("red")[0] != "both.png"
    result = shelf.library.search(Query("red", (example,)))
    assert shelf.names_of([result.hits[0].photo_id]) == ["both.png"]


def test_examples_that_cannot_be_used_are_query_errors(coloured: Shelf, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no picture")
    for example in (
        ExamplePicture(path=tmp_path / "missing.png", title="missing"),
        ExamplePicture(path=tmp_path, title="a folder"),
        ExamplePicture(path=text, title="notes"),
        ExamplePicture(content=b"", title="nothing"),
        ExamplePicture(photo_id=PhotoId(404), title="gone"),
        ExamplePicture(title="neither"),
    ):
        with pytest.raises(QueryError):
            coloured.library.search(Query(examples=(example,)))


# -- the matrix follows the catalog --------------------------------------------------------------------------------


def test_the_answers_follow_every_change(coloured: Shelf) -> None:
    assert len(coloured.found("red")) == 30
    coloured.picture("new.png", "red")
    coloured.scan()
    assert "new.png" in coloured.found("red")[:6]

    coloured.picture("new.png", "blue", seed="edited")
    coloured.scan()
    assert "new.png" in coloured.found("blue")[:6]
    assert "new.png" not in coloured.found("red")[:5]

    (coloured.root / "new.png").unlink()
    coloured.scan()
    assert "new.png" not in coloured.found("blue")

    coloured.picture("new.png", "blue", seed="edited")
    coloured.scan()
    assert "new.png" in coloured.found("blue")[:6]

    coloured.library.remove_folder(coloured.folder.id)
    assert coloured.found("red") == []


def test_the_matrix_equals_what_a_restart_would_load(coloured: Shelf) -> None:
    coloured.found("red")
    for number in range(0, 30, 4):
        (coloured.root / f"{number:02}.png").unlink()
    for number in range(30, 40):
        coloured.picture(f"{number:02}.png", COLOURS[number % 6])
    coloured.scan()
    answers = [coloured.found(colour) for colour in COLOURS]
    coloured.reopen()
    assert [coloured.found(colour) for colour in COLOURS] == answers
