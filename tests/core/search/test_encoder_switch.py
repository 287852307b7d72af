"""Another encoder is chosen: the old one answers until the new one has embedded everything."""

from __future__ import annotations

import pytest

from core.domain import EncoderState, PhotoId, Query
from core.errors import LibraryError
from core.jobs import Cancelled
from core.search.engine import SearchEngine
from core.search.vector_matrix import VectorMatrix
from tests.support.libraries import Shelf, wait_until


@pytest.fixture
def coloured(shelf: Shelf) -> Shelf:
    for number in range(30):
        shelf.picture(f"{number:02}.png", ("red", "green", "blue")[number % 3])
    shelf.watch_root()
    return shelf


def states(shelf: Shelf) -> dict[str, EncoderState]:
    return {one.name: one.state for one in shelf.library.encoders() if one.name.startswith("colours")}


def answering(shelf: Shelf) -> str:
    result = shelf.library.search(Query("green"))
    assert {int(name[:2]) % 3 for name in shelf.names_of([hit.photo_id for hit in result.hits[:9]])} == {1}
    return result.encoder


def stop_after(shelf: Shelf, count: int) -> None:
    """Stop the work as soon as the second encoder has embedded `count` photos."""
    encoder = shelf.encoder("colours-2")
    encode = encoder.encode_prepared

    def counting(images: object) -> object:
        if encoder.images_encoded >= count:
            shelf.library.stop_indexing()
        return encode(images)  # type: ignore[arg-type]

    encoder.encode_prepared = counting  # type: ignore[method-assign,assignment]


def test_the_new_encoder_takes_over_when_it_is_done(coloured: Shelf) -> None:
    assert answering(coloured) == "colours"
    coloured.library.use_encoder("colours-2")
    assert answering(coloured) == "colours"
    assert states(coloured) == {"colours": EncoderState.ACTIVE, "colours-2": EncoderState.EMBEDDING}
    assert coloured.library.status().next_encoder == "colours-2"

    coloured.scan()

    assert answering(coloured) == "colours-2"
    assert states(coloured) == {"colours": EncoderState.INSTALLED, "colours-2": EncoderState.ACTIVE}
    assert coloured.library.status().next_encoder is None
    assert coloured.encoder("colours-2").images_encoded == 30
    coloured.picture("new.png", "green")
    coloured.scan()
    assert coloured.encoder("colours").images_encoded == 30, "the old one has nothing more to do"
    assert "new.png" in coloured.found("green")[:11]


def test_the_old_one_answers_across_a_restart_in_the_middle(coloured: Shelf) -> None:
    coloured.library.use_encoder("colours-2")
    stop_after(coloured, 8)
    with pytest.raises(Cancelled):
        coloured.scan()
    done = coloured.library.status().embedded
    assert 0 < done < 30
    assert answering(coloured) == "colours"

    coloured.reopen()
    assert answering(coloured) == "colours"
    assert coloured.library.status().embedded == done
    coloured.scan()
    assert answering(coloured) == "colours-2"
    assert coloured.encoder("colours-2").images_encoded == 30 - done


def test_changing_ones_mind_in_the_middle(coloured: Shelf) -> None:
    coloured.library.use_encoder("colours-2")
    coloured.library.use_encoder("colours")
    coloured.scan()
    assert answering(coloured) == "colours"
    assert coloured.encoder("colours-2").images_encoded == 0


def test_going_back_needs_nothing_encoded_again(coloured: Shelf) -> None:
    for name in ("colours-2", "colours"):
        coloured.library.use_encoder(name)
        coloured.scan()
        assert answering(coloured) == name
    assert coloured.encoder("colours").images_encoded == 30


def test_a_running_library_switches_by_itself(coloured: Shelf) -> None:
    coloured.library.start()
    coloured.library.use_encoder("colours-2")
    wait_until(lambda: coloured.library.status().encoder == "colours-2", "the switch")
    assert answering(coloured) == "colours-2"


def test_unknown_and_missing_encoders_are_refused(coloured: Shelf) -> None:
    with pytest.raises(LibraryError, match="no encoder named"):
        coloured.library.use_encoder("colour")
    with pytest.raises(LibraryError, match="not on this computer"):
        coloured.library.use_encoder("ViT-B-32/openai")
    assert coloured.library.settings.next_encoder is None


def test_photos_that_come_and_go_during_the_switch_are_right_after_it(coloured: Shelf) -> None:
    answering(coloured)
    coloured.library.use_encoder("colours-2")
    encoder = coloured.encoder("colours-2")
    encode = encoder.encode_prepared

    def meanwhile(images: object) -> object:
        encoder.encode_prepared = encode  # type: ignore[method-assign]
        (coloured.root / "01.png").unlink()
        coloured.picture("31.png", "green")
        coloured.library.scan_until_done()
        return encode(images)  # type: ignore[arg-type]

    encoder.encode_prepared = meanwhile  # type: ignore[method-assign,assignment]
    coloured.scan()
    assert answering(coloured) == "colours-2"
    found = coloured.library.search(Query("green")).hits
    names = coloured.names_of([PhotoId(hit.photo_id) for hit in found])
    assert len(found) == len(names) == 30
    assert "31.png" in names[:10]
    assert "01.png" not in names


def test_a_change_while_the_new_answers_are_loaded_is_not_missed(
    coloured: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = SearchEngine.matrix

    def changing(self: SearchEngine) -> VectorMatrix:
        matrix = load(self)
        if self.encoder.name == "colours-2" and (coloured.root / "01.png").exists():
            (coloured.root / "01.png").unlink()
            coloured.library.scan_until_done()
        return matrix

    answering(coloured)
    monkeypatch.setattr(SearchEngine, "matrix", changing)
    coloured.library.use_encoder("colours-2")
    coloured.scan()

    assert answering(coloured) == "colours-2"
    assert "01.png" not in coloured.found("green")


def test_stopping_and_resuming_goes_on_where_it_was(coloured: Shelf) -> None:
    coloured.library.use_encoder("colours-2")
    stop_after(coloured, 8)
    coloured.library.start()
    wait_until(
        lambda: coloured.library._work._jobs.is_stopped("index") and coloured.library._work._jobs.is_idle, "the stop"
    )
    encoder = coloured.encoder("colours-2")
    stopped_at = encoder.images_encoded
    assert stopped_at < 30
    del encoder.__dict__["encode_prepared"]
    coloured.library.resume_indexing()
    wait_until(lambda: coloured.library.status().encoder == "colours-2", "the switch")
    assert encoder.images_encoded == 30


def test_being_paused_does_not_hold_what_was_asked_for(shelf: Shelf) -> None:
    """Paused in the window, closed, then `recollect index` in a terminal."""
    shelf.library.pause_indexing()
    shelf.reopen()
    assert shelf.library.is_indexing_paused
    shelf.picture("a.png")
    assert shelf.watch_root().added == 1
    assert shelf.library.status().embedded == 1
