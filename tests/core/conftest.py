"""Every test of the core has a home of its own, and leaves no thread and no library behind."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.libraries import Shelf


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Recollect's own files, in a folder that only this test has."""
    folder = tmp_path / "home"
    monkeypatch.setenv("RECOLLECT_HOME", str(folder))
    monkeypatch.delenv("RECOLLECT_LIBRARY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))  # the trash
    return folder


@pytest.fixture
def shelf(home: Path, tmp_path: Path) -> Iterator[Shelf]:
    """An open library with the colour encoder; `shelf.root` is an empty folder that is not watched yet."""
    before = set(threading.enumerate())
    opened = Shelf(tmp_path / "photos")
    yield opened
    opened.library.close()
    left = [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    assert not left, f"threads left behind: {left}"


@pytest.fixture
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that starts no process, as a sandbox does."""

    def refuse(method: str) -> object:
        raise OSError("no processes here")

    monkeypatch.setattr(multiprocessing, "get_context", refuse)
