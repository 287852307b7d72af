"""The tag review: nothing is written before it is accepted, and everything can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.item_models.suggestion_models import LINE_ROLE, SUGGESTION_ROLE
from app.item_models.suggestion_review import SuggestionReview, next_row
from app.tasks import Tasks
from app.views import suggestion_delegate
from app.views.accept_line import AcceptLine
from app.views.review_summary import ReviewSummary
from app.views.suggestion_grid import SuggestionGrid
from app.views.tag_review import TagReview
from app.views.tag_teaching import TagTeaching
from app.views.vocabulary_editor import VocabularyEditor
from core.domain import PhotoId, RunId, Scope, Suggestion, SuggestionRun, TagLesson
from core.library import Library
from core.tagging import vocabulary
from tests.support import colour_library

RED, GREEN, BLUE = (220, 20, 30), (30, 160, 40), (30, 60, 210)
COLOURS = {"r1.jpg": RED, "r2.jpg": RED, "r3.jpg": RED, "g1.jpg": GREEN, "g2.jpg": GREEN}
CTRL, NO_KEY, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with colour_library.open_library(tmp_path / "home") as library:
        yield library


@pytest.fixture
def ids(library: Library, tmp_path: Path) -> dict[str, PhotoId]:
    colour_library.write_pictures(tmp_path / "photos", COLOURS)
    return colour_library.indexed(library, tmp_path / "photos")


@pytest.fixture
def run(library: Library, ids: dict[str, PhotoId]) -> SuggestionRun:
    """Three photos for red, two for green: made here, so that the scoring may change."""
    run = library.suggest_tags(Scope())
    suggestions = tuple(
        Suggestion(photo_id, "red" if name.startswith("r") else "green", 0.9 - 0.01 * place)
        for place, (name, photo_id) in enumerate(sorted(ids.items()))
    )
    return SuggestionRun(run.id, "Walls", suggestions)


@pytest.fixture
def review(qtbot: QtBot, library: Library, run: SuggestionRun) -> Iterator[TagReview]:
    tasks = Tasks()
    review = TagReview(library, tasks)
    qtbot.addWidget(review)
    review.resize(900, 600)
    review.show()
    review.show_run(run)
    yield review
    tasks.close()


@pytest.fixture
def grid(review: TagReview) -> SuggestionGrid:
    grid = review.findChild(SuggestionGrid)
    assert isinstance(grid, SuggestionGrid)
    return grid


def _tagged(library: Library) -> dict[str, int]:
    return {tag.name: tag.photo_count for tag in library.tags() if tag.photo_count}


def _press(review: TagReview, text: str) -> None:
    button = next(one for one in review.findChildren(QPushButton) if one.text() == text and one.isVisible())
    QTest.mouseClick(button, LEFT)


def _summary(review: TagReview) -> str:
    summary = review.findChild(ReviewSummary)
    assert isinstance(summary, ReviewSummary)
    return summary.text if summary.isVisible() else ""


def test_showing_a_run_writes_nothing(review: TagReview, grid: SuggestionGrid, library: Library) -> None:
    assert [one.tag for one in grid.rows.suggestions] == ["red", "red", "red"]
    confidences = [one.confidence for one in grid.rows.suggestions]
    assert confidences == sorted(confidences, reverse=True)
    assert _tagged(library) == {}


def test_a_accepts_the_chosen_photo_and_goes_on(
    qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library, run: SuggestionRun
) -> None:
    first = grid.rows.suggestions[0]
    with qtbot.waitSignal(review.accepted) as written:
        QTest.keyClick(grid, Qt.Key.Key_A)
    assert written.args == [run.id, 1]
    assert _tagged(library) == {"red": 1}
    assert "red" in [tag.name for tag in library.details(first.photo_id).tags]
    assert first not in grid.rows.suggestions
    assert len(grid.chosen()) == 1


def test_r_rejects_without_writing_and_it_is_not_suggested_again(
    qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library
) -> None:
    rejected = grid.rows.suggestions[0]
    QTest.keyClick(grid, Qt.Key.Key_R)
    assert rejected not in grid.rows.suggestions
    _press(review, "Reject everything")
    qtbot.waitUntil(lambda: bool(_summary(review)))
    assert _tagged(library) == {}

    def is_settled() -> bool:
        again = library.suggest_tags(Scope()).suggestions
        return (rejected.photo_id, rejected.tag) not in [(one.photo_id, one.tag) for one in again]

    qtbot.waitUntil(is_settled)


def test_whole_tag_is_accepted_and_the_next_one_comes(
    qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library
) -> None:
    with qtbot.waitSignal(review.accepted):
        _press(review, "Accept all 3")
    assert _tagged(library) == {"red": 3}
    assert [one.tag for one in grid.rows.suggestions] == ["green", "green"]


def test_several_photos_are_chosen_with_the_keyboard(
    qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library
) -> None:
    QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(review.accepted):
        QTest.keyClick(grid, Qt.Key.Key_A)
    assert _tagged(library) == {"red": 2}
    QTest.keyClick(grid, Qt.Key.Key_A, CTRL)
    assert len(grid.chosen()) == 1
    assert _tagged(library) == {"red": 2}, "Ctrl+A chooses, it does not accept"


def test_the_button_on_a_photo_accepts_it(
    qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library
) -> None:
    index = grid.rows.index(1)
    wanted = index.data(SUGGESTION_ROLE)
    _no, yes = suggestion_delegate.button_boxes(suggestion_delegate.picture_box(grid.visualRect(index)))
    with qtbot.waitSignal(review.accepted):
        QTest.mouseClick(grid.viewport(), LEFT, NO_KEY, QPoint(yes.center()))
    assert [tag.name for tag in library.details(wanted.photo_id).tags] == ["red"]
    assert _tagged(library) == {"red": 1}


def test_chosen_photo_is_still_seen(qtbot: QtBot, review: TagReview, grid: SuggestionGrid) -> None:
    def is_red() -> bool:
        middle = grid.visualRect(grid.rows.index(0)).center()
        shown = grid.viewport().grab().toImage().pixelColor(middle)
        return shown.red() > 150 and shown.green() < 90

    assert len(grid.chosen()) == 1
    qtbot.waitUntil(is_red)


def test_undo_takes_the_last_accepted_tag_back_for_good(
    qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library, run: SuggestionRun
) -> None:
    kept, undone = grid.rows.suggestions[:2]
    for _ in range(2):
        with qtbot.waitSignal(review.accepted):
            QTest.keyClick(grid, Qt.Key.Key_A)
    assert _tagged(library) == {"red": 2}
    QTest.keyClick(grid, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: _tagged(library) == {"red": 1})
    assert grid.rows.suggestions[0] == undone
    library.undo_tag_run(run.id)
    library.redo_tag_run(run.id)
    assert [tag.name for tag in library.details(kept.photo_id).tags] == ["red"]
    assert library.details(undone.photo_id).tags == ()


def test_undo_brings_a_rejected_photo_back(review: TagReview, grid: SuggestionGrid) -> None:
    before = list(grid.rows.suggestions)
    QTest.keyClick(grid, Qt.Key.Key_R)
    review.undo()
    assert list(grid.rows.suggestions) == before


def test_summary_takes_the_run_back_and_puts_it_back(qtbot: QtBot, review: TagReview, library: Library) -> None:
    with qtbot.waitSignal(review.accepted):
        _press(review, "Accept everything")
    assert "Added 5 tags" in _summary(review)
    assert _tagged(library) == {"red": 3, "green": 2}
    _press(review, "Take this run back")
    qtbot.waitUntil(lambda: "taken back" in _summary(review))
    assert _tagged(library) == {}
    _press(review, "Put these tags back")
    qtbot.waitUntil(lambda: "Added 5 tags" in _summary(review))
    assert _tagged(library) == {"red": 3, "green": 2}
    with qtbot.waitSignal(review.finished):
        _press(review, "Done")


def test_leaving_without_a_decision_writes_nothing(qtbot: QtBot, review: TagReview, library: Library) -> None:
    with qtbot.waitSignal(review.finished):
        _press(review, "Done")
    assert _tagged(library) == {}


def test_decision_that_cannot_be_written_is_open_again_and_explained(
    qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library
) -> None:
    review.show_run(SuggestionRun(RunId(4711), "Gone", tuple(grid.rows.suggestions)))
    library.close()
    QTest.keyClick(grid, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: len(grid.rows.suggestions) == 3)
    assert any(label.property("role") == "danger" and label.text() for label in review.findChildren(QLabel))


def test_state_of_a_review_knows_lines_decisions_and_what_is_left() -> None:
    one, two, three = (Suggestion(PhotoId(number), "sea", 0.5 + number / 10) for number in (1, 2, 3))
    other = Suggestion(PhotoId(1), "boat", 0.8)
    state = SuggestionReview(SuggestionRun(RunId(1), "", (one, two, three, other)))
    assert [(line.tag, line.count) for line in state.lines()] == [("sea", 3), ("boat", 1)]
    decision = state.decide([one, one, other], is_accepted=True)
    assert decision is not None
    assert decision.suggestions == (one, other)
    assert state.decide([one], is_accepted=False) is None, "decided once is decided"
    assert state.open_of() == [three, two]
    assert state.accepted_photos == {1}
    state.reopen(decision)
    assert state.open_count == 4


@pytest.mark.parametrize(
    ("removed", "before", "row"), [([0], 3, 0), ([2], 3, 1), ([0, 1, 2], 3, None), ([1, 3], 5, 1), ([], 3, None)]
)
def test_row_after_a_decision(removed: list[int], before: int, row: int | None) -> None:
    assert next_row(removed, before) == row


def test_list_of_tags_does_not_jump_while_working_through_it(review: TagReview, grid: SuggestionGrid) -> None:
    tags = review.tags_shown
    QTest.keyClick(grid, Qt.Key.Key_R)
    QTest.keyClick(grid, Qt.Key.Key_R)
    assert review.tags_shown == tags == ["red", "green"]
    assert LINE_ROLE != SUGGESTION_ROLE


# -- the vocabulary -----------------------------------------------------------------------------------------------


@pytest.fixture
def editor(qtbot: QtBot, library: Library) -> Iterator[VocabularyEditor]:
    tasks = Tasks()
    editor = VocabularyEditor(library, tasks)
    qtbot.addWidget(editor)
    editor.show()
    qtbot.waitUntil(editor.text.isEnabled)
    yield editor
    tasks.close()


def _press_save(editor: VocabularyEditor) -> None:
    QTest.mouseClick(editor.buttons.button(editor.buttons.StandardButton.Save), LEFT)


def test_broken_vocabulary_is_explained_and_not_saved(qtbot: QtBot, editor: VocabularyEditor, library: Library) -> None:
    assert "red" in editor.text.toPlainText()
    editor.text.setPlainText('templates = ["{}"]\n\n[groups.broken\n')
    _press_save(editor)
    qtbot.waitUntil(editor.problem.isVisible)
    assert "Line 3" in editor.problem.text()
    assert editor.text.textCursor().blockNumber() == 2
    assert library.vocabulary_text() == colour_library.VOCABULARY


def test_good_vocabulary_is_saved_and_closes(qtbot: QtBot, editor: VocabularyEditor, library: Library) -> None:
    text = '[groups.mine]\nwords = ["cobalt"]\n'
    editor.text.setPlainText(text)
    with qtbot.waitSignal(editor.accepted):
        _press_save(editor)
    assert library.vocabulary_text() == text


def test_original_words_come_back(qtbot: QtBot, editor: VocabularyEditor, library: Library) -> None:
    own = editor.text.toPlainText()
    restore = editor.buttons.button(editor.buttons.StandardButton.RestoreDefaults)
    QTest.mouseClick(restore, LEFT)
    qtbot.waitUntil(lambda: editor.text.toPlainText() != own)
    assert editor.text.toPlainText() == library.vocabulary_text()


def test_escape_leaves_the_summary(qtbot: QtBot, review: TagReview, grid: SuggestionGrid) -> None:
    _press(review, "Accept everything")
    summary = review.findChildren(ReviewSummary)[0]
    qtbot.waitUntil(summary.isEnabled)
    with qtbot.waitSignal(review.finished):
        QTest.keyClick(review, Qt.Key.Key_Escape)


def test_what_is_accepted_and_undone_again_does_not_count(
    qtbot: QtBot, library: Library, review: TagReview, grid: SuggestionGrid
) -> None:
    told: list[int] = []
    review.accepted.connect(lambda _run, count: told.append(count))
    QTest.keyClick(grid, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: _tagged(library) == {"red": 1})
    _press(review, "Accept everything")
    qtbot.waitUntil(lambda: sum(told) == 5)
    review.undo()
    qtbot.waitUntil(lambda: sum(told) == 1)
    assert _tagged(library) == {"red": 1}


def test_a_photo_can_be_seen_larger_and_the_review_goes_on(
    qtbot: QtBot, library: Library, review: TagReview, grid: SuggestionGrid, ids: dict[str, PhotoId]
) -> None:
    QTest.keyClick(grid, Qt.Key.Key_R)
    with qtbot.waitSignal(review.photos_opened) as opened:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [[ids["r2.jpg"], ids["r3.jpg"]], 0]
    review.hide()
    review.show()
    review.undo()
    assert len(library.suggest_tags(Scope()).suggestions) >= 1
    assert [one.photo_id for one in grid.rows.suggestions] == [ids["r1.jpg"], ids["r2.jpg"], ids["r3.jpg"]]


# -- the line, lessons, the list of words -------------------------------------------------------------------------


def _line(review: TagReview) -> AcceptLine:
    line = review.findChild(AcceptLine)
    assert isinstance(line, AcceptLine)
    return line


def test_what_is_above_the_line_is_accepted_and_counted_live(
    qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library
) -> None:
    line = _line(review)
    line.slider.setValue(2)
    assert line.button.text() == "Accept the 2 above the line"
    line.slider.setValue(3)
    assert line.button.text() == "Accept all 3"
    line.slider.setValue(2)
    above = [one.photo_id for one in grid.rows.suggestions[:2]]
    QTest.mouseClick(line.button, LEFT)
    qtbot.waitUntil(lambda: _tagged(library) == {"red": 2})
    assert all("red" in [tag.name for tag in library.details(one).tags] for one in above)
    assert len(grid.rows.suggestions) == 1


def test_the_line_works_by_keys_alone(qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library) -> None:
    QTest.keyClick(grid, Qt.Key.Key_L)
    assert _line(review).above == 1
    QTest.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: _tagged(library) == {"red": 1})


def test_a_tag_says_what_it_learned_and_can_become_automatic(qtbot: QtBot, review: TagReview, library: Library) -> None:
    teaching = review.findChild(TagTeaching)
    assert isinstance(teaching, TagTeaching)
    qtbot.waitUntil(teaching.automatic.isEnabled)
    teaching.automatic.click()
    qtbot.waitUntil(lambda: library.automatic_tags() == {"red"})
    lesson = TagLesson("our cat", 12, 3, False, True, 0.82)
    assert teaching.sentence(lesson) == "Learned from 12 examples; about 8 of 10 should be right"


def test_a_taken_back_acceptance_waits_again(
    qtbot: QtBot, review: TagReview, grid: SuggestionGrid, library: Library, run: SuggestionRun
) -> None:
    QTest.keyClick(grid, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: _tagged(library) == {"red": 1})
    review.undo()
    qtbot.waitUntil(lambda: _tagged(library) == {})
    assert library.tag_lesson("red").rejected_count == 0


def test_words_are_added_renamed_turned_off_and_removed_in_the_list(
    qtbot: QtBot, editor: VocabularyEditor, library: Library
) -> None:
    words = editor.list
    qtbot.waitUntil(words.isEnabled)
    first = words.tree.topLevelItem(0)
    assert first is not None
    words.tree.setCurrentItem(first)
    words.new_word.setText("our 🐕")
    QTest.keyClick(words.new_word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "our 🐕" in editor.text.toPlainText())
    qtbot.waitUntil(lambda: len(words.groups[0].words) == 4)
    group = words.tree.topLevelItem(0)
    assert group is not None
    red = group.child(0)
    assert red is not None
    red.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: 'disabled = ["red"]' in editor.text.toPlainText())
    with qtbot.waitSignal(editor.accepted):
        _press_save(editor)
    assert [one.name for one in library.vocabulary_groups()[0].words if one.is_enabled] == ["green", "blue", "our 🐕"]


def test_a_word_that_cannot_be_is_explained_and_nothing_is_lost(
    qtbot: QtBot, editor: VocabularyEditor, library: Library
) -> None:
    words, before = editor.list, editor.text.toPlainText()
    qtbot.waitUntil(words.isEnabled)
    words.new_word.setText("cats, dogs")
    words.add_word()
    qtbot.waitUntil(editor.problem.isVisible)
    assert "has a comma" in editor.problem.text()
    assert editor.text.toPlainText() == before


def test_a_word_is_found_by_its_synonym(qtbot: QtBot, editor: VocabularyEditor) -> None:
    words = editor.list
    qtbot.waitUntil(words.isEnabled)
    text = '[groups.home]\nwords = ["sofa", "bed"]\n[groups.home.synonyms]\nsofa = ["couch"]\n'
    words.show_groups(vocabulary.read(text))
    words.search.setText("couch")
    group = words.tree.topLevelItem(0)
    assert group is not None
    hidden = [one.isHidden() for one in (group.child(0), group.child(1)) if one is not None]
    assert hidden == [False, True]
