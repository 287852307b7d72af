"""Drawing a part of a photo in the viewer, and the map of why: by mouse, by keyboard, zoomed and turned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.tasks import Tasks
from app.views import region_geometry
from app.views.elided_label import ElidedLabel
from app.views.heat_legend import HeatLegend
from app.views.image_canvas import ImageCanvas
from app.views.region_drawing import RegionDrawing
from app.views.viewer import PhotoViewer
from app.views.why_panel import WhyPanel
from core.domain import ExplainedWish, Explanation, PhotoId, Query, Region
from core.library import Library
from tests.core.search.test_explanation import halves
from tests.support import colour_library

Key, Modifier, LEFT = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with colour_library.open_library(tmp_path / "home") as library:
        yield library


@pytest.fixture
def ids(library: Library, tmp_path: Path) -> dict[str, PhotoId]:
    folder = tmp_path / "photos"
    folder.mkdir()
    halves(folder / "halves.jpg", "red", "blue")
    halves(folder / "turned.jpg", "red", "blue", orientation=6)
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


def open_photo(qtbot: QtBot, viewer: PhotoViewer, photo_id: PhotoId, query: str = "") -> None:
    viewer.show_photos([photo_id], 0, Query(query))
    qtbot.waitUntil(lambda: bool(viewer.findChild(ImageCanvas).versions))  # type: ignore[union-attr]


def drawing_of(viewer: PhotoViewer) -> RegionDrawing:
    drawing = viewer.findChild(RegionDrawing)
    assert isinstance(drawing, RegionDrawing)
    return drawing


def screen_points(viewer: PhotoViewer, region: Region) -> tuple[QPoint, QPoint]:
    canvas = viewer.findChild(ImageCanvas)
    assert isinstance(canvas, ImageCanvas)
    left, top, width, height = region_geometry.box_of(canvas.placement, region)
    return QPoint(round(left), round(top)), QPoint(round(left + width), round(top + height))


def draw(viewer: PhotoViewer, region: Region) -> None:
    """Press, drag and release over a part of the photo."""
    start, end = screen_points(viewer, region)
    drawing = drawing_of(viewer)
    QTest.mousePress(drawing, LEFT, pos=start)
    QTest.mouseMove(drawing, (start + end) / 2)
    QTest.mouseMove(drawing, end)
    QTest.mouseRelease(drawing, LEFT, pos=end)


def edges(region: Region) -> tuple[float, float, float, float]:
    return region.left, region.top, region.right, region.bottom


@pytest.mark.parametrize("name", ["halves.jpg", "turned.jpg"])
@pytest.mark.parametrize("zoom", [0, 2])
def test_one_stroke_chooses_the_part_below_it(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId], name: str, zoom: int
) -> None:
    open_photo(qtbot, viewer, ids[name])
    for _ in range(zoom):
        viewer.zoom_in()
    chosen: list[tuple[PhotoId, Region]] = []
    viewer.region_chosen.connect(lambda photo_id, region: chosen.append((photo_id, region)))
    QTest.keyClick(viewer, Key.Key_R)
    wanted = Region(0.42, 0.4, 0.6, 0.62)
    draw(viewer, wanted)
    assert [photo_id for photo_id, _ in chosen] == [ids[name]]
    assert edges(chosen[0][1]) == pytest.approx(edges(wanted), abs=0.01)
    assert drawing_of(viewer).isHidden()


def test_a_click_chooses_nothing_and_escape_leaves(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    open_photo(qtbot, viewer, ids["halves.jpg"])
    closed: list[bool] = []
    viewer.closed.connect(lambda: closed.append(True))
    viewer.region_chosen.connect(lambda _photo_id, _region: pytest.fail("nothing was drawn"))
    QTest.keyClick(viewer, Key.Key_R)
    drawing = drawing_of(viewer)
    QTest.mouseClick(drawing, LEFT, pos=drawing.rect().center())
    assert drawing.isVisible()
    QTest.keyClick(drawing, Key.Key_Escape)
    assert drawing.isHidden()
    assert not closed, "Escape takes away one thing at a time"


def test_the_keyboard_draws_moves_resizes_and_searches(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]
) -> None:
    open_photo(qtbot, viewer, ids["halves.jpg"])
    chosen: list[Region] = []
    viewer.region_chosen.connect(lambda _photo_id, region: chosen.append(region))
    QTest.keyClick(viewer, Key.Key_R)
    drawing = drawing_of(viewer)
    QTest.keyClick(drawing, Key.Key_Return)
    assert not chosen, "there is nothing to search by yet"
    QTest.keyClick(drawing, Key.Key_Right)
    first = drawing.region
    assert first is not None
    QTest.keyClick(drawing, Key.Key_Right)
    QTest.keyClick(drawing, Key.Key_Down)
    QTest.keyClick(drawing, Key.Key_Left, Modifier.ShiftModifier)
    QTest.keyClick(drawing, Key.Key_Return)
    assert chosen[0].left > first.left
    assert chosen[0].top > first.top
    assert chosen[0].right - chosen[0].left < first.right - first.left
    assert viewer.current == ids["halves.jpg"], "the arrows did not turn the page"


def test_a_rectangle_can_be_adjusted_by_its_handles_before_it_is_searched_by(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]
) -> None:
    open_photo(qtbot, viewer, ids["halves.jpg"])
    chosen: list[Region] = []
    viewer.region_chosen.connect(lambda _photo_id, region: chosen.append(region))
    drawing = drawing_of(viewer)
    drawing.begin(Region(0.3, 0.3, 0.6, 0.6))
    _start, corner = screen_points(viewer, Region(0.3, 0.3, 0.6, 0.6))
    _start, target = screen_points(viewer, Region(0.3, 0.3, 0.8, 0.9))
    QTest.mousePress(drawing, LEFT, pos=corner)
    QTest.mouseMove(drawing, target)
    QTest.mouseRelease(drawing, LEFT, pos=target)
    assert not chosen
    QTest.keyClick(drawing, Key.Key_Return)
    assert edges(chosen[0]) == pytest.approx((0.3, 0.3, 0.8, 0.9), abs=0.02)


# -- why ---------------------------------------------------------------------------------------------------------


def shown_heat(viewer: PhotoViewer) -> tuple[float, float]:
    """How strongly the left and the right edge of the map are coloured."""
    overlay = viewer.tools.why.overlay
    assert overlay.heat is not None
    image = overlay.heat
    row = image.height() // 2
    left, right = (image.pixelColor(int(image.width() * at), row).alphaF() for at in (0.1, 0.9))
    return left, right


def panel_of(viewer: PhotoViewer) -> WhyPanel:
    panel = viewer.findChild(WhyPanel)
    assert isinstance(panel, WhyPanel)
    return panel


def test_w_paints_where_the_query_is_answered_and_takes_it_away(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]
) -> None:
    open_photo(qtbot, viewer, ids["halves.jpg"], "red")
    QTest.keyClick(viewer, Key.Key_W)
    qtbot.waitUntil(lambda: viewer.tools.why.is_shown)
    left, right = shown_heat(viewer)
    assert left > right
    assert "red" in panel_of(viewer).sentence
    QTest.keyClick(viewer, Key.Key_W)
    assert not viewer.tools.why.is_shown
    assert panel_of(viewer).isHidden()


def test_the_panel_can_be_read_while_the_first_map_is_made(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]
) -> None:
    open_photo(qtbot, viewer, ids["halves.jpg"], "red")
    panel = panel_of(viewer)
    panel.show()
    panel.show_busy()
    assert panel.height() >= panel.fontMetrics().height()


def test_another_wish_can_be_picked(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    open_photo(qtbot, viewer, ids["halves.jpg"], "red")
    QTest.keyClick(viewer, Key.Key_W)
    qtbot.waitUntil(lambda: viewer.tools.why.is_shown)
    blue = next(one for one in panel_of(viewer).wishes if one.text() == "blue")
    blue.click()
    qtbot.waitUntil(lambda: "blue" in panel_of(viewer).sentence)
    left, right = shown_heat(viewer)
    assert right > left


def test_the_panel_says_when_nothing_stands_out(qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]) -> None:
    open_photo(qtbot, viewer, ids["halves.jpg"], "green")
    QTest.keyClick(viewer, Key.Key_W)
    qtbot.waitUntil(lambda: "Nothing in this photo" in panel_of(viewer).sentence)


def test_the_next_photo_is_explained_too_and_escape_ends_it(
    qtbot: QtBot, viewer: PhotoViewer, ids: dict[str, PhotoId]
) -> None:
    viewer.show_photos(list(ids.values()), 0, Query("red"))
    QTest.keyClick(viewer, Key.Key_W)
    qtbot.waitUntil(lambda: viewer.tools.why.is_shown)
    viewer.next()
    assert not viewer.tools.why.is_shown, "the map of the photo before lies over no other"
    qtbot.waitUntil(lambda: viewer.tools.why.is_shown)
    closed: list[bool] = []
    viewer.closed.connect(lambda: closed.append(True))
    QTest.keyClick(viewer, Key.Key_Escape)
    assert not viewer.tools.why.is_shown
    assert not closed


def test_the_panel_says_its_sentence_whole_and_is_no_higher_than_its_words(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1000, 600)
    around.show()
    panel = WhyPanel(around)
    words = ("children playing on the beach", "sand", "coast", "cliff", "seagull", "volleyball", "desert", "dune")
    wishes = tuple(ExplainedWish(one) for one in words)
    panel.show()
    panel.show_explanation(Explanation(PhotoId(1), "colours", wishes, 1, 0, np.zeros((4, 4), np.float32), 0.9, ()))
    assert panel.sentence.startswith("What speaks for “children playing on the beach”")
    assert [label.toolTip() for label in panel.findChildren(ElidedLabel)] == [""]
    legend = panel.findChild(HeatLegend)
    assert isinstance(legend, HeatLegend)

    def gap() -> int:
        lowest = max(button.mapTo(panel, QPoint(0, button.height())).y() for button in panel.wishes)
        return legend.y() - lowest

    qtbot.waitUntil(lambda: 0 <= gap() < 20)
