"""The window in another language: the texts that are translated keep what is filled in, and are the ones in use."""

from __future__ import annotations

import re
import runpy
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from pytestqt.qtbot import QtBot

from app import wording
from app.browsing import Order, View
from app.views.result_line import ResultLine
from core import places

FOLDER = places.resource("translations")
SOURCES = sorted(FOLDER.glob("recollect_*.ts"))
COLLECT = Path(__file__).parents[2] / "packaging" / "translations" / "collect.py"
FILLED_IN = re.compile(r"\{\w*\}|%\d")


def messages(source: Path) -> list[tuple[str, str, str]]:
    """Context, text and translation."""
    return [
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("translation", ""))
        for context in ET.parse(source).getroot().iter("context")
        for message in context.iter("message")
    ]


@pytest.fixture
def german(qtbot: QtBot) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(QLocale("de_DE"), "recollect", "_", str(FOLDER))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_translation_keeps_what_is_filled_in(source: Path) -> None:
    for _context, text, translation in messages(source):
        if translation:
            assert sorted(FILLED_IN.findall(text)) == sorted(FILLED_IN.findall(translation)), text


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_nearly_all_of_the_texts_of_now_are_translated(source: Path) -> None:
    texts = runpy.run_path(str(COLLECT))["collected"](COLLECT.parents[2] / "app")
    assert ("Wording", "All photos") in texts
    assert ("Commands", "Undo") in texts
    assert ("ResultLine", "Best match") in texts
    known = {(context, text) for context, text, translation in messages(source) if translation}
    missing = [text for text in texts if text not in known]
    assert len(missing) < len(texts) // 20, "run `make translations` and translate what is new"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_what_is_loaded_is_what_was_translated(source: Path, qtbot: QtBot) -> None:
    translator = QTranslator()
    assert translator.load(str(source.with_suffix(".qm")))
    differing = [text for context, text, wanted in messages(source) if translator.translate(context, text) != wanted]
    assert differing == [], "run `make translations`"


@pytest.mark.usefixtures("german")
def test_the_window_speaks_german(qtbot: QtBot) -> None:
    line = ResultLine()
    qtbot.addWidget(line)
    line.show_order(Order.RELEVANCE, is_ranked=True)
    assert line.orders() == ["Bester Treffer", "Neueste zuerst", "Älteste zuerst"]
    assert wording.title(View(), None) == "Alle Fotos"
