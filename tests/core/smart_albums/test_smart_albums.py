"""Albums that are saved searches: what enters by itself, what stays out, and what a person decides for good."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from core.catalog import definitions
from core.catalog.definitions import StoredDefinition
from core.domain import (
    Album,
    AlbumDefinition,
    AlbumId,
    ExamplePicture,
    Membership,
    PhotoId,
    Query,
    Region,
    Scope,
    ScopeKind,
)
from core.errors import LibraryError
from core.events import CatalogChanged
from core.smart_albums.following import concerns
from tests.support.colour_encoder import COLOURS
from tests.support.libraries import Shelf, wait_until

COLOURED = ("red", "green", "blue")


@pytest.fixture
def coloured(shelf: Shelf) -> Shelf:
    for number in range(30):
        shelf.picture(f"{number:02}.png", COLOURED[number % 3])
    shelf.watch_root()
    return shelf


def inside(shelf: Shelf, album_id: AlbumId) -> list[str]:
    return sorted(photo.name for photo in shelf.all_photos(Scope(ScopeKind.ALBUM, album_id)))


def of_colour(colour: str) -> list[str]:
    return [f"{number:02}.png" for number in range(30) if COLOURED[number % 3] == colour]


def album_now(shelf: Shelf, album_id: AlbumId) -> Album:
    return next(one for one in shelf.library.albums() if one.id == album_id)


def reds(shelf: Shelf, name: str = "Reds") -> AlbumId:
    return shelf.library.create_smart_album(name, AlbumDefinition("red")).id


def test_it_holds_what_its_search_finds(coloured: Shelf) -> None:
    album = coloured.library.create_smart_album("Reds", AlbumDefinition(" red "))
    assert inside(coloured, album.id) == of_colour("red")
    assert (album.is_smart, album.search, album.photo_count, album.automatic_count) == (True, "red", 10, 10)
    assert coloured.library.album_definition(album.id) == AlbumDefinition("red")


def test_a_new_photo_that_passes_enters_and_another_one_does_not(coloured: Shelf) -> None:
    album_id = reds(coloured)
    coloured.picture("new red.png", "red")
    coloured.picture("new blue.png", "blue")
    coloured.scan()
    assert inside(coloured, album_id) == [*of_colour("red"), "new red.png"]


def test_a_running_library_fills_by_itself(coloured: Shelf) -> None:
    album_id = reds(coloured)
    coloured.library.start()
    coloured.picture("new red.png", "red")
    coloured.library.rescan()
    wait_until(lambda: "new red.png" in inside(coloured, album_id), "the new photo's entry")


def test_a_photo_that_no_longer_matches_leaves(coloured: Shelf) -> None:
    album_id = reds(coloured)
    coloured.picture("00.png", "green", "edited")
    coloured.scan()
    assert inside(coloured, album_id) == of_colour("red")[1:]


def test_an_album_named_like_its_search_does_not_feed_itself(coloured: Shelf) -> None:
    album_id = reds(coloured, "Red")
    coloured.picture("00.png", "green", "edited")
    coloured.scan()
    assert inside(coloured, album_id) == of_colour("red")[1:]


def test_put_in_by_hand_stays(coloured: Shelf) -> None:
    album_id = reds(coloured)
    blue, red = coloured.ids("02.png", "00.png")
    assert coloured.library.add_to_album(album_id, [blue, red]) == (blue,)
    coloured.picture("00.png", "green", "edited")
    coloured.scan()
    assert inside(coloured, album_id) == sorted([*of_colour("red"), "02.png"])
    assert album_now(coloured, album_id).automatic_count == 9
    assert coloured.library.details(blue).automatic_albums == frozenset()
    assert coloured.library.details(coloured.ids("03.png")[0]).automatic_albums == {album_id}


def throw_out(shelf: Shelf, album_id: AlbumId, name: str) -> None:
    ids = shelf.ids(name)
    assert shelf.library.remove_from_album(album_id, ids) == tuple(ids)


def refill(shelf: Shelf) -> None:
    shelf.library.fill_albums()


def rescan(shelf: Shelf) -> None:
    shelf.picture("another.png", "red")
    shelf.scan()


def restart(shelf: Shelf) -> None:
    shelf.reopen()
    shelf.scan()


def switch_encoder(shelf: Shelf) -> None:
    shelf.library.use_encoder("colours-2")
    shelf.scan()
    assert shelf.library.status().encoder == "colours-2"


def move(shelf: Shelf) -> None:
    (shelf.root / "00.png").rename(shelf.root / "moved.png")
    shelf.scan()


def copy(shelf: Shelf) -> None:
    (shelf.root / "copy.png").write_bytes((shelf.root / "00.png").read_bytes())
    shelf.scan()


def slow_move(shelf: Shelf) -> None:
    copy(shelf)
    (shelf.root / "00.png").unlink()
    shelf.scan()


@pytest.mark.parametrize("happens", [refill, rescan, restart, switch_encoder, move, copy, slow_move])
def test_thrown_out_stays_out(coloured: Shelf, happens: Callable[[Shelf], None]) -> None:
    album_id = reds(coloured)
    throw_out(coloured, album_id, "00.png")
    happens(coloured)
    refill(coloured)
    assert [one for one in inside(coloured, album_id) if one != "another.png"] == of_colour("red")[1:]


def test_thrown_out_comes_back_by_hand_only_and_then_stays(coloured: Shelf) -> None:
    album_id = reds(coloured)
    throw_out(coloured, album_id, "00.png")
    coloured.library.add_to_album(album_id, coloured.ids("00.png"))
    refill(coloured)
    assert inside(coloured, album_id) == of_colour("red")


def test_memberships_are_given_back_exactly(coloured: Shelf) -> None:
    album_id = reds(coloured)
    ids = coloured.ids("00.png", "02.png", "03.png")
    throw_out(coloured, album_id, "03.png")
    before = coloured.library.set_memberships(album_id, dict.fromkeys(ids, Membership.BY_HAND))
    assert list(before.values()) == [Membership.AUTOMATIC, Membership.ABSENT, Membership.THROWN_OUT]
    coloured.library.set_memberships(album_id, before)
    refill(coloured)
    assert inside(coloured, album_id) == [one for one in of_colour("red") if one != "03.png"]
    assert album_now(coloured, album_id).automatic_count == 9


def test_a_deleted_one_comes_back_as_it_was(coloured: Shelf) -> None:
    album_id = reds(coloured)
    coloured.library.add_to_album(album_id, coloured.ids("02.png"))
    throw_out(coloured, album_id, "00.png")
    before = inside(coloured, album_id)
    deleted = coloured.library.delete_album(album_id)
    assert coloured.library.albums() == []
    album = coloured.library.restore_album(deleted)
    refill(coloured)
    assert album.id == album_id
    assert inside(coloured, album_id) == before
    assert album_now(coloured, album_id).automatic_count == 9


def test_another_search_fills_it_anew_and_can_be_taken_back(coloured: Shelf) -> None:
    album_id = reds(coloured)
    coloured.library.add_to_album(album_id, coloured.ids("02.png"))
    before = coloured.library.define_album(album_id, AlbumDefinition("green"))
    assert inside(coloured, album_id) == sorted([*of_colour("green"), "02.png"])
    coloured.library.restore_definition(album_id, before)
    assert inside(coloured, album_id) == sorted([*of_colour("red"), "02.png"])


def test_a_plain_album_from_now_on_keeps_what_it_holds(coloured: Shelf) -> None:
    album_id = reds(coloured, "Autumn")
    before = coloured.library.define_album(album_id, None)
    rescan(coloured)
    assert inside(coloured, album_id) == of_colour("red")
    assert not album_now(coloured, album_id).is_smart
    assert set(coloured.found("autumn")[:10]) == set(of_colour("red")), "its name is a word of its photos now"
    coloured.library.restore_definition(album_id, before)
    assert "another.png" in inside(coloured, album_id)


def test_only_within_its_part_of_the_library(coloured: Shelf) -> None:
    coloured.library.add_tag("wall", coloured.ids("00.png", "01.png"))
    tag = coloured.library.tags()[0]
    album = coloured.library.create_smart_album("Walls", AlbumDefinition("red", scope=Scope(ScopeKind.TAG, tag.id)))
    assert inside(coloured, album.id) == ["00.png"]
    assert album.search == "red · in wall"
    coloured.library.add_tag("wall", coloured.ids("03.png"))
    refill(coloured)
    assert inside(coloured, album.id) == ["00.png", "03.png"]


def test_a_missing_tag_is_said_and_nothing_is_lost(coloured: Shelf) -> None:
    coloured.library.add_tag("wall", coloured.ids("00.png", "01.png"))
    tag = coloured.library.tags()[0]
    album = coloured.library.create_smart_album("Walls", AlbumDefinition("red", scope=Scope(ScopeKind.TAG, tag.id)))
    deleted = coloured.library.delete_tag(tag.id)
    refill(coloured)
    assert inside(coloured, album.id) == ["00.png"]
    assert "tag “wall”" in album_now(coloured, album.id).trouble
    assert coloured.library.album_definition(album.id) == AlbumDefinition("red")

    coloured.library.add_tag(deleted.name, [*deleted.photo_ids, *coloured.ids("03.png")])
    refill(coloured)
    assert inside(coloured, album.id) == ["00.png", "03.png"]
    assert album_now(coloured, album.id).trouble == ""


def test_filters_are_live_and_need_no_encoder(coloured: Shelf) -> None:
    coloured.library.set_rating(coloured.ids("00.png", "01.png"), 4)
    texts = coloured.encoder().texts_encoded
    coloured.library.add_tag("private", coloured.ids("01.png"))
    album = coloured.library.create_smart_album("Best", AlbumDefinition("rating:>=3 -tag:private"))
    assert inside(coloured, album.id) == ["00.png"]
    coloured.library.set_rating(coloured.ids("00.png"), 0)
    coloured.library.set_rating(coloured.ids("02.png"), 5)
    refill(coloured)
    assert inside(coloured, album.id) == ["02.png"]
    coloured.library.set_rating(coloured.ids("02.png"), 0)
    refill(coloured)
    assert inside(coloured, album.id) == [], "nothing fits: that is an answer, not a mistake"
    assert album_now(coloured, album.id).trouble == ""
    assert coloured.encoder().texts_encoded == texts


def test_a_filter_with_a_name_that_is_gone_is_said_and_nothing_is_lost(coloured: Shelf) -> None:
    coloured.library.add_tag("wall", coloured.ids("00.png", "01.png"))
    album = coloured.library.create_smart_album("Walls", AlbumDefinition("tag:wall red"))
    assert inside(coloured, album.id) == ["00.png"]
    coloured.library.delete_tag(coloured.library.tags()[0].id)
    refill(coloured)
    assert inside(coloured, album.id) == ["00.png"]
    assert album_now(coloured, album.id).trouble == "No tag is called “wall”."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('red "unclosed', "not closed"),
        ("tag:wall red", "No tag is called “wall”."),
        ("album:nowhere", "No album is called “nowhere”."),
        ("rating:many", "rating"),
        ("date:yesterdays red", "date"),
    ],
)
def test_a_search_with_a_mistake_is_refused_and_makes_no_album(coloured: Shelf, text: str, sentence: str) -> None:
    with pytest.raises(LibraryError, match=sentence) as refused:
        coloured.library.create_smart_album("Walls", AlbumDefinition(text))
    assert "No album was made" in refused.value.hint
    assert coloured.library.albums() == []

    album = coloured.library.create_smart_album("Walls", AlbumDefinition("red"))
    before = inside(coloured, album.id)
    with pytest.raises(LibraryError, match=sentence):
        coloured.library.define_album(album.id, AlbumDefinition(text))
    assert inside(coloured, album.id) == before
    definition = coloured.library.album_definition(album.id)
    assert definition is not None
    assert definition.text == "red"


def test_one_that_leaves_out_its_own_photos_is_refused_in_words(coloured: Shelf) -> None:
    album = coloured.library.create_smart_album("Reds", AlbumDefinition("red"))
    before = inside(coloured, album.id)
    coloured.library.define_album(album.id, AlbumDefinition("red -album:reds"))
    assert "searches in itself" in album_now(coloured, album.id).trouble
    assert inside(coloured, album.id) == before


def test_like_a_photo_holds_that_photo_and_follows_its_content(coloured: Shelf) -> None:
    (red,) = coloured.ids("00.png")
    example = ExamplePicture(photo_id=red, title="00.png")
    album = coloured.library.create_smart_album("Like", AlbumDefinition(examples=(example,)))
    assert inside(coloured, album.id) == of_colour("red")
    assert album.search == "like 00.png"
    slow_move(coloured)
    assert inside(coloured, album.id) == ["03.png", *of_colour("red")[2:], "copy.png"]
    (coloured.root / "copy.png").unlink()
    coloured.scan()
    assert "“00.png” is no longer there" in album_now(coloured, album.id).trouble
    assert inside(coloured, album.id) == of_colour("red")[1:]


def test_like_an_outside_picture_outlives_its_file_and_the_encoder(coloured: Shelf) -> None:
    outside = coloured.root.parent / "outside.png"
    Image.new("RGB", (60, 40), COLOURS["red"]).save(outside)
    definition = AlbumDefinition(examples=(ExamplePicture(path=outside, title="outside.png"),))
    album = coloured.library.create_smart_album("Like", definition)
    outside.unlink()
    assert inside(coloured, album.id) == of_colour("red")
    switch_encoder(coloured)
    rescan(coloured)
    encoded = coloured.encoder("colours-2").images_encoded
    refill(coloured)
    assert coloured.encoder("colours-2").images_encoded == encoded, "its embedding is kept"
    assert inside(coloured, album.id) == [*of_colour("red"), "another.png"]


def test_like_a_part_of_a_photo(coloured: Shelf) -> None:
    picture = Image.new("RGB", (80, 40), COLOURS["blue"])
    picture.paste(COLOURS["red"], (40, 0, 80, 40))
    picture.save(coloured.root / "half.png")
    coloured.scan()
    example = ExamplePicture(photo_id=coloured.ids("half.png")[0], title="half.png", region=Region(0.55, 0, 1, 1))
    album = coloured.library.create_smart_album("Like", AlbumDefinition(examples=(example,)))
    assert album.search == "like a part of half.png"
    assert set(of_colour("red")) <= set(inside(coloured, album.id))
    assert not set(of_colour("blue")) & set(inside(coloured, album.id))
    result = coloured.library.search(Query("", (example,)))
    good = {one.photo_id for one in result.hits[: result.strong_count]}
    assert set(coloured.ids(*inside(coloured, album.id))) == good, "the album holds what the search showed"


def test_like_a_part_of_an_outside_picture_stays_a_part(coloured: Shelf) -> None:
    outside = coloured.root.parent / "outside.png"
    Image.new("RGB", (60, 40), COLOURS["red"]).save(outside)
    example = ExamplePicture(path=outside, title="outside.png", region=Region(0, 0, 0.5, 1))
    album = coloured.library.create_smart_album("Like", AlbumDefinition(examples=(example,)))
    assert album.search == "like a part of outside.png"
    kept = coloured.library.album_definition(album.id)
    assert kept is not None
    coloured.library.define_album(album.id, kept)  # edited, and saved as it was
    assert album_now(coloured, album.id).search == "like a part of outside.png"


def test_a_part_of_a_photo_is_judged_as_it_was_searched_for(coloured: Shelf) -> None:
    random = np.random.default_rng(3)
    Image.fromarray(random.integers(0, 255, (80, 120, 3), dtype=np.uint8)).save(coloured.root / "grain.png")
    coloured.scan()
    part = ExamplePicture(photo_id=coloured.ids("grain.png")[0], title="grain.png", region=Region(0, 0, 0.4, 0.4))
    album = coloured.library.create_smart_album("Like", AlbumDefinition(examples=(part,)))
    kept = coloured.library.album_definition(album.id)
    assert kept is not None
    searched, saved = (coloured.library.search(Query("", one)).hits for one in ((part,), kept.examples))
    assert {one.photo_id: one.score for one in searched} == pytest.approx(
        {one.photo_id: one.score for one in saved}, abs=1e-6
    )


def test_albums_that_search_in_albums_follow_each_other(coloured: Shelf) -> None:
    album_id = reds(coloured)
    second = coloured.library.create_smart_album(
        "Second", AlbumDefinition("red", scope=Scope(ScopeKind.ALBUM, album_id))
    )
    rescan(coloured)
    assert "another.png" in inside(coloured, second.id)
    throw_out(coloured, album_id, "another.png")
    refill(coloured)
    assert "another.png" not in inside(coloured, second.id)


def test_one_that_searches_in_itself_is_refused_in_words(coloured: Shelf) -> None:
    album_id = reds(coloured)
    coloured.library.define_album(album_id, AlbumDefinition("green", scope=Scope(ScopeKind.ALBUM, album_id)))
    assert "searches in itself" in album_now(coloured, album_id).trouble
    assert inside(coloured, album_id) == of_colour("red")


def test_ten_of_them_and_no_change_without_a_reason(coloured: Shelf) -> None:
    album_ids = {colour: reds(coloured, f"{colour} {n}") for n, colour in enumerate(COLOURS) if n < 10}
    for colour, album_id in album_ids.items():
        coloured.library.define_album(album_id, AlbumDefinition(colour))
    for colour in COLOURED:
        assert inside(coloured, album_ids[colour]) == of_colour(colour)
    coloured.heard.events.clear()
    refill(coloured)
    assert coloured.heard.changes() == []
    rescan(coloured)
    filled = [event for event in coloured.heard.changes() if event.filled]
    assert len(filled) == 1, "one transaction for all of them"
    assert album_ids["red"] in filled[0].filled
    assert album_ids["green"] not in filled[0].filled
    assert not any(concerns(event) for event in filled), "filling an album must not fill albums"


@pytest.mark.parametrize("definition", [AlbumDefinition(), AlbumDefinition("  ")])
def test_nothing_to_search_for_is_refused(coloured: Shelf, definition: AlbumDefinition) -> None:
    with pytest.raises(LibraryError, match="nothing to search for"):
        coloured.library.create_smart_album("Empty", definition)
    assert coloured.library.albums() == []


def test_a_taken_name_is_refused(coloured: Shelf) -> None:
    reds(coloured)
    with pytest.raises(LibraryError, match="already an album"):
        reds(coloured, "reds")


def test_a_damaged_definition_is_said(coloured: Shelf) -> None:
    album_id = reds(coloured)
    coloured.library._catalog.write(
        lambda connection, _changes: connection.execute("UPDATE albums SET definition = '{'") and None
    )
    refill(coloured)
    assert "cannot be read" in album_now(coloured, album_id).trouble
    assert inside(coloured, album_id) == of_colour("red")


def test_a_person_is_faster_than_a_pass(coloured: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thrown out after the search was asked, before its answer is written."""
    album_id = reds(coloured)
    coloured.picture("new red.png", "red")
    coloured.library.scan_until_done()
    coloured.library._work.embed()
    engine = coloured.library._choice.engine()
    search = engine.search

    def meanwhile(query: Query) -> object:
        result = search(query)
        coloured.library.set_memberships(
            album_id, dict.fromkeys(coloured.ids("new red.png", "00.png"), Membership.THROWN_OUT)
        )
        return result

    monkeypatch.setattr(engine, "search", meanwhile)
    refill(coloured)
    assert inside(coloured, album_id) == of_colour("red")[1:]


def test_what_concerns_smart_albums() -> None:
    assert concerns(CatalogChanged(embedded=frozenset({PhotoId(1)})))
    assert concerns(CatalogChanged(tags=True))
    assert not concerns(CatalogChanged(problems=True))
    assert not concerns(CatalogChanged(albums=True, filled=frozenset({AlbumId(1)})))


def test_definitions_survive_being_stored() -> None:
    stored = StoredDefinition(text='rating:>=3 "Été"', scope=ScopeKind.TAG, scope_id=3, scope_name="wall")
    assert definitions.from_json(definitions.to_json(stored)) == stored
