"""What stays and what goes in a group, and the order of the keep rules."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.duplicate_choices import GroupChoice
from app.views.keep_rules_dialog import KeepRulesDialog
from core.domain import DuplicateGroup, DuplicateKind, DuplicatePhoto, KeepRule, PhotoId
from tests.support.photo_shelf import photo


def choice(kind: DuplicateKind = DuplicateKind.SAME, offline: tuple[int, ...] = ()) -> GroupChoice:
    members = tuple(DuplicatePhoto(photo(one, is_offline=one in offline), 100 * one, (), ()) for one in (1, 2, 3))
    return GroupChoice(DuplicateGroup(kind, members))


def going(one: GroupChoice) -> list[int]:
    return [int(photo_id) for photo_id in one.choice().drop]


def test_of_duplicates_the_first_stays() -> None:
    one = choice()
    assert (going(one), one.size_bytes) == ([2, 3], 500)


def test_of_everything_else_all_stay_until_told_otherwise() -> None:
    one = choice(DuplicateKind.BURST)
    assert going(one) == []
    assert one.toggle(PhotoId(2))
    assert going(one) == [2]


def test_the_last_one_cannot_be_let_go() -> None:
    one = choice()
    assert not one.toggle(PhotoId(1))
    assert one.toggle(PhotoId(3))
    assert one.toggle(PhotoId(1))
    assert not one.toggle(PhotoId(3))
    assert going(one) == [1, 2]


def test_what_is_offline_stays_and_is_not_counted_on() -> None:
    one = choice(offline=(2,))
    assert going(one) == [3]
    assert not one.toggle(PhotoId(2))
    assert not one.toggle(PhotoId(1))
    assert not one.keep_only(PhotoId(2))
    assert one.keep_only(PhotoId(3))
    assert going(one) == [1]
    assert one.choice().keep == (3, 2)


def test_keep_all_and_back_to_the_rules() -> None:
    one = choice()
    one.keep_all()
    assert going(one) == []
    one.follow_rules()
    assert going(one) == [2, 3]
    assert not one.is_touched


def test_rules_are_ordered_and_folders_added(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = KeepRulesDialog((KeepRule.OLDEST,), (), None)
    qtbot.addWidget(dialog)
    dialog.rules.setCurrentRow(1)
    dialog.move_row(dialog.rules, -1)
    dialog.move_row(dialog.rules, -1)  # already the first
    dialog.add_folder(tmp_path)
    dialog.add_folder(tmp_path)
    with qtbot.waitSignal(dialog.applied) as told:
        dialog.accept_rules()
    rules, folders = told.args
    assert rules[:2] == (KeepRule.PREFERRED_FOLDER, KeepRule.OLDEST)
    assert set(rules) == set(KeepRule)
    assert folders == (tmp_path,)
