"""Imports torch while the other threads go on. Any thread.

Loading torch's libraries takes half a second, in which an import statement keeps Python's lock; and while its modules
are run, the garbage collector walks ever more objects, up to 0.2 s at a time. Either would freeze the window.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# In the order in which torch loads them.
_LIBRARIES = ("torch_global_deps", "c10", "torch_cpu", "torch", "torch_python")
_SUFFIXES = {"linux": ".so", "darwin": ".dylib"}
"""Windows is not here: there torch itself loads them without the lock."""


@contextmanager
def quietly() -> Iterator[None]:
    """Import torch, and what is built on it, in this block; what was imported is not walked by later collections.

    Where everything is there already, next to nothing happens.
    """
    load_libraries()
    before = len(sys.modules)
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > before:
            gc.freeze()
            atexit.register(gc.unfreeze)  # else the last collection finds nothing, and triton's binding reports leaks
        if was_enabled:
            gc.enable()


def load_libraries() -> None:
    """Load torch's libraries without Python's lock; what cannot be loaded so is left to `import torch`."""
    if "torch" in sys.modules:
        return
    suffix = _SUFFIXES.get(sys.platform)
    folder = _libraries_folder()
    if suffix is None or folder is None:
        return
    # A function called through CDLL runs without the lock, ctypes.CDLL(path) itself keeps it:
    # https://docs.python.org/3/library/ctypes.html#loading-shared-libraries
    load = ctypes.CDLL(None).dlopen
    load.argtypes, load.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
    for name in _LIBRARIES:
        visible = os.RTLD_GLOBAL if name == _LIBRARIES[0] else os.RTLD_LOCAL
        load(os.fsencode(folder / f"lib{name}{suffix}"), os.RTLD_LAZY | visible)


def _libraries_folder() -> Path | None:
    """Where the installed torch keeps its libraries; None: it is not there, or not as a folder."""
    found = importlib.util.find_spec("torch")
    places = found.submodule_search_locations if found else None
    return Path(places[0]) / "lib" if places else None
