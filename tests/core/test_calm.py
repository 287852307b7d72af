"""Acting in a quiet moment: not in the middle of changes, not put off for ever, and never after the end."""

from __future__ import annotations

import threading

from core.calm import Calm, QuietMoments
from core.smart_albums.following import LONGEST_S, QUIET_S
from tests.support.libraries import PATIENCE_S


def test_waiting_for_a_quiet_moment_but_not_for_ever() -> None:
    calm = Calm(QUIET_S, LONGEST_S)
    assert calm.wait_s(0) is None
    calm.note(0)
    assert calm.wait_s(0) == QUIET_S
    calm.note(0.5)
    assert calm.wait_s(QUIET_S) == 0.5
    for tenth in range(int(LONGEST_S * 10)):
        calm.note(tenth / 10)
    assert calm.wait_s(LONGEST_S) == 0
    calm.take()
    assert calm.wait_s(LONGEST_S) is None


def test_a_change_that_nobody_notes_is_looked_for() -> None:
    answers = iter([False, False, True])
    moments = QuietMoments(0.0, 1.0, lambda: next(answers), also_every_s=0.001)
    assert moments.wait()
    assert next(answers, None) is None
    assert not moments.is_something_left


def test_the_end_wakes_who_waits_and_leaves_what_was_not_acted_on() -> None:
    moments = QuietMoments(1000.0, 1000.0)
    moments.note()
    ended: list[bool] = []
    waiting = threading.Thread(target=lambda: ended.append(moments.wait()))
    waiting.start()
    moments.close()
    waiting.join(PATIENCE_S)
    assert ended == [False]
    assert moments.is_something_left
    assert not moments.rest(1000.0), "nobody rests after the end"
