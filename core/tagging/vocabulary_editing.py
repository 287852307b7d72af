"""Changes one thing in a vocabulary file and leaves the rest as it was written, comments included. Pure, any thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from core.domain import VocabularyEdit, VocabularyEditKind
from core.errors import LibraryError
from core.tagging import vocabulary
from core.tagging.vocabulary import tidy

_ONE_LINE = 6


def changed(text: str, edit: VocabularyEdit) -> str:
    """The text after `edit`. Raises LibraryError when it cannot be done, or when the result would have a mistake."""
    vocabulary.read(text)
    try:
        document: Any = tomlkit.parse(text)
    except TOMLKitError as error:
        raise LibraryError("The vocabulary has a mistake.", str(error), "Correct it in the plain text.") from error
    groups = document.setdefault("groups", tomlkit.table(is_super_table=True))
    _EDITS[edit.kind](groups, edit)
    result = str(tomlkit.dumps(document))
    vocabulary.read(result)
    return result


def _checked(name: str) -> str:
    name = tidy(name)
    if not name:
        raise LibraryError("A word needs letters.")
    if wrong := vocabulary.wrong_name(name):
        raise LibraryError(wrong[0], hint=wrong[1])
    return name


def _add_word(groups: Any, edit: VocabularyEdit) -> None:
    name = _checked(edit.new)
    for group_name, group in groups.items():
        if name.casefold() in (tidy(one).casefold() for one in _all_words(group)):
            raise LibraryError(f"{name} is already a word of {group_name}.", hint="Change that one.")
    _words(_group(groups, edit.group)).append(name)


def _rename_word(groups: Any, edit: VocabularyEdit) -> None:
    group, raw, name = _group(groups, edit.group), _raw(groups, edit), _checked(edit.new)
    for key in ("words", "disabled"):
        listed = group.get(key)
        if listed is not None and raw in listed:
            listed[list(listed).index(raw)] = name
    for key in ("prompts", "synonyms"):
        table = group.get(key)
        if table is not None and raw in table:
            table[name] = table.pop(raw)


def _remove_word(groups: Any, edit: VocabularyEdit) -> None:
    group, raw = _group(groups, edit.group), _raw(groups, edit)
    for key in ("words", "disabled"):
        listed = group.get(key)
        if listed is not None and raw in listed:
            listed.remove(raw)
    for key in ("prompts", "synonyms"):
        if raw in group.get(key, {}):
            del group[key][raw]


def _turn_word(groups: Any, edit: VocabularyEdit) -> None:
    group, raw = _group(groups, edit.group), _raw(groups, edit)
    disabled = group.setdefault("disabled", tomlkit.array())
    if edit.is_on and raw in disabled:
        disabled.remove(raw)
    elif not edit.is_on and raw not in disabled:
        disabled.append(raw)
    if not disabled:
        del group["disabled"]


def _describe_word(groups: Any, edit: VocabularyEdit) -> None:
    """Replace the synonyms and the prompts of a word."""
    group, raw = _group(groups, edit.group), _raw(groups, edit)
    for key, values in (("synonyms", edit.synonyms), ("prompts", edit.prompts)):
        clean = [tidy(one) for one in values if tidy(one)]
        table = group.get(key)
        if clean:
            if table is None:
                table = group[key] = tomlkit.table()
            table[raw] = clean
        elif table is not None and raw in table and (key == "synonyms" or raw in group.get("words", ())):
            del table[raw]


def _add_group(groups: Any, edit: VocabularyEdit) -> None:
    name = tidy(edit.new)
    if not name:
        raise LibraryError("A group needs a name.")
    if any(name.casefold() == one.casefold() for one in groups):
        raise LibraryError(f"There is already a group called {name}.", hint="Choose another name.")
    table = tomlkit.table()
    table["words"] = tomlkit.array()
    groups[name] = table


def _rename_group(groups: Any, edit: VocabularyEdit) -> None:
    name = tidy(edit.new)
    if name == edit.group:
        return
    group = _group(groups, edit.group)
    _add_group(groups, edit)
    groups[name] = group
    del groups[edit.group]


def _remove_group(groups: Any, edit: VocabularyEdit) -> None:
    _group(groups, edit.group)
    del groups[edit.group]


def _turn_group(groups: Any, edit: VocabularyEdit) -> None:
    group = _group(groups, edit.group)
    if edit.is_on:
        group.pop("enabled", None)
    else:
        group["enabled"] = False


def _group(groups: Any, name: str) -> Any:
    if name not in groups:
        raise LibraryError(f"The vocabulary has no group {name}.", hint=f"There is: {', '.join(groups)}.")
    return groups[name]


def _words(group: Any) -> Array:
    words = group.get("words")
    if words is None:
        words = tomlkit.array()
        group["words"] = words
    if len(words) >= _ONE_LINE and "\n" not in words.as_string():
        words.multiline(True)
    found: Array = words
    return found


def _all_words(group: Any) -> list[str]:
    return [*group.get("words", ()), *group.get("prompts", {})]


def _raw(groups: Any, edit: VocabularyEdit) -> str:
    """The word as the file spells it."""
    for one in _all_words(_group(groups, edit.group)):
        if tidy(one).casefold() == tidy(edit.word).casefold():
            return str(one)
    raise LibraryError(f"{edit.group} has no word {edit.word}.")


_EDITS: dict[VocabularyEditKind, Callable[[Any, VocabularyEdit], None]] = {
    VocabularyEditKind.ADD_WORD: _add_word,
    VocabularyEditKind.RENAME_WORD: _rename_word,
    VocabularyEditKind.REMOVE_WORD: _remove_word,
    VocabularyEditKind.TURN_WORD: _turn_word,
    VocabularyEditKind.DESCRIBE_WORD: _describe_word,
    VocabularyEditKind.ADD_GROUP: _add_group,
    VocabularyEditKind.RENAME_GROUP: _rename_group,
    VocabularyEditKind.REMOVE_GROUP: _remove_group,
    VocabularyEditKind.TURN_GROUP: _turn_group,
}
