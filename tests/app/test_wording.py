"""What the window says, in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app import query_pieces, wording
from app.answers import Answer
from app.browsing import View
from app.contents import Contents
from app.views.match_reasons import MatchReasons
from app.views.welcome import Welcome
from core.domain import (
    Folder,
    FolderId,
    Hit,
    Hits,
    LibraryStatus,
    Listing,
    PhotoId,
    Query,
    Reason,
    ReasonKind,
    SearchResult,
)


@pytest.mark.parametrize(("elapsed_ms", "said"), [(0.2, "1 ms"), (18.4, "18 ms"), (999.4, "999 ms"), (6695.0, "6.7 s")])
def test_a_long_wait_is_said_in_seconds(qtbot: QtBot, elapsed_ms: float, said: str) -> None:
    assert wording.elapsed(elapsed_ms) == said


def test_the_welcome_page_says_another_only_after_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    page = Welcome([])
    qtbot.addWidget(page)
    buttons = page.findChildren(QPushButton)
    assert "Choose a folder…" in [button.text() for button in buttons]
    page.add_folder(tmp_path)
    assert "Choose another folder…" in [button.text() for button in buttons]


def test_a_long_file_name_does_not_widen_the_inspector(qtbot: QtBot) -> None:
    reasons = MatchReasons()
    qtbot.addWidget(reasons)
    reasons.show_hit(Hit(PhotoId(1), 1.0, (Reason(ReasonKind.LOOKS_LIKE, "x" * 200, 0.9),)))
    assert reasons.minimumSizeHint().width() < 300


def test_an_empty_library_offers_another_folder(qtbot: QtBot) -> None:
    nothing = np.zeros(0, np.int64)
    listing = Listing(nothing, nothing, nothing.astype(np.uint32))
    status = LibraryStatus(Path("x"), 0, 0, 0, 1, 0, 0, 0, "starter", None)
    watched = (Folder(FolderId(1), Path("/empty"), 0, False),)
    contents = Contents(status, recent_count=0, favourite_count=0, albums=(), tags=(), folders=watched)
    message = wording.message_for(Answer(View(), None, listing, None, Hits.of(())), contents, is_scanning=False)
    assert message is not None
    assert [key for key, _text in message.buttons] == ["add-folder"]


def test_mistakes_are_said_below_only_where_no_photo_is_shown() -> None:
    nothing = SearchResult(Query("rating:5"), "starter", Hits.of(()), 0, 1.0, 10, 10, mistakes=("No photo fits it.",))
    assert wording.says_mistakes(nothing)
    assert not wording.says_mistakes(replace(nothing, hits=Hits.of([Hit(PhotoId(1), 1.0, ())])))
    assert not wording.says_mistakes(replace(nothing, searchable_count=2))  # then that is what the page says


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("place:Paris", "Paris"),
        ('dog album:"Summer 2023" -tag:x', "dog Summer 2023"),
        ("a  dog", "a dog"),
        ("-tag:x", ""),
    ],
)
def test_a_saved_search_is_named_without_the_names_of_filters(typed: str, name: str) -> None:
    assert query_pieces.spoken(typed) == name
