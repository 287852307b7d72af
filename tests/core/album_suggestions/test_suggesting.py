"""Suggested albums over a real library: named, worth it, and never what is there or was dismissed."""

from __future__ import annotations

import os
from datetime import datetime

import pytest

from core.domain import SuggestedAlbum, SuggestedKind
from core.jobs import Cancelled, JobControl
from tests.support.libraries import Shelf

VOCABULARY = 'templates = ["{}"]\n[groups.colours]\nwords = ["orange", "cyan"]\n'
PARTY = int(datetime(2024, 8, 3, 15).timestamp())
OTHERS = ("purple", "yellow", "brown", "grey", "pink")


@pytest.fixture
def untagged(shelf: Shelf) -> Shelf:
    """14 orange photos of one afternoon, 14 cyan ones and 30 others of no particular time."""
    for number in range(14):
        shelf.picture(f"party {number:02}.png", "orange")
        shelf.picture(f"cyan {number:02}.png", "cyan")
    for number in range(30):
        shelf.picture(f"other {number:02}.png", OTHERS[number % 5])
    shelf.watch_root()
    shelf.library.save_vocabulary(VOCABULARY)
    return shelf


def date_the_party(shelf: Shelf) -> None:
    """As a camera would have."""
    ids = sorted(shelf.ids(*(f"party {number:02}.png" for number in range(14))))

    def write(connection: object, _changes: object) -> None:
        for number, one in enumerate(ids):
            connection.execute(  # type: ignore[attr-defined]
                "UPDATE photos SET camera = 'Camera', taken_at = ? WHERE id = ?", (PARTY + number * 120, one)
            )

    shelf.library._catalog.write(write)


def titles(found: list[SuggestedAlbum]) -> list[tuple[SuggestedKind, str]]:
    return [(one.kind, one.title) for one in found]


def test_themes_are_named_from_the_vocabulary(untagged: Shelf) -> None:
    found = untagged.library.suggest_albums()
    assert sorted(titles(found)) == [(SuggestedKind.THEME, "Cyan"), (SuggestedKind.THEME, "Orange")]
    cyan = next(one for one in found if one.title == "Cyan")
    assert {name[:4] for name in untagged.names_of(cyan.photo_ids)} == {"cyan"}
    assert set(cyan.covers) <= set(cyan.photo_ids)
    assert untagged.library.albums() == []


def test_an_event_is_named_by_what_it_shows_and_when_and_not_suggested_twice(untagged: Shelf) -> None:
    date_the_party(untagged)
    found = untagged.library.suggest_albums()
    assert titles(found) == [(SuggestedKind.EVENT, "Orange, August 2024"), (SuggestedKind.THEME, "Cyan")]
    assert (found[0].first_taken_at, found[0].last_taken_at) == (PARTY, PARTY + 13 * 120)
    assert len(found[0].photo_ids) == 14


def test_files_copied_at_once_are_no_event(untagged: Shelf) -> None:
    for file in untagged.root.iterdir():
        os.utime(file, (PARTY, PARTY))
    untagged.scan()
    assert all(one.kind is SuggestedKind.THEME for one in untagged.library.suggest_albums())


def test_what_is_kept_or_dismissed_does_not_come_again(untagged: Shelf) -> None:
    first, second = untagged.library.suggest_albums()
    untagged.library.create_album(first.title, first.photo_ids)
    number = untagged.library.dismiss_album(second)
    assert untagged.library.suggest_albums() == []
    untagged.picture("one more.png", first.title.lower())
    untagged.scan()
    untagged.reopen()
    assert untagged.library.suggest_albums() == [], "nor when a photo came"
    untagged.library.restore_dismissed(number)
    assert [one.title for one in untagged.library.suggest_albums()] == [second.title]


def test_a_name_that_is_taken_is_made_different(untagged: Shelf) -> None:
    untagged.library.create_album("cyan", untagged.ids("other 00.png"))
    assert sorted(one.title for one in untagged.library.suggest_albums()) == ["Cyan (2)", "Orange"]


def test_nothing_stands_out_in_a_library_of_one_kind(shelf: Shelf) -> None:
    for number in range(40):
        shelf.picture(f"{number:02}.png", "red")
    shelf.watch_root()
    shelf.library.save_vocabulary(VOCABULARY)
    assert shelf.library.suggest_albums() == []


def test_an_empty_library_has_none(shelf: Shelf) -> None:
    assert shelf.library.suggest_albums() == []


def test_it_can_be_stopped(untagged: Shelf) -> None:
    job = JobControl("albums", "Looking")
    job.stop()
    with pytest.raises(Cancelled):
        untagged.library.suggest_albums(job)
