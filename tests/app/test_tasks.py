"""Work off the GUI thread: results here, newest wins, edits in order, nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.tasks import Tasks
from core.errors import LibraryError


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def test_work_runs_elsewhere_and_done_runs_here(tasks: Tasks, qtbot: QtBot) -> None:
    threads: list[str] = []
    tasks.run(
        "a",
        lambda: threads.append(threading.current_thread().name),
        lambda _none: threads.append(threading.current_thread().name),
    )
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0].startswith("tasks")
    assert threads[1] == threading.main_thread().name


def test_an_older_result_that_comes_late_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    seen: list[str] = []

    def slow() -> str:
        gate.wait(10)
        return "old"

    tasks.run("same", slow, seen.append)
    tasks.run("same", lambda: "new", seen.append)
    qtbot.waitUntil(lambda: seen == ["new"])
    gate.set()
    finished: list[int] = []
    tasks.run("other", lambda: 1, finished.append)
    qtbot.waitUntil(lambda: finished == [1])
    assert seen == ["new"]


def test_edits_are_all_made_in_order(tasks: Tasks, qtbot: QtBot) -> None:
    made: list[int] = []
    told: list[None] = []
    for number in range(20):
        tasks.edit(lambda number=number: made.append(number), told.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(told) == 20)
    assert made == list(range(20))


def test_closing_finishes_edits_and_calls_nobody_back(qtbot: QtBot) -> None:
    tasks = Tasks()
    made: list[int] = []
    told: list[object] = []
    for number in range(5):
        tasks.edit(lambda number=number: made.append(number), told.append)  # type: ignore[misc]
    tasks.close()
    assert made == [0, 1, 2, 3, 4]
    QtBot.wait(qtbot, 1)
    assert told == []


def test_an_error_of_the_world_goes_to_failed_and_a_bug_to_broken(tasks: Tasks, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise LibraryError("The disk is full.")

    refused: list[LibraryError] = []
    tasks.run("a", refuse, lambda _none: None, refused.append)
    qtbot.waitUntil(lambda: len(refused) == 1)
    with qtbot.waitSignal(tasks.failed) as told:
        tasks.run("b", refuse, lambda _none: None)
    assert str(told.args[0]) == "The disk is full."
    with qtbot.waitSignal(tasks.broken) as told, qtbot.captureExceptions():
        tasks.run("c", lambda: 1 / 0, lambda _none: None)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_what_was_forgotten_is_not_told(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[int] = []
    gate = threading.Event()
    tasks.run("a", lambda: gate.wait(10) and 1, lambda _one: seen.append(1))
    tasks.forget("a")
    gate.set()
    other: list[int] = []
    tasks.run("b", lambda: 2, other.append)
    qtbot.waitUntil(lambda: other == [2])
    assert seen == []
