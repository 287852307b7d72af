"""Whether a window can be opened is known before Qt is asked; what is missing is named."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app import display_check
from app.__main__ import terminal_arguments, window_wish


def obstacle(environment: dict[str, str], absent: tuple[str, ...] = (), can_connect: bool = True) -> str | None:
    return display_check.obstacle("linux", environment, lambda name: name not in absent, lambda: can_connect)


def test_no_screen_is_said() -> None:
    assert "No screen" in (obstacle({}) or "")


def test_missing_libraries_are_named_by_their_debian_packages() -> None:
    sentence = obstacle({"DISPLAY": ":0"}, ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libEGL.so.1"))
    assert sentence == "Qt's system libraries are missing: sudo apt-get install libegl1 libxcb-cursor0 libxcb-icccm4"


def test_a_screen_that_cannot_be_reached_is_said() -> None:
    assert "cannot be reached" in (obstacle({"DISPLAY": ":99"}, can_connect=False) or "")


def test_everything_there_is_no_obstacle() -> None:
    assert obstacle({"DISPLAY": ":0"}) is None
    assert obstacle({"WAYLAND_DISPLAY": "wayland-0"}, ("libxcb-cursor.so.0",)) is None


def test_a_platform_that_was_asked_for_is_believed() -> None:
    assert obstacle({"QT_QPA_PLATFORM": "offscreen"}, ("libxcb-cursor.so.0",), can_connect=False) is None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_bring_everything(platform: str) -> None:
    assert display_check.obstacle(platform, {}, lambda _name: False, lambda: False) is None


def test_the_entry_point_does_not_import_qt() -> None:
    code = "import sys, app.__main__, app.display_check; sys.exit(any(n.startswith('PySide6') for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "wish"),
    [
        ([], ""),
        (["--library", "a.sqlite"], "a.sqlite"),
        (["--library=a.sqlite"], "a.sqlite"),
        (["index", "photos"], None),
        (["--library", "a.sqlite", "status"], None),
        (["--help"], None),
    ],
)
def test_what_asks_for_the_window(arguments: list[str], wish: str | None) -> None:
    assert window_wish(arguments) == wish


def test_without_a_window_the_main_job_goes_on_with_what_make_run_was_given() -> None:
    assert terminal_arguments("", {"PHOTOS": "", "QUERY": ""}) == ["demo"]
    given = terminal_arguments("a.sqlite", {"PHOTOS": "my photos", "QUERY": "a dog"})
    assert given == ["demo", "--library", "a.sqlite", "--photos", "my photos", "--query", "a dog"]
