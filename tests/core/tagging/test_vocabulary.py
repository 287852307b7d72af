"""The vocabulary file: what may stand in it, and errors that name the line or the entry."""

from __future__ import annotations

import pytest

from core import places
from core.errors import LibraryError
from core.tagging import vocabulary
from tests.support.libraries import Shelf

GOOD = """
templates = ["a photo of {}.", "{}"]
[groups.animals]
words = ["dog", "polar  bear"]
[groups.animals.prompts]
dog = ["a dog running."]
cat = ["a cat.", "a kitten."]
[groups."light"]
words = ["day", "night"]
choose_one = true
"""


def test_words_prompts_and_groups() -> None:
    words = {word.name: word for word in vocabulary.parse(GOOD)}
    assert list(words) == ["dog", "polar bear", "cat", "day", "night"]
    assert words["polar bear"].prompts == ("a photo of polar bear.", "polar bear")
    assert words["dog"].prompts == ("a dog running.",)
    assert words["cat"].prompts == ("a cat.", "a kitten.")
    assert [word.is_exclusive for word in words.values()] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[groups.a]\nwords = ["x",\n"y"\n[groups.b]', "Line 4"),
        ("", "empty"),
        ("[groups.a]\nwords = []", "empty"),
        ('templates = ["a photo"]\n[groups.a]\nwords = ["x"]', 'template "a photo" lacks {}'),
        ('templates = []\n[groups.a]\nwords = ["x"]', "x has no prompt"),
        ('[groups.a]\nwords = ["x"]\n[groups.b]\nwords = ["X"]', "X stands in a and in b"),
        ('[groups.a]\nwords = ["Straße", "STRASSE"]', "STRASSE stands in a"),
        ('[groups.a]\nwords = ["x", "  "]', "group a has an empty word"),
        ('[groups.a]\nword = ["x"]', "groups > a > word"),
        ("[groups.a]\nwords = [1]", "groups > a > words > 0"),
        ('[groups.a]\nwords = "x"', "groups > a > words"),
        ('[group.a]\nwords = ["x"]', "group"),
    ],
)
def test_mistakes_are_named(text: str, said: str) -> None:
    with pytest.raises(LibraryError) as caught:
        vocabulary.parse(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_shipped_vocabulary_is_right() -> None:
    words = vocabulary.parse(places.resource("vocabulary.toml").read_text(encoding="utf-8"))
    assert len(words) > 100
    assert any(word.is_exclusive for word in words)


def test_an_own_edition_is_kept_and_can_be_dropped(shelf: Shelf) -> None:
    shipped = shelf.library.vocabulary_text()
    shelf.library.save_vocabulary(GOOD)
    with pytest.raises(LibraryError):
        shelf.library.save_vocabulary("[groups")
    assert shelf.library.vocabulary_text() == GOOD
    shelf.reopen()
    assert shelf.library.vocabulary_text() == GOOD
    shelf.library.reset_vocabulary()
    shelf.library.reset_vocabulary()
    assert shelf.library.vocabulary_text() == shipped


def test_an_own_edition_that_was_broken_by_hand_is_named(shelf: Shelf) -> None:
    shelf.places.vocabulary.parent.mkdir(parents=True, exist_ok=True)
    shelf.places.vocabulary.write_bytes(b"\xff\xfe")
    with pytest.raises(LibraryError, match="cannot be read"):
        shelf.library.vocabulary_text()


def test_words_added_elsewhere_meanwhile_are_not_overwritten(shelf: Shelf) -> None:
    """The window's editor is open while the command line adds a word."""
    before = shelf.library.vocabulary_text()
    theirs = before.replace("[groups", "# added meanwhile\n[groups", 1)
    shelf.library.save_vocabulary(theirs)
    with pytest.raises(LibraryError, match="changed elsewhere"):
        shelf.library.save_vocabulary(GOOD, based_on=before)
    assert shelf.library.vocabulary_text() == theirs
    shelf.library.save_vocabulary(GOOD, based_on=theirs)
    assert shelf.library.vocabulary_text() == GOOD


def test_a_file_saved_by_notepad_is_read(shelf: Shelf) -> None:
    """It begins with a byte order mark and ends its lines with two characters."""
    shelf.places.vocabulary.parent.mkdir(parents=True, exist_ok=True)
    shelf.places.vocabulary.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert {word.name for group in shelf.library.vocabulary_groups() for word in group.words} >= {"dog", "polar bear"}
