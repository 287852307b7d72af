"""What the window says, in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app import wording
from app.answers import Answer
from app.browsing import View
from app.contents import Contents
from app.views.match_reasons import MatchReasons
from app.views.welcome import Welcome
from core.domain import Folder, FolderId, Hit, LibraryStatus, Listing, PhotoId, Reason, ReasonKind


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
    message = wording.message_for(Answer(View(), None, listing, None, ()), contents, is_scanning=False)
    assert message is not None
    assert [key for key, _text in message.buttons] == ["add-folder"]
