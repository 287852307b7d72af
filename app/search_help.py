"""How to search, for the sheet about it. Pure; no widget is touched."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.library import Library


def rows() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """How to search, for the sheet about it: what is typed, and what it finds."""
    filters = Library.query_filters()
    return (
        (
            tr("In your own words"),
            (
                ("a dog in the snow", tr("What can be seen")),
                ("dog + snow", tr("Both must be there")),
                ("beach -people", tr("Without what shows people")),
                ("2:dog + 1:beach", tr("The dog counts twice")),
                ('"red car"', tr("Exactly these words, in names, tags, captions, …")),
                ('-"red car"', tr("Not with exactly these words")),
            ),
        ),
        (
            tr("With pictures"),
            (
                (tr("Drop a photo here"), tr("Photos like it, with words or without")),
                (tr("Right-click its chip"), tr("No photos like it")),
            ),
        ),
        (tr("Only photos…"), tuple((example, meaning) for meaning, example in filters.values())),
        (
            tr("More about filters"),
            (
                ("-album:Work", tr("Not in the album")),
                ("tag:dog,cat", tr("With either tag")),
                ("date:last-week", tr("Also today, yesterday, this-month, last-year, june")),
            ),
        ),
    )


def tr(text: str) -> str:
    """Translated."""
    return QCoreApplication.translate("SearchHelp", text)
