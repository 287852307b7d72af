"""Long work: the call that reports is the call that waits and stops; rates and times left are true."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.events import JobProgress
from core.jobs import Cancelled, JobControl
from tests.support.libraries import wait_until


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left() -> None:
    clock, told = Clock(), list[JobProgress]()
    job = JobControl("index", "Embedding", publish=told.append, clock=clock)
    job.report(100, 300)
    assert (told[-1].rate_per_s, told[-1].remaining_s) == (None, None)
    clock.now += 5
    job.report(150, 300, "Still embedding")
    last = told[-1]
    assert (last.done, last.total, last.rate_per_s, last.remaining_s) == (150, 300, 10.0, 15.0)
    assert (last.title, last.unit, last.is_finished) == ("Still embedding", "photos", False)


def test_a_part_that_counts_something_else_has_its_own_name_and_pace() -> None:
    clock, told = Clock(), list[JobProgress]()
    job = JobControl("suggest", "Suggesting tags", publish=told.append, clock=clock)
    job.report(10, 20)
    clock.now += 5
    with job.named("Learning the words", "words"):
        job.report(100, 500)
    clock.now += 5
    job.report(12, 20)
    assert [(one.title, one.unit) for one in told] == [
        ("Suggesting tags", "photos"), ("Learning the words", "words"), ("Suggesting tags", "photos"),
    ]  # fmt: skip
    assert [one.rate_per_s for one in told] == [None, None, None], "what was counted before says nothing"


def test_the_rate_is_that_of_the_last_seconds() -> None:
    clock, told = Clock(), list[JobProgress]()
    job = JobControl("index", "Embedding", publish=told.append, clock=clock)
    for second in range(30):
        job.report(second * (1 if second < 10 else 0) + max(0, (second - 10) * 20), 1000)
        clock.now += 1
    assert told[-1].rate_per_s == pytest.approx(20, rel=0.05)


def test_it_does_not_talk_all_the_time_but_always_at_the_end() -> None:
    clock, told = Clock(), list[JobProgress]()
    job = JobControl("scan", "Scanning", publish=told.append, clock=clock)
    for done in range(1000):
        job.report(done, 1000)
    job.finish()
    assert [one.done for one in told] == [0, 999]
    assert [one.is_finished for one in told] == [False, True]


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 20)), max_size=30))
def test_whatever_is_reported_the_numbers_make_sense(steps: list[tuple[int, float]]) -> None:
    clock, told = Clock(), list[JobProgress]()
    job = JobControl("fetch:x", "Fetching", publish=told.append, clock=clock)
    for done, pause in steps:
        job.report(done, 50)
        clock.now += pause
    assert all(one.rate_per_s is None or one.rate_per_s >= 0 for one in told)
    assert all(one.remaining_s is None or one.remaining_s >= 0 for one in told)


def test_stopping_raises_at_the_next_report() -> None:
    job = JobControl("index", "x")
    job.report(1, 2)
    job.stop()
    assert job.is_stopped
    with pytest.raises(Cancelled):
        job.report(2, 2)
    with pytest.raises(Cancelled):
        job.check()


@pytest.mark.parametrize("end", ["resume", "stop"])
def test_a_paused_job_waits_until_it_is_resumed_or_stopped(end: str) -> None:
    told: list[JobProgress] = []
    job = JobControl("index", "x", publish=told.append, can_pause=True)
    outcome: list[str] = []
    job.pause()
    assert told[-1].is_paused

    def work() -> None:
        try:
            job.report(1, 2)
            outcome.append("went on")
        except Cancelled:
            outcome.append("stopped")

    thread = threading.Thread(target=work)
    thread.start()
    wait_until(lambda: told[-1].done == 1 or job._done == 1, "the report")
    assert outcome == []
    getattr(job, end)()
    thread.join(30)
    assert outcome == ["went on" if end == "resume" else "stopped"]
    assert not job.is_paused
