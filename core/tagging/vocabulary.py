"""The words that can be suggested, with their prompts: an editable TOML file. Pure parsing, any thread.

`parse` gives the words to score with; `read` gives everything that is in the file, also what is turned off.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from core.domain import VocabularyGroup, VocabularyWord
from core.tagging import vocabulary_mistakes as mistakes
from core.tagging.vocabulary_mistakes import mistake

MOST_WORDS = 5000
LONGEST_WORD = 80


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the vocabulary with the sentences that stand for it."""

    name: str
    group: str
    prompts: tuple[str, ...]
    is_exclusive: bool
    """At most one word of its group fits a photo."""
    none_prompts: tuple[str, ...] = ()
    """Of an exclusive group: what a photo looks like that no word of it fits."""
    is_sensitive: bool = False
    """Hides photos; never a tag."""


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: list[str] = []
    prompts: dict[str, list[str]] = {}
    synonyms: dict[str, list[str]] = {}
    templates: list[str] = []
    disabled: list[str] = []
    none: list[str] = []
    choose_one: bool = False
    enabled: bool = True
    sensitive: bool = False

    @property
    def all_words(self) -> list[str]:
        """The words in their order; one that has only prompts counts too, one written twice counts twice."""
        return [*self.words, *(one for one in self.prompts if one not in self.words)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    templates: list[str] = ["a photo of {}."]
    groups: dict[str, _Group] = {}


def parse(text: str) -> list[Word]:
    """The words of a vocabulary file that are turned on. Raises LibraryError naming the line or the entry."""
    file = _validated(text)
    return list(_words(file))


def read(text: str) -> tuple[VocabularyGroup, ...]:
    """Everything in a vocabulary file, for an editor. Raises LibraryError as `parse` does."""
    return tuple(
        VocabularyGroup(
            name,
            tuple(
                VocabularyWord(
                    tidy(raw),
                    tuple(group.synonyms.get(raw, ())),
                    tuple(group.prompts.get(raw, ())),
                    raw not in group.disabled,
                )
                for raw in group.all_words
            ),
            group.enabled,
            group.choose_one,
            group.sensitive,
        )
        for name, group in _validated(text).groups.items()
    )


def synonyms(text: str) -> dict[str, tuple[str, ...]]:
    """Each other name of one word, in lower case, with the words it stands for. Raises LibraryError as `parse` does.

    A longer one ("dog running") says more than the word it belongs to: it describes pictures, it is no other name.
    """
    found: dict[str, tuple[str, ...]] = {}
    for group in _validated(text).groups.values():
        for raw, others in group.synonyms.items() if not group.sensitive else ():
            for other in others:
                key = tidy(other).casefold()
                if " " not in key:
                    found[key] = (*found.get(key, ()), tidy(raw))
    return found


def tidy(word: str) -> str:
    """A word as it becomes a tag: without needless spaces."""
    return " ".join(word.split())


def wrong_name(name: str) -> tuple[str, str] | None:
    """What is wrong with a word and what to do about it, if anything. A slash or an emoji is no mistake."""
    if "," in name:
        return f"“{name}” has a comma.", "Write it as several words."
    if len(name) > LONGEST_WORD:
        return f"“{name[:30]}…” is longer than {LONGEST_WORD} characters.", "Make it a prompt of a shorter word."
    return None


def _validated(text: str) -> _File:
    try:
        file = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise mistakes.broken_line(text, str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise mistakes.wrong_entry(text, [str(part) for part in first["loc"]], first["msg"]) from error
    _check(text, file)
    return file


def _words(file: _File) -> Iterator[Word]:
    for group_name, group in file.groups.items():
        if not group.enabled:
            continue
        templates = group.templates or file.templates
        for raw in group.all_words:
            if raw not in group.disabled:
                name = tidy(raw)
                prompts = group.prompts.get(raw) or [template.replace("{}", name) for template in templates]
                others = [templates[0].replace("{}", one) for one in group.synonyms.get(raw, ())] if templates else []
                yield Word(name, group_name, (*prompts, *others), group.choose_one, tuple(group.none), group.sensitive)


def _check(text: str, file: _File) -> None:
    count = sum(len(group.all_words) for group in file.groups.values())
    if not count:
        raise mistakes.empty()
    if count > MOST_WORDS:
        raise mistakes.too_many(count, MOST_WORDS)
    for template in [*file.templates, *(one for group in file.groups.values() for one in group.templates)]:
        if "{}" not in template:
            raise mistake(
                text, template, None, f'The template "{template}" lacks {{}}, the place of the word.', "Add it."
            )
    seen: dict[str, str] = {}
    for group_name, group in file.groups.items():
        for raw in group.all_words:
            _check_word(text, file, group_name, raw)
            key = tidy(raw).casefold()
            if key in seen:
                where = f"in {seen[key]} and in {group_name}" if seen[key] != group_name else f"in {group_name} twice"
                raise mistake(text, raw, group_name, f"{tidy(raw)} stands {where}.", "Keep one of them.", is_last=True)
            seen[key] = group_name
        _check_tables(text, group_name, group)


def _check_word(text: str, file: _File, group_name: str, raw: str) -> None:
    name, group = tidy(raw), file.groups[group_name]
    if not name:
        raise mistake(text, raw, group_name, f"The group {group_name} has an empty word.", "Remove it.")
    if wrong := wrong_name(name):
        raise mistake(text, raw, group_name, *wrong)
    if not (group.prompts.get(raw) or group.templates or file.templates):
        raise mistake(text, raw, group_name, f"{name} has no prompt, and there is no template.", "Add one.")


def _check_tables(text: str, group_name: str, group: _Group) -> None:
    known = set(group.all_words)
    for title, named in (("synonyms", list(group.synonyms)), ("disabled", group.disabled)):
        for one in named:
            if one not in known:
                raise mistake(
                    text, one, group_name, f"{title} of {group_name} names {one}, which is no word of the group.",
                    "Add the word, or remove it there.",
                )  # fmt: skip
