"""Lets the thread that calls it step back behind whatever the person does. Any thread.

On Linux a thread has a niceness of its own, which the threads it starts inherit (sched(7)); elsewhere nothing is done
for threads, only for whole processes.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading

NICENESS = 10


def step_back() -> None:
    """Give this thread, and on other systems than Linux this process, a low priority; where that is refused, do not."""
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        elif threading.current_thread() is threading.main_thread():
            os.nice(NICENESS)
