"""What all tests share. Qt is not imported here, so that tests/core runs where Qt is not installed."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import child_process

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

_GRACE_S = 5.0


@pytest.fixture(scope="session", autouse=True)
def starter_of_processes() -> None:
    """The one thread that outlives a library: it starts the child processes of this process."""
    child_process.prepare()


@pytest.fixture(autouse=True)
def no_leaked_threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test of the window that leaves a thread running: it would go on in the tests after it."""
    before = set(threading.enumerate())
    yield
    if not {"app", "journeys"} & set(request.path.parts):
        return
    deadline = time.monotonic() + _GRACE_S
    while (left := _left_since(before)) and time.monotonic() < deadline:
        left[0].join(timeout=0.05)
    assert not left, f"threads left running: {[thread.name for thread in left]}"


def _left_since(before: set[threading.Thread]) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]


@pytest.fixture(scope="session")
def compiled_gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the gazetteer, which takes seconds to compile: once for all tests."""
    from core.gazetteer import towns

    cache = tmp_path_factory.mktemp("gazetteer")
    towns.load_or_compile(cache)
    return cache


@pytest.fixture
def lend_gazetteer(compiled_gazetteer: Path) -> Callable[[Path], None]:
    """Puts the compiled gazetteer into the cache folder of a library."""

    def lend(cache: Path) -> None:
        shutil.copytree(compiled_gazetteer, cache, dirs_exist_ok=True)

    return lend
