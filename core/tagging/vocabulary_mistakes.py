"""Says what is wrong in a vocabulary file, by its line. Pure, any thread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.errors import LibraryError

TITLE = "The vocabulary has a mistake."
_HEADING = re.compile(r'^\s*\[groups\.(?:"([^"]+)"|([^.\]]+))')


def mistake(
    text: str, word: str, group: str | None, sentence: str, hint: str, *, is_last: bool = False
) -> LibraryError:
    """The mistake with the number of the line where `word` is written (`is_last`: where it is written last)."""
    line = line_of(text, word, group, is_last=is_last)
    return LibraryError(TITLE, f"Line {line}: {sentence}" if line else sentence, hint)


def broken_line(text: str, message: str) -> LibraryError:
    """The file is no TOML."""
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    if not found:  # at the end of the document: something was opened and never closed
        return LibraryError(
            TITLE, f"{message[:1].upper()}{message[1:]}.", "Close what was opened: a quote or a bracket."
        )
    line = int(found[1])
    shown = text.splitlines()[line - 1].strip()[:60] if line <= len(text.splitlines()) else ""
    said = message[: found.start()].strip()
    return LibraryError(TITLE, f"Line {line}: {said}: {shown}", "Correct that line.")


def wrong_entry(text: str, place: Sequence[str], message: str) -> LibraryError:
    """An entry that is TOML, but means nothing here."""
    key = next((part for part in reversed(place) if not part.isdigit()), "")
    group = place[1] if len(place) > 2 and place[0] == "groups" else None
    return mistake(text, key, group, f"{' > '.join(place)}: {message}.", "Correct that entry.")


def empty() -> LibraryError:
    """Nothing to suggest."""
    return LibraryError(
        "The vocabulary is empty.", hint="Add a word to a group, or go back to the one that is shipped."
    )


def too_many(count: int, most: int) -> LibraryError:
    """More words than anybody reviews."""
    return LibraryError(
        f"The vocabulary has {count:,} words; at most {most:,} can be used.",
        "Nothing was changed.",
        "Turn a list that long into several, or keep the words you would search for.",
    )


def line_of(text: str, word: str, group: str | None, *, is_last: bool = False) -> int | None:
    """The first (or last) line, from 1, that has `word` as a string or key; in `group` where one is named."""
    wanted = re.compile(rf'(?:"|\'|^\s*|\.){re.escape(word)}(?:"|\'|\s*=|\s*\])')
    now: str | None = None
    found: int | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _HEADING.match(line)
        if heading:
            now = heading[1] or heading[2].strip()
        if (group is None or now == group) and wanted.search(line):
            found = number
            if not is_last:
                break
    return found
