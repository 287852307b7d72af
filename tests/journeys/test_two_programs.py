"""Journeys: the program is started twice, the command line writes meanwhile, the library file is damaged."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app import recovery, single_instance
from core.errors import DamagedCatalog
from core.library import Library
from tests.support import colour_library
from tests.support.colour_encoder import colour_registry
from tests.support.desk import Desk


def test_a_second_start_shows_the_first_window(desk: Desk) -> None:
    desk.shell.window.showMinimized()
    assert single_instance.show_other(desk.program.library.places.catalog)
    desk.until(lambda: not desk.shell.window.isMinimized())


def test_the_first_start_is_the_only_one(desk: Desk) -> None:
    catalog = desk.program.library.places.catalog
    assert not single_instance.show_other(catalog.with_name("other.sqlite"))
    desk.close()
    assert not single_instance.show_other(catalog)
    desk.open()
    assert single_instance.show_other(catalog)


def test_the_window_shows_what_the_command_line_wrote(desk: Desk) -> None:
    desk.put("a.png", "red")
    desk.watch()
    desk.until_shown("a.png")
    places = colour_library.places_in(desk.home)
    with Library(places, colour_registry(places.encoders, places.cache)) as other:
        other.create_album("From the terminal")
    desk.until(lambda: desk.shell.contents.now and [one.name for one in desk.shell.contents.now.albums])


def test_a_damaged_library_is_saved_when_the_person_says_so(desk: Desk) -> None:
    desk.put("a.png", "red")
    desk.watch()
    desk.until_shown("a.png")
    desk.until_searchable()
    catalog = desk.program.library.places.catalog
    desk.close()
    catalog.write_bytes(b"\0" * 50_000)

    said: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(box.text())
            box.defaultButton().click() if box.defaultButton() else box.accept()

    answering = QTimer(interval=50)
    answering.timeout.connect(answer)
    answering.start()
    assert recovery.offer(DamagedCatalog(catalog, "rubbish"))
    answering.stop()
    assert "damaged" in said[0]
    assert "saved" in said[-1]
    desk.open()
    desk.until_shown("a.png")
