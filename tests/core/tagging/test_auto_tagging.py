"""Suggesting tags, deciding about them, and taking a run back: exactly what it wrote, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from core.domain import PhotoId, RunId, Scope, ScopeKind, Suggestion, SuggestionRun
from core.errors import LibraryError
from core.jobs import Cancelled, JobControl
from core.tagging import suggestions, zero_shot
from core.tagging.vocabulary import Word
from tests.support.libraries import Shelf

COLOURS = ("red", "green", "blue", "yellow", "white", "black", "purple", "cyan")
VOCABULARY = """
templates = ["a photo of something {}."]
[groups.colours]
words = ["red", "green", "blue"]
[groups.others]
words = ["Übung"]
prompts = { "Übung" = ["yellow"] }
[groups.light]
choose_one = true
prompts = { bright = ["white"], dark = ["black"] }
"""
TAG_OF = {"red": "red", "green": "green", "blue": "blue", "yellow": "Übung"}


@pytest.fixture
def coloured(shelf: Shelf) -> Shelf:
    for number in range(40):
        shelf.picture(f"{number:02}.png", COLOURS[number % 8])
    shelf.watch_root()
    shelf.library.save_vocabulary(VOCABULARY)
    return shelf


def suggested(shelf: Shelf, run: SuggestionRun) -> set[tuple[str, str]]:
    names = {photo.id: photo.name for photo in shelf.all_photos()}
    return {(names[one.photo_id], one.tag) for one in run.suggestions}


def meant() -> set[tuple[str, str]]:
    """What the open words should be suggested for."""
    return {(f"{n:02}.png", TAG_OF[COLOURS[n % 8]]) for n in range(40) if COLOURS[n % 8] in TAG_OF}


def all_tags(shelf: Shelf) -> set[tuple[str, str, str]]:
    return {
        (photo.name, tag.name, tag.source)
        for photo in shelf.all_photos()
        for tag in shelf.library.details(photo.id).tags
    }


def of_tag(run: SuggestionRun, tag: str) -> list[Suggestion]:
    return [one for one in run.suggestions if one.tag == tag]


# -- suggesting --------------------------------------------------------------------------------------------------


def test_words_are_suggested_for_what_they_mean_and_nothing_is_written(coloured: Shelf) -> None:
    run = coloured.library.suggest_tags(Scope())
    assert {pair for pair in suggested(coloured, run) if pair[1] not in ("bright", "dark")} == meant()
    confidences = [one.confidence for one in run.suggestions]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0.5 <= one <= 1 for one in confidences)
    assert all_tags(coloured) == set()
    assert coloured.library.tag_runs() == []


def test_only_the_scope_is_tagged(coloured: Shelf) -> None:
    album = coloured.library.create_album("Few", coloured.ids("00.png", "01.png"))
    run = coloured.library.suggest_tags(Scope(ScopeKind.ALBUM, album.id))
    assert run.title == "Few"
    assert {name for name, _ in suggested(coloured, run)} <= {"00.png", "01.png"}
    assert {("00.png", "red"), ("01.png", "green")} <= suggested(coloured, run)


def test_of_an_exclusive_group_at_most_one_word(coloured: Shelf) -> None:
    run = coloured.library.suggest_tags(Scope())
    light = [one for one in run.suggestions if one.tag in ("bright", "dark")]
    assert len({one.photo_id for one in light}) == len(light)
    pairs = suggested(coloured, run)
    assert {f"{n:02}.png" for n in range(4, 40, 8)} <= {name for name, tag in pairs if tag == "bright"}
    assert {f"{n:02}.png" for n in range(5, 40, 8)} <= {name for name, tag in pairs if tag == "dark"}


def test_scopes_that_hold_nothing_are_errors_in_words(coloured: Shelf) -> None:
    album = coloured.library.create_album("Empty")
    with pytest.raises(LibraryError, match="Nothing in Empty"):
        coloured.library.suggest_tags(Scope(ScopeKind.ALBUM, album.id))
    with pytest.raises(LibraryError, match="album is no longer there"):
        coloured.library.suggest_tags(Scope(ScopeKind.ALBUM, 404))


def test_it_can_be_stopped(coloured: Shelf) -> None:
    job = JobControl("tag", "Suggesting")
    job.stop()
    with pytest.raises(Cancelled):
        coloured.library.suggest_tags(Scope(), job)


def test_a_photo_gets_a_few_words_the_strongest() -> None:
    words = [Word(f"w{n}", "g", ("x",), False) for n in range(10)]
    columns = zero_shot.columns(words, lambda texts: np.eye(10, dtype=np.float32)[: len(texts)])
    norms = zero_shot.Norms(*(np.full(10, one, np.float32) for one in (0, 1, 2)))
    z_scores = np.array([[9, 8.5, 8, 7.5, 7, 0, 0, 0, 0, 0]], dtype=np.float32)
    found = suggestions.candidates(z_scores, columns, norms, words)
    chosen = suggestions.choose(np.array([1]), found, words, {(PhotoId(1), "w1")})
    assert [one.tag for one in chosen] == ["w0", "w2"]


def test_a_photo_like_everything_is_like_nothing() -> None:
    words = [Word(f"w{n}", "g", ("x",), False) for n in range(10)]
    columns = zero_shot.columns(words, lambda texts: np.eye(10, dtype=np.float32)[: len(texts)])
    norms = zero_shot.Norms(*(np.full(10, one, np.float32) for one in (0, 1, 2)))
    found = suggestions.candidates(np.full((1, 10), 4, np.float32), columns, norms, words)
    assert len(found.rows) == 0


# -- deciding ----------------------------------------------------------------------------------------------------


def test_accepting_writes_and_undo_takes_back_exactly_that(coloured: Shelf) -> None:
    coloured.library.add_tag("red", coloured.ids("00.png", "01.png"))
    coloured.library.add_tag("mine", coloured.ids("08.png"))
    by_hand = all_tags(coloured)
    run = coloured.library.suggest_tags(Scope())
    wanted = of_tag(run, "red")

    assert coloured.library.accept_suggestions(run.id, wanted) == 4
    written = {(f"{n:02}.png", "red", "suggested") for n in (8, 16, 24, 32)}
    assert all_tags(coloured) == by_hand | written
    assert set(coloured.found("red")[:6]) == {f"{n:02}.png" for n in (0, 1, 8, 16, 24, 32)}
    assert [(one.accepted_count, one.is_undone) for one in coloured.library.tag_runs()] == [(4, False)]

    assert coloured.library.undo_tag_run(run.id) == 4
    assert all_tags(coloured) == by_hand
    assert [one.is_undone for one in coloured.library.tag_runs()] == [True]
    assert coloured.library.undo_tag_run(run.id) == 0
    assert coloured.library.redo_tag_run(run.id) == 4
    assert all_tags(coloured) == by_hand | written


def test_accepting_twice_writes_once(coloured: Shelf) -> None:
    run = coloured.library.suggest_tags(Scope())
    assert coloured.library.accept_suggestions(run.id, of_tag(run, "red")) == 5
    assert coloured.library.accept_suggestions(run.id, of_tag(run, "red")) == 0


def test_a_tag_that_was_also_made_by_hand_stays(coloured: Shelf) -> None:
    """The person tags what the run has tagged already: from then on it is theirs."""
    run = coloured.library.suggest_tags(Scope())
    coloured.library.accept_suggestions(run.id, of_tag(run, "red"))
    assert coloured.library.add_tag("red", coloured.ids("00.png")) == ()
    assert coloured.library.undo_tag_run(run.id) == 4
    assert all_tags(coloured) == {("00.png", "red", "user")}


def test_a_tag_taken_off_by_hand_does_not_come_back(coloured: Shelf) -> None:
    run = coloured.library.suggest_tags(Scope())
    coloured.library.accept_suggestions(run.id, of_tag(run, "red"))
    coloured.library.remove_tag("red", coloured.ids("00.png"))

    coloured.library.accept_suggestions(run.id, of_tag(run, "green"))
    assert "red" not in coloured.tags("00.png")
    before = all_tags(coloured)
    assert coloured.library.undo_tag_run(run.id) == 9
    assert coloured.library.redo_tag_run(run.id) == 9
    assert all_tags(coloured) == before


def test_accepting_more_after_undo_writes_only_that(coloured: Shelf) -> None:
    run = coloured.library.suggest_tags(Scope())
    coloured.library.accept_suggestions(run.id, of_tag(run, "red"))
    coloured.library.undo_tag_run(run.id)
    assert coloured.library.accept_suggestions(run.id, of_tag(run, "green")) == 5
    assert {tag for _, tag, _ in all_tags(coloured)} == {"green"}
    coloured.library.undo_tag_run(run.id)
    assert coloured.library.redo_tag_run(run.id) == 5
    assert {tag for _, tag, _ in all_tags(coloured)} == {"green"}


def test_two_runs_are_taken_back_one_by_one(coloured: Shelf) -> None:
    first = coloured.library.suggest_tags(Scope())
    coloured.library.accept_suggestions(first.id, of_tag(first, "red"))
    second = coloured.library.suggest_tags(Scope())
    coloured.library.accept_suggestions(second.id, of_tag(second, "green"))
    assert [one.id for one in coloured.library.tag_runs()] == [second.id, first.id]
    coloured.library.undo_tag_run(first.id)
    assert {tag for _, tag, _ in all_tags(coloured)} == {"green"}


def test_what_is_tagged_or_rejected_is_never_suggested_again(coloured: Shelf) -> None:
    run = coloured.library.suggest_tags(Scope())
    coloured.library.accept_suggestions(run.id, of_tag(run, "red"))
    coloured.library.reject_suggestions(run.id, of_tag(run, "green"))
    coloured.library.reject_suggestions(run.id, of_tag(run, "Übung"))
    coloured.library.add_tag("BLUE", coloured.ids("02.png"))

    again = suggested(coloured, coloured.library.suggest_tags(Scope()))

    assert {tag for _, tag in again} & {"red", "green", "Übung"} == set()
    assert ("02.png", "blue") not in again
    assert ("10.png", "blue") in again
    coloured.reopen()
    assert suggested(coloured, coloured.library.suggest_tags(Scope())) == again


def test_a_rejection_can_be_changed_into_an_acceptance(coloured: Shelf) -> None:
    run = coloured.library.suggest_tags(Scope())
    coloured.library.reject_suggestions(run.id, of_tag(run, "red"))
    assert coloured.library.accept_suggestions(run.id, of_tag(run, "red")) == 5


def test_suggestions_for_photos_that_left_are_skipped(coloured: Shelf) -> None:
    run = coloured.library.suggest_tags(Scope())
    coloured.library.remove_folder(coloured.folder.id)
    assert coloured.library.accept_suggestions(run.id, run.suggestions) == 0
    assert coloured.library.reject_suggestions(run.id, [Suggestion(PhotoId(404), "x", 1.0)]) >= 0
    assert coloured.library.undo_tag_run(RunId(404)) == 0
