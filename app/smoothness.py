"""Keeps Python itself from holding up the window's thread. GUI thread; see docs/benchmarks.md."""

from __future__ import annotations

import atexit
import gc


def settle() -> None:
    """Once the window stands: what exists by now stays, and a collection that walks it all would cost a frame."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # the last collection must find it: libraries complain about what is left then
