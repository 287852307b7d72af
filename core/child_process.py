"""Child processes: how they start, are kept from Ctrl+C, and end. Any thread may start one.

On Linux one fork server, which has imported what all of them need, forks them; elsewhere each is a new interpreter.
There a process begins with the priority of the thread that starts it, and children with the fork server's. So that none
begins stepped back because a thread that is needed a file read, all are started by one thread, which `prepare` makes.

Ctrl+C is sent to every process of the terminal, and what it means is the parent's to decide. A child can ignore it only
once it runs, and the fork server only after its imports; so SIGINT is blocked for both from their first instruction on,
which a process inherits from the thread that starts it. That is never the main thread: there Python raises
KeyboardInterrupt, which would leave a child that has been told half of what it must know.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

START_S = 60.0
_CHECK_S = 0.1
_METHOD = "forkserver" if sys.platform == "linux" else "spawn"
PRELOADED = ("core.indexing.reading_process", "core.embedding.encoding_child")
"""What the fork server imports before it forks: it is told once, whichever child comes first."""

_STARTER = ThreadPoolExecutor(1, thread_name_prefix="starting-processes")


def prepare() -> None:
    """Make the thread that starts processes, with the priority of this one; without it the first child does."""
    _STARTER.submit(lambda: None)


def context() -> BaseContext:
    """What makes the pipes and the shared memory of children. Raises OSError where the system has none."""
    made = multiprocessing.get_context(_METHOD)
    if _METHOD == "forkserver":
        made.set_forkserver_preload(list(PRELOADED))
    return made


class ChildProcess:
    """A process that was started and has answered; it ends with `end`, and with the program."""

    def __init__(
        self,
        name: str,
        serve: Callable[..., object],
        arguments: Sequence[object],
        is_given_up: Callable[[], bool] = lambda: False,
    ) -> None:
        """Start one that calls `serve(*arguments)`, and wait for it; the pipes among `arguments` are closed here.

        Raises OSError, EOFError, RuntimeError or TimeoutError where none starts, the last also when `is_given_up`.
        """
        processes = context()
        ready, theirs = processes.Pipe(duplex=False)
        self._process: BaseProcess = processes.Process(  # type: ignore[attr-defined]
            target=_run, args=(theirs, serve, arguments), name=name, daemon=True
        )
        with ready:
            _start(self._process)
            for one in (theirs, *arguments):
                if isinstance(one, Connection):
                    one.close()
            try:
                _wait(ready, is_given_up)
            except BaseException:
                self.end()
                raise

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended by itself."""
        return self._process.is_alive()

    def end(self) -> None:
        """Kill it, at once; call this once."""
        self._process.kill()
        self._process.join()
        self._process.close()


def _start(process: BaseProcess) -> None:
    """Start the process; one that was given up half-way ends when it finds its pipes closed."""
    _STARTER.submit(_start_without_ctrl_c, process).result(START_S)


def _start_without_ctrl_c(process: BaseProcess) -> None:
    """Start a process that begins with SIGINT blocked."""
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # first: starting it takes SIGINT off the mask again (Python 3.11 to 3.13)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process.start()


def _wait(ready: Connection, is_given_up: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_S
    while not ready.poll(_CHECK_S):
        if is_given_up() or time.monotonic() > deadline:
            raise TimeoutError
    ready.recv_bytes()


def _run(ready: Connection, serve: Callable[..., object], arguments: Sequence[object]) -> None:
    """What a child does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    with ready, contextlib.suppress(OSError):  # nobody waits any more: `serve` will find that out too
        ready.send_bytes(b"ready")
    serve(*arguments)
