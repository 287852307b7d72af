"""What the window says, in words."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app import wording


@pytest.mark.parametrize(("elapsed_ms", "said"), [(0.2, "1 ms"), (18.4, "18 ms"), (999.4, "999 ms"), (6695.0, "6.7 s")])
def test_a_long_wait_is_said_in_seconds(qtbot: QtBot, elapsed_ms: float, said: str) -> None:
    assert wording.elapsed(elapsed_ms) == said
