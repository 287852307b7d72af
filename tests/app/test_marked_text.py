"""What was searched for stands out; what people wrote is never markup."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocumentFragment
from pytestqt.qtbot import QtBot

from app.views import marked_text


def marks(text: str, words: str) -> list[str]:
    return re.findall(r"<span[^>]*>(.*?)</span>", marked_text.marked(text, words))


def test_words_and_their_beginnings_are_marked_without_case_and_accents() -> None:
    assert marks("Two dogs at the café, a Dog_house.jpg", "dog CAFE") == ["dogs", "café", "Dog"]
    assert marks("hotdog", "dog") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))), words=st.text())
def test_any_text_is_shown_as_it_was_written(qtbot: QtBot, text: str, words: str) -> None:
    shown = QTextDocumentFragment.fromHtml(marked_text.marked(text, words)).toPlainText()
    assert shown == text
