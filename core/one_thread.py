"""Keeps NumPy's products on the threads that ask for them, while anybody wants that. Any thread.

How many threads a product gets is one setting of the whole process. Who changed it alone would at the end bring back
what somebody else had set meanwhile: so there is one count of those inside, and the last one out brings it back.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from functools import cache

from threadpoolctl import ThreadpoolController

_lock = threading.Lock()
_inside = 0
_limit = contextlib.ExitStack()


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """In this block products are not shared among threads, whoever asks for them; nobody waits for anybody."""
    global _inside
    with _lock:
        if not _inside:
            _limit.enter_context(_blas().limit(limits=1))
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                _limit.close()


@cache
def _blas() -> ThreadpoolController:
    """What NumPy multiplies with, looked for once: a look at all libraries of the process takes a millisecond."""
    return ThreadpoolController().select(user_api="blas")
