"""`recollect vocabulary`: the words that can be suggested as tags."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core import places
from core.command_line import output
from core.domain import VocabularyEdit, VocabularyEditKind, VocabularyGroup
from core.errors import LibraryError
from core.library import Library


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    top = commands.add_parser(
        "vocabulary",
        parents=[library],
        help="the words that can be suggested as tags: list, add, remove, check",
        description="The words that can be suggested as tags. The first change makes your own copy of the file.",
    )
    does = top.add_subparsers(dest="does", metavar="list|add|remove|check", required=True)
    listing = does.add_parser("list", parents=[library], help="print the words, group by group")
    listing.add_argument("group", metavar="GROUP", nargs="?", help="only this group")
    listing.set_defaults(run=_list)
    adding = does.add_parser("add", parents=[library], help="add a word")
    adding.add_argument("word", metavar="WORD")
    adding.add_argument("--group", default="my words", help="where it goes; made when missing (default: my words)")
    adding.add_argument("--synonym", action="append", default=[], help="another name that finds it; may be repeated")
    adding.add_argument("--prompt", action="append", default=[], help="a sentence instead of the templates; repeatable")
    adding.set_defaults(run=_add)
    removing = does.add_parser("remove", parents=[library], help="remove a word")
    removing.add_argument("word", metavar="WORD")
    removing.set_defaults(run=_remove)
    checking = does.add_parser("check", parents=[library], help="look for mistakes in a vocabulary file")
    checking.add_argument("file", metavar="FILE", nargs="?", type=Path, help="default: the one in use")
    checking.set_defaults(run=_check)
    for one in (listing, adding, removing, checking):
        one.add_argument("--json", action="store_true", help="print one JSON value")


def _list(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        groups = library.vocabulary_groups()
    if arguments.group is not None:
        wanted = [one for one in groups if one.name.casefold() == arguments.group.casefold()]
        if not wanted:
            known = ", ".join(one.name for one in groups)
            raise LibraryError(f"The vocabulary has no group {arguments.group}.", hint=f"There is: {known}.")
        groups = tuple(wanted)
    if arguments.json:
        output.write_json([_as_json(one) for one in groups])
        return 0
    for group in groups:
        notes = [note for note, holds in (("one of them", group.choose_one), ("off", not group.is_enabled)) if holds]
        print(group.name + (f" ({', '.join(notes)})" if notes else ""))
        for word in group.words:
            also = f" = {', '.join(word.synonyms)}" if word.synonyms else ""
            print(f"    {word.name}{also}{'' if word.is_enabled else ' (off)'}")
    return 0


def _add(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        text = before = library.vocabulary_text()
        names = {one.name.casefold(): one.name for one in library.vocabulary_groups(text)}
        group = names.get(arguments.group.casefold())
        if group is None:
            group = arguments.group
            text = library.change_vocabulary(text, VocabularyEdit(VocabularyEditKind.ADD_GROUP, new=group))
        text = library.change_vocabulary(text, VocabularyEdit(VocabularyEditKind.ADD_WORD, group, new=arguments.word))
        if arguments.synonym or arguments.prompt:
            text = library.change_vocabulary(
                text,
                VocabularyEdit(
                    VocabularyEditKind.DESCRIBE_WORD, group, arguments.word,
                    synonyms=tuple(arguments.synonym), prompts=tuple(arguments.prompt),
                ),
            )  # fmt: skip
        library.save_vocabulary(text, before)
    return _done(arguments, {"added": arguments.word, "group": group}, f"{arguments.word} is a word of {group} now.")


def _remove(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        text = library.vocabulary_text()
        for group in library.vocabulary_groups(text):
            for word in group.words:
                if word.name.casefold() == " ".join(arguments.word.split()).casefold():
                    edit = VocabularyEdit(VocabularyEditKind.REMOVE_WORD, group.name, word.name)
                    library.save_vocabulary(library.change_vocabulary(text, edit), text)
                    return _done(
                        arguments, {"removed": word.name, "group": group.name},
                        f"{word.name} is no word of {group.name} any more. Tags on photos stay.",
                    )  # fmt: skip
    raise LibraryError(f"The vocabulary has no word {arguments.word}.", hint="`recollect vocabulary list` shows all.")


def _check(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        text = None
        if arguments.file is not None:
            try:
                text = arguments.file.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
                raise LibraryError(f"{arguments.file.name} cannot be read: {why}.") from error
        groups = library.vocabulary_groups(text)
    words = sum(len(one.words) for one in groups)
    return _done(
        arguments, {"words": words, "groups": len(groups)},
        f"No mistake: {output.plural(words, 'word')} in {output.plural(len(groups), 'group')}.",
    )  # fmt: skip


def _done(arguments: argparse.Namespace, facts: dict[str, object], sentence: str) -> int:
    if arguments.json:
        output.write_json(facts)
    else:
        print(sentence)
    return 0


def _as_json(group: VocabularyGroup) -> dict[str, object]:
    return {
        "group": group.name,
        "is_enabled": group.is_enabled,
        "choose_one": group.choose_one,
        "words": [
            {"word": one.name, "synonyms": one.synonyms, "prompts": one.prompts, "is_enabled": one.is_enabled}
            for one in group.words
        ],
    }
