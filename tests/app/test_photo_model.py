"""The rows of the photo grid."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QLocale, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.item_models import months, row_changes
from app.item_models.photo_columns import Section, SectionKind
from app.item_models.photo_model import PhotoModel
from app.tasks import Tasks
from core.domain import Hit, Hits, PhotoId, Reason, ReasonKind
from core.events import CatalogChanged
from tests.support import photo_shelf
from tests.support.photo_shelf import PhotoShelf


@pytest.fixture
def shelf() -> PhotoShelf:
    return PhotoShelf()


@pytest.fixture
def model(qtbot: QtBot, shelf: PhotoShelf) -> Iterator[PhotoModel]:
    tasks = Tasks()
    model = PhotoModel(shelf, tasks)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    yield model
    shelf.gate.set()
    tester.deleteLater()
    tasks.close()


@pytest.fixture
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def hit(photo_id: int, score: float) -> Hit:
    return Hit(PhotoId(photo_id), score, (Reason(ReasonKind.LOOKS_LIKE, "a <red> kite", 0.9),))


def shown(model: PhotoModel) -> list[int]:
    return [int(one) for one in model.ids]


def test_rows_are_the_listing_in_its_order(model: PhotoModel) -> None:
    model.show_listing(photo_shelf.listing([7, 3, 9]), by_month=False)
    assert model.rowCount() == 3
    assert [model.photo_id(row) for row in range(3)] == [7, 3, 9]
    assert model.row_of(9) == 2
    assert model.row_of(8) is None
    assert model.color(1) == photo_shelf.color(3)
    assert model.relevance(0) is None


def test_a_record_is_fetched_when_it_is_looked_at(model: PhotoModel, shelf: PhotoShelf, qtbot: QtBot) -> None:
    model.show_listing(photo_shelf.listing(range(1000)), by_month=False)
    assert shelf.asked_rows == []
    repainted: list[int] = []
    model.dataChanged.connect(lambda first, _last: repainted.append(first.row()))
    assert model.photo(500) is None
    qtbot.waitUntil(lambda: 500 in repainted)
    photo = model.photo(500)
    assert photo is not None
    assert photo.name == "photo-500.jpg"
    assert sum(batch.count(500) for batch in shelf.asked_rows) == 1


def test_what_was_looked_at_last_is_fetched_first(model: PhotoModel, shelf: PhotoShelf, qtbot: QtBot) -> None:
    model.show_listing(photo_shelf.listing(range(100_000)), by_month=False)
    shelf.gate.clear()
    model.look_at(range(0, 100))
    qtbot.waitUntil(lambda: len(shelf.asked_rows) == 1)
    for top in range(10_000, 60_000, 500):  # a fast scroll passes by while the first answer is on its way
        model.look_at(range(top, top + 100))
    shelf.gate.set()
    qtbot.waitUntil(lambda: model.known_photo(59_550) is not None, timeout=30_000)
    assert set(range(59_500, 59_600)) <= set(shelf.asked_rows[1])
    assert len(shelf.asked_rows[1]) <= 200


def test_an_id_without_a_record_is_asked_for_only_once(model: PhotoModel, shelf: PhotoShelf, qtbot: QtBot) -> None:
    shelf.missing.add(4)
    model.show_listing(photo_shelf.listing([4, 5]), by_month=False)
    assert model.photo(0) is None
    qtbot.waitUntil(lambda: shelf.asked_rows == [[4]])
    assert model.photo(1) is None
    qtbot.waitUntil(lambda: model.photo(1) is not None)
    assert model.photo(0) is None
    assert shelf.asked_rows == [[4], [5]]


def test_a_changed_photo_is_repainted_and_fetched_again(model: PhotoModel, shelf: PhotoShelf, qtbot: QtBot) -> None:
    model.show_listing(photo_shelf.listing([1, 2, 3]), by_month=False)
    model.photo(1)
    qtbot.waitUntil(lambda: model.photo(1) is not None)
    shelf.special[2] = photo_shelf.photo(2, is_favourite=True)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.catalog_changed(CatalogChanged(changed=frozenset({PhotoId(2)})))
    assert changed.args is not None
    assert changed.args[0].row() == 1
    before = model.photo(1)
    assert before is not None  # the old record stays until the new one is there: no flicker
    qtbot.waitUntil(lambda: (now := model.photo(1)) is not None and now.is_favourite)


def test_removed_photos_leave_and_the_others_stay(model: PhotoModel) -> None:
    model.show_listing(photo_shelf.listing([1, 2, 3, 4, 5]), by_month=False)
    kept = QPersistentModelIndex(model.index(4))
    model.catalog_changed(CatalogChanged(removed=frozenset({PhotoId(2), PhotoId(3), PhotoId(99)})))
    assert shown(model) == [1, 4, 5]
    assert kept.row() == 2


def test_a_grown_listing_inserts_rows_without_a_reset(model: PhotoModel, qtbot: QtBot) -> None:
    model.show_listing(photo_shelf.listing([2, 3, 5, 8]), by_month=True)
    kept = QPersistentModelIndex(model.index(2))
    selection = QItemSelectionModel(model)
    selection.select(model.index(2), QItemSelectionModel.SelectionFlag.Select)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_listing(photo_shelf.listing([0, 1, 2, 3, 4, 5, 9]), by_month=True)
    assert shown(model) == [0, 1, 2, 3, 4, 5, 9]
    assert kept.row() == 5
    assert [index.row() for index in selection.selectedIndexes()] == [5]
    assert sum(section.row_count for section in model.sections()) == 7


def test_another_order_is_a_reset_that_keeps_the_place(model: PhotoModel, qtbot: QtBot) -> None:
    model.show_listing(photo_shelf.listing([1, 2, 3]), by_month=False)
    with qtbot.waitSignal(model.modelReset):
        model.show_listing(photo_shelf.listing([3, 1, 2]), by_month=False)
    assert shown(model) == [3, 1, 2]
    assert model.keeps_place


def test_clear_forgets_the_place(model: PhotoModel) -> None:
    model.show_listing(photo_shelf.listing([1, 2, 3]), by_month=False)
    model.clear()
    assert model.rowCount() == 0
    model.show_listing(photo_shelf.listing([1, 2, 3]), by_month=False)
    assert not model.keeps_place


@pytest.mark.usefixtures("english")
def test_months_are_sections_with_titles(model: PhotoModel) -> None:
    ids = list(range(0, 70))  # one a day, back from 3 August 2024
    model.show_listing(photo_shelf.listing(ids), by_month=True)
    sections = model.sections()
    assert [months.title(section.month) for section in sections] == [
        "August 2024",
        "July 2024",
        "June 2024",
        "May 2024",
    ]
    assert [section.row_count for section in sections] == [3, 31, 30, 6]


def test_weaker_matches_wait_behind_a_line(model: PhotoModel) -> None:
    model.show_hits(Hits.of([hit(5, 0.9), hit(6, 0.8), hit(7, 0.3), hit(8, 0.2)]), strong_count=2)
    assert shown(model) == [5, 6]
    assert model.sections() == [
        Section(SectionKind.PLAIN, 2),
        Section(SectionKind.WEAKER, 0, hidden_count=2),
    ]
    model.show_weaker()
    assert shown(model) == [5, 6, 7, 8]
    assert model.sections()[1] == Section(SectionKind.WEAKER, 2)
    model.catalog_changed(CatalogChanged(removed=frozenset({PhotoId(6), PhotoId(8)})))
    assert [section.row_count for section in model.sections()] == [1, 1]


def test_photos_that_only_passed_a_filter_have_no_relevance(model: PhotoModel) -> None:
    model.show_hits(Hits.of([hit(5, 0.0), hit(6, 0.0)]), strong_count=2, listing=photo_shelf.listing([6, 5]))
    assert [model.relevance(row) for row in range(2)] == [None, None]


def test_relevance_is_relative_to_the_result(model: PhotoModel) -> None:
    model.show_hits(
        Hits.of([hit(5, 0.31), hit(6, 0.29), hit(7, 0.27)]), strong_count=3, listing=photo_shelf.listing([7, 6, 5])
    )
    relevances = [model.relevance(row) for row in range(3)]
    assert relevances[0] == 1.0
    assert relevances[1] == pytest.approx(0.5, abs=1e-3)
    assert relevances[2] is not None
    assert 0 < relevances[2] < 0.1  # still a visible bar
    assert model.color(0) == photo_shelf.color(5)
    model.show_hits(Hits.of([hit(5, 0.3)]), strong_count=1)
    assert model.relevance(0) == 1.0


def test_a_new_answer_begins_at_the_top(model: PhotoModel) -> None:
    model.show_hits(Hits.of([hit(5, 0.9), hit(6, 0.8)]), strong_count=2)
    model.show_hits(Hits.of([hit(5, 0.9), hit(6, 0.8), hit(7, 0.5)]), strong_count=2)
    assert not model.keeps_place
    model.show_weaker()
    model.show_hits(Hits.of([hit(5, 0.9), hit(6, 0.8), hit(7, 0.5), hit(8, 0.4)]), strong_count=2, keep_place=True)
    assert model.keeps_place
    assert model.is_weaker_shown
    model.show_listing(photo_shelf.listing([5, 6]), by_month=True)
    assert not model.keeps_place


@pytest.mark.usefixtures("english")
def test_what_is_said_about_a_row(model: PhotoModel, shelf: PhotoShelf, qtbot: QtBot) -> None:
    shelf.special[0] = photo_shelf.photo(0, name="beach <1>.jpg")
    model.show_hits(Hits.of([hit(0, 0.4567)]), strong_count=1)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(0), spoken) == ""
    qtbot.waitUntil(lambda: model.data(model.index(0), spoken) != "")
    assert model.data(model.index(0), spoken) == "beach <1>.jpg, 3 August 2024"
    tip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert isinstance(tip, str)
    assert "beach &lt;1&gt;.jpg" in tip
    assert "Looks like: a &lt;red&gt; kite" in tip
    assert "0.457" in tip
    assert model.data(model.index(0), Qt.ItemDataRole.DecorationRole) is None


unique_ids = st.lists(st.integers(0, 60), unique=True)


@given(unique_ids, unique_ids)
def test_row_changes_lead_from_one_list_to_the_other(old: list[int], new: list[int]) -> None:
    changes = row_changes.between(np.array(old, np.int64), np.array(new, np.int64))
    common_old = [one for one in old if one in new]
    if changes is None:
        assert common_old != [one for one in new if one in old]
        return
    rows = list(old)
    for run in changes.removed:
        del rows[run.start : run.stop]
    assert rows == common_old
    for run in changes.inserted:
        rows[run.start : run.start] = new[run.start : run.stop]
    assert rows == new


@given(st.lists(st.integers(-3_000_000_000, 5_000_000_000), max_size=30))
def test_months_are_those_of_the_local_calendar(moments: list[int]) -> None:
    noons = [moment // 86400 * 86400 + 43200 for moment in moments]
    expected = []
    for moment in noons:
        local = datetime.datetime.fromtimestamp(moment, datetime.UTC).astimezone()
        expected.append((local.year - 1970) * 12 + local.month - 1)
    assert months.of(np.array(noons, np.int64)).tolist() == expected
