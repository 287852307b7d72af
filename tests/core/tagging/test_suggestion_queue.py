"""Suggestions that come with new photos, automatic tags, lessons and sensitive photos."""

from __future__ import annotations

import pytest

from core.domain import Query, Scope
from core.errors import LibraryError
from tests.support.libraries import Shelf

COLOURS = ("red", "green", "blue", "yellow", "white", "black", "purple", "cyan")
VOCABULARY = """
templates = ["a photo of something {}."]
[groups.colours]
words = ["red", "green", "blue"]
[groups.private]
sensitive = true
words = ["purple"]
"""


@pytest.fixture
def coloured(shelf: Shelf) -> Shelf:
    shelf.library.save_vocabulary(VOCABULARY)
    for number in range(40):
        shelf.picture(f"{number:02}.png", COLOURS[number % 8])
    shelf.watch_root()
    shelf.library.suggest_for_new_photos()
    return shelf


def waiting(shelf: Shelf) -> set[tuple[str, str]]:
    names = {photo.id: photo.name for photo in shelf.all_photos()}
    return {(names[one.photo_id], one.tag) for one in shelf.library.pending_suggestions().suggestions}


def add(shelf: Shelf, name: str, colour: str) -> None:
    shelf.picture(name, colour)
    shelf.scan()
    shelf.library.suggest_for_new_photos()


def test_new_photos_bring_suggestions_and_no_tag(coloured: Shelf) -> None:
    assert coloured.library.pending_count() == 15
    add(coloured, "new.png", "red")
    assert ("new.png", "red") in waiting(coloured)
    assert coloured.library.pending_count() == 16
    assert coloured.library.tags() == []


def test_what_was_decided_waits_no_more_and_undoing_brings_it_back(coloured: Shelf) -> None:
    run = coloured.library.pending_suggestions()
    red = [one for one in run.suggestions if one.tag == "red"]
    coloured.library.accept_suggestions(run.id, red[:2])
    coloured.library.reject_suggestions(run.id, red[2:3])
    assert coloured.library.pending_count() == 12
    coloured.library.suggest_for_new_photos()
    assert coloured.library.pending_count() == 12
    assert coloured.library.reopen_suggestions(run.id, red[:3]) == 2
    assert coloured.library.pending_count() == 15
    assert coloured.library.tags() == []


def test_other_words_replace_what_waits(coloured: Shelf) -> None:
    coloured.library.save_vocabulary(VOCABULARY.replace('"green", "blue"', '"yellow"'))
    coloured.library.suggest_for_new_photos()
    assert {tag for _, tag in waiting(coloured)} == {"red", "yellow"}


def test_an_automatic_tag_is_written_for_new_photos_only_and_can_be_taken_back(coloured: Shelf) -> None:
    coloured.library.set_automatic_tag("Red", True)
    coloured.library.suggest_for_new_photos()
    assert coloured.library.tags() == []
    add(coloured, "new.png", "red")
    assert coloured.tags("new.png") == {"red"}
    assert [tag.photo_count for tag in coloured.library.tags()] == [1]
    (run,) = coloured.library.tag_runs()
    assert coloured.library.undo_tag_run(run.id) == 1
    assert coloured.tags("new.png") == set()
    coloured.library.set_automatic_tag("red", False)
    add(coloured, "newer.png", "red")
    assert coloured.tags("newer.png") == set()


def test_a_tag_learns_from_five_photos_what_no_vocabulary_has(coloured: Shelf) -> None:
    coloured.library.add_tag("our boat", coloured.ids(*(f"{n:02}.png" for n in (3, 11, 19, 27, 35))))
    add(coloured, "new.png", "yellow")
    add(coloured, "other.png", "black")
    best = coloured.library.more_like("our boat").suggestions[0]
    assert coloured.library.photos([best.photo_id])[0].name == "new.png"
    lesson = coloured.library.tag_lesson("our boat")
    assert (lesson.example_count, lesson.is_learned) == (5, True)
    assert ("new.png", "our boat") in waiting(coloured)
    assert ("other.png", "our boat") not in waiting(coloured)


def test_lessons_follow_another_encoder(coloured: Shelf) -> None:
    coloured.library.add_tag("our boat", coloured.ids(*(f"{n:02}.png" for n in (3, 11, 19, 27))))
    coloured.library.use_encoder("colours-2")
    coloured.scan()
    assert coloured.library.search(Query("red")).encoder == "colours-2"
    best = coloured.library.more_like("our boat").suggestions[0]
    assert coloured.library.photos([best.photo_id])[0].name == "35.png"


def test_a_tag_without_examples_cannot_teach(coloured: Shelf) -> None:
    with pytest.raises(LibraryError, match="what our cat means"):
        coloured.library.more_like("our cat")


def test_taking_off_what_a_run_wrote_is_remembered_as_wrong(coloured: Shelf) -> None:
    run = coloured.library.suggest_tags(Scope())
    red = [one for one in run.suggestions if one.tag == "red"]
    coloured.library.accept_suggestions(run.id, red)
    coloured.library.remove_tag("red", [red[0].photo_id])
    assert coloured.library.tag_lesson("red").rejected_count == 1
    again = {(one.photo_id, one.tag) for one in coloured.library.suggest_tags(Scope()).suggestions}
    assert (red[0].photo_id, "red") not in again


def test_sensitive_words_are_looked_for_only_when_asked_and_never_become_tags(coloured: Shelf) -> None:
    assert "purple" not in {tag for _, tag in waiting(coloured)}
    assert coloured.library.sensitive_photos() == frozenset()
    coloured.library.treat_sensitive("blur")
    coloured.library.suggest_for_new_photos()
    purple = set(coloured.ids(*(f"{n:02}.png" for n in range(6, 40, 8))))
    assert coloured.library.sensitive_photos() == purple
    assert "purple" not in {tag for _, tag in waiting(coloured)}
    assert "purple" not in {one.tag for one in coloured.library.suggest_tags(Scope()).suggestions}
    one = next(iter(purple))
    assert coloured.library.clear_sensitive([one]) == (one,)
    assert coloured.library.sensitive_photos() == purple - {one}
    coloured.library.treat_sensitive("show")
    assert coloured.library.sensitive_photos() == frozenset()
