"""The encoder page: what it lists, and choosing, fetching, importing and measuring from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.event_bridge import EventBridge
from app.tasks import Tasks
from app.views.encoder_card import EncoderCard
from app.views.encoder_import import EncoderImport
from app.views.encoder_settings import EncoderSettings
from core.domain import EncoderState
from core.errors import LibraryError
from core.events import JobProgress
from core.library import Library
from tests.support import colour_library

LEFT = Qt.MouseButton.LeftButton
BIG = "ViT-B-32/openai"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with colour_library.open_library(tmp_path / "home") as library:
        colour_library.write_pictures(tmp_path / "photos", {"r.jpg": (220, 20, 30), "g.jpg": (30, 160, 40)})
        colour_library.indexed(library, tmp_path / "photos")
        yield library


@pytest.fixture
def page(qtbot: QtBot, library: Library) -> Iterator[EncoderSettings]:
    tasks = Tasks()
    bridge = EventBridge(library.events)
    page = EncoderSettings(library, tasks, bridge)
    qtbot.addWidget(page)
    page.resize(700, 700)
    page.show()
    qtbot.waitUntil(lambda: bool(page.cards))
    yield page
    page.stop()
    bridge.close()
    tasks.close()


def _texts(card: EncoderCard) -> str:
    return " | ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_every_encoder_is_listed_with_licence_and_size(page: EncoderSettings, library: Library) -> None:
    assert set(page.cards) == {entry.name for entry in library.encoders()}
    assert "MIT" in _texts(page.cards[BIG])
    assert "605 MB" in _texts(page.cards[BIG])
    assert sum("Recommended" in _texts(card) for card in page.cards.values()) == 1


def test_page_says_when_it_goes_to_the_internet(page: EncoderSettings) -> None:
    assert any("internet only when you press Fetch" in label.text() for label in page.findChildren(QLabel))


def test_encoder_in_use_offers_no_button(page: EncoderSettings) -> None:
    card = page.cards["colours"]
    assert "In use" in _texts(card)
    assert card.action.isHidden()


def test_chosen_encoder_waits_while_the_old_one_answers(qtbot: QtBot, page: EncoderSettings, library: Library) -> None:
    card = page.cards["colours-2"]
    with qtbot.waitSignal(page.encoder_chosen):
        QTest.mouseClick(card.action, LEFT)
    qtbot.waitUntil(lambda: "keeps answering until all are done" in card.text)
    assert "0 of 2 photos" in card.text
    assert library.status().encoder == "colours"
    assert card.action.text() == "Stay with Colours (colours)"
    library.index_until_done()
    qtbot.waitUntil(lambda: "In use" in _texts(card))
    assert "Installed" in _texts(page.cards["colours"])


def test_switching_can_be_called_off(qtbot: QtBot, page: EncoderSettings, library: Library) -> None:
    card = page.cards["colours-2"]
    QTest.mouseClick(card.action, LEFT)
    qtbot.waitUntil(lambda: card.entry.state is EncoderState.EMBEDDING)
    QTest.mouseClick(card.action, LEFT)
    qtbot.waitUntil(lambda: card.entry.state is EncoderState.INSTALLED)
    assert library.status().next_encoder is None


def test_speed_is_measured_on_request(qtbot: QtBot, page: EncoderSettings) -> None:
    card = page.cards["colours"]
    assert "photos/s" not in _texts(card)
    QTest.mouseClick(card.measure, LEFT)
    qtbot.waitUntil(lambda: "photos/s on this computer" in _texts(card), timeout=30_000)
    assert card.measure.text() == "Measure again"


def test_card_shows_a_fetch_from_start_to_cancel(qtbot: QtBot, page: EncoderSettings) -> None:
    card = page.cards[BIG]
    card.show_fetching()
    assert "Connecting" in card.text
    assert card.action.isHidden()
    card.show_progress(JobProgress(f"fetch:{BIG}", "", 121_000_000, 605_000_000, "bytes", 2_000_000.0, 242.0))
    assert card.text == "121 MB of 605 MB · 2.0 MB/s · 4 minutes left"
    with qtbot.waitSignal(card.cancel_requested) as wish:
        card.cancel.click()
    assert wish.args == [BIG]


def test_stopped_fetch_offers_to_go_on(qtbot: QtBot, page: EncoderSettings, library: Library) -> None:
    card = page.cards[BIG]
    card.show_fetching()
    card.show_stopped(can_resume=True)
    card.show_problem(LibraryError("The server cannot be reached.", "", "Check the connection."))
    page.refresh()
    qtbot.waitUntil(lambda: card.action.text() == "Resume fetching" and card.action.isVisible())
    assert "The server cannot be reached. Check the connection." in card.text


def test_import_of_something_else_is_explained_and_asks_for_the_name(
    qtbot: QtBot, page: EncoderSettings, tmp_path: Path
) -> None:
    box = page.findChild(EncoderImport)
    assert isinstance(box, EncoderImport)
    wrong = tmp_path / "holiday.txt"
    wrong.write_text("no weights")
    box.import_requested.emit(wrong, "")
    qtbot.waitUntil(lambda: "not an encoder's checkpoint" in box.outcome.text())
    assert box.name.isVisible()
    assert BIG in [box.name.itemText(row) for row in range(box.name.count())]


def test_an_encoder_that_takes_long_says_so_before_it_is_used(
    qtbot: QtBot, page: EncoderSettings, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = page.cards["colours-2"]

    def slowly(name: str) -> float:
        library._registry.keep_speed(name, 0.001)
        return 0.001

    monkeypatch.setattr(library, "measure_encoder", slowly)
    QTest.mouseClick(card.action, LEFT)
    qtbot.waitUntil(lambda: "2 photos will take about 33 minutes" in _texts(card))
    assert library.settings.next_encoder is None, "the person decides, knowing it"
    QTest.mouseClick(card.action, LEFT)
    qtbot.waitUntil(lambda: library.settings.next_encoder == "colours-2")
