"""A word that the vocabulary calls another name of a tag finds the photos with that tag, by exact words."""

from __future__ import annotations

import pytest

from core.domain import Query, ReasonKind
from core.errors import LibraryError
from tests.support.libraries import Shelf

VOCABULARY = """
templates = ["{}"]
[groups.animals]
words = ["dog", "sea gull", "🐙"]
[groups.animals.synonyms]
dog = ["puppy", "hound", "dog running"]
"sea gull" = ["gull"]
"🐙" = ["octopus"]
"""


@pytest.fixture
def tagged(shelf: Shelf) -> Shelf:
    """Four photos: a dog, a gull on a wall, one that is named for a hound, and a wall."""
    for name in ("one.png", "two.png", "a hound.png", "four.png"):
        shelf.picture(name)
    shelf.watch_root()
    shelf.library.save_vocabulary(VOCABULARY)
    shelf.library.add_tag("dog", shelf.ids("one.png"))
    shelf.library.add_tag("sea gull", shelf.ids("two.png"))
    shelf.library.add_tag("brick", shelf.ids("two.png", "four.png"))
    return shelf


def exact(shelf: Shelf, words: str) -> set[str]:
    """The photos found by their words alone."""
    hits = shelf.library.search(Query(words, is_exact_only=True)).hits
    return set(shelf.names_of([hit.photo_id for hit in hits]))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("puppy", {"one.png"}),
        ("puppys", {"one.png"}),
        ("hound", {"a hound.png"}),
        ("gull", {"two.png"}),
        ("gull brick", {"two.png"}),
        ("puppy brick", set()),
        ("dog running", set()),
        ("octopus", set()),
    ],
)
def test_another_name_finds_the_tag(tagged: Shelf, words: str, found: set[str]) -> None:
    assert exact(tagged, words) == found


def test_the_reason_is_the_tag(tagged: Shelf) -> None:
    hits = tagged.library.search(Query("puppy", is_exact_only=True)).hits
    assert [(reason.kind, reason.words) for hit in hits for reason in hit.reasons] == [(ReasonKind.TAG, "dog")]


def test_an_edited_vocabulary_counts_at_once_and_a_broken_one_is_no_error(tagged: Shelf) -> None:
    tagged.library.save_vocabulary(VOCABULARY.replace('"puppy"', '"whelp"'))
    assert exact(tagged, "whelp") == {"one.png"}
    assert exact(tagged, "puppy") == set()
    tagged.places.vocabulary.write_text("[groups", encoding="utf-8")
    with pytest.raises(LibraryError):
        tagged.library.vocabulary_groups()
    assert exact(tagged, "whelp") == set()
    assert exact(tagged, "dog") == {"one.png"}
