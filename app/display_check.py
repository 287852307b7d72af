"""Can a window be opened here? Asked before Qt is imported, because Qt ends the program when it cannot. No Qt.

On Linux, Qt's xcb plugin needs system libraries that PySide6 does not bring, and a reachable X server.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping

_GUI_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
}
"""What QtGui and QtDBus load on Linux whichever platform plugin is used; file -> Debian package."""

_XCB_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What the xcb platform plugin of Qt 6 loads; file -> Debian package."""

_SCREENLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def obstacle(
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    can_load: Callable[[str], bool] | None = None,
    can_connect: Callable[[], bool] | None = None,
) -> str | None:
    """Why no window can be opened, in one plain sentence; None if one can.

    An explicit QT_QPA_PLATFORM is believed. `can_load` and `can_connect` stand in for the machine in tests.
    """
    if not platform.startswith("linux"):
        return None
    can_load, can_connect = can_load or _can_load, can_connect or _can_connect_to_x
    plugin = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    has_x, has_wayland = bool(environment.get("DISPLAY")), bool(environment.get("WAYLAND_DISPLAY"))
    uses_x = plugin == "xcb" or (not plugin and has_x and not has_wayland)
    missing = missing_packages(_GUI_LIBRARIES | (_XCB_LIBRARIES if uses_x else {}), can_load)
    if not plugin and not has_x and not has_wayland:
        return "No screen was found (neither DISPLAY nor WAYLAND_DISPLAY is set)." + _also(missing)
    if missing:
        return f"Qt's system libraries are missing: sudo apt-get install {' '.join(missing)}"
    if uses_x and plugin not in _SCREENLESS and not can_connect():
        return f"The screen {environment.get('DISPLAY', '') or '(DISPLAY is not set)'} cannot be reached."
    return None


def missing_packages(libraries: Mapping[str, str], can_load: Callable[[str], bool]) -> list[str]:
    """The Debian packages of the libraries that cannot be loaded, each once."""
    return sorted({package for library, package in libraries.items() if not can_load(library)})


def _also(missing: list[str]) -> str:
    return f" A window would also need: sudo apt-get install {' '.join(missing)}" if missing else ""


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _can_connect_to_x() -> bool:
    """Open and close a connection to the X server, with the same library Qt uses."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    is_broken = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not is_broken
