"""What the window says about duplicates. Pure text in the locale; any thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from app import photo_facts, wording
from app.duplicate_choices import GroupChoice
from core.domain import DuplicateKind, DuplicatePhoto, KeepRule, TrashReport


def _tr(text: str) -> str:
    return QCoreApplication.translate("Duplicates", text)


def kind(one: DuplicateKind) -> str:
    """The name of a tab."""
    return {
        DuplicateKind.SAME: _tr("Duplicates"),
        DuplicateKind.SIMILAR: _tr("Similar"),
        DuplicateKind.BURST: _tr("Bursts"),
        DuplicateKind.RAW_PAIR: _tr("RAW + JPEG"),
    }[one]


def nothing(one: DuplicateKind) -> tuple[str, str]:
    """Title and detail where there is nothing of a kind."""
    return {
        DuplicateKind.SAME: (
            _tr("No duplicates"),
            _tr("No picture is in the library twice. New photos are compared by themselves."),
        ),
        DuplicateKind.SIMILAR: (_tr("Nothing nearly alike"), _tr("Variations of one picture are shown here.")),
        DuplicateKind.BURST: (
            _tr("No bursts"),
            _tr("Three or more shots of one camera, each within two seconds of the one before, are shown here."),
        ),
        DuplicateKind.RAW_PAIR: (
            _tr("No RAW files with a JPEG beside them"),
            _tr("Both count as one photo and are never called duplicates."),
        ),
    }[one]


def explanation(one: DuplicateKind) -> str:
    """What the groups of a kind are, in one line."""
    return {
        DuplicateKind.SAME: _tr("The same picture: identical files, and copies that were resized or recompressed."),
        DuplicateKind.SIMILAR: _tr("Different pictures that look nearly alike. Everything stays unless you say so."),
        DuplicateKind.BURST: _tr("Shots in quick succession. Everything stays unless you say so."),
        DuplicateKind.RAW_PAIR: _tr("What the camera wrote twice. Everything stays unless you say so."),
    }[one]


def rule(one: KeepRule) -> str:
    """A keep rule in the list of rules."""
    return {
        KeepRule.PREFERRED_FOLDER: _tr("In a preferred folder"),
        KeepRule.RAW: _tr("RAW"),
        KeepRule.LARGEST: _tr("Largest: most pixels, then most bytes"),
        KeepRule.MARKED: _tr("Has most of your tags, albums and marks"),
        KeepRule.OLDEST: _tr("Oldest"),
    }[one]


def reason(one: KeepRule) -> str:
    """Why a photo is the one to keep, in a word or two."""
    return {
        KeepRule.PREFERRED_FOLDER: _tr("preferred folder"),
        KeepRule.RAW: _tr("RAW"),
        KeepRule.LARGEST: _tr("largest"),
        KeepRule.MARKED: _tr("has your tags"),
        KeepRule.OLDEST: _tr("oldest"),
    }[one]


def line(choice: GroupChoice) -> str:
    """ "3 photos · 4.2 MB to win" """
    parts = [wording.photos(len(choice.group.photos))]
    if choice.leaving:
        parts.append(photo_facts.size(choice.size_bytes))
    elif choice.is_touched:
        parts.append(_tr("all stay"))
    return " · ".join(parts)


def summary(choices: Sequence[GroupChoice]) -> str:
    """ "38 groups · 52 photos can go · 310 MB to win" """
    groups = photo_facts.counted(len(choices), _tr("One group"), _tr("{n} groups"))
    leaving = sum(len(one.leaving) for one in choices)
    if not leaving:
        return groups
    size = photo_facts.size(sum(one.size_bytes for one in choices))
    go = photo_facts.counted(leaving, _tr("one photo can go"), _tr("{n} photos can go"))
    return " · ".join((groups, go, _tr("{size} to win").format(size=size)))


def question(choices: Sequence[GroupChoice]) -> str:
    """ "Move 213 photos (1.2 GB) to the trash? One of each picture stays." """
    count, size_bytes = sum(len(one.leaving) for one in choices), sum(one.size_bytes for one in choices)
    text = _tr("Move one photo ({size}) to the trash?") if count == 1 else _tr("Move {n} photos ({size}) to the trash?")
    return text.format(n=QLocale().toString(count), size=photo_facts.size(size_bytes))


def outcome(report: TrashReport) -> tuple[str, str]:
    """What became of it: a sentence, and what did not go."""
    title = photo_facts.counted(
        len(report.moved), _tr("Moved one photo to the trash"), _tr("Moved {n} photos to the trash")
    )
    if report.moved:
        title = f"{title} · {photo_facts.size(report.size_bytes)}"
    if not report.failed:
        return title, ""
    stayed = photo_facts.counted(len(report.failed), _tr("One file stayed"), _tr("{n} files stayed"))
    first = report.failed[0]
    return title, f"{stayed}. {first.path.name}: {first.reason}"


def facts(one: DuplicatePhoto) -> list[str]:
    """The lines below a picture."""
    photo = one.photo
    marks = ["★" * photo.rating] if photo.rating else []
    marks += [_tr("favourite")] * photo.is_favourite
    words = [*marks, *one.tags, *(_tr("in “{name}”").format(name=name) for name in one.albums)]
    return [
        photo_facts.pixels(photo),
        f"{photo_facts.size(one.size_bytes)} · {photo.format}",
        photo_facts.when(photo.taken_at),
        str(photo.path.parent),
        ", ".join(words),
    ]
