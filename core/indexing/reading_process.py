"""Child processes that read picture files, so that a decoder that crashes or hangs takes nothing but itself with it.

Each decoder thread has one child at a time: it sends a file's place, and gets what `file_reading.read` gave there. A
child that dies or takes too long is replaced, and its file is unreadable. Pixels never cross, only the thumbnail.
"""

from __future__ import annotations

import contextlib
import logging
import queue
from collections.abc import Callable
from multiprocessing.connection import Connection

from core import child_process, manners
from core.child_process import ChildProcess
from core.indexing import file_reading
from core.indexing.disk import DiskFile
from core.indexing.file_reading import ReadFile, UnreadableFile

log = logging.getLogger(__name__)

Result = ReadFile | UnreadableFile | None
Read = Callable[[DiskFile], Result]

LONGEST_S = 60.0
"""For one file; a large one gets more."""
_S_PER_BYTE = 1 / 4e6
CRASHED = "The program that opens such pictures crashed over this file, so it is left alone."
HUNG = "This file took too long to open, so it is left alone."


class ReadingProcesses:
    """Reads files in children, as many at a time as threads call `read`. `close` ends the children."""

    def __init__(self, read: Read = file_reading.read, longest_s: float = LONGEST_S) -> None:
        """`read` runs in the children: a function of a module, which they can import."""
        self._read = read
        self._longest_s = longest_s
        self._idle: queue.SimpleQueue[_Child] = queue.SimpleQueue()
        self._is_closed = False
        self._cannot_start = False

    def read(self, file: DiskFile) -> Result:
        """Like `file_reading.read`; UnreadableFile also where the decoder crashed or hung. Waits for the answer."""
        child = self._child()
        if child is None:
            return self._read(file)
        try:
            result = child.ask(file, self._longest_s + file.size_bytes * _S_PER_BYTE)
        except TimeoutError:
            log.warning("reading %s took too long", file.path)
            child.end()
            return UnreadableFile(file, HUNG)
        except (EOFError, OSError):
            child.end()
            if self._is_closed:
                return None
            log.warning("the decoder crashed over %s", file.path)
            return UnreadableFile(file, CRASHED)
        if self._is_closed:
            child.end()
        else:
            self._idle.put(child)
        return result

    def close(self) -> None:
        """End the children that are idle; one that is busy ends with its file."""
        self._is_closed = True
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().end()

    def rest(self) -> None:
        """Give the memory of the idle children back; they are started again when needed."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().end()

    def _child(self) -> _Child | None:
        """An idle child, or a new one; None where this system starts none."""
        with contextlib.suppress(queue.Empty):
            return self._idle.get_nowait()
        if self._cannot_start:
            return None
        try:
            return _Child(self._read)
        except (OSError, EOFError, TimeoutError, RuntimeError):
            log.exception("no process for reading files could be started: they are read in this one")
            self._cannot_start = True
            return None


class _Child:
    def __init__(self, read: Read) -> None:
        ours, theirs = child_process.context().Pipe()
        self._pipe: Connection = ours
        self._process = ChildProcess("reading", _serve, (theirs, read))

    def ask(self, file: DiskFile, patience_s: float) -> Result:
        self._pipe.send(file)
        if not self._pipe.poll(patience_s):
            raise TimeoutError
        result: Result = self._pipe.recv()
        return result

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self._pipe.close()
        self._process.end()


def _serve(pipe: Connection, read: Read) -> None:
    """What a child does: answer until nobody asks any more."""
    manners.step_back()
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(read(pipe.recv()))
