"""Work over the rows of large arrays, shared by a few threads. Any thread.

Only for work that lets other threads run: simsimd's scans and NumPy's loops over many numbers do. Each thread takes
the next piece when it has done one, so that a thread that does not get a processor holds up one piece, not half.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable

AT_ONCE = 16_384
"""Rows whose scores stay in a processor's cache."""
FEW_STEPS = 8 * AT_ONCE
"""Rows of work that takes a few steps for each: starting a thread takes as long as 100,000 of them."""
_PAYS_FROM = 3
"""Pieces: starting a thread takes as long as scanning 5,000 rows."""
_MOST = min(4, os.cpu_count() or 1)
"""More would wait for the memory rather than for a processor."""


def in_pieces(count: int, work: Callable[[slice], None], at_once: int = AT_ONCE) -> None:
    """Call `work` for `count` rows in even pieces of `at_once` or fewer, in no order; it may write to its own rows of
    an array.

    Raises what `work` raises.
    """
    threads = 1 + _helpers(count // at_once)
    each = max(1, math.ceil(count / (threads * at_once)))
    size = max(1, math.ceil(count / (threads * each)))
    pieces = iter(range(0, count, size))  # shared: each number comes once, as the interpreter's lock makes sure
    failures: list[BaseException] = []

    def take() -> None:
        try:
            for start in pieces:
                work(slice(start, min(start + size, count)))
        except BaseException as error:
            failures.append(error)

    helpers = [threading.Thread(target=take, name="search-helper") for _ in range(threads - 1)]
    for one in helpers:
        one.start()
    take()
    for one in helpers:
        one.join()
    if failures:
        raise failures[0]


def _helpers(pieces: int) -> int:
    return min(_MOST, pieces) - 1 if pieces >= _PAYS_FROM else 0
