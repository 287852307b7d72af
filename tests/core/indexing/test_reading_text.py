"""Text in pictures: off by default, read in the background when wanted, searchable, never twice, never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain import Query, ReasonKind
from core.jobs import Cancelled
from tests.support.libraries import Shelf, wait_until


def by_words(shelf: Shelf, words: str) -> list[str]:
    hits = shelf.library.search(Query(words, is_exact_only=True)).hits
    return sorted(shelf.names_of([hit.photo_id for hit in hits]))


@pytest.fixture
def signs(shelf: Shelf) -> Shelf:
    for colour in ("red", "green", "blue"):
        shelf.picture(f"{colour[0]}.png", colour)
    shelf.watch_root()
    return shelf


def test_it_is_off_by_default(signs: Shelf) -> None:
    assert not signs.library.settings.is_text_read
    assert signs.text_reader.said == []
    assert by_words(signs, "shop") == []


def test_switched_on_pictures_are_found_by_their_text(signs: Shelf) -> None:
    signs.library.start()
    signs.library.set_text_reading(True)
    wait_until(lambda: by_words(signs, "shop") == ["b.png", "g.png", "r.png"], "the reading")
    (hit,) = signs.library.search(Query("shop blue", is_exact_only=True)).hits
    assert [reason.kind for reason in hit.reasons] == [ReasonKind.PICTURE_TEXT]
    assert signs.library.details(hit.photo_id).picture_text == "shop BLUE 12"


def test_new_pictures_are_read_while_it_is_on(signs: Shelf) -> None:
    signs.library.set_text_reading(True)
    signs.picture("new.png", "yellow")
    signs.scan()
    assert by_words(signs, "yellow 12") == ["new.png"]


def test_switched_off_what_was_read_stays(signs: Shelf) -> None:
    signs.library.set_text_reading(True)
    signs.scan()
    signs.library.set_text_reading(False)
    signs.picture("new.png", "yellow")
    signs.scan()
    assert by_words(signs, "shop") == ["b.png", "g.png", "r.png"]


def test_what_nobody_is_sure_of_is_not_kept(signs: Shelf) -> None:
    signs.library.read_texts_until_done()
    assert by_words(signs, "scribble") == []


def test_a_picture_that_cannot_be_read_is_not_tried_again(signs: Shelf) -> None:
    signs.text_reader.failing = {"red"}
    signs.library.read_texts_until_done()
    signs.library.read_texts_until_done()
    assert sorted(signs.text_reader.said) == ["blue", "green", "red"]
    status = signs.library.status()
    assert (status.pictures_read, status.pictures_with_text, status.pictures_to_read) == (3, 2, 0)


def test_moves_and_copies_are_not_read_again(signs: Shelf) -> None:
    signs.library.read_texts_until_done()
    (signs.root / "g.png").rename(signs.root / "moved.png")
    signs.picture("copy.png", "blue", seed="b.png")
    signs.scan()
    signs.library.read_texts_until_done()
    assert len(signs.text_reader.said) == 3
    assert by_words(signs, "green 12") == ["moved.png"]
    assert by_words(signs, "blue 12") == ["b.png", "copy.png"]


def test_new_content_is_read_again(signs: Shelf) -> None:
    signs.library.read_texts_until_done()
    signs.picture("g.png", "yellow", seed="edited")
    signs.scan()
    assert by_words(signs, "green 12") == []
    signs.library.read_texts_until_done()
    assert by_words(signs, "yellow 12") == ["g.png"]


def test_stopped_in_the_middle_it_goes_on_where_it_was(signs: Shelf) -> None:
    for number in range(40):
        signs.picture(f"{number}.png", "grey", seed=number)
    signs.scan()

    def stop_at_twenty() -> None:
        if len(signs.text_reader.said) == 20:
            signs.library.stop_text_reading()

    signs.text_reader.on_read = stop_at_twenty
    with pytest.raises(Cancelled):
        signs.library.read_texts_until_done()
    signs.reopen()
    already = signs.library.status().pictures_read
    assert 20 <= already < 43
    signs.library.read_texts_until_done()
    assert signs.library.status().pictures_to_read == 0
    assert len(signs.text_reader.said) == 43  # each once


def test_a_picture_whose_file_is_away_waits(signs: Shelf) -> None:
    away = (signs.root / "g.png").read_bytes()
    (signs.root / "g.png").unlink()
    signs.library.read_texts_until_done()
    assert signs.library.status().pictures_to_read == 1
    (signs.root / "g.png").write_bytes(away)
    signs.library.read_texts_until_done()
    assert by_words(signs, "green 12") == ["g.png"]


def test_what_was_read_can_be_forgotten(signs: Shelf) -> None:
    signs.library.read_texts_until_done()
    assert signs.library.forget_texts() == 3
    assert by_words(signs, "shop") == []
    assert signs.library.status().pictures_to_read == 3


def test_a_folder_that_leaves_takes_its_text_with_it(signs: Shelf) -> None:
    signs.library.read_texts_until_done()
    signs.library.remove_folder(signs.folder.id)
    with signs.library._catalog.reading() as connection:
        assert connection.execute("SELECT count(*) FROM picture_texts").get == 0


def test_it_has_a_progress_of_its_own(signs: Shelf) -> None:
    signs.library.read_texts_until_done()
    last = signs.heard.progress("text")[-1]
    assert last.is_finished
    assert (last.done, last.total, last.can_pause) == (3, 3, True)


def test_new_photos_are_embedded_before_the_reading_goes_on(signs: Shelf) -> None:
    for number in range(6):
        signs.picture(f"{number}.png", "grey", seed=number)
    signs.scan()
    signs.library.start()
    added: list[Path] = []

    def add_one() -> None:
        if not added:
            added.append(signs.picture("urgent.png", "purple"))
            wait_until(lambda: "urgent.png" in signs.names(), "its discovery")
            wait_until(lambda: signs.library._work._indexer.is_woken, "the wake")

    signs.text_reader.on_read = add_one
    signs.library.set_text_reading(True)
    wait_until(lambda: signs.library.status().pictures_to_read == 0, "the end")
    events = [event for event in signs.heard.changes() if event.embedded or event.texts]
    (urgent,) = signs.ids("urgent.png")
    embedded_at = next(at for at, event in enumerate(events) if urgent in event.embedded)
    last_read_at = max(at for at, event in enumerate(events) if event.texts)
    assert embedded_at < last_read_at
