"""A newcomer: welcome page, photos appear by themselves, and a restart finds everything again."""

from __future__ import annotations

import multiprocessing

from PySide6.QtCore import Qt

from tests.support.desk import Desk


def test_first_start_asks_for_folders_and_then_shows_their_photos(desk: Desk) -> None:
    desk.put("a.png", "red")
    desk.put("b.png", "blue")
    assert desk.shell.window.pages.currentWidget() is desk.shell.welcome
    desk.watch()
    desk.until_shown("a.png", "b.png")
    assert desk.shell.window.is_on_library
    desk.until(lambda: "photos" in desk.shell.sidebar.texts())


def test_a_new_file_appears_and_is_found_by_a_word(desk: Desk) -> None:
    desk.put("a.png", "red")
    desk.watch()
    desk.until_shown("a.png")
    desk.put("new.png", "green")
    desk.until_shown("a.png", "new.png")
    desk.until_searchable()
    desk.type("green")
    desk.until(lambda: desk.names()[:1] == ["new.png"] and desk.shell.model.is_result)
    assert "ms" in desk.shell.window.results.facts


def test_a_deleted_file_leaves_the_screen(desk: Desk) -> None:
    gone = desk.put("gone.png", "red")
    for number in range(6):
        desk.put(f"stays-{number}.png", "blue")
    desk.watch()
    desk.until(lambda: len(desk.names()) == 7)
    gone.unlink()
    desk.until(lambda: "gone.png" not in desk.names())
    assert len(desk.names()) == 6


def test_closing_in_the_middle_loses_nothing(desk: Desk) -> None:
    for number in range(40):
        desk.put(f"{number}.png", "red" if number % 2 else "blue")
    desk.watch()
    desk.until(lambda: len(desk.names()) > 0)
    desk.close()
    desk.open()
    desk.until(lambda: len(desk.names()) == 40)
    desk.until_searchable()
    assert desk.shell.window.is_on_library  # not asked again


def test_pausing_holds_and_resuming_finishes(desk: Desk) -> None:
    desk.shell.background.pause()
    desk.until(lambda: desk.program.library.is_indexing_paused)
    desk.put("a.png", "red")
    desk.watch()
    desk.until(lambda: (job := desk.shell.window.strip.current) is not None and job.is_paused)
    assert "paused" in desk.shell.window.strip.text
    assert desk.program.library.status().embedded == 0
    desk.shell.window.strip.resume_requested.emit()
    desk.until_searchable()
    desk.until(lambda: desk.shell.window.strip.current is None)


def test_an_unreadable_file_is_counted_and_the_others_go_on(desk: Desk) -> None:
    (desk.photos / "broken.jpg").write_bytes(b"this is no picture")
    desk.put("fine.png", "red")
    desk.watch()
    desk.until_searchable()
    desk.until(lambda: desk.shell.contents.now and desk.shell.contents.now.status.unreadable == 1)
    assert "1 file could not be read" in desk.shell.window.strip.problems_text


def test_the_window_remembers_what_was_folded_away(desk: Desk) -> None:
    desk.put("a.png", "red")
    desk.watch()
    desk.until_shown("a.png")
    desk.key(Qt.Key.Key_B)
    assert not desk.shell.sidebar.isVisible()
    desk.close()
    desk.open()
    assert not desk.shell.sidebar.isVisible()


def test_a_real_encoder_takes_over_in_a_process_of_its_own_that_ends_with_the_program(desk: Desk) -> None:
    """The others have an encoder of colour names; this one is torch, which the window's process leaves alone."""

    def encoding() -> list[str]:
        return [one.name for one in multiprocessing.active_children() if one.name == "encoding"]

    desk.put("red.png", "red")
    desk.put("blue.png", "blue", "white")
    desk.watch()
    desk.until_shown("red.png", "blue.png")
    desk.until_searchable()
    desk.program.library.use_encoder("starter")
    desk.until(lambda: desk.program.library.settings.encoder == "starter")
    assert encoding()
    desk.until_searchable()
    desk.type("a plain red wall")
    desk.until(lambda: desk.shell.model.is_result and desk.names()[:1] == ["red.png"])
    desk.close()
    assert not encoding()
