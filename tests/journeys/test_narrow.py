"""A narrow window keeps room for photos."""

from __future__ import annotations

from tests.support.desk import Desk


def test_the_inspector_takes_the_place_of_the_sidebar(desk: Desk) -> None:
    desk.put("red.png", "red")
    desk.watch()
    desk.until_shown("red.png")
    shell = desk.shell
    shell.window.resize(760, 700)
    desk.until(lambda: shell.window.width() == 760)
    assert shell.sidebar.isVisible()
    shell.toggle_inspector()
    assert shell.inspector.isVisible()
    assert not shell.sidebar.isVisible()
    shell.toggle_inspector()
    assert shell.sidebar.isVisible()
    assert not shell.inspector.isVisible()
    shell.toggle_inspector()
    shell.toggle_sidebar()
    assert shell.sidebar.isVisible()
    assert not shell.inspector.isVisible()
    shell.window.resize(1280, 800)
    desk.until(shell.inspector.isVisible)
    assert shell.sidebar.isVisible()
