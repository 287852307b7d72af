"""The viewer as a person uses it: keys, wheel, drag, and photos that cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from app.picture_loader import PictureLoader
from app.tasks import Tasks
from app.views.fading import Fading
from app.views.image_canvas import ImageCanvas
from app.views.picture_message import PictureMessage
from app.views.viewer import PhotoViewer
from core.domain import PhotoId
from core.library import Library
from tests.support import colour_library, pictures

RED, GREEN, BLUE = (220, 20, 30), (30, 160, 40), (30, 60, 210)
Key = Qt.Key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    colour_library.write_pictures(tmp_path / "photos", {"r.jpg": RED, "g.jpg": GREEN})
    pictures.photo_like((3000, 2000)).save(tmp_path / "photos" / "large.jpg", "JPEG")
    return tmp_path / "photos"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with colour_library.open_library(tmp_path / "home") as library:
        yield library


@pytest.fixture
def ids(library: Library, folder: Path) -> dict[str, PhotoId]:
    return colour_library.indexed(library, folder)


@pytest.fixture
def viewer(qtbot: QtBot, library: Library, ids: dict[str, PhotoId]) -> Iterator[PhotoViewer]:
    tasks = Tasks()
    window = QMainWindow()
    viewer = PhotoViewer(library, tasks, window)
    window.setCentralWidget(viewer)
    window.resize(600, 450)
    qtbot.addWidget(window)
    window.show()
    yield viewer
    tasks.close()


def _canvas(viewer: PhotoViewer) -> ImageCanvas:
    canvas = viewer.findChild(ImageCanvas)
    assert isinstance(canvas, ImageCanvas)
    return canvas


def _says(viewer: PhotoViewer, text: str) -> bool:
    return any(text in label.text() for label in viewer.findChildren(QLabel))


def _width_shown(viewer: PhotoViewer) -> int:
    versions = _canvas(viewer).versions
    return versions[-1].width() if versions else 0


def test_photo_fits_the_window_and_is_named(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    viewer.show_photos(list(ids.values()), list(ids).index("large.jpg"))
    qtbot.waitUntil(lambda: _says(viewer, "large.jpg"))
    assert viewer.is_fitted
    assert viewer.current == ids["large.jpg"]
    assert _says(viewer, f"{list(ids).index('large.jpg') + 1} of 3")
    left, top, width, height = _canvas(viewer).placement.rectangle()
    assert left >= 0
    assert top >= 0
    assert width / height == pytest.approx(1.5)


def test_full_picture_comes_only_when_zoomed_in(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    viewer.show_photos([ids["large.jpg"]], 0)
    qtbot.waitUntil(lambda: _width_shown(viewer) > 512)
    assert _width_shown(viewer) < 3000
    QTest.keyClick(viewer, Key.Key_1)
    assert _canvas(viewer).placement.real_scale == 1.0
    qtbot.waitUntil(lambda: _width_shown(viewer) == 3000)
    QTest.keyClick(viewer, Key.Key_0)
    assert viewer.is_fitted


def test_photo_turned_by_exif_is_shown_upright(
    qtbot: QtBot, viewer: PhotoViewer, library: Library, folder: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    pictures.plain((90, 60)).save(folder / "turned.jpg", "JPEG", exif=exif)
    library.index_until_done()
    turned = next(photo for photo in library.photos(library.listing().ids.tolist()) if photo.name == "turned.jpg")
    viewer.show_photos([turned.id], 0)
    qtbot.waitUntil(lambda: _width_shown(viewer) > 0)
    _left, _top, width, height = _canvas(viewer).placement.rectangle()
    assert width < height


def test_arrows_go_through_the_list_and_stop_at_its_ends(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]
) -> None:
    order = list(ids.values())
    seen: list[PhotoId] = []
    viewer.current_changed.connect(seen.append)
    viewer.show_photos(order, 0)
    for key in (Key.Key_Left, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Home, Key.Key_End):
        QTest.keyClick(viewer, key)
    assert seen == [order[0], order[1], order[2], order[0], order[2]]
    name = next(name for name, photo_id in ids.items() if photo_id == order[2])
    qtbot.waitUntil(lambda: _says(viewer, name))


def test_picture_on_show_is_the_one_that_is_named(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    viewer.show_photos([ids["r.jpg"], ids["g.jpg"]], 0)
    viewer.next()

    def is_green() -> bool:
        versions = _canvas(viewer).versions
        shown = versions[-1].pixelColor(10, 10) if versions else QColor("black")
        return shown.green() > shown.red() and _says(viewer, "g.jpg")

    qtbot.waitUntil(is_green)


def test_neighbour_decoded_ahead_stays_out_of_sight(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    loader = viewer.findChild(PictureLoader)
    assert isinstance(loader, PictureLoader)
    arrived: list[PhotoId] = []
    loader.loaded.connect(lambda photo_id, _image: arrived.append(photo_id))
    viewer.show_photos([ids["r.jpg"], ids["large.jpg"]], 0)
    qtbot.waitUntil(lambda: ids["large.jpg"] in arrived)
    assert _width_shown(viewer) == 120


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Escape, Key.Key_Return])
def test_keys_that_close(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId], key: Qt.Key) -> None:
    viewer.show_photos(list(ids.values()), 0)
    with qtbot.waitSignal(viewer.closed):
        QTest.keyClick(viewer, key)


def test_escape_leaves_the_full_screen_before_it_closes(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]
) -> None:
    viewer.show_photos(list(ids.values()), 0)
    QTest.keyClick(viewer, Key.Key_F11)
    assert viewer.window().isFullScreen()
    with qtbot.assertNotEmitted(viewer.closed):
        QTest.keyClick(viewer, Key.Key_Escape)
    assert not viewer.window().isFullScreen()


def test_digits_zoom_here_even_where_the_menus_rate(viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    viewer.show_photos(list(ids.values()), 0)
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_1, Qt.KeyboardModifier.NoModifier, "1")
    override.ignore()
    QApplication.sendEvent(viewer, override)
    assert override.isAccepted()


def test_marks_are_wished_for_not_made(
    qtbot: QtBot, viewer: PhotoViewer, library: Library, ids: dict[str, PhotoId]
) -> None:
    viewer.show_photos([ids["r.jpg"]], 0)
    with qtbot.waitSignal(viewer.favourite_toggled) as favourite:
        QTest.keyClick(viewer, Key.Key_F)
    with qtbot.waitSignal(viewer.rating_requested) as rating:
        QTest.keyClick(viewer, Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(viewer.similar_requested) as similar:
        QTest.keyClick(viewer, Key.Key_S)
    assert favourite.args == similar.args == [ids["r.jpg"]]
    assert rating.args == [ids["r.jpg"], 4]
    assert library.photos([ids["r.jpg"]])[0].rating == 0


def test_marks_made_elsewhere_are_shown(
    qtbot: QtBot, viewer: PhotoViewer, library: Library, ids: dict[str, PhotoId]
) -> None:
    viewer.show_photos([ids["r.jpg"]], 0)
    qtbot.waitUntil(lambda: _says(viewer, "r.jpg"))
    library.set_rating([ids["r.jpg"]], 3)
    viewer.photos_changed({ids["r.jpg"]})
    qtbot.waitUntil(lambda: viewer.rating_shown == 3)


def test_wheel_zooms_at_the_pointer_and_dragging_moves(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]
) -> None:
    viewer.show_photos([ids["large.jpg"]], 0)
    qtbot.waitUntil(lambda: _says(viewer, "large.jpg"))
    canvas = _canvas(viewer)
    corner = QPointF(canvas.rect().center())
    for _ in range(12):
        wheel = QWheelEvent(
            corner,
            QPointF(canvas.mapToGlobal(corner.toPoint())),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas, wheel)
    assert not viewer.is_fitted
    before = canvas.placement.rectangle()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.mouseMove(canvas, QPoint(340, 220))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(340, 220))
    after = canvas.placement.rectangle()
    assert after[0] - before[0] == pytest.approx(40, abs=1)
    assert after[1] - before[1] == pytest.approx(20, abs=1)


def test_double_click_goes_to_full_size_and_back(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    viewer.show_photos([ids["large.jpg"]], 0)
    qtbot.waitUntil(lambda: _says(viewer, "large.jpg"))
    canvas = _canvas(viewer)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert canvas.placement.real_scale == 1.0
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert viewer.is_fitted


def test_photo_of_an_unplugged_drive_says_so(
    qtbot: QtBot, viewer: PhotoViewer, library: Library, ids: dict[str, PhotoId], folder: Path
) -> None:
    folder.rename(folder.with_name("away"))
    library.index_until_done()
    viewer.show_photos([ids["r.jpg"]], 0)
    message = viewer.findChild(PictureMessage)
    assert isinstance(message, PictureMessage)
    qtbot.waitUntil(message.isVisible)
    assert "offline" in message.text
    assert str(folder) in message.text


def test_file_that_broke_says_why(
    qtbot: QtBot, viewer: PhotoViewer, library: Library, ids: dict[str, PhotoId], folder: Path
) -> None:
    (folder / "r.jpg").write_bytes(b"this is no picture any more")
    library.index_until_done()
    viewer.show_photos([ids["r.jpg"], ids["g.jpg"]], 0)
    message = viewer.findChild(PictureMessage)
    assert isinstance(message, PictureMessage)
    qtbot.waitUntil(lambda: message.isVisible() and "not a picture" in message.text)
    viewer.next()
    qtbot.waitUntil(message.isHidden)


def test_memory_is_given_back_when_nobody_looks(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    viewer.show_photos([ids["large.jpg"]], 0)
    qtbot.waitUntil(lambda: _width_shown(viewer) > 0)
    viewer.hide()
    assert _width_shown(viewer) == 0
    viewer.show()
    qtbot.waitUntil(lambda: _width_shown(viewer) > 0)


def test_in_a_window_the_bar_stays_in_full_screen_it_fades(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]
) -> None:
    viewer.show_photos(list(ids.values()), 0)
    bar, arrows = viewer.findChildren(Fading)[0].findChildren(QTimer) + viewer.findChildren(Fading)[1].findChildren(
        QTimer
    )
    assert (bar.isActive(), arrows.isActive()) == (False, True)
    viewer.toggle_full_screen()
    qtbot.waitUntil(viewer.window().isFullScreen)
    assert bar.isActive()
    viewer.toggle_full_screen()
    qtbot.waitUntil(lambda: not viewer.window().isFullScreen())
    assert not bar.isActive()
