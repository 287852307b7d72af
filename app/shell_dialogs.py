"""Menus and what opens over the window: palette, keyboard sheet, settings. GUI thread only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from app import command_list, search_help, theme, wording
from app.command_list import tr
from app.commands import Commands
from app.views import keyboard_sheet
from app.views.bug_dialog import BugDialog
from app.views.keyboard_sheet import KeyboardSheet
from app.views.picker import Choice, Picker
from app.views.settings_dialog import SettingsDialog
from app.views.text_settings import TextSettings
from core.domain import AlbumId, FolderId, Scope, ScopeKind
from core.errors import LibraryError

if TYPE_CHECKING:
    from app.shell import Shell


def fill_menu(menu: QMenu, commands: Commands) -> QMenu:
    """The menu of the window."""
    titles = {"photo": tr("Photo"), "library": tr("Library"), "view": tr("View"), "help": tr("Help")}
    for key, names in command_list.MENU:
        if key in titles:
            commands.fill(menu.addMenu(titles[key]), names)
        else:
            if key:
                menu.addSeparator()
            commands.fill(menu, names)
            if not key:
                menu.addSeparator()
    return menu


def open_photo_menu(shell: Shell, at: QPoint) -> None:
    """The menu on the chosen photos."""
    menu = QMenu(shell.window)
    menu.aboutToHide.connect(menu.deleteLater)
    shell.commands.fill(menu, command_list.PHOTO_MENU)
    ratings = QMenu(tr("Rating"), menu)
    shell.commands.fill(ratings, [f"photo.rate_{rating}" for rating in (5, 4, 3, 2, 1, 0)])
    menu.insertMenu(shell.commands.action("photo.tag"), ratings)
    menu.popup(at)


def open_scope_menu(shell: Shell, scope: Scope, at: QPoint) -> None:
    """The menu on a row of the sidebar."""
    menu = QMenu(shell.window)
    menu.aboutToHide.connect(menu.deleteLater)
    deeds = shell.shelf_deeds
    menu.addAction(tr("Auto-tag…"), lambda: deeds.auto_tag(scope))
    album = shell.contents.now.album(AlbumId(scope.id or 0)) if shell.contents.now else None
    if scope.kind is ScopeKind.ALBUM and album is not None and album.is_smart:
        menu.addSeparator()
        menu.addAction(tr("Edit its search…"), lambda: shell.smart_deeds.edit_search(album))
        menu.addAction(tr("Fill it now"), lambda: shell.smart_deeds.fill(album))
        menu.addAction(tr("Turn into a plain album"), lambda: shell.smart_deeds.make_plain(album))
    now = shell.contents.now
    tag = now.name_of(scope) if scope.kind is ScopeKind.TAG and now else None
    if tag is not None and now is not None:
        menu.addAction(tr("Find more like these…"), lambda: deeds.find_more(tag))
        automatic = menu.addAction(tr("Add to new photos automatically"))
        automatic.setCheckable(True)
        automatic.setChecked(tag.lower() in now.automatic_tags)
        automatic.toggled.connect(lambda is_on: deeds.set_automatic(tag, is_on))
    if scope.kind in (ScopeKind.ALBUM, ScopeKind.TAG):
        menu.addSeparator()
        menu.addAction(tr("Rename"), lambda: shell.sidebar.rename(scope))
        text = tr("Delete album") if scope.kind is ScopeKind.ALBUM else tr("Delete tag")
        menu.addAction(text, lambda: deeds.delete(scope))
    folder = shell.contents.now.folder(FolderId(scope.id or 0)) if shell.contents.now else None
    if scope.kind is ScopeKind.FOLDER and folder is not None:
        menu.addSeparator()
        if folder.is_offline:
            menu.addAction(tr("Locate…"), lambda: deeds.locate(folder))
        menu.addAction(tr("Look through it again"), shell.background.rescan)
        if folder.missing_count:
            text = tr("Remove {0} from the library").format(wording.missing(folder.missing_count))
            menu.addAction(text, lambda: deeds.remove_missing(folder))
        menu.addAction(tr("Remove from the library…"), lambda: deeds.ask_to_remove_folder(folder))
    menu.popup(at)


def open_palette(shell: Shell) -> None:
    """Everything that can be done now, to choose by typing."""
    palette = Picker(tr("Command palette"), tr("What do you want to do?"), shell.window)
    palette.show_choices(
        [
            Choice(command.text.rstrip("…"), keyboard_sheet.shown_keys(command), command.name)
            for command in shell.commands.possible()
            if command.name != "help.palette"
        ]
    )
    palette.chosen.connect(lambda name: shell.commands.run(str(name)))
    palette.open_over(shell.window)


def open_keyboard(shell: Shell) -> None:
    """All keys."""
    KeyboardSheet(shell.commands.all(), command_list.viewer_rows(), shell.window).open()


def open_search_help(shell: Shell) -> None:
    """How to search."""
    KeyboardSheet((), search_help.rows(), shell.window, tr("How to search")).open()


def settings_dialog(shell: Shell) -> SettingsDialog:
    """The settings, connected."""
    library, deeds = shell.library, shell.shelf_deeds
    now = library.settings
    texts = TextSettings(now.is_text_read)
    dialog = SettingsDialog(shell.encoder_settings, texts, now.appearance, now.indexing_speed, shell.window)

    def dress(appearance: theme.Appearance) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, appearance)
        shell.tasks.edit(
            lambda: library.change_settings(appearance=appearance),
            lambda _none: None,
        )

    def read_text(is_on: bool) -> None:
        def refused(error: LibraryError) -> None:
            texts.show_choice(library.settings.is_text_read)
            shell.notices.show_error(error)

        shell.tasks.edit(lambda: library.set_text_reading(is_on), lambda _none: shell.contents.look(), refused)

    texts.reading_wanted.connect(read_text)
    dialog.appearance_chosen.connect(dress)
    dialog.speed_chosen.connect(
        lambda speed: shell.tasks.edit(lambda: library.change_settings(indexing_speed=speed), lambda _none: None)
    )
    dialog.add_folder_requested.connect(deeds.ask_for_folder)
    dialog.remove_folder_requested.connect(deeds.ask_to_remove_folder)
    dialog.locate_requested.connect(deeds.locate)
    dialog.show_sidecars(now.writes_sidecars)
    dialog.sidecars_chosen.connect(shell.sidecar_deeds.keep_written)
    dialog.show_tagging(library.settings.sensitive_photos, is_suggesting=library.settings.suggests_tags)

    def suggest(is_on: bool) -> None:
        shell.tasks.edit(lambda: library.change_settings(suggests_tags=is_on), lambda _none: None)

    dialog.suggesting_changed.connect(suggest)
    dialog.vocabulary_requested.connect(shell.edit_vocabulary)
    dialog.history_requested.connect(deeds.show_history)
    return dialog


def open_bug(shell: Shell, report: str) -> None:
    """Show a bug; one dialog at a time."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, BugDialog) and window.isVisible():
            window.add(report)
            return
    BugDialog(report, shell.window).open()
