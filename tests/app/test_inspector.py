"""The inspector: what it says about one photo and about several, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.tasks import Tasks
from app.views.elided_label import ElidedLabel
from app.views.inspector import Inspector
from app.views.pills import PillRow
from app.views.star_row import StarRow
from app.views.tag_field import TagField
from core.domain import Hit, PhotoId, Reason, ReasonKind
from core.library import Library
from tests.support import colour_library, pictures

RED, GREEN = (220, 20, 30), (30, 160, 40)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def library(tmp_path: Path, lend_gazetteer: Callable[[Path], None]) -> Iterator[Library]:
    with colour_library.open_library(tmp_path / "home") as library:
        lend_gazetteer(library.places.cache)
        yield library


@pytest.fixture
def ids(library: Library, tmp_path: Path) -> dict[str, PhotoId]:
    folder = tmp_path / "photos"
    colour_library.write_pictures(folder, {"r.jpg": RED, "g.jpg": GREEN})
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "Canon EOS 70D"
    camera = exif.get_ifd(0x8769)
    camera[0x829A], camera[0x829D], camera[0x8827] = 1 / 250, 2.8, 200
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (48.0, 51.0, 30.0), "E", (2.0, 17.0, 40.0)
    pictures.plain((400, 300)).save(folder / "camera.jpg", "JPEG", exif=exif)
    return colour_library.indexed(library, folder)


@pytest.fixture
def inspector(qtbot: QtBot, library: Library) -> Iterator[Inspector]:
    tasks = Tasks()
    inspector = Inspector(library, tasks)
    qtbot.addWidget(inspector)
    inspector.resize(300, 700)
    inspector.show()
    yield inspector
    tasks.close()


def _texts(inspector: QWidget) -> list[str]:
    labels = [label for label in inspector.findChildren(QLabel) if label.isVisible()]
    return [label.whole_text if isinstance(label, ElidedLabel) else label.text() for label in labels]


def _button(inspector: QWidget, name: str) -> QAbstractButton:
    return next(one for one in inspector.findChildren(QAbstractButton) if one.accessibleName() == name)


def _pills(inspector: QWidget) -> list[str]:
    return [text for row in inspector.findChildren(PillRow) if row.isVisible() for text in row.texts]


def test_nothing_selected_is_a_hint_not_a_void(inspector: Inspector) -> None:
    assert _texts(inspector) == ["Select a photo to see what is known about it."]


def test_one_photo_says_what_its_file_says(qtbot: QtBot, inspector: Inspector, ids: dict[str, PhotoId]) -> None:
    inspector.show_photos([ids["camera.jpg"]])
    qtbot.waitUntil(lambda: "camera.jpg" in _texts(inspector))
    texts = _texts(inspector)
    assert "400 × 300 · 0.1 MP" in texts
    assert "Canon EOS 70D" in texts
    assert "1/250 s · f/2.8 · ISO 200" in texts
    assert "Île-de-France, France" in texts
    assert "48.85833° N, 2.29444° E" in inspector._facts.place.toolTip()
    assert "photos" in texts


def test_what_is_not_known_takes_no_room(qtbot: QtBot, inspector: Inspector, ids: dict[str, PhotoId]) -> None:
    inspector.show_photos([ids["camera.jpg"]])
    qtbot.waitUntil(lambda: "camera.jpg" in _texts(inspector))
    inspector.show_photos([ids["r.jpg"]])
    qtbot.waitUntil(lambda: "r.jpg" in _texts(inspector))
    assert not any("Canon" in text or "°" in text for text in _texts(inspector))


def test_coordinates_are_copied_in_a_form_for_maps(qtbot: QtBot, inspector: Inspector, ids: dict[str, PhotoId]) -> None:
    inspector.show_photos([ids["camera.jpg"]])
    qtbot.waitUntil(lambda: "camera.jpg" in _texts(inspector))
    QTest.mouseClick(_button(inspector, "Copy coordinates"), LEFT)
    assert QGuiApplication.clipboard().text() == "48.85833, 2.29444"


def test_tags_and_albums_are_shown_and_asked_for(
    qtbot: QtBot, inspector: Inspector, library: Library, ids: dict[str, PhotoId]
) -> None:
    library.add_tag("holiday", [ids["r.jpg"]])
    album = library.create_album("Best & last", [ids["r.jpg"]])
    inspector.show_photos([ids["r.jpg"]])
    qtbot.waitUntil(lambda: _pills(inspector) == ["holiday", "Best & last"])
    with qtbot.waitSignal(inspector.tag_clicked) as tag:
        QTest.mouseClick(_button(inspector, "holiday"), LEFT)
    with qtbot.waitSignal(inspector.album_clicked) as clicked:
        QTest.mouseClick(_button(inspector, "Best & last"), LEFT)
    with qtbot.waitSignal(inspector.tag_removed) as removed:
        QTest.mouseClick(_button(inspector, "Remove holiday"), LEFT)
    assert tag.args == [library.tags()[0].id]
    assert clicked.args == [album.id]
    assert removed.args == ["holiday"]
    assert library.tags()[0].photo_count == 1, "the inspector asks, it does not write"


def test_typed_tags_are_tidied_and_asked_for(qtbot: QtBot, inspector: Inspector, ids: dict[str, PhotoId]) -> None:
    inspector.show_photos([ids["r.jpg"]])
    qtbot.waitUntil(lambda: "r.jpg" in _texts(inspector))
    field = inspector.findChild(TagField)
    assert isinstance(field, TagField)
    added: list[str] = []
    inspector.tag_added.connect(added.append)
    QTest.keyClicks(field, "  late   summer ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "sea,")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert added == ["late summer", "sea"]
    assert field.text() == ""


def test_tag_field_completes_tags_that_exist(
    qtbot: QtBot, inspector: Inspector, library: Library, ids: dict[str, PhotoId]
) -> None:
    library.add_tag("mountain lake", [ids["g.jpg"]])
    inspector.show_photos([ids["r.jpg"]])
    qtbot.waitUntil(lambda: "r.jpg" in _texts(inspector))
    inspector.focus_tag_field()
    field = inspector.findChild(TagField)
    assert isinstance(field, TagField)
    completer = field.completer()
    completer.setCompletionPrefix("LAKE")
    qtbot.waitUntil(lambda: completer.completionCount() == 1)
    assert completer.currentCompletion() == "mountain lake"


def test_stars_ask_and_the_same_star_clears(
    qtbot: QtBot, inspector: Inspector, library: Library, ids: dict[str, PhotoId]
) -> None:
    inspector.show_photos([ids["r.jpg"]])
    stars = inspector.findChild(StarRow)
    assert isinstance(stars, StarRow)
    qtbot.waitUntil(stars.isVisible)
    third = QPoint(stars.width() * 5 // 10, stars.height() // 2)
    with qtbot.waitSignal(inspector.rating_requested) as wish:
        QTest.mouseClick(stars, LEFT, pos=third)
    assert wish.args == [3]
    library.set_rating([ids["r.jpg"]], 3)
    inspector.refresh()
    qtbot.waitUntil(lambda: stars.rating == 3)
    with qtbot.waitSignal(inspector.rating_requested) as wish:
        QTest.mouseClick(stars, LEFT, pos=third)
    assert wish.args == [0]


def test_several_photos_say_what_they_share(
    qtbot: QtBot, inspector: Inspector, library: Library, ids: dict[str, PhotoId]
) -> None:
    library.add_tag("shared", list(ids.values()))
    library.add_tag("only one", [ids["r.jpg"]])
    inspector.show_photos(list(ids.values()))
    qtbot.waitUntil(lambda: "3 photos" in _texts(inspector))
    assert _pills(inspector) == ["shared"]
    total = sum(library.details(one).size_bytes for one in ids.values())
    assert total > 1000
    assert f"{total / 1000:.1f} kB together" in _texts(inspector)


def test_reasons_are_sentences_strongest_first(qtbot: QtBot, inspector: Inspector, ids: dict[str, PhotoId]) -> None:
    inspector.show_photos([ids["r.jpg"]])
    qtbot.waitUntil(lambda: "r.jpg" in _texts(inspector))
    reasons = (Reason(ReasonKind.TAG, "sea", 0.3), Reason(ReasonKind.LOOKS_LIKE, "a red wall", 0.9))
    inspector.set_hit(Hit(ids["r.jpg"], 0.4, reasons))
    texts = _texts(inspector)
    assert texts.index("Looks like “a red wall”") < texts.index("Tagged “sea”")
    assert "strong" in texts
    assert "weak" in texts
    inspector.set_hit(None)
    assert not any("Looks like" in text for text in _texts(inspector))


def test_another_selection_forgets_why_the_last_one_matched(
    qtbot: QtBot, inspector: Inspector, ids: dict[str, PhotoId]
) -> None:
    inspector.show_photos([ids["r.jpg"]])
    qtbot.waitUntil(lambda: "r.jpg" in _texts(inspector))
    inspector.set_hit(Hit(ids["r.jpg"], 0.4, (Reason(ReasonKind.TAG, "sea", 0.3),)))
    inspector.show_photos([ids["g.jpg"]])
    assert "Tagged “sea”" not in _texts(inspector)


def test_the_words_that_were_found_stand_out_in_the_name(
    qtbot: QtBot, inspector: Inspector, ids: dict[str, PhotoId]
) -> None:
    inspector.show_photos([ids["camera.jpg"]])
    qtbot.waitUntil(lambda: "camera.jpg" in _texts(inspector))
    inspector.set_hit(Hit(ids["camera.jpg"], 1.0, (Reason(ReasonKind.NAME, "camera", 1.0),)))
    name = next(one for one in inspector.findChildren(ElidedLabel) if one.whole_text == "camera.jpg")
    assert ">camera</span>.jpg" in name.text()
    inspector.set_hit(None)
    assert name.text() == "camera.jpg"


def test_what_a_photo_looks_like_is_said_once_the_encoder_is_awake(
    qtbot: QtBot, library: Library, inspector: Inspector, ids: dict[str, PhotoId]
) -> None:
    wanted: list[object] = []
    inspector.word_clicked.connect(wanted.append)
    inspector.show_photos([ids["r.jpg"]])
    qtbot.waitUntil(lambda: "r.jpg" in _texts(inspector))
    assert "LOOKS LIKE" not in _texts(inspector)
    library.warm_up()
    inspector.refresh()
    qtbot.waitUntil(lambda: "LOOKS LIKE" in _texts(inspector))
    _button(inspector, "red").click()
    assert wanted == ["red"]


def test_photo_that_left_the_library_leaves_the_hint(
    qtbot: QtBot, inspector: Inspector, ids: dict[str, PhotoId]
) -> None:
    inspector.show_photos([ids["r.jpg"]])
    qtbot.waitUntil(lambda: "r.jpg" in _texts(inspector))
    inspector.show_photos([PhotoId(999)])
    qtbot.waitUntil(lambda: _texts(inspector) == ["Select a photo to see what is known about it."])
