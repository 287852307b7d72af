"""The library as its front ends use it: albums, tags, marks, listings, words, and what undo gets back."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from core import places, settings
from core.catalog import photo_files
from core.catalog.photo_files import PhotoContent
from core.domain import AlbumId, Photo, PhotoId, Query, Scope, ScopeKind, TagId
from core.errors import LibraryError
from core.library import Library
from core.settings import Settings
from tests.support import pictures
from tests.support.colour_encoder import colour_registry
from tests.support.libraries import Shelf, wait_until

AWKWARD_NAMES = ["O'Brien", '"quoted"', "100 %", "a;DROP TABLE photos;--", "*", "NEAR(a b)", "日本 🎉", "%s{}", "a\\b"]


@pytest.fixture
def three(shelf: Shelf) -> Shelf:
    for name, colour in (("a.png", "red"), ("b.png", "green"), ("c.png", "blue")):
        shelf.picture(name, colour)
    shelf.watch_root()
    return shelf


# -- albums ------------------------------------------------------------------------------------------------------


def test_an_album_holds_what_was_put_in(three: Shelf) -> None:
    a, b, c = three.ids("a.png", "b.png", "c.png")
    album = three.library.create_album("  Holiday ", [a])
    assert (album.name, album.photo_count) == ("Holiday", 1)
    assert three.library.add_to_album(album.id, [a, b, c]) == (b, c)
    assert three.library.remove_from_album(album.id, [c, c]) == (c,)
    assert {photo.id for photo in three.all_photos(Scope(ScopeKind.ALBUM, album.id))} == {a, b}
    assert three.library.albums()[0].photo_count == 2


def test_a_deleted_album_can_be_made_again(three: Shelf) -> None:
    a, b = three.ids("a.png", "b.png")
    album = three.library.create_album("Holiday", [a, b])
    deleted = three.library.delete_album(album.id)
    assert three.library.albums() == []
    again = three.library.create_album(deleted.name, deleted.photo_ids)
    assert (again.name, again.photo_count) == ("Holiday", 2)
    assert len(three.all_photos()) == 3


@pytest.mark.parametrize("name", ["", "   ", "HOLIDAY"])
def test_an_album_needs_a_name_of_its_own(three: Shelf, name: str) -> None:
    three.library.create_album("Holiday")
    other = three.library.create_album("Other")
    with pytest.raises(LibraryError):
        three.library.create_album(name)
    with pytest.raises(LibraryError):
        three.library.rename_album(other.id, name)
    assert [album.name for album in three.library.albums()] == ["Holiday", "Other"]


def test_an_album_may_change_the_case_of_its_name(three: Shelf) -> None:
    album = three.library.create_album("holiday")
    three.library.rename_album(album.id, "Holiday")
    assert [one.name for one in three.library.albums()] == ["Holiday"]


def test_an_album_that_is_gone_says_so(three: Shelf) -> None:
    with pytest.raises(LibraryError, match="no longer"):
        three.library.delete_album(AlbumId(404))


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_any_name_is_kept_as_it_is(three: Shelf, name: str) -> None:
    album = three.library.create_album(name, three.ids("a.png"))
    three.library.add_tag(name, three.ids("b.png"))

    assert [one.name for one in three.library.albums()] == [name]
    assert [one.name for one in three.library.tags()] == [name]
    three.library.search(Query(name))
    assert three.library.delete_album(album.id).name == name
    assert three.library.remove_tag(name, three.ids("b.png")) == tuple(three.ids("b.png"))
    assert len(three.all_photos()) == 3


# -- tags and marks ----------------------------------------------------------------------------------------------


def test_adding_a_tag_returns_those_that_did_not_have_it(three: Shelf) -> None:
    a, b = three.ids("a.png", "b.png")
    assert three.library.add_tag("sea", [a]) == (a,)
    assert three.library.add_tag(" Sea ", [a, b, PhotoId(404)]) == (b,)
    assert [(tag.name, tag.photo_count) for tag in three.library.tags()] == [("sea", 2)]
    assert set(three.library.remove_tag("SEA", [a, b])) == {a, b}
    assert three.library.tags() == []
    assert three.library.remove_tag("never heard of", [a]) == ()


def test_a_tag_can_be_renamed_and_deleted_and_put_back(three: Shelf) -> None:
    a, b = three.ids("a.png", "b.png")
    three.library.add_tag("see", [a, b])
    three.library.add_tag("lake", [a])
    tag = next(one for one in three.library.tags() if one.name == "see")
    with pytest.raises(LibraryError, match="already"):
        three.library.rename_tag(tag.id, "Lake")
    with pytest.raises(LibraryError):
        three.library.rename_tag(tag.id, "  ")
    three.library.rename_tag(tag.id, "sea")
    assert three.found("sea")[:2] in (["a.png", "b.png"], ["b.png", "a.png"])

    deleted = three.library.delete_tag(tag.id)
    assert (deleted.name, set(deleted.photo_ids)) == ("sea", {a, b})
    three.library.add_tag(deleted.name, deleted.photo_ids)
    assert three.tags("a.png") == {"sea", "lake"}
    with pytest.raises(LibraryError):
        three.library.delete_tag(TagId(404))


def test_an_empty_tag_is_refused(three: Shelf) -> None:
    with pytest.raises(LibraryError):
        three.library.add_tag(" \n ", three.ids("a.png"))


def test_marks_return_what_undo_needs(three: Shelf) -> None:
    a, b, c = three.ids("a.png", "b.png", "c.png")
    assert set(three.library.set_favourite([a, b], True)) == {a, b}
    assert three.library.set_favourite([a, b, c], True) == (c,)
    assert three.library.set_rating([a], 5) == {a: 0}
    assert three.library.set_rating([a, b], 3) == {a: 5, b: 0}
    assert three.library.set_rating([a, b], 3) == {}
    assert {photo.rating for photo in three.all_photos(Scope(ScopeKind.FAVOURITES))} == {3, 0}
    with pytest.raises(Exception, match=r"(?i)check|rating"):
        three.library.set_rating([a], 6)


def test_changes_are_announced_with_the_photos_they_touch(three: Shelf) -> None:
    a, b = three.ids("a.png", "b.png")
    three.heard.events.clear()
    three.library.set_favourite([a], True)
    three.library.add_tag("sea", [b])
    three.library.add_tag("sea", [b])
    favourite, tagged, *rest = three.heard.changes()
    assert (favourite.changed, favourite.tags) == (frozenset({a}), False)
    assert tagged.tags
    assert rest == [], "a tag that was there already changes nothing"


# -- browsing ----------------------------------------------------------------------------------------------------


def test_the_listing_is_newest_first_and_aligned(shelf: Shelf) -> None:
    for hour, colour in ((10, "red"), (12, "green"), (11, "blue")):
        exif = pictures.make_exif(taken_at=f"2024:05:01 {hour}:00:00", offset="+00:00")
        content = pictures.make_jpeg(colour=getattr(pictures, colour.upper()), exif=exif)
        (shelf.root / f"{hour}.jpg").write_bytes(content)
    shelf.watch_root()
    listing = shelf.library.listing()

    assert shelf.names_of([PhotoId(int(one)) for one in listing.ids]) == ["12.jpg", "11.jpg", "10.jpg"]
    assert list(listing.taken_at) == sorted(listing.taken_at, reverse=True)
    assert listing.taken_at[0] - listing.taken_at[1] == 3600
    for colour, ours in zip(listing.average_color, (pictures.GREEN, pictures.BLUE, pictures.RED), strict=True):
        assert all(abs((int(colour) >> shift & 255) - part) < 12 for shift, part in zip((16, 8, 0), ours, strict=True))


def test_scopes_count_what_they_list(three: Shelf) -> None:
    a, b = three.ids("a.png", "b.png")
    album = three.library.create_album("Holiday", [a, b])
    three.library.add_tag("sea", [b])
    three.library.set_favourite([a], True)
    tag = three.library.tags()[0]
    expected = {
        Scope(): 3,
        Scope(ScopeKind.RECENT): 3,
        Scope(ScopeKind.FAVOURITES): 1,
        Scope(ScopeKind.ALBUM, album.id): 2,
        Scope(ScopeKind.TAG, tag.id): 1,
        Scope(ScopeKind.FOLDER, three.folder.id): 3,
        Scope(ScopeKind.ALBUM, 404): 0,
    }
    assert {scope: three.library.count(scope) for scope in expected} == expected
    assert {scope: len(three.library.listing(scope)) for scope in expected} == expected


def test_fifty_thousand_ids_at_once(three: Shelf) -> None:
    """As many as Ctrl+A selects: more than SQLite takes as single bound values."""
    root, folder_id = three.root, three.folder.id

    def fill(connection: object, changes: object) -> None:
        for n in range(50_000):
            content = PhotoContent(1, 1, n.to_bytes(16, "big"), "JPEG", 1, 1, 0, n)
            photo_files.insert(connection, folder_id, root, root / f"{n}.jpg", content)  # type: ignore[arg-type]

    three.library._catalog.write(fill)
    ids = [PhotoId(int(one)) for one in three.library.listing().ids]
    assert len(ids) == 50_003

    assert [photo.id for photo in three.library.photos(ids[::-1])] == ids[::-1]
    assert len(three.library.set_favourite(ids, True)) == 50_003
    assert len(three.library.create_album("All", ids).name) == 3
    assert len(three.library.add_tag("all", ids)) == 50_003
    assert len(three.library.thumbnails(ids)) == 3


def test_photos_keep_the_order_asked_for_and_leave_out_unknown_ones(three: Shelf) -> None:
    a, b, c = three.ids("a.png", "b.png", "c.png")
    assert [photo.id for photo in three.library.photos([c, PhotoId(404), a, b, a])] == [c, a, b, a]


def test_a_photo_that_left_is_left_out_and_says_so(three: Shelf) -> None:
    (a,) = three.ids("a.png")
    (three.root / "a.png").unlink()
    three.scan()

    assert three.library.photos([a]) == []
    for ask in (three.library.details, three.library.picture):
        with pytest.raises(LibraryError, match="no longer"):
            ask(a)


def test_details_say_what_the_file_says(shelf: Shelf, lend_gazetteer: Callable[[Path], None]) -> None:
    lend_gazetteer(shelf.places.cache)
    exif = pictures.make_exif(
        main={0x010F: "Acme", 0x0110: "Acme One"},
        photo={0x829A: 0.01, 0x8827: 400},
        gps=pictures.make_gps(-33.85, 151.2, 12),
        taken_at="2024:05:01 12:30:00",
    )
    (shelf.root / "p.jpg").write_bytes(pictures.make_jpeg((96, 64), exif=exif))
    shelf.watch_root()
    details = shelf.library.details(shelf.all_photos()[0].id)

    assert details.camera is not None
    assert "Acme One" in details.camera
    assert (details.iso, details.folder, details.problem) == (400, shelf.root, None)
    assert details.latitude == pytest.approx(-33.85, abs=1e-3)
    assert details.longitude == pytest.approx(151.2, abs=1e-3)
    assert details.size_bytes == (shelf.root / "p.jpg").stat().st_size
    assert (details.photo.width_px, details.photo.height_px, details.photo.format) == (96, 64, "JPEG")


def test_thumbnails_are_upright_jpegs(shelf: Shelf) -> None:
    (shelf.root / "turned.jpg").write_bytes(pictures.make_jpeg((120, 80), orientation=6))
    shelf.watch_root()
    photo = shelf.all_photos()[0]
    (jpeg,) = shelf.library.thumbnails([photo.id]).values()
    image = Image.open(io.BytesIO(jpeg))

    assert (image.format, image.size) == ("JPEG", (120, 80))
    assert (photo.width_px, photo.height_px) == (120, 80)
    assert shelf.library.picture(photo.id).size == (120, 80)
    assert max(shelf.library.picture(photo.id, 60).size) == 60


def test_thumbnails_that_were_deleted_are_made_again(three: Shelf) -> None:
    three.library.close()
    thumbnails = next(three.places.catalog.parent.glob("*-thumbnails"))
    thumbnails.unlink()
    three.open()
    ids = three.ids("a.png", "b.png", "c.png")
    assert three.library.thumbnails(ids) == {}

    three.scan()

    assert len(three.library.thumbnails(ids)) == 3
    assert three.encoder().images_encoded == 0


def test_thumbnails_of_nothing_are_cleared_away(three: Shelf) -> None:
    def kept() -> int:
        with three.library._catalog.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM thumbs.thumbnails").get)

    first = three.names()[0]
    assert kept() == 3
    three.picture(first, "yellow", seed="edited")
    three.scan()
    assert kept() == 3, "the edited photo's old look is forgotten"
    three.library.remove_folder(three.folder.id)
    assert kept() == 0


def test_trash_moves_the_file_and_keeps_its_memory(three: Shelf) -> None:
    (a,) = three.ids("a.png")
    three.library.add_tag("kept", [a])
    assert three.library.trash([a]) == (a,)
    assert not (three.root / "a.png").exists()
    assert three.names() == ["b.png", "c.png"]
    assert "a.png" not in three.found("red")

    three.picture("a.png", "red")  # the system puts it back
    three.scan()
    assert three.tags("a.png") == {"kept"}


def test_trash_that_fails_says_so_and_changes_nothing(three: Shelf) -> None:
    (a,) = three.ids("a.png")
    (three.root / "a.png").unlink()
    with pytest.raises(LibraryError, match="could not be moved to the trash"):
        three.library.trash([a])
    assert "a.png" in three.names()


# -- words -------------------------------------------------------------------------------------------------------


def test_every_kind_of_word_finds_its_photo_with_its_reason(shelf: Shelf) -> None:
    exif = pictures.make_exif(main={0x010E: "Grandma laughs", 0x010F: "Acme", 0x0110: "Zoomer 3"})
    (shelf.root / "trip").mkdir()
    (shelf.root / "trip" / "IMG_0042.jpg").write_bytes(pictures.make_jpeg(exif=exif))
    for number in range(3):
        shelf.picture(f"other{number}.png")
    shelf.watch_root()
    photo = next(one for one in shelf.all_photos() if one.name == "IMG_0042.jpg")
    shelf.library.add_tag("Überraschung", [photo.id])
    shelf.library.create_album("Best of", [photo.id])
    for words, kind in {
        "img_0042": "file name", "0042": "file name", "trip": "folder", "grandma": "caption", "zoomer": "camera",
        "uberraschung": "tag", "überrasch": "tag", "best of": "album",
    }.items():  # fmt: skip
        result = shelf.library.search(Query(words))
        assert (result.hits[0].photo_id, words) == (photo.id, words)
        assert result.hits[0].reasons[0].kind.value == kind, words


def test_words_of_removed_tags_and_albums_are_forgotten(three: Shelf) -> None:
    ids = three.ids("a.png")
    three.library.add_tag("zeppelin", ids)
    album = three.library.create_album("Quagga", ids)

    def exact(words: str) -> list[PhotoId]:
        hits = three.library.search(Query(words)).hits
        return [hit.photo_id for hit in hits if any(reason.kind.value in ("tag", "album") for reason in hit.reasons)]

    assert exact("zeppelin") == exact("quagga") == ids
    three.library.remove_tag("zeppelin", ids)
    three.library.rename_album(album.id, "Okapi")
    assert (exact("zeppelin"), exact("quagga"), exact("okapi")) == ([], [], ids)


def test_words_in_scripts_with_marks_are_found(three: Shelf) -> None:
    """Their vowel signs are combining marks, which must not split the word."""
    ids = three.ids("a.png")
    three.library.add_tag("त क ख ส น", three.ids("b.png"))  # only the letters, each for itself
    for word in ("कुत्ता", "สุนัข", "собака", "犬と海"):
        three.library.add_tag(word, ids)
        assert [hit.photo_id for hit in three.library.search(Query(word, is_exact_only=True)).hits] == ids, word
        hit = three.library.search(Query(word)).hits[0]
        assert (hit.photo_id, hit.reasons[0].kind.value) == (ids[0], "tag"), word


# -- opening, settings, folders ------------------------------------------------------------------------------------


def test_the_library_file_may_lie_beside_the_photos(home: Path, tmp_path: Path) -> None:
    """`recollect --library my.sqlite index photos` in one folder, or even inside the photos' folder."""
    root = tmp_path / "here" / "photos"
    shelf = Shelf(root)
    shelf.library.close()
    for catalog in (tmp_path / "here" / "my.sqlite", root / "inside.sqlite"):
        own = places.places(catalog)
        settings.save(Settings(encoder="colours"), own.settings)
        with Library(own, colour_registry(own.encoders, own.cache)) as library:
            shelf.picture("a.png")
            library.add_folder(root)
            assert library.index_until_done().added == 1
            assert library.index_until_done().added == 0


def test_recollects_own_folders_cannot_be_watched(three: Shelf) -> None:
    three.places.encoders.mkdir(parents=True)
    with pytest.raises(LibraryError, match="own files"):
        three.library.add_folder(three.places.encoders)


def test_folders_that_cannot_be_watched_are_refused_in_words(three: Shelf) -> None:
    (three.root / "inner").mkdir()
    for path, words in {
        three.root / "missing": "no folder",
        three.root / ("x" * 300): "no folder",
        three.root / "a.png": "not a folder",
        three.root / "inner": "already watched",
    }.items():
        with pytest.raises(LibraryError, match=words):
            three.library.add_folder(path)
    assert [folder.path for folder in three.library.folders()] == [three.root]


def test_adding_a_folder_twice_is_one_folder(three: Shelf) -> None:
    assert three.library.add_folder(three.root).id == three.folder.id
    assert three.library.add_folder(three.root / "sub" / "..").id == three.folder.id
    assert len(three.library.folders()) == 1


def test_status_counts_everything(three: Shelf) -> None:
    (three.root / "bad.jpg").write_bytes(b"")
    three.library.create_album("A")
    three.library.add_tag("t", three.ids("a.png"))
    three.scan()
    status = three.library.status()
    assert (status.photos, status.embedded, status.unreadable, status.folders) == (3, 3, 1, 1)
    assert (status.albums, status.tags, status.encoder, status.next_encoder) == (1, 1, "colours", None)


def test_a_broken_settings_file_is_an_error_in_words(home: Path) -> None:
    own = places.places()
    own.settings.parent.mkdir(parents=True)
    own.settings.write_text("encoder = ")
    with pytest.raises(LibraryError, match="settings file"):
        Library(own)


def test_a_closed_library_says_so(three: Shelf) -> None:
    three.library.close()
    with pytest.raises(LibraryError, match="closed"):
        three.library.listing()
    with pytest.raises(LibraryError, match="closed"):
        three.library.add_tag("x", [])


def test_a_search_while_the_library_is_new_and_busy_does_not_lock_up(shelf: Shelf) -> None:
    """The first search writes the encoder's row while the writer thread announces something else."""
    import threading

    is_opening, done = threading.Event(), threading.Event()

    def slow_write(connection: object, changes: object) -> None:
        is_opening.wait(10)
        changes.albums = True  # type: ignore[attr-defined]

    original = shelf.registry.encoder

    def encoder(name: str) -> object:
        found = original(name)
        is_opening.set()
        return found

    shelf.registry.encoder = encoder  # type: ignore[method-assign,assignment]
    shelf.library._catalog.submit(slow_write)

    def search() -> None:
        shelf.library.search(Query("red"))
        done.set()

    thread = threading.Thread(target=search, daemon=True)
    thread.start()
    wait_until(done.is_set, "the search", timeout_s=20)
    thread.join()


def test_taken_at_is_when_the_file_was_written_where_nothing_better_is_known(shelf: Shelf) -> None:
    shelf.picture("a.png")
    shelf.watch_root()
    photo: Photo = shelf.photo("a.png")
    assert abs(photo.taken_at - time.time()) < 3600
