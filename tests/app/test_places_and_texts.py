"""Places in the sidebar and the inspector, text of pictures in the inspector, and the choice to read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app import photo_facts
from app.contents import Contents
from app.views.inspector_facts import InspectorFacts
from app.views.picture_text import PictureText
from app.views.sidebar import Sidebar
from core.domain import LibraryStatus, Photo, PhotoDetails, Place, PlaceCount, Scope
from tests.support.desk import Desk
from tests.support.photo_shelf import photo

LISBON = Place(1, "Baixa", "Lisbon", "Lisboa", "Portugal", "PT")
STATUS = LibraryStatus(Path("library.sqlite"), 9, 9, 0, 1, 0, 0, 0, "starter", None)
PLACES = (
    PlaceCount(None, None, "Algeria", 1),
    PlaceCount("Lisbon", "Lisboa", "Portugal", 5),
    PlaceCount("Sintra", "Lisboa", "Portugal", 2),
)


def contents(places: tuple[PlaceCount, ...]) -> Contents:
    return Contents(STATUS, 9, 0, (), (), (), places)


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    shown = Sidebar()
    qtbot.addWidget(shown)
    shown.resize(240, 700)
    shown.show_contents(contents(PLACES))
    shown.show()
    return shown


def click(qtbot: QtBot, sidebar: Sidebar, name: str) -> None:
    (item,) = sidebar.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    qtbot.mouseClick(  # type: ignore[no-untyped-call]
        sidebar.viewport(), Qt.MouseButton.LeftButton, pos=sidebar.visualItemRect(item).center()
    )


def test_countries_unfold_to_their_towns(sidebar: Sidebar, qtbot: QtBot) -> None:
    assert sidebar.texts()[-5:] == ["Places", "Algeria", "Portugal", "Lisbon", "Sintra"]
    with qtbot.waitSignal(sidebar.place_chosen) as chosen:
        click(qtbot, sidebar, "Portugal")
    assert chosen.args == ['place:"Portugal"']
    with qtbot.waitSignal(sidebar.place_chosen) as chosen:
        click(qtbot, sidebar, "Sintra")
    assert chosen.args == ['place:"Sintra"']


def test_what_was_unfolded_stays_unfolded_when_photos_come(sidebar: Sidebar, qtbot: QtBot) -> None:
    click(qtbot, sidebar, "Portugal")
    sidebar.show_contents(contents((*PLACES, PlaceCount("Zürich", "Zürich", "Switzerland", 1))))
    (portugal,) = sidebar.findItems("Portugal", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    assert portugal.isExpanded()


def test_the_place_that_is_searched_for_is_marked(sidebar: Sidebar) -> None:
    sidebar.show_scope(Scope(), 'place:"Lisbon"')
    assert (current := sidebar.currentItem()) is not None
    assert current.text(0) == "Lisbon"
    sidebar.show_scope(Scope(), "dogs")
    assert (current := sidebar.currentItem()) is not None
    assert current.text(0) == "All photos"


def test_without_places_there_is_no_section(sidebar: Sidebar) -> None:
    sidebar.show_contents(contents(()))
    assert "Places" not in sidebar.texts()


def details(place: Place | None) -> PhotoDetails:
    one: Photo = photo(1)
    return PhotoDetails(
        photo=one, folder=one.path.parent, size_bytes=1, camera=None, lens=None, exposure_s=None, f_number=None,
        iso=None, focal_length_mm=None, latitude=38.7139, longitude=-9.1394, altitude_m=None, caption=None, tags=(),
        albums=(), problem=None, place=place,
    )  # fmt: skip


def test_the_inspector_names_the_place_and_leads_to_it(qtbot: QtBot) -> None:
    facts = InspectorFacts()
    qtbot.addWidget(facts)
    facts.show_details(details(LISBON))
    assert facts.place.texts == ["Baixa, Lisbon", "Lisboa, Portugal"]
    assert "38" in facts.place.toolTip()
    with qtbot.waitSignal(facts.place_clicked) as clicked:
        button(facts, "Show photos taken in Lisbon").click()
    assert clicked.args == ['place:"Lisbon"']


def test_a_position_without_a_name_is_shown_as_coordinates(qtbot: QtBot) -> None:
    facts = InspectorFacts()
    qtbot.addWidget(facts)
    facts.show_details(details(None))
    assert "38" in facts.place.texts[0]


def test_names_that_repeat_are_said_once() -> None:
    assert photo_facts.place_names(Place(2, None, "Tokyo", "Tokyo", "Japan", "JP")) == ("Tokyo", "Japan")
    assert photo_facts.place_names(Place(3, None, None, None, "Algeria", "DZ")) == ("Algeria", "")


def test_the_text_of_a_picture_is_cut_until_asked_for_and_copied_whole(qtbot: QtBot) -> None:
    whole = "\n".join(f"line {number}" for number in range(30))
    shown = PictureText()
    qtbot.addWidget(shown)
    shown.show_text(whole)
    assert "line 29" not in shown.text
    button(shown, "Copy the text").click()
    assert QGuiApplication.clipboard().text() == whole
    shown._more.click()
    assert shown.text == whole


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(qtbot, tmp_path / "home", tmp_path / "photos")
    yield opened
    opened.close()
    assert not opened.bugs


def test_ticking_the_box_makes_pictures_found_by_their_text(desk: Desk) -> None:
    desk.put("shop.png", "green")
    desk.shell.library.add_folder(desk.photos)
    desk.until(lambda: desk.shell.library.status().photos == 1)
    box = desk.shell.settings.texts.findChild(QCheckBox)
    assert isinstance(box, QCheckBox)
    assert not box.isChecked()
    box.click()
    desk.until(lambda: desk.shell.library.status().pictures_with_text == 1)
    assert desk.shell.library.settings.is_text_read
    (photo_id,) = desk.shell.library.listing().ids.tolist()
    assert desk.shell.library.details(photo_id).picture_text == "shop GREEN 12"


def button(inside: QWidget, name: str) -> QToolButton:
    return next(one for one in inside.findChildren(QToolButton) if one.accessibleName() == name)
