"""Who tells whom: core's events, searching and the photos. GUI thread only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer

from app import shell_dialogs, wording
from app.browsing import Order, View
from app.commands import Situation
from app.contents import Contents
from app.shell import Shell
from core.domain import AlbumId, Folder, Scope, ScopeKind, TagId
from core.events import CatalogChanged, JobProgress, Notice

_INSPECT_MS = 60
_WARM_UP_MS = 1500


class Wiring(QObject):
    """Connects the parts of a shell; keeps only what the connections themselves need."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._inspect_soon = QTimer(self, singleShot=True, interval=_INSPECT_MS)
        self._inspect_soon.timeout.connect(self._inspect)
        self._warm_up_soon = QTimer(self, singleShot=True, interval=_WARM_UP_MS)
        self._warm_up_soon.timeout.connect(self._warm_up)
        self._troubled: dict[str, Folder] = {}
        """Folders the person was told about, by the key of the notice."""
        self._connect_core()
        self._connect_search()
        self._connect_photos()
        self._connect_window()

    def start(self) -> None:
        """Show the first page and begin to fill it."""
        shell = self._shell
        shell.contents.look()
        shell.answers.ask(shell.browsing.view, None)
        self._update_situation()
        self._warm_up_soon.start()
        shell.grid.setFocus()

    # -- core -------------------------------------------------------------------------------------------------

    def _connect_core(self) -> None:
        shell = self._shell
        shell.bridge.catalog_changed.connect(self._catalog_changed)
        shell.bridge.job_progress.connect(self._job_progressed)
        shell.bridge.notice.connect(self._noticed)
        shell.tasks.failed.connect(shell.notices.show_error)
        shell.tasks.broken.connect(shell.notices.show_bug)
        shell.notices.posted.connect(shell.window.toasts.show)
        shell.notices.bug_found.connect(lambda report: shell_dialogs.open_bug(shell, report))
        shell.contents.changed.connect(self._contents_changed)
        shell.thumbnails.looked_at.connect(shell.library.look_at)
        for sign_of_use in (
            shell.grid.verticalScrollBar().valueChanged,
            shell.browsing.changed,
            shell.viewer.current_changed,
        ):
            sign_of_use.connect(lambda *_what: shell.library.note_use())

    def _catalog_changed(self, event: CatalogChanged) -> None:
        shell = self._shell
        shell.model.catalog_changed(event)
        shell.thumbnails.invalidate(event.changed | event.added)
        shell.answers.catalog_changed(event)
        shell.contents.catalog_changed(event)
        shell.duplicates.catalog_changed(event)
        if event.changed or event.removed:
            shell.viewer.photos_changed(event.changed | event.removed)
        if event.changed or event.tags or event.albums or event.texts:
            shell.inspector.refresh()

    def _noticed(self, notice: Notice) -> None:
        # About a folder the window says the same by itself, with a button that helps.
        if notice.about is None:
            self._shell.notices.show_notice(notice)

    def _job_progressed(self, progress: JobProgress) -> None:
        self._shell.window.strip.show_job(progress)
        if progress.job == "albums":
            self._shell.suggested_albums.show_progress(progress)
        self._shell.duplicates.show_job(progress)
        if progress.job == "scan":
            self._shell.screen.scanning_changed(not progress.is_finished)

    def _contents_changed(self, contents: Contents) -> None:
        shell = self._shell
        shell.settings.show_folders(contents.folders)
        shell.settings.texts.show_status(contents.status)
        if not contents.folders and not shell.library.settings.has_seen_welcome:
            shell.window.show_page(shell.welcome)
            shell.welcome.setFocus()
            self._update_situation()
        self._tell_trouble(contents.folders)

    def _tell_trouble(self, folders: Iterable[Folder]) -> None:
        shell = self._shell
        offline = {f"offline {one.id}": one for one in folders if one.is_offline}
        missing = {f"missing {one.id}": one for one in folders if one.missing_count and not one.is_offline}
        for key in self._troubled.keys() - offline.keys() - missing.keys():
            shell.window.toasts.dismiss(key)
        for key in offline.keys() - self._troubled.keys():
            shell.notices.say(
                self.tr("%1 is offline.").replace("%1", offline[key].path.name or str(offline[key].path)),
                detail=self.tr("Its photos stay in the library; connect the drive, or say where the folder is."),
                level="warning",
                action=(self.tr("Locate…"), partial(shell.shelf_deeds.locate, offline[key])),
                key=key,
            )
        for key in missing.keys() - self._troubled.keys():
            folder = missing[key]
            shell.notices.say(
                self.tr("Missing from %2: %1.")
                .replace("%1", wording.photos(folder.missing_count))
                .replace("%2", folder.path.name or str(folder.path)),
                detail=self.tr("They vanished at once, so they stay in the library and are back when their files are."),
                level="warning",
                action=(self.tr("Remove them"), partial(shell.shelf_deeds.remove_missing, folder)),
                key=key,
            )
        self._troubled = offline | missing

    # -- search -----------------------------------------------------------------------------------------------

    def _connect_search(self) -> None:
        shell = self._shell
        search, browsing = shell.search, shell.browsing
        search.text_changed.connect(browsing.type_text)
        search.example_removed.connect(browsing.remove_example)
        search.example_reversed.connect(browsing.reverse_example)
        search.photos_dropped.connect(shell.search_by_photos)
        search.completions.wanted.connect(self._complete)
        search.scope_removed.connect(self._leave_scope)
        search.clear_requested.connect(browsing.clear_search)
        search.left.connect(shell.grid.setFocus)
        search.picture_pasted.connect(lambda content: shell.take(content, self.tr("pasted picture")))
        search.line.selectionChanged.connect(self._warm_up)
        shell.window.results.save_requested.connect(shell.smart_deeds.save_search)
        shell.window.results.order_chosen.connect(browsing.sort)
        shell.window.empty.chosen.connect(self._empty_button)
        browsing.history_changed.connect(self._update_situation)
        shell.screen.shown.connect(self._selection_changed)
        shell.screen.viewer_wanted.connect(shell.open_photo)

    def _complete(self, text: str, cursor: int) -> None:
        shell = self._shell
        show = partial(shell.search.completions.show_completions, text)
        shell.tasks.run("completions", lambda: shell.library.completions(text, cursor), show)

    def _leave_scope(self) -> None:
        shell = self._shell
        shell.browsing.go_to(replace(shell.browsing.view, scope=Scope()))

    def _empty_button(self, key: str) -> None:
        shell = self._shell
        match key:
            case "add-folder":
                shell.shelf_deeds.ask_for_folder()
            case "show-weaker":
                shell.screen.show_weaker()
            case "clear-search":
                shell.browsing.clear_search()
            case "edit-search" if album := shell.screen.album():
                shell.smart_deeds.edit_search(album)

    # -- photos -----------------------------------------------------------------------------------------------

    def _connect_photos(self) -> None:
        shell = self._shell
        grid, viewer, inspector, deeds = shell.grid, shell.viewer, shell.inspector, shell.photo_deeds
        grid.opened.connect(shell.open_photo)
        grid.quick_look_requested.connect(shell.open_current)
        grid.similar_requested.connect(shell.find_similar)
        grid.copies_toggled.connect(shell.screen.toggle_stack)
        grid.favourite_toggled.connect(lambda photo_id: deeds.toggle_favourite([photo_id]))
        grid.selection_changed.connect(self._selection_changed)
        grid.context_menu_requested.connect(lambda at: shell_dialogs.open_photo_menu(shell, at))
        viewer.closed.connect(shell.close_viewer)
        viewer.similar_requested.connect(shell.find_similar)
        viewer.current_changed.connect(lambda _photo_id: self._selection_changed())
        viewer.favourite_toggled.connect(lambda photo_id: deeds.toggle_favourite([photo_id]))
        viewer.rating_requested.connect(lambda photo_id, rating: deeds.rate(rating, [photo_id]))
        inspector.show_in_folder_requested.connect(deeds.show_in_folder)
        inspector.rating_requested.connect(deeds.rate)
        inspector.tag_added.connect(deeds.add_tag)
        inspector.tag_removed.connect(deeds.remove_tag)
        inspector.tag_clicked.connect(lambda tag_id: self._browse(ScopeKind.TAG, tag_id))
        inspector.word_clicked.connect(lambda word: shell.browsing.go_to(View(text=word, order=Order.RELEVANCE)))
        inspector.place_clicked.connect(shell.search_for)
        inspector.album_clicked.connect(lambda album_id: self._browse(ScopeKind.ALBUM, album_id))

    def _browse(self, kind: ScopeKind, number: AlbumId | TagId) -> None:
        self._shell.go_to_library()
        self._shell.browsing.browse(Scope(kind, number))

    def _selection_changed(self) -> None:
        shell = self._shell
        shell.window.strip.show_counts(
            wording.counts(shell.model.rowCount() + shell.model.behind_count, shell.grid.selected_count())
        )
        self._update_situation()
        self._inspect_soon.start()

    def _inspect(self) -> None:
        shell = self._shell
        if not shell.inspector.isVisible():
            return
        chosen = shell.chosen()
        shell.inspector.show_photos(chosen)
        row = shell.model.row_of(chosen[0]) if len(chosen) == 1 else None
        shell.inspector.set_hit(shell.model.hit(row) if row is not None else None)

    # -- the window -------------------------------------------------------------------------------------------

    def _connect_window(self) -> None:
        shell = self._shell
        window = shell.window
        window.content_dropped.connect(lambda content: shell.take(content, self.tr("dropped picture")))
        window.back_pressed.connect(shell.commands.action("go.back").trigger)
        window.forward_pressed.connect(shell.commands.action("go.forward").trigger)
        window.watch_mouse_of(shell.grid.viewport(), shell.sidebar.viewport())
        window.strip.pause_requested.connect(shell.background.pause)
        window.strip.resume_requested.connect(shell.background.resume)
        window.strip.stop_requested.connect(shell.background.stop)
        window.strip.problems_requested.connect(shell.shelf_deeds.show_problems)
        shell.situation_changed.connect(self._selection_changed)
        shell.undo.stack.indexChanged.connect(lambda _index: self._update_situation())

    def _update_situation(self) -> None:
        shell = self._shell
        view, page = shell.browsing.view, shell.window.pages.currentWidget()
        shell.commands.update(
            Situation(
                selected_count=len(shell.chosen()) if shell.is_viewing else shell.grid.selected_count(),
                shown_count=shell.model.rowCount(),
                scope=view.scope.kind,
                is_search=view.is_search,
                has_example=bool(view.examples),
                has_copies=shell.has_copies(),
                is_viewing=shell.is_viewing,
                is_busy_elsewhere=page in shell.other_pages,
                can_go_back=shell.browsing.can_go_back,
                can_go_forward=shell.browsing.can_go_forward,
                can_undo=shell.undo.stack.canUndo(),
                can_redo=shell.undo.stack.canRedo(),
            )
        )

    def _warm_up(self) -> None:
        """The first query should not wait for the encoder to be loaded."""
        self._warm_up_soon.stop()
        shell = self._shell
        if not self.property("isWarm") and shell.contents.now is not None and shell.contents.now.status.photos:
            self.setProperty("isWarm", True)
            # Why it could not be loaded is said when something is searched for, not before.
            shell.tasks.run(
                "warm up", shell.library.warm_up, lambda _none: shell.inspector.refresh(), lambda _error: None
            )
