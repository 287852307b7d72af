"""Changing one thing in the vocabulary leaves the rest as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import places
from core.domain import VocabularyEdit
from core.domain import VocabularyEditKind as Kind
from core.errors import LibraryError
from core.tagging import vocabulary, vocabulary_editing

TEXT = """# mine
templates = ["a photo of {}."]  # only one

[groups.animals]
words = ["dog", "cat"] # pets
disabled = ["cat"]
[groups.animals.synonyms]
dog = ["hound"]

[groups."at home"]
words = ["sofa"]
"""


def changed(kind: Kind, group: str = "", word: str = "", new: str = "", **more: object) -> str:
    return vocabulary_editing.changed(TEXT, VocabularyEdit(kind, group, word, new, **more))  # type: ignore[arg-type]


def words(text: str) -> dict[str, list[str]]:
    return {group.name: [word.name for word in group.words] for group in vocabulary.read(text)}


def test_a_word_is_added_renamed_and_removed_and_comments_stay() -> None:
    added = changed(Kind.ADD_WORD, "animals", new="  our   🐕 ")
    assert words(added)["animals"] == ["dog", "cat", "our 🐕"]
    renamed = changed(Kind.RENAME_WORD, "animals", "dog", "wolf")
    assert words(renamed)["animals"] == ["wolf", "cat"]
    assert vocabulary.read(renamed)[0].words[0].synonyms == ("hound",)
    removed = changed(Kind.REMOVE_WORD, "animals", "dog")
    assert words(removed)["animals"] == ["cat"]
    for text in (added, renamed, removed):
        assert text.startswith("# mine\n")
        assert "# only one" in text


def test_words_and_groups_are_turned_off_and_on() -> None:
    assert [one.name for one in vocabulary.parse(TEXT)] == ["dog", "sofa"]
    on = changed(Kind.TURN_WORD, "animals", "cat", is_on=True)
    assert [one.name for one in vocabulary.parse(on)] == ["dog", "cat", "sofa"]
    off = changed(Kind.TURN_GROUP, "animals", is_on=False)
    assert [one.name for one in vocabulary.parse(off)] == ["sofa"]
    assert words(off)["animals"] == ["dog", "cat"]


def test_groups_are_added_renamed_and_removed() -> None:
    assert words(changed(Kind.ADD_GROUP, new="boats, big"))["boats, big"] == []
    assert words(changed(Kind.RENAME_GROUP, "at home", new="home")) == {"animals": ["dog", "cat"], "home": ["sofa"]}
    assert words(changed(Kind.REMOVE_GROUP, "at home")) == {"animals": ["dog", "cat"]}


def test_synonyms_score_for_the_word() -> None:
    text = changed(Kind.DESCRIBE_WORD, "at home", "sofa", synonyms=("couch", " "), prompts=())
    sofa = next(one for one in vocabulary.parse(text) if one.name == "sofa")
    assert sofa.prompts == ("a photo of sofa.", "a photo of couch.")


@pytest.mark.parametrize(
    ("kind", "group", "new", "said"),
    [
        (Kind.ADD_WORD, "animals", "SOFA", "already a word of at home"),
        (Kind.ADD_WORD, "animals", "cats, dogs", "has a comma"),
        (Kind.ADD_WORD, "animals", "  ", "needs letters"),
        (Kind.ADD_WORD, "plants", "oak", "no group plants"),
        (Kind.ADD_GROUP, "", "Animals", "already a group"),
        (Kind.RENAME_GROUP, "animals", "at home", "already a group"),
    ],
)
def test_what_cannot_be_is_said(kind: Kind, group: str, new: str, said: str) -> None:
    with pytest.raises(LibraryError) as caught:
        changed(kind, group, new=new)
    assert said in str(caught.value)


def test_a_slash_is_no_mistake() -> None:
    assert "café / bar" in words(changed(Kind.ADD_WORD, "at home", new="café / bar"))["at home"]


@given(st.text(min_size=1, max_size=60))
def test_any_word_is_kept_as_it_is_or_refused_in_a_sentence(name: str) -> None:
    try:
        text = changed(Kind.ADD_WORD, "animals", new=name)
    except LibraryError:
        assert "," in name or not name.split() or vocabulary.tidy(name).casefold() in ("dog", "cat", "sofa")
    else:
        assert words(text)["animals"][-1] == vocabulary.tidy(name)
        assert words(text)["at home"] == ["sofa"]


def test_ten_thousand_words_are_refused_in_a_sentence() -> None:
    listed = ", ".join(f'"w{n}"' for n in range(10_000))
    text = f"[groups.many]\nwords = [{listed}]"
    with pytest.raises(LibraryError, match="10,000 words; at most 5,000"):
        vocabulary.parse(text)


def test_the_shipped_vocabulary_is_whole() -> None:
    text = places.resource("vocabulary.toml").read_text(encoding="utf-8")
    found = vocabulary.parse(text)
    assert 350 <= len(found) <= 500
    exclusive = {one.group for one in found if one.is_exclusive}
    assert len(exclusive) == 4
    assert all(one.none_prompts for one in found if one.is_exclusive)
    assert {one.name for one in found if one.is_sensitive} == {"nudity", "violence", "identity document", "bank card"}
