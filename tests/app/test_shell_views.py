"""The parts around the photos: field, chips, sidebar, strip, palette, notices, welcome."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.browsing import Order, View
from app.commands import Command, Commands, Situation, has_photos
from app.contents import Contents
from app.notices import Toast
from app.views import photo_drag, progress_strip
from app.views.keyboard_sheet import KeyboardSheet
from app.views.main_window import MainWindow
from app.views.picker import Choice, Picker
from app.views.progress_strip import ProgressStrip
from app.views.result_line import ResultLine
from app.views.search_bar import SearchBar
from app.views.sidebar import Sidebar
from app.views.toasts import ToastCard, Toasts
from app.views.welcome import Welcome
from core.domain import (
    Album,
    AlbumId,
    ExamplePicture,
    Folder,
    FolderId,
    LibraryStatus,
    PhotoId,
    Scope,
    ScopeKind,
    Tag,
    TagId,
)
from core.events import JobProgress

STATUS = LibraryStatus(Path("x"), 5, 5, 0, 1, 0, 1, 1, "colours", None)
CONTENTS = Contents(
    STATUS,
    recent_count=2,
    favourite_count=1,
    albums=(Album(AlbumId(3), "Holiday", 4),),
    tags=(Tag(TagId(7), "dog", 2),),
    folders=(Folder(FolderId(1), Path("/photos"), 5, False), Folder(FolderId(2), Path("/usb"), 0, True)),
)
HOLIDAY = Scope(ScopeKind.ALBUM, 3)


@pytest.fixture
def bar(qtbot: QtBot) -> SearchBar:
    bar = SearchBar()
    qtbot.addWidget(bar)
    bar.resize(600, 40)
    bar.show()
    return bar


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(220, 600)
    sidebar.show_contents(CONTENTS)
    sidebar.show()
    return sidebar


# -- the search field -----------------------------------------------------------------------------------------


def test_typing_is_told_once_after_a_pause(bar: SearchBar, qtbot: QtBot) -> None:
    told: list[str] = []
    bar.text_changed.connect(told.append)
    QTest.keyClicks(bar.line, "dog")
    assert told == []
    qtbot.waitUntil(lambda: told == ["dog"])


def test_enter_does_not_wait_and_is_remembered(bar: SearchBar) -> None:
    told: list[str] = []
    bar.text_changed.connect(told.append)
    QTest.keyClicks(bar.line, "dog")
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert told == ["dog"]
    assert bar.history() == ["dog"]


def test_escape_clears_first_and_leaves_second(bar: SearchBar, qtbot: QtBot) -> None:
    QTest.keyClicks(bar.line, "dog")
    with qtbot.waitSignal(bar.text_changed) as told:
        QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert told.args == [""]
    with qtbot.waitSignal(bar.left):
        QTest.keyClick(bar.line, Qt.Key.Key_Escape)


def test_chips_come_and_go_and_can_be_removed_by_key(bar: SearchBar, qtbot: QtBot) -> None:
    example = ExamplePicture(photo_id=PhotoId(1), title="cat.jpg")
    bar.show_view(View(HOLIDAY, examples=(example,)), "Holiday")
    assert bar.chip_texts() == ["in Holiday", "like cat.jpg"]
    with qtbot.waitSignal(bar.example_removed) as removed:
        QTest.keyClick(bar.line, Qt.Key.Key_Backspace)
    assert removed.args == [0]
    bar.show_view(View(HOLIDAY), "Holiday")
    with qtbot.waitSignal(bar.scope_removed):
        QTest.keyClick(bar.line, Qt.Key.Key_Backspace)
    bar.show_view(View(), None)
    assert bar.chip_texts() == []


def test_what_is_being_typed_is_not_overwritten_by_an_older_view(bar: SearchBar) -> None:
    QTest.keyClicks(bar.line, "dogs")
    bar.show_view(View(text="dog"), None)
    assert bar.line.text() == "dogs"


def test_a_picture_is_pasted_as_an_example_and_text_as_text(bar: SearchBar, qtbot: QtBot) -> None:
    picture = QMimeData()
    picture.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(picture)
    with qtbot.waitSignal(bar.picture_pasted):
        QTest.keyClick(bar.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().setText("a cat")
    QTest.keyClick(bar.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bar.line.text() == "a cat"


# -- the sidebar ----------------------------------------------------------------------------------------------


def test_the_sidebar_lists_everything_and_keeps_the_choice(sidebar: Sidebar) -> None:
    assert sidebar.texts() == [
        "Library", "All photos", "Recent", "Favourites", "Duplicates", "Albums", "Holiday", "Tags", "dog",
        "Folders", "photos", "usb",
    ]  # fmt: skip
    chosen: list[Scope] = []
    sidebar.scope_chosen.connect(chosen.append)
    sidebar.show_scope(HOLIDAY)
    sidebar.show_contents(CONTENTS)
    current = sidebar.currentItem()
    assert current is not None
    assert current.text(0) == "Holiday"
    assert chosen == []  # showing is not choosing


def test_a_key_chooses_the_next_row(sidebar: Sidebar) -> None:
    chosen: list[Scope] = []
    sidebar.scope_chosen.connect(chosen.append)
    QTest.keyClick(sidebar, Qt.Key.Key_Down)
    assert chosen == [Scope(ScopeKind.RECENT)]


def test_renaming_in_place(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.rename(HOLIDAY)
    editor = sidebar.viewport().focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "Spain")
    with qtbot.waitSignal(sidebar.renamed) as renamed:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert renamed.args == [HOLIDAY, "Spain"]


def test_photos_are_dropped_on_an_album_but_not_on_a_folder(sidebar: Sidebar) -> None:
    dropped: list[tuple[Scope, list[PhotoId]]] = []
    sidebar.photos_dropped.connect(lambda scope, ids: dropped.append((scope, ids)))
    content = photo_drag.mime_data([PhotoId(8), PhotoId(9)], [])  # an event does not keep its content alive
    for name in ("Holiday", "photos"):
        item = sidebar.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]
        event = QDropEvent(
            QPointF(sidebar.visualItemRect(item).center()),
            Qt.DropAction.CopyAction,
            content,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        sidebar.dropEvent(event)
    assert dropped == [(HOLIDAY, [8, 9])]


# -- the strip ------------------------------------------------------------------------------------------------


def job(key: str = "index", **changes: object) -> JobProgress:
    fields: dict[str, object] = {
        "job": key, "title": "Embedding", "done": 8112, "total": 12480, "unit": "photos", "rate_per_s": 52.0,
        "remaining_s": 84.0, "can_pause": True,
    }  # fmt: skip
    return JobProgress(**(fields | changes))  # type: ignore[arg-type]


def test_the_strip_says_how_far_how_fast_and_how_long() -> None:
    done, total = QLocale().toString(8112), QLocale().toString(12480)
    assert progress_strip.sentence(job()) == f"Embedding {done} of {total} · 52/s · 1 min 24 s"
    assert progress_strip.sentence(job(is_paused=True)) == f"Embedding {done} of {total} · paused"
    assert progress_strip.sentence(job(total=None, remaining_s=None)) == f"Embedding {done}"
    assert progress_strip.sentence(job(done=0, total=1, rate_per_s=None, remaining_s=None)) == "Embedding"


def test_what_the_person_asked_for_is_shown_before_what_runs_by_itself(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    for key in ("scan", "index", "tag"):
        strip.show_job(job(key))
    order = []
    while strip.current is not None:
        order.append(strip.current.job)
        strip.show_job(job(strip.current.job, is_finished=True))
    assert order == ["tag", "index", "scan"]
    assert strip.text == ""


# -- commands, palette, sheet ---------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    return window


def test_commands_are_possible_only_in_their_situation(window: QWidget) -> None:
    done: list[str] = []
    commands = Commands(window)
    commands.add([Command("photo.mark", "Mark", "Photos", lambda: done.append("mark"), ("F",), "", has_photos)])
    commands.update(Situation(selected_count=0))
    QTest.keyClick(window, Qt.Key.Key_F)
    assert done == []
    assert commands.possible() == []
    commands.update(Situation(selected_count=2))
    QTest.keyClick(window, Qt.Key.Key_F)
    assert done == ["mark"]


def test_the_sheet_shows_every_key(window: QWidget) -> None:
    commands = [
        Command("a", "Do a…", "Group", lambda: None, ("Ctrl+K",)),
        Command("b", "Keyless", "Group", lambda: None),
    ]
    sheet = KeyboardSheet(commands, [("More", [("Space", "Look")])], window)
    assert sheet.rows == [("Ctrl+K", "Do a"), ("Space", "Look")]


def test_the_picker_narrows_chooses_and_offers_a_new_name(window: QWidget, qtbot: QtBot) -> None:
    picker = Picker("Albums", "…", window, "New album “{0}”")
    picker.show_choices([Choice("Dogs in snow", "", 1), Choice("Snow", "", 2), Choice("Beach", "", 3)])
    picker.open_over(window)
    QTest.keyClicks(picker.line, "snow")
    assert picker.texts() == ["Snow", "Dogs in snow"]
    QTest.keyClick(picker.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.chosen) as chosen:
        QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert chosen.args == [1]
    other = Picker("Albums", "…", window, "New album “{0}”")
    other.show_choices([Choice("Snow", "", 2)])
    other.open_over(window)
    QTest.keyClicks(other.line, "Ice")
    assert other.texts() == ["New album “Ice”"]
    with qtbot.waitSignal(other.created) as created:
        QTest.keyClick(other.line, Qt.Key.Key_Return)
    assert created.args == ["Ice"]


# -- notices, order, welcome ----------------------------------------------------------------------------------


def test_a_toast_acts_once_and_is_replaced_by_one_with_its_key(qtbot: QtBot, window: QWidget) -> None:
    done: list[str] = []
    toasts = Toasts(window, 40)
    toasts.show(Toast("First", action_text="Undo", action=lambda: done.append("first"), key="undo"))
    toasts.show(Toast("Second", action_text="Undo", action=lambda: done.append("second"), key="undo"))
    assert [toast.text for toast in toasts.shown] == ["Second"]
    field = QLineEdit(window)
    field.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    button = next(one for one in window.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["second"]
    assert field.hasFocus(), "the keyboard stays where it was"
    assert toasts.shown == []


def test_a_long_notice_is_shown_whole(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    toasts = Toasts(window, 40)
    detail = "A sentence that is long enough to be wrapped. " * 5
    toasts.show(Toast("Pictures is offline.", detail, "warning", "Remove all of them", lambda: None))
    label = next(one for one in window.findChildren(QLabel) if one.text() == detail)
    button = next(one for one in window.findChildren(QPushButton) if one.text() == "Remove all of them")
    qtbot.waitUntil(lambda: label.height() > 0)
    assert label.height() >= label.heightForWidth(label.width())
    assert label.geometry().right() < button.geometry().left()
    assert window.findChildren(ToastCard)[0].rect().contains(button.geometry())


def test_what_is_wrong_and_can_be_helped_stays_until_it_is_right(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    toasts = Toasts(window, 40)
    toasts.show(Toast("Passing"))
    toasts.show(Toast("Offline", level="warning", action_text="Locate", action=lambda: None, key="offline 1"))
    ending = {one.toast.text for one in window.findChildren(ToastCard) for timer in one.findChildren(QTimer)
              if timer.isActive()}  # fmt: skip
    assert ending == {"Passing"}
    toasts.dismiss("offline 1")
    assert [toast.text for toast in toasts.shown] == ["Passing"]


def test_best_match_is_an_order_only_of_a_search(qtbot: QtBot) -> None:
    line = ResultLine()
    qtbot.addWidget(line)
    line.show_order(Order.RELEVANCE, is_ranked=True)
    assert line.orders() == ["Best match", "Newest first", "Oldest first"]
    line.show_order(Order.NEWEST, is_ranked=False)
    assert line.orders() == ["Newest first", "Oldest first"]


def test_welcome_starts_with_the_folders_that_are_ticked(qtbot: QtBot, tmp_path: Path) -> None:
    welcome = Welcome([tmp_path])
    qtbot.addWidget(welcome)
    welcome.add_folder(Path("/other"))
    welcome.add_folder(Path("/other"))
    welcome.boxes[0].setChecked(False)
    start = next(one for one in welcome.findChildren(QPushButton) if one.text() == "Start")
    with qtbot.waitSignal(welcome.started) as started:
        start.click()
    assert started.args == [[Path("/other")]]
    welcome.boxes[1].setChecked(False)
    assert not start.isEnabled()


def test_controls_can_be_named_by_a_screen_reader(bar: SearchBar, sidebar: Sidebar) -> None:
    for widget in (bar.line, sidebar):
        assert widget.accessibleName()
    assert sidebar.itemAt(QPoint(40, 60)) is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (QRect(40, 40, 1280, 800), QRect(0, 20, 700, 430)),
        (QRect(600, 300, 450, 400), QRect(250, 50, 450, 400)),
        (QRect(100, 30, 500, 380), QRect(100, 30, 500, 380)),
    ],
)
def test_the_window_is_never_larger_than_the_screen(qtbot: QtBot, before: QRect, after: QRect) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.setGeometry(before)
    window.fit_into(QRect(0, 20, 700, 430))
    assert window.geometry() == after


def test_return_starts_from_the_welcome_page(qtbot: QtBot, tmp_path: Path) -> None:
    welcome = Welcome([tmp_path])
    qtbot.addWidget(welcome)
    welcome.show()
    welcome.activateWindow()
    qtbot.waitUntil(welcome.isActiveWindow)
    welcome.setFocus()
    with qtbot.waitSignal(welcome.started) as started:
        QTest.keyClick(welcome.window().focusWidget(), Qt.Key.Key_Return)
    assert started.args == [[tmp_path]]
