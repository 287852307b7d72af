"""Keeps Python itself from holding up the window's thread. GUI thread; see docs/benchmarks.md."""

from __future__ import annotations

import gc
import sys

SWITCH_S = 0.001
"""How long another thread may go on with Python's lock when this one wants it. A query gives the lock back at every
large product, so with Python's own 0.005 it waits for the threads that read and write many times over."""


def begin(switch_s: float = SWITCH_S) -> None:
    """Before anything else runs."""
    sys.setswitchinterval(switch_s)


def settle() -> None:
    """Once the window stands: what exists by now stays, and a collection that walks it all would cost a frame."""
    gc.collect()
    gc.freeze()
