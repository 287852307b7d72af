"""Reads files as the real reader does, except that the names of some make it crash, hang or die: runs in children."""

from __future__ import annotations

import os
import signal
import threading

from core.indexing import file_reading
from core.indexing.disk import DiskFile
from core.indexing.reading_process import Result


def read(file: DiskFile) -> Result:
    """By the file's name: `crash` is a segmentation fault, `hang` never ends, `exit` ends the process."""
    name = file.path.stem
    if name.startswith("crash"):
        signal.signal(signal.SIGSEGV, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("exit"):
        os._exit(3)
    if name.startswith("hang"):
        threading.Event().wait()
    return file_reading.read(file)
