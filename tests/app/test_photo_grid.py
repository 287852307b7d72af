"""The photo grid as a person uses it: looking, clicking, typing keys, dragging, resizing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.item_models import months
from app.item_models.photo_model import PhotoModel
from app.stacks import Stack
from app.tasks import Tasks
from app.thumbnail_provider import ThumbnailProvider
from app.views import cell_buttons, photo_drag
from app.views.cell_buttons import CellButton
from app.views.date_bubble import DateBubble
from app.views.photo_grid import PhotoGrid
from core.domain import Hit, Hits, PhotoId
from core.events import CatalogChanged
from tests.support import photo_shelf
from tests.support.photo_shelf import PhotoShelf

NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shelf() -> PhotoShelf:
    return PhotoShelf()


@pytest.fixture
def tasks(qtbot: QtBot, shelf: PhotoShelf) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    shelf.gate.set()
    tasks.close()


@pytest.fixture
def model(shelf: PhotoShelf, tasks: Tasks) -> PhotoModel:
    return PhotoModel(shelf, tasks)


@pytest.fixture
def grid(qtbot: QtBot, model: PhotoModel, shelf: PhotoShelf, tasks: Tasks) -> PhotoGrid:
    thumbnails = ThumbnailProvider(shelf, tasks, model)
    grid = PhotoGrid(model, thumbnails)
    qtbot.addWidget(grid)
    grid.resize(800, 600)
    grid.show()
    return grid


def show(model: PhotoModel, count: int, by_month: bool = False) -> None:
    model.show_listing(photo_shelf.listing(range(count)), by_month=by_month)
    QApplication.processEvents()


def centre(grid: PhotoGrid, row: int) -> QPoint:
    return grid.visualRect(grid.photos.index(row)).center()


def click(grid: PhotoGrid, row: int, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, keys, centre(grid, row))


def press(grid: PhotoGrid, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.keyClick(grid, key, keys)


def top_of(grid: PhotoGrid, photo_id: int) -> int:
    row = grid.photos.row_of(photo_id)
    assert row is not None
    return grid.visualRect(grid.photos.index(row)).y()


def pixel(grid: PhotoGrid, row: int) -> QColor:
    return grid.grab().toImage().pixelColor(centre(grid, row))


# -- painting ---------------------------------------------------------------------------------------------------


def test_the_average_colour_is_there_at_once_and_then_the_thumbnail(
    grid: PhotoGrid, model: PhotoModel, shelf: PhotoShelf, qtbot: QtBot
) -> None:
    shelf.gate.clear()
    shelf.pictures[0] = photo_shelf.jpeg(1)
    show(model, 3)
    assert pixel(grid, 0).rgb() & 0xFFFFFF == photo_shelf.color(0)
    shelf.gate.set()
    thumbnail = QColor(photo_shelf.color(1))
    qtbot.waitUntil(lambda: abs(pixel(grid, 0).red() - thumbnail.red()) < 5)


def test_the_rest_is_dimmed_when_several_are_selected(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 12)
    before = pixel(grid, 5)
    click(grid, 0)
    assert pixel(grid, 5) == before
    click(grid, 1, CTRL)
    assert pixel(grid, 5) != before
    assert pixel(grid, 1) == QColor(photo_shelf.color(1))


def test_nothing_to_show_is_painted_without_complaint(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 0, by_month=True)
    grid.grab()
    press(grid, Qt.Key.Key_Down)
    grid.zoom(1)
    assert grid.current_id() is None
    assert grid.selected_ids() == []


# -- pointer ----------------------------------------------------------------------------------------------------


def test_click_ctrl_click_and_shift_click(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 30)
    click(grid, 2)
    assert grid.selected_ids() == [2]
    click(grid, 5, CTRL)
    assert grid.selected_ids() == [2, 5]
    click(grid, 8, SHIFT)
    assert grid.selected_ids() == [2, 5, 6, 7, 8]
    click(grid, 1)
    assert grid.selected_ids() == [1]


def test_shift_click_selects_backwards_in_reading_order(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 30)
    columns = grid.grid_layout().columns
    click(grid, columns + 1)
    click(grid, columns - 1, SHIFT)  # up and to the right: not the rectangle but what lies between
    assert grid.selected_ids() == [columns - 1, columns, columns + 1]


def test_a_rubber_band_selects_what_it_touches(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 6)
    columns = grid.grid_layout().columns
    assert columns == 4
    below = QPoint(grid.viewport().width() - 3, grid.viewport().height() - 5)
    target = centre(grid, columns - 1)
    QTest.mousePress(grid.viewport(), LEFT, NO_KEY, below)
    for step in (0.3, 0.6, 1.0):
        QTest.mouseMove(grid.viewport(), below + (target - below) * step)
    assert grid.selected_ids() == [columns - 1]
    QTest.mouseRelease(grid.viewport(), LEFT, NO_KEY, target)
    assert grid.selected_ids() == [columns - 1]


def test_double_click_opens(grid: PhotoGrid, model: PhotoModel, qtbot: QtBot) -> None:
    show(model, 10)
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.mouseDClick(grid.viewport(), LEFT, NO_KEY, centre(grid, 3))
    assert opened.args == [3]


def button_point(grid: PhotoGrid, row: int, button: CellButton) -> QPoint:
    box = cell_buttons.place(button, grid.on_screen(grid.grid_layout().box(row)))
    return QPoint(box.x + box.width // 2, box.y + box.height // 2)


def test_the_buttons_on_a_photo(grid: PhotoGrid, model: PhotoModel, qtbot: QtBot) -> None:
    show(model, 10)
    with qtbot.waitSignal(grid.favourite_toggled) as toggled:
        QTest.mouseClick(grid.viewport(), LEFT, NO_KEY, button_point(grid, 4, CellButton.FAVOURITE))
    assert toggled.args == [4]
    with qtbot.waitSignal(grid.similar_requested) as requested:
        QTest.mouseClick(grid.viewport(), LEFT, NO_KEY, button_point(grid, 4, CellButton.SIMILAR))
    assert requested.args == [4]
    assert grid.selected_ids() == []
    for row in (4, 6):
        QTest.mouseClick(grid.viewport(), LEFT, NO_KEY, button_point(grid, row, CellButton.SELECT))
    assert grid.selected_ids() == [4, 6]
    QTest.mouseClick(grid.viewport(), LEFT, NO_KEY, button_point(grid, 4, CellButton.SELECT))
    assert grid.selected_ids() == [6]


def test_the_number_of_copies_is_a_button_only_where_there_are_some(
    grid: PhotoGrid, model: PhotoModel, qtbot: QtBot
) -> None:
    hits = Hits.of(Hit(PhotoId(one), 1.0 - one / 10, ()) for one in range(4))
    model.show_hits(hits, 4, stacks={PhotoId(1): Stack(2, is_open=False)})
    QApplication.processEvents()
    with qtbot.waitSignal(grid.copies_toggled) as toggled:
        QTest.mouseClick(grid.viewport(), LEFT, NO_KEY, button_point(grid, 1, CellButton.COPIES))
    assert toggled.args == [1]
    assert grid.selected_ids() == []
    QTest.mouseClick(grid.viewport(), LEFT, NO_KEY, button_point(grid, 2, CellButton.COPIES))
    assert grid.selected_ids() == [2]
    with qtbot.waitSignal(model.dataChanged):  # the record arrives
        model.photo(1)
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "2 copies" in spoken


def test_a_right_click_selects_and_asks_for_a_menu(grid: PhotoGrid, model: PhotoModel, qtbot: QtBot) -> None:
    show(model, 10)
    QTest.mousePress(grid.viewport(), Qt.MouseButton.RightButton, NO_KEY, centre(grid, 3))
    assert grid.selected_ids() == [3]


def test_weaker_matches_appear_on_a_click(grid: PhotoGrid, model: PhotoModel, qtbot: QtBot) -> None:
    model.show_hits(Hits.of([Hit(PhotoId(one), 1.0 - one / 10, ()) for one in range(8)]), strong_count=3)
    QApplication.processEvents()
    line = grid.on_screen(grid.grid_layout().heading(1))
    with qtbot.waitSignal(grid.weaker_shown):
        QTest.mouseClick(grid.viewport(), LEFT, NO_KEY, QPoint(line.x + 20, line.y + line.height // 2))
    assert model.rowCount() == 8
    assert grid.grid_layout().row_count == 8
    assert grid.grid_layout().box(3).y > line.y


# -- keyboard ---------------------------------------------------------------------------------------------------


def test_arrows_home_end_and_pages(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 200)
    columns = grid.grid_layout().columns
    click(grid, 1)
    press(grid, Qt.Key.Key_Right)
    assert grid.selected_ids() == [2]
    press(grid, Qt.Key.Key_Down)
    assert grid.current_id() == 2 + columns
    press(grid, Qt.Key.Key_Up)
    press(grid, Qt.Key.Key_Left)
    assert grid.current_id() == 1
    press(grid, Qt.Key.Key_PageDown)
    down = grid.current_id()
    assert down is not None
    assert down % columns == 1
    assert down > columns
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    press(grid, Qt.Key.Key_PageUp)
    assert grid.current_id() == 1
    press(grid, Qt.Key.Key_End)
    assert grid.current_id() == 199
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    press(grid, Qt.Key.Key_Home)
    assert grid.current_id() == 0
    assert grid.verticalScrollBar().value() == 0


def test_shift_and_ctrl_with_keys(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 50)
    columns = grid.grid_layout().columns
    click(grid, 3)
    press(grid, Qt.Key.Key_Down, SHIFT)
    assert grid.selected_ids() == list(range(3, 4 + columns))
    press(grid, Qt.Key.Key_Up, SHIFT)
    press(grid, Qt.Key.Key_Left, SHIFT)
    assert grid.selected_ids() == [2, 3]
    press(grid, Qt.Key.Key_A, CTRL)
    assert grid.selected_count() == 50
    press(grid, Qt.Key.Key_Escape)
    assert grid.selected_count() == 0


def test_enter_opens_and_space_looks(grid: PhotoGrid, model: PhotoModel, qtbot: QtBot) -> None:
    show(model, 5)
    click(grid, 2)
    with qtbot.waitSignal(grid.opened) as opened:
        press(grid, Qt.Key.Key_Return)
    assert opened.args == [2]
    with qtbot.waitSignal(grid.quick_look_requested):
        press(grid, Qt.Key.Key_Space)
    assert grid.selected_ids() == [2]


def test_letters_are_left_to_the_window(grid: PhotoGrid, model: PhotoModel, shelf: PhotoShelf) -> None:
    shelf.special[4] = photo_shelf.photo(4, name="sea.jpg")
    show(model, 5)
    click(grid, 0)
    press(grid, Qt.Key.Key_S)
    assert grid.current_id() == 0


# -- keeping the place ------------------------------------------------------------------------------------------


def test_new_photos_above_do_not_move_what_is_looked_at(grid: PhotoGrid, model: PhotoModel) -> None:
    model.show_listing(photo_shelf.listing(range(100, 400)), by_month=True)
    QApplication.processEvents()
    grid.verticalScrollBar().setValue(2000)
    click(grid, grid.visible_rows().start + 4)
    selected, before = grid.selected_ids(), top_of(grid, 100 + grid.visible_rows().start)
    looked_at = model.photo_id(grid.visible_rows().start)
    model.show_listing(photo_shelf.listing(range(0, 400)), by_month=True)
    QApplication.processEvents()
    assert top_of(grid, looked_at) == before
    assert grid.selected_ids() == selected


def test_at_the_top_new_photos_push_in(grid: PhotoGrid, model: PhotoModel) -> None:
    model.show_listing(photo_shelf.listing(range(100, 400)), by_month=True)
    QApplication.processEvents()
    model.show_listing(photo_shelf.listing(range(0, 400)), by_month=True)
    QApplication.processEvents()
    assert grid.verticalScrollBar().value() == 0
    assert grid.visible_rows().start == 0


def test_a_reordered_list_keeps_the_selection(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 40)
    grid.select_ids([PhotoId(3), PhotoId(30)])
    model.show_listing(photo_shelf.listing(range(39, -1, -1)), by_month=False)
    assert sorted(grid.selected_ids()) == [3, 30]
    assert grid.current_id() == 3


def test_selecting_does_not_scroll_but_revealing_does(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 400)
    grid.verticalScrollBar().setValue(2000)
    grid.select_ids([PhotoId(0)])
    model.show_listing(photo_shelf.listing(range(399, -1, -1)), by_month=False)
    assert grid.current_id() == 0
    grid.verticalScrollBar().setValue(2000)
    QApplication.processEvents()
    assert grid.verticalScrollBar().value() == 2000
    grid.reveal(PhotoId(0))
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_losing_the_current_photo_far_away_does_not_scroll(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 400)
    click(grid, 0)
    grid.verticalScrollBar().setValue(2000)
    looked_at = model.photo_id(grid.visible_rows().start)
    before = top_of(grid, looked_at)
    model.catalog_changed(CatalogChanged(removed=frozenset({PhotoId(0)})))
    QApplication.processEvents()
    assert top_of(grid, looked_at) == before


def test_removed_photos_leave_the_selection(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 40)
    grid.select_ids([PhotoId(3), PhotoId(4), PhotoId(30)])
    model.catalog_changed(CatalogChanged(removed=frozenset({PhotoId(4), PhotoId(5)})))
    assert grid.selected_ids() == [3, 30]


def test_a_new_answer_starts_at_the_top_without_a_selection(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 400)
    grid.verticalScrollBar().setValue(1500)
    click(grid, grid.visible_rows().start + 5)
    changes: list[int] = []
    grid.selection_changed.connect(lambda: changes.append(grid.selected_count()))
    model.show_hits(Hits.of([Hit(PhotoId(one), 1.0 - one / 500, ()) for one in range(300)]), strong_count=300)
    assert grid.verticalScrollBar().value() == 0
    assert grid.selected_ids() == []
    assert changes
    assert changes[-1] == 0


@pytest.mark.parametrize("width", [420, 1300])
def test_resizing_keeps_the_top_photo(grid: PhotoGrid, model: PhotoModel, width: int) -> None:
    show(model, 600, by_month=True)
    grid.verticalScrollBar().setValue(3000)
    looked_at = model.photo_id(grid.visible_rows().start)
    before = top_of(grid, looked_at)
    grid.resize(width, 500)
    QApplication.processEvents()
    assert top_of(grid, looked_at) == before


def test_zooming_keeps_the_photo_under_the_pointer(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 600)
    grid.verticalScrollBar().setValue(3000)
    row = grid.visible_rows().start + grid.grid_layout().columns + 1
    point = centre(grid, row)
    columns = grid.grid_layout().columns
    wheel = QWheelEvent(
        QPointF(point), QPointF(grid.viewport().mapToGlobal(point)), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(grid.viewport(), wheel)
    assert grid.grid_layout().columns == columns - 1
    assert abs(centre(grid, row).y() - point.y()) <= 1


def test_cell_size_stays_within_its_bounds(grid: PhotoGrid, model: PhotoModel, qtbot: QtBot) -> None:
    show(model, 10)
    grid.set_cell_size_px(5000)
    assert grid.cell_size_px == 320
    with qtbot.waitSignal(grid.cell_size_changed) as changed:
        grid.set_cell_size_px(1)
    assert changed.args == [96]


def test_a_position_can_be_returned_to(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 600, by_month=True)
    grid.verticalScrollBar().setValue(2222)
    position = grid.position()
    model.show_hits(Hits.of([Hit(PhotoId(1), 1.0, ())]), strong_count=1)
    show(model, 600, by_month=True)
    assert grid.verticalScrollBar().value() == 0
    grid.restore_position(position)
    assert grid.verticalScrollBar().value() == 2222


# -- scrolling, dragging, speaking ------------------------------------------------------------------------------


def test_the_wheel_scrolls_smoothly_to_its_target(grid: PhotoGrid, model: PhotoModel, qtbot: QtBot) -> None:
    show(model, 600)
    point = QPointF(100, 100)
    wheel = QWheelEvent(
        point, point, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, NO_KEY, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(grid.viewport(), wheel)
    QApplication.sendEvent(grid.viewport(), wheel)
    qtbot.waitUntil(lambda: grid.verticalScrollBar().value() >= 200)


def test_the_month_is_shown_while_scrolling_a_library(grid: PhotoGrid, model: PhotoModel) -> None:
    bubble = grid.findChild(DateBubble)
    assert isinstance(bubble, DateBubble)
    show(model, 600, by_month=True)
    assert not bubble.isVisible()
    grid.verticalScrollBar().setValue(3000)
    assert bubble.isVisible()
    month = model.month(grid.visible_rows().start)
    assert month is not None
    assert bubble.text == months.title(month)
    model.show_listing(photo_shelf.listing(range(600)), by_month=False, keep_place=False)
    bubble.hide()
    grid.verticalScrollBar().setValue(3000)
    assert not bubble.isVisible()


def test_dragged_photos_are_files_and_ids(shelf: PhotoShelf) -> None:
    photos = [photo_shelf.photo(1), photo_shelf.photo(2, name="ä b.jpg"), photo_shelf.photo(3, is_offline=True)]
    content = photo_drag.mime_data([PhotoId(1), PhotoId(2), PhotoId(3)], photos)
    assert photo_drag.photo_ids(content) == [1, 2, 3]
    assert [url.toLocalFile() for url in content.urls()] == [str(photo.path) for photo in photos[:2]]
    assert photo_drag.photo_ids(QMimeData()) == []


def test_records_of_a_selection_are_fetched_for_dragging(grid: PhotoGrid, model: PhotoModel, qtbot: QtBot) -> None:
    show(model, 3000)
    grid.select_ids([PhotoId(2500), PhotoId(2600)])
    qtbot.waitUntil(lambda: model.known_photo(2600) is not None)


def test_a_hundred_thousand_can_all_be_selected(grid: PhotoGrid, model: PhotoModel) -> None:
    show(model, 100_000)
    grid.selectAll()
    assert grid.selected_count() == 100_000
    grid.selectionModel().select(model.index(50_000), QItemSelectionModel.SelectionFlag.Deselect)
    assert grid.selected_count() == 99_999
    assert 50_000 not in grid.selected_ids()
