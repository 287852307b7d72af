"""A run of accepted tags can be taken back as a whole, whenever: after restarts, and after a year of other edits."""

from __future__ import annotations

import pytest

from core.domain import RunId, Scope, Suggestion
from tests.support.libraries import Shelf


@pytest.fixture
def shelf_with_run(shelf: Shelf) -> tuple[Shelf, RunId]:
    """Eight photos that a run tagged "wall"; the library was closed since."""
    for number in range(8):
        shelf.picture(f"{number}.png", "red")
    shelf.watch_root()
    run = accept(shelf, "wall", *(f"{number}.png" for number in range(8)))
    shelf.reopen()
    return shelf, run


def accept(shelf: Shelf, tag: str, *names: str) -> RunId:
    run = shelf.library.suggest_tags(Scope())
    shelf.library.accept_suggestions(run.id, [Suggestion(one, tag, 0.9) for one in shelf.ids(*names)])
    return run.id


def tagged(shelf: Shelf, tag: str) -> set[str]:
    return {photo.name for photo in shelf.all_photos() if tag in shelf.tags(photo.path)}


def test_an_old_run_leaves_what_people_did_since(shelf_with_run: tuple[Shelf, RunId]) -> None:
    shelf, run = shelf_with_run
    library = shelf.library
    library.remove_tag("wall", shelf.ids("0.png", "1.png", "2.png"))  # taken off by hand
    library.add_tag("wall", shelf.ids("1.png"))  # put on again by hand
    later = accept(shelf, "wall", "2.png")  # accepted anew
    library.add_tag("wall", shelf.ids("3.png"))  # confirmed by hand
    (shelf.root / "4.png").rename(shelf.root / "moved.png")
    (shelf.root / "5.png").unlink()
    shelf.scan()
    accept(shelf, "door", "6.png")
    shelf.reopen()

    assert shelf.library.undo_tag_run(run) == 4, "4, 6 and 7, and 5, which is not here at the moment"

    assert tagged(shelf, "wall") == {"1.png", "2.png", "3.png"}
    assert tagged(shelf, "door") == {"6.png"}
    runs = {one.id: one for one in shelf.library.tag_runs()}
    assert runs[run].is_undone
    assert not runs[later].is_undone
    shelf.picture("5.png", "red")
    shelf.scan()
    assert tagged(shelf, "wall") == {"1.png", "2.png", "3.png"}, "what comes back comes without the tag of the run"

    shelf.reopen()
    shelf.library.redo_tag_run(run)
    assert tagged(shelf, "wall") == {"1.png", "2.png", "3.png", "5.png", "6.png", "7.png", "moved.png"}


def test_a_run_is_taken_back_under_the_tags_new_name(shelf_with_run: tuple[Shelf, RunId]) -> None:
    shelf, run = shelf_with_run
    (tag,) = shelf.library.tags()
    shelf.library.rename_tag(tag.id, "brick wall")
    assert shelf.library.undo_tag_run(run) == 8
    assert shelf.library.tags() == []


def test_a_run_whose_tag_was_deleted_has_nothing_left_and_says_so(shelf_with_run: tuple[Shelf, RunId]) -> None:
    shelf, run = shelf_with_run
    (tag,) = shelf.library.tags()
    shelf.library.delete_tag(tag.id)
    shelf.library.add_tag("wall", shelf.ids("0.png"))
    assert shelf.library.undo_tag_run(run) == 0
    assert tagged(shelf, "wall") == {"0.png"}


def test_a_copy_made_meanwhile_loses_the_runs_tag_too(shelf_with_run: tuple[Shelf, RunId]) -> None:
    shelf, run = shelf_with_run
    (shelf.root / "copy.png").write_bytes((shelf.root / "0.png").read_bytes())
    shelf.scan()
    assert "copy.png" in tagged(shelf, "wall")
    shelf.library.undo_tag_run(run)
    assert tagged(shelf, "wall") == set()


def test_runs_can_be_taken_back_in_any_order(shelf_with_run: tuple[Shelf, RunId]) -> None:
    shelf, first = shelf_with_run
    second = accept(shelf, "brick", "0.png", "1.png")
    third = accept(shelf, "wall", "0.png")  # has the tag already: nothing of its own
    shelf.library.undo_tag_run(first)
    assert tagged(shelf, "brick") == {"0.png", "1.png"}
    shelf.library.undo_tag_run(third)
    shelf.library.undo_tag_run(second)
    assert shelf.library.tags() == []
    assert shelf.library.undo_tag_run(second) == 0
