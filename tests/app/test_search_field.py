"""The search field and the query language: chips, completions, what is dropped on it, mistakes below it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import query_pieces
from app.answers import asked, shown_order
from app.browsing import Order, View
from app.views import photo_drag
from app.views.chip import Chip
from app.views.elided_label import ElidedLabel
from app.views.result_line import ResultLine
from app.views.search_bar import SearchBar
from core.domain import ExamplePicture, PhotoId, Region
from core.library import Library
from core.query_parts import Completion

ALBUM = Completion("album:", "album:", "in the album", 0, 2)
SUMMER = Completion('album:"Summer 2023" ', "Summer 2023", "12", 0, 6)


@pytest.fixture
def bar(qtbot: QtBot) -> SearchBar:
    bar = SearchBar()
    qtbot.addWidget(bar)
    bar.resize(700, 300)
    bar.show()
    bar.activateWindow()
    bar.line.setFocus()
    qtbot.waitUntil(bar.line.hasFocus)
    return bar


def offer(bar: SearchBar, *offered: Completion) -> None:
    bar.completions.show_completions(bar.line.text(), offered)


# -- chips -------------------------------------------------------------------------------------------------------


def test_a_finished_filter_becomes_a_chip(bar: SearchBar, qtbot: QtBot) -> None:
    told: list[str] = []
    bar.text_changed.connect(told.append)
    QTest.keyClicks(bar.line, "dog date:2023")
    assert bar.chip_texts() == []
    QTest.keyClicks(bar.line, " snow")
    assert bar.chip_texts() == ["date: 2023"]
    assert bar.line.text() == "dog snow"
    assert bar.line.cursorPosition() == len("dog snow")
    qtbot.waitUntil(lambda: told == ["date:2023 dog snow"])


def test_enter_finishes_filters_too(bar: SearchBar) -> None:
    told: list[str] = []
    bar.text_changed.connect(told.append)
    QTest.keyClicks(bar.line, '-album:"Summer 2023"')
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.chip_texts() == ["not album: Summer 2023"]
    assert bar.line.text() == ""
    assert told[-1] == '-album:"Summer 2023"'
    assert bar.history() == ['-album:"Summer 2023"']


@pytest.mark.parametrize("text", ["date:2023-02-31 ", "albun:x ", "http://x ", '"album:x '])
def test_what_is_no_filter_stays_in_the_line(bar: SearchBar, text: str) -> None:
    QTest.keyClicks(bar.line, text)
    assert (bar.chip_texts(), bar.line.text()) == ([], text)


def test_filters_of_a_view_are_chips_and_removable_by_key(bar: SearchBar) -> None:
    told: list[str] = []
    bar.text_changed.connect(told.append)
    bar.show_view(View(text="dog is:portrait rating:>=3"), None)
    assert bar.chip_texts() == ["is: portrait", "rating: >=3"]
    assert bar.line.text() == "dog"
    QTest.keyClick(bar.line, Qt.Key.Key_Home)
    QTest.keyClick(bar.line, Qt.Key.Key_Backspace)
    assert told == ["is:portrait dog"]
    bar.show_view(View(text="is:portrait dog"), None)
    assert bar.chip_texts() == ["is: portrait"]
    bar.show_view(View(), None)
    assert (bar.chip_texts(), bar.line.text()) == ([], "")


def test_a_filter_comes_back_into_the_line_to_be_edited(bar: SearchBar) -> None:
    bar.show_view(View(text="dog date:2023"), None)
    QTest.keyClick(bar.findChildren(Chip)[-1], Qt.Key.Key_Return)
    assert (bar.chip_texts(), bar.line.text()) == ([], "dog date:2023")


def test_unwanted_and_partial_pictures_say_so(bar: SearchBar) -> None:
    bar.show_view(
        View(
            examples=(
                ExamplePicture(PhotoId(1), title="cat.jpg", weight=-1.0),
                ExamplePicture(PhotoId(2), title="dog.jpg", region=Region(0, 0, 0.5, 0.5)),
            )
        ),
        None,
    )
    assert bar.chip_texts() == ["not like cat.jpg", "like this part of dog.jpg"]


def test_chips_can_be_read_in_a_narrow_window(bar: SearchBar, qtbot: QtBot) -> None:
    bar.resize(1400, bar.height())
    bar.show_view(View(text="dog place:Lisbon camera:FUJIFILM date:2019..2021 rating:>=3"), None)
    one_line = bar.height()
    bar.resize(420, bar.height())
    chips = bar.findChildren(Chip)
    for chip in chips:
        label = chip.findChild(ElidedLabel)
        assert isinstance(label, ElidedLabel)
        assert label.toolTip() == "", f"{chip.text} is cut short"
        assert bar.rect().contains(QRect(chip.mapTo(bar, QPoint()), chip.size()))
    assert bar.line.width() >= bar.line.minimumWidth()
    assert bar.height() > one_line
    bar.show_view(View(text="dog"), None)
    assert bar.height() == one_line


def test_a_part_that_an_album_kept_is_called_a_part(bar: SearchBar) -> None:
    kept = ExamplePicture(content=b"jpeg", title="cat.jpg", is_kept_part=True)
    bar.show_view(View(examples=(kept,)), None)
    assert bar.chip_texts() == ["like this part of cat.jpg"]


@pytest.mark.parametrize(
    ("text", "order"),
    [("dog", Order.RELEVANCE), ("place:Lisbon", Order.NEWEST), ('"IMG" place:Lisbon', Order.RELEVANCE)],
)
def test_filters_alone_have_no_best_match(text: str, order: Order) -> None:
    assert shown_order(View(text=text, order=Order.RELEVANCE)) is order
    assert shown_order(View(text=text, order=Order.OLDEST)) is Order.OLDEST


TYPED = st.lists(
    st.sampled_from(["dog", " ", "+", "-", '"', "date:2023", "is:raw", "album:x", "-tag:a,b", "albun:", "\t"]),
    max_size=12,
).map("".join)


@given(TYPED, st.integers(0, 80))
def test_chips_and_line_ask_for_what_was_typed(text: str, at: int) -> None:
    for cursor in (None, min(at, len(text))):
        pieces = query_pieces.split(text, cursor)
        again = Library.read_query(query_pieces.joined(list(pieces.chips), pieces.line))
        typed = Library.read_query(text)
        assert sorted(one.key for one in again.filters) == sorted(one.key for one in typed.filters)
        assert (again.wishes, again.quoted) == (typed.wishes, typed.quoted)
        assert 0 <= pieces.cursor <= len(pieces.line)


# -- completions ---------------------------------------------------------------------------------------------------


def test_typing_asks_for_completions_and_tab_takes_the_first(bar: SearchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.completions.wanted) as wanted:
        QTest.keyClicks(bar.line, "al")
    assert wanted.args == ["al", 2]
    offer(bar, ALBUM)
    assert bar.completions.texts() == ["album:"]
    QTest.keyClick(bar.line, Qt.Key.Key_Tab)
    assert bar.line.text() == "album:"
    assert bar.line.hasFocus()
    assert bar.completions.texts() == []


def test_an_accepted_name_becomes_a_chip(bar: SearchBar) -> None:
    QTest.keyClicks(bar.line, "album:")
    offer(bar, SUMMER)
    QTest.keyClick(bar.line, Qt.Key.Key_Down)
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.chip_texts() == ["album: Summer 2023"]
    assert bar.text() == 'album:"Summer 2023"'


def test_enter_searches_for_what_was_typed_unless_a_row_was_chosen(bar: SearchBar, qtbot: QtBot) -> None:
    QTest.keyClicks(bar.line, "al")
    offer(bar, ALBUM)
    with qtbot.waitSignal(bar.searched) as searched:
        QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert searched.args == ["al"]
    assert bar.completions.texts() == []


def test_escape_closes_the_list_and_keeps_the_text(bar: SearchBar) -> None:
    QTest.keyClicks(bar.line, "al")
    offer(bar, ALBUM)
    QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert (bar.line.text(), bar.completions.texts()) == ("al", [])
    QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert bar.line.text() == ""


def test_queries_of_before_are_offered(bar: SearchBar) -> None:
    bar.set_history(["a dog in the snow date:2023", "cats"])
    QTest.keyClicks(bar.line, "snow")
    offer(bar)
    assert bar.completions.texts() == ["a dog in the snow date:2023"]
    QTest.keyClick(bar.line, Qt.Key.Key_Up)
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.chip_texts() == ["date: 2023"] or bar.line.text() == "a dog in the snow date:2023"


def test_completions_for_an_older_text_are_not_shown(bar: SearchBar) -> None:
    QTest.keyClicks(bar.line, "alb")
    bar.completions.show_completions("al", [ALBUM])
    assert bar.completions.texts() == []


# -- dropping ------------------------------------------------------------------------------------------------------


def test_photos_of_the_library_can_be_dropped_on_it(bar: SearchBar, qtbot: QtBot) -> None:
    content = photo_drag.mime_data([PhotoId(3), PhotoId(5)], [])
    no_button, action = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(bar.rect().center(), action, content, no_button, Qt.KeyboardModifier.NoModifier)
    bar.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert not bar.line.acceptDrops(), "the whole field takes them"
    with qtbot.waitSignal(bar.photos_dropped) as dropped:
        bar.dropEvent(
            QDropEvent(QPointF(bar.rect().center()), action, content, no_button, Qt.KeyboardModifier.NoModifier)
        )
    assert dropped.args == [[3, 5]]


# -- what is asked, and what is said ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "limit"),
    [
        (View(text="date:2023"), 5000),
        (View(text="-people"), 5000),
        (View(text='"dog"'), 5000),
        (View(text="dog date:2023"), 1000),
        (View(examples=(ExamplePicture(PhotoId(1)),)), 1000),
    ],
)
def test_filters_alone_show_everything_that_fits(view: View, limit: int) -> None:
    assert asked(view, 5000).limit == limit


def test_mistakes_stand_in_a_line_of_their_own(qtbot: QtBot) -> None:
    line = ResultLine()
    qtbot.addWidget(line)
    line.show()
    line.show_facts("12 photos")
    line.show_mistakes(["No album is called “x”.", "There is no date 2023-02-31."])
    assert line.mistake == "No album is called “x”. There is no date 2023-02-31."
    assert line.facts == "12 photos"
    line.show_mistakes([])
    assert line.mistake == ""


def test_undo_is_the_library_s_while_nothing_typed_can_be_taken_back(bar: SearchBar) -> None:
    def is_taken() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        bar.line.event(event)
        return event.isAccepted()

    assert not is_taken()
    QTest.keyClicks(bar.line, "dog")
    assert is_taken()
    bar.line.setText("shown by the window")
    assert not is_taken()
