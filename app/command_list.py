"""The list of everything the window can do. Only this module knows which key does what. GUI thread only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.commands import Command, Situation, browsing, has_one_photo, has_photos
from core.domain import ScopeKind

if TYPE_CHECKING:
    from app.shell import Shell

MENU = (
    ("", ("edit.undo", "edit.redo", "", "edit.copy", "edit.paste", "edit.select_all", "edit.select_none")),
    ("photo", ("photo.open", "photo.similar", "photo.region", "photo.why", "search.open_picture", "",
               "photo.favourite", "photo.tag", "photo.album", "photo.sidecars", "", "photo.show_in_folder",
               "photo.trash")),
    ("library", ("album.new", "album.save_search", "album.suggest", "", "folder.add", "", "tags.suggest",
                 "tags.history", "", "library.duplicates", "", "library.rescan", "library.problems")),
    ("view", ("go.back", "go.forward", "", "view.sidebar", "view.inspector", "view.crop", "view.stacks",
              "view.larger", "view.smaller", "", "view.full_screen")),
    ("help", ("help.search", "help.keyboard", "help.palette")),
    ("end", ("app.settings", "", "app.quit")),
)  # fmt: skip
"""The menu: titles of submenus ("" and "end" are in the menu itself) and their commands; "" is a line."""

PHOTO_MENU = (
    "photo.open", "photo.similar", "photo.region", "photo.why", "photo.copies", "", "photo.favourite", "photo.tag",
    "photo.album", "photo.leave_album", "", "edit.copy", "photo.sidecars", "photo.show_in_folder", "", "photo.trash",
)  # fmt: skip
"""The menu on a photo; ratings are added to it."""


def tr(text: str) -> str:
    """Translate in the context of this list."""
    return QCoreApplication.translate("Commands", text)


def all_of_them(shell: Shell) -> Iterator[Command]:
    """Every command of the window."""
    yield from _search(shell)
    yield from _photos(shell)
    yield from _editing(shell)
    yield from _shelves(shell)
    yield from _view(shell)
    yield from _program(shell)


def _in_album(now: Situation) -> bool:
    return has_photos(now) and now.scope is ScopeKind.ALBUM


def _in_tag(now: Situation) -> bool:
    return browsing(now) and now.scope is ScopeKind.TAG


def _search(shell: Shell) -> Iterator[Command]:
    group = tr("Search")
    yield Command("search.focus", tr("Search"), group, shell.focus_search, ("/", "Ctrl+F"), "search", browsing)
    yield Command(
        "photo.similar",
        tr("Find similar photos"),
        group,
        shell.find_similar_to_chosen,
        ("S",),
        "similar",
        has_one_photo,
    )
    yield Command(
        "photo.region", tr("Search by a part of this photo…"), group, lambda: shell.parts.draw_on_chosen(), ("R",),
        "region", has_one_photo,
    )  # fmt: skip
    yield Command(
        "photo.why", tr("Show what speaks for the search"), group, lambda: shell.parts.explain_chosen(), ("W",), "why",
        has_one_photo,
    )  # fmt: skip
    yield Command(
        "search.part", tr("Search by a part of the example picture…"), group, lambda: shell.parts.open_last(), (),
        "region", lambda now: browsing(now) and now.has_example,
    )  # fmt: skip
    yield Command(
        "search.open_picture", tr("Find photos like a picture…"), group, shell.ask_for_picture, ("Ctrl+O",), "open",
        browsing,
    )  # fmt: skip
    yield Command("edit.paste", tr("Paste a picture to search by"), group, shell.paste, ("Ctrl+V",), "paste", browsing)
    yield Command("search.clear", tr("Clear the search"), group, shell.escape, ("Esc",), "", browsing)
    yield Command(
        "go.back", tr("Back"), group, shell.browsing.go_back, ("Alt+Left",), "back",
        lambda now: now.can_go_back and browsing(now),
    )  # fmt: skip
    yield Command(
        "go.forward", tr("Forward"), group, shell.browsing.go_forward, ("Alt+Right",), "forward",
        lambda now: now.can_go_forward and browsing(now),
    )  # fmt: skip


def _photos(shell: Shell) -> Iterator[Command]:
    group, deeds = tr("Photos"), shell.photo_deeds
    yield Command(
        "photo.open", tr("Open"), group, shell.open_current, (), "eye",
        lambda now: has_photos(now) and browsing(now), shown_keys=tr("Enter, Space"),
    )  # fmt: skip
    yield Command("photo.favourite", tr("Favourite"), group, deeds.toggle_favourite, ("F",), "heart", has_photos)
    for rating in range(6):
        text = tr("No rating") if rating == 0 else tr("Rate {0}").format("★" * rating)
        yield Command(
            f"photo.rate_{rating}", text, group, partial(deeds.rate, rating), (str(rating),), "star",
            lambda now: has_photos(now) and not now.is_viewing,
        )  # fmt: skip
    yield Command(
        "photo.copies", tr("Show or hide the copies of this picture"), group, shell.toggle_copies, ("C",), "copy",
        lambda now: browsing(now) and now.has_copies,
    )  # fmt: skip
    yield Command("photo.tag", tr("Add a tag…"), group, deeds.ask_for_tag, ("T",), "tag", has_photos)
    yield Command("photo.album", tr("Add to album…"), group, deeds.ask_for_album, ("L",), "album", has_photos)
    yield Command("photo.leave_album", tr("Remove from this album"), group, shell.leave_album, (), "minus", _in_album)
    yield Command("edit.copy", tr("Copy"), group, deeds.copy, ("Ctrl+C",), "copy", has_photos)
    yield Command(
        "photo.show_in_folder", tr("Show in folder"), group, deeds.show_in_folder, ("Ctrl+Shift+R",), "folder-open",
        has_photos,
    )  # fmt: skip
    yield Command(
        "photo.sidecars", tr("Write sidecars…"), group, shell.sidecar_deeds.ask_to_write, (), "tag", has_photos
    )
    yield Command("photo.trash", tr("Move to trash…"), group, deeds.ask_to_trash, ("Del",), "trash", has_photos)


def _editing(shell: Shell) -> Iterator[Command]:
    group = tr("Edit")
    yield Command("edit.undo", tr("Undo"), group, shell.undo.undo, ("Ctrl+Z",), "undo", lambda now: now.can_undo)
    yield Command(
        "edit.redo", tr("Redo"), group, shell.undo.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", lambda now: now.can_redo
    )
    yield Command("edit.select_all", tr("Select all"), group, shell.grid.selectAll, ("Ctrl+A",), "", browsing)
    yield Command(
        "edit.select_none", tr("Select nothing"), group, shell.grid.clearSelection, ("Ctrl+Shift+A",), "",
        lambda now: browsing(now) and has_photos(now),
    )  # fmt: skip


def _shelves(shell: Shell) -> Iterator[Command]:
    group, deeds = tr("Library"), shell.shelf_deeds
    yield Command("album.new", tr("New album…"), group, shell.ask_for_new_album, ("Ctrl+N",), "album", browsing)
    yield Command(
        "album.save_search", tr("Save this search as an album…"), group, shell.smart_deeds.save_search, ("Ctrl+S",),
        "smart-album", lambda now: browsing(now) and now.is_search,
    )  # fmt: skip
    yield Command("album.suggest", tr("Suggest albums…"), group, shell.suggest_albums, (), "suggest", browsing)
    yield Command("folder.add", tr("Add a folder…"), group, deeds.ask_for_folder, ("Ctrl+Shift+O",), "folder")
    yield Command(
        "tags.suggest", tr("Auto-tag these photos"), group, shell.auto_tag, (), "wand",
        lambda now: browsing(now) and now.shown_count > 0 and not now.is_search,
    )  # fmt: skip
    yield Command("tags.review", tr("Review suggested tags"), group, deeds.review_pending, (), "check", browsing)
    yield Command(
        "tags.more", tr("Find more like the photos of this tag…"), group, shell.find_more_of_tag, (), "similar", _in_tag
    )
    yield Command("tags.history", tr("Tag history…"), group, deeds.show_history, (), "history")
    yield Command("tags.vocabulary", tr("Edit the words for tags…"), group, shell.edit_vocabulary, (), "rename")
    yield Command("library.duplicates", tr("Duplicates"), group, shell.show_duplicates, ("Ctrl+D",), "copy", browsing)
    yield Command("library.rescan", tr("Look through folders again"), group, shell.background.rescan, ("F5",), "")
    yield Command("library.pause", tr("Pause indexing"), group, shell.background.pause, (), "pause")
    yield Command("library.resume", tr("Resume indexing"), group, shell.background.resume, (), "play")
    yield Command("library.problems", tr("Files that could not be read…"), group, deeds.show_problems, (), "warning")


def _view(shell: Shell) -> Iterator[Command]:
    group, window, grid = tr("View"), shell.window, shell.grid
    yield Command("view.sidebar", tr("Sidebar"), group, shell.toggle_sidebar, ("B",), "sidebar", browsing)
    yield Command("view.inspector", tr("Inspector"), group, shell.toggle_inspector, ("I",), "inspector", browsing)
    yield Command(
        "view.crop", tr("Fill squares or show whole pictures"), group, shell.toggle_crop, ("Z",), "crop", browsing
    )
    yield Command(
        "view.stacks", tr("Stack copies in search results"), group, shell.toggle_stacking, (), "copy", browsing,
        is_checkable=True,
    )  # fmt: skip
    yield Command(
        "view.larger", tr("Larger thumbnails"), group, lambda: grid.zoom(1), ("Ctrl++", "Ctrl+="), "zoom-in", browsing
    )
    yield Command(
        "view.smaller", tr("Smaller thumbnails"), group, lambda: grid.zoom(-1), ("Ctrl+-",), "zoom-out", browsing
    )
    yield Command("view.sensitive", tr("Show covered photos"), group, shell.privacy.show_all, (), "eye", browsing)
    yield Command(
        "view.full_screen", tr("Full screen"), group, window.toggle_full_screen, ("F11",), "full-screen",
        lambda now: not now.is_viewing,
    )  # fmt: skip


def _program(shell: Shell) -> Iterator[Command]:
    group = tr("Recollect")
    yield Command("help.palette", tr("Command palette…"), group, shell.show_palette, ("Ctrl+K",), "command")
    yield Command("help.keyboard", tr("Keyboard shortcuts"), group, shell.show_keyboard, ("?",), "keyboard")
    yield Command("help.search", tr("How to search"), group, shell.show_search_help, ("F1",), "search")
    yield Command("app.settings", tr("Settings…"), group, shell.show_settings, ("Ctrl+,",), "settings")
    yield Command("app.quit", tr("Quit"), group, shell.window.close, ("Ctrl+Q",), "")


def viewer_rows() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The keys that the grid and the viewer answer themselves, for the keyboard sheet."""
    return (
        (
            tr("Moving"),
            (
                (tr("Arrows"), tr("Next photo in that direction")),
                (tr("Home, End"), tr("First and last photo")),
                (tr("Page Up, Page Down"), tr("A screen further")),
                (tr("Shift or Ctrl + arrows"), tr("Select more")),
            ),
        ),
        (
            tr("Viewer"),
            (
                (tr("Left, Right"), tr("Previous and next photo")),
                ("0  1", tr("Fit, and actual size")),
                ("+  -", tr("Zoom")),
                (tr("Ctrl+0 to Ctrl+5"), tr("Rate")),
                ("R", tr("Search by a part: draw it, or arrows, Shift+arrows and Enter")),
                ("W", tr("Show what speaks for the search")),
                (tr("Space, Enter, Esc"), tr("Close")),
            ),
        ),
        (
            tr("Duplicates"),
            (
                (tr("Up, Down"), tr("Previous and next group")),
                (tr("Left, Right"), tr("Previous and next photo of the group")),
                (tr("Space, Enter"), tr("Compare two photos at full size; Space takes turns, S side by side")),
                ("K", tr("Keep the photo, or let it go")),
                ("A  N", tr("Keep all, and not duplicates")),
                (tr("Del"), tr("Move the rest of the group to the trash…")),
            ),
        ),
    )
