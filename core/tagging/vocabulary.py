"""The words that can be suggested, with their prompts: an editable TOML file. Pure parsing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from core.errors import LibraryError


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the vocabulary with the sentences that stand for it."""

    name: str
    group: str
    prompts: tuple[str, ...]
    is_exclusive: bool
    """At most one word of its group fits a photo."""


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: list[str] = []
    prompts: dict[str, list[str]] = {}
    choose_one: bool = False


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    templates: list[str] = ["a photo of {}."]
    groups: dict[str, _Group] = {}


def parse(text: str) -> list[Word]:
    """The words of a vocabulary file. Raises LibraryError naming the line or the entry that is wrong."""
    try:
        file = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(
            "The vocabulary has a mistake.", f"{str(error)[:1].upper()}{str(error)[1:]}.", "Correct that line."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(part) for part in first["loc"])
        raise LibraryError(
            "The vocabulary has a mistake.", f"{place}: {first['msg']}.", "Correct that entry."
        ) from error
    words = list(_words(file))
    _check(words, file.templates)
    return words


def _words(file: _File) -> Iterator[Word]:
    for group_name, group in file.groups.items():
        for raw in dict.fromkeys([*group.words, *group.prompts]):
            name = " ".join(raw.split())
            prompts = group.prompts.get(raw) or [template.replace("{}", name) for template in file.templates]
            yield Word(name, group_name, tuple(prompts), group.choose_one)


def _check(words: list[Word], templates: list[str]) -> None:
    if not words:
        raise LibraryError(
            "The vocabulary is empty.", hint="Add a word to a group, or go back to the one that is shipped."
        )
    for template in templates:
        if "{}" not in template:
            raise LibraryError(
                "The vocabulary has a mistake.",
                f'The template "{template}" lacks {{}}, the place of the word.',
                "Add it.",
            )
    seen: dict[str, str] = {}
    for word in words:
        if not word.name:
            raise LibraryError(
                "The vocabulary has a mistake.", f"The group {word.group} has an empty word.", "Remove it."
            )
        if not word.prompts:
            raise LibraryError(
                "The vocabulary has a mistake.", f"{word.name} has no prompt, and there is no template.", "Add one."
            )
        key = word.name.casefold()
        if key in seen:
            raise LibraryError(
                "The vocabulary has a mistake.",
                f"{word.name} stands in {seen[key]} and in {word.group}.",
                "Keep one of them.",
            )
        seen[key] = word.group
