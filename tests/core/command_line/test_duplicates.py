"""`recollect duplicates`: prints, promises, and trashes only when told twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.errors import full_disk
from core.library import Library
from tests.core.command_line.conftest import Recollect


@pytest.fixture
def doubled(recollect: Recollect, photos: Path) -> Path:
    shutil.copy(photos / "red one.png", photos / "red two.png")
    assert recollect("index", photos).code == 0
    return photos


def test_groups_are_printed_with_what_can_go(recollect: Recollect, doubled: Path) -> None:
    said = recollect("duplicates")
    assert said.code == 0
    assert "red one.png" in said.out
    assert "red two.png" in said.out
    assert "green" not in said.out
    assert "1 group; 1 photo can go" in said.out


def test_groups_in_json(recollect: Recollect, doubled: Path) -> None:
    answer = recollect("duplicates", "--json").json
    (group,) = answer["groups"]
    assert answer["kind"] == "same"
    assert group["are_identical"]
    assert {Path(one["path"]).name for one in group["photos"]} == {"red one.png", "red two.png"}


def test_trash_without_yes_only_says_what_it_would_do(recollect: Recollect, doubled: Path) -> None:
    said = recollect("duplicates", "--trash")
    assert said.code == 0
    assert "would move to the trash; one of each picture stays. Add --yes to do it." in said.out
    assert len(list(doubled.iterdir())) == 4


def test_trash_with_yes_keeps_one(recollect: Recollect, doubled: Path) -> None:
    said = recollect("duplicates", "--trash", "--yes")
    assert said.code == 0
    assert "Moved 1 photo" in said.out
    assert len([one for one in doubled.iterdir() if one.name.startswith("red")]) == 1
    assert recollect("duplicates").out == "No duplicates.\n"
    assert recollect("duplicates", "--trash", "--yes").out == "No duplicates.\n"


def test_a_trash_that_fails_is_one_json_object(
    recollect: Recollect, doubled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_choices: object) -> None:
        raise full_disk(doubled)

    monkeypatch.setattr(Library, "trash_duplicates", full)
    said = recollect("duplicates", "--trash", "--yes", "--json")
    assert said.code == 1
    assert said.json["error"]["title"] == "The disk is full."


@pytest.mark.parametrize("arguments", [("--yes",), ("--trash", "--kind", "similar")])
def test_what_makes_no_sense_is_refused_in_words(
    recollect: Recollect, doubled: Path, arguments: tuple[str, ...]
) -> None:
    said = recollect("duplicates", *arguments)
    assert said.code == 1
    assert said.err.startswith("recollect: ")
    assert len(list(doubled.iterdir())) == 4


@pytest.mark.parametrize("kind", ["similar", "bursts", "raw"])
def test_the_other_kinds_answer(recollect: Recollect, photos: Path, kind: str) -> None:
    assert recollect("index", photos).code == 0
    said = recollect("duplicates", "--kind", kind)
    assert said.code == 0
    assert said.out.startswith("No ")
