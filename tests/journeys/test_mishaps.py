"""What goes wrong in the world is said in plain words with a way out; a bug offers its details."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.views.bug_dialog import BugDialog
from app.views.problems_list import ProblemsList
from core.domain import PhotoId, RunId, Scope, Suggestion, SuggestionRun
from tests.support.desk import Desk


def test_a_drive_that_is_gone_is_said_and_its_photos_stay(desk: Desk) -> None:
    desk.put("a.png", "red")
    desk.watch()
    desk.until_shown("a.png")
    desk.until_searchable()
    desk.photos.rename(desk.photos.with_name("unplugged"))
    desk.shell.background.rescan()
    desk.until(lambda: [toast.action_text for toast in desk.shell.window.toasts.shown] == ["Locate…"])
    assert desk.toasts() == ["photos is offline."]
    assert desk.names() == ["a.png"]
    desk.photos.with_name("unplugged").rename(desk.photos)
    desk.shell.background.rescan()
    desk.until(lambda: desk.shell.contents.now and not desk.shell.contents.now.folders[0].is_offline)


def test_photos_lost_for_good_are_removed_from_the_notice_and_undo_waits_for_them(desk: Desk) -> None:
    trip = desk.photos / "trip"
    trip.mkdir()
    for number in range(12):
        path = desk.put("11.png" if number == 11 else f"trip/{number}.png", "red")
        path.write_bytes(path.read_bytes() + bytes([number]))  # each a content of its own
    desk.watch()
    desk.until(lambda: len(desk.names()) == 12)
    trip.rename(desk.photos.with_name("trip"))
    desk.until(lambda: "Missing from photos: 11 photos." in desk.toasts())
    assert len(desk.names()) == 12
    desk.press(desk.shell.window, "Remove them")
    desk.until_shown("11.png")
    desk.until(lambda: "Removed 11 photos from the library" in desk.toasts())
    assert "Missing from photos: 11 photos." not in desk.toasts()
    desk.press(desk.shell.window, "Undo")
    desk.until(lambda: len(desk.names()) == 12)


def test_a_suggested_photo_is_seen_larger_and_closing_leads_back_to_the_review(desk: Desk) -> None:
    desk.put("a.png", "red")
    desk.watch()
    desk.until_shown("a.png")
    desk.until_searchable()
    photo_id = PhotoId(int(desk.shell.model.ids[0]))
    run = SuggestionRun(RunId(1), "Walls", (Suggestion(photo_id, "red", 0.9),))
    desk.shell.shelf_deeds.run_ready.emit(run)
    review = desk.shell.review
    desk.until(review.isVisible)
    review.photos_opened.emit([photo_id], 0)
    assert desk.shell.viewer.isVisible()
    desk.shell.viewer.leave()
    assert review.isVisible()


def test_a_folder_that_cannot_be_added_is_said(desk: Desk) -> None:
    desk.shell.shelf_deeds.add_folders([desk.photos / "not there"])
    desk.until(lambda: desk.toasts())
    assert desk.program.library.folders() == []


def test_an_album_name_that_is_taken_is_said_and_nothing_changes(desk: Desk) -> None:
    desk.shell.photo_deeds.create_album("Trip", [])
    desk.until(lambda: len(desk.program.library.albums()) == 1)
    desk.shell.photo_deeds.create_album("Trip", [])
    desk.until(lambda: any(toast.level == "error" for toast in desk.shell.window.toasts.shown))
    assert len(desk.program.library.albums()) == 1


def test_an_unexpected_mistake_offers_its_details_and_the_window_goes_on(desk: Desk) -> None:
    nothing: dict[str, int] = {}
    desk.shell.tasks.run("bug", lambda: nothing["no such key"], lambda _none: None)
    dialogs: list[BugDialog] = []

    def found() -> bool:
        dialogs[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, BugDialog)]
        return bool(dialogs)

    desk.until_even_with_bugs(found)
    assert "KeyError" in dialogs[0].report
    dialogs[0].copy()
    assert "KeyError" in QApplication.clipboard().text()
    dialogs[0].close()
    desk.bugs.clear()
    desk.put("a.png", "red")
    desk.watch()
    desk.until_shown("a.png")


def test_unreadable_files_are_listed_with_their_reasons(desk: Desk) -> None:
    (desk.photos / "broken.jpg").write_bytes(b"no picture")
    desk.put("fine.png", "red")
    desk.watch()
    desk.until_searchable()
    desk.shell.commands.run("library.problems")
    desk.until(lambda: desk.shell.window.findChild(ProblemsList) is not None)
    dialog = desk.shell.window.findChild(ProblemsList)
    assert dialog is not None
    dialog.copy()
    path, reason = QApplication.clipboard().text().split("\t")
    assert path == str(desk.photos / "broken.jpg")
    assert reason
    dialog.close()


def test_indexing_that_was_stopped_can_be_resumed(desk: Desk) -> None:
    desk.shell.background.stop("index")
    desk.put("a.png", "red")
    desk.watch()
    desk.until_shown("a.png")
    desk.until(lambda: desk.shell.contents.now and desk.shell.contents.now.status.photos == 1)
    assert desk.program.library.status().embedded == 0
    desk.press(desk.shell.window, "Resume")
    desk.until_searchable()
    assert desk.program.library.count(Scope()) == 1
