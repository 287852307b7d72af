"""Changed paths are looked at once they are quiet, and never too late."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.indexing.settling import LONGEST_WAIT_S, QUIET_S, Settling

A, B = Path("a"), Path("b")


def test_a_path_is_due_when_it_was_quiet() -> None:
    settling = Settling()
    assert settling.wait_s(0.0) is None
    settling.note(A, 0.0)
    settling.note(B, QUIET_S / 2)
    settling.note(A, QUIET_S / 2)
    assert settling.due(QUIET_S) == set()
    assert settling.wait_s(QUIET_S) == QUIET_S / 2
    assert settling.due(QUIET_S * 1.5) == {A, B}
    assert settling.due(QUIET_S * 9) == set()
    assert settling.wait_s(QUIET_S * 9) is None


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from([A, B])), max_size=40))
def test_every_path_comes_out_once_per_burst_and_in_time(steps: list[tuple[float, Path]]) -> None:
    settling, now = Settling(), 0.0
    noted: dict[Path, float] = {}
    for pause, path in steps:
        now += pause
        for ready in settling.due(now):
            assert ready in noted
            del noted[ready]
        assert all(now - first < LONGEST_WAIT_S for first in noted.values())
        settling.note(path, now)
        noted.setdefault(path, now)
    wait_s = settling.wait_s(now)
    assert (wait_s is None) == (not noted)
    assert settling.due(now + QUIET_S + 1e-6) == set(noted)
