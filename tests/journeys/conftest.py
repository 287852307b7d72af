"""A computer with an empty folder and a program that has just been started for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))  # the trash
    desk = Desk(qtbot, tmp_path / "home", tmp_path / "photos")
    yield desk
    desk.close()
    QGuiApplication.clipboard().clear()  # the offscreen platform's would outlive Python, and crash
