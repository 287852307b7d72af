"""Who tells whom: the sidebar, the review of suggestions and the welcome page. GUI thread only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from app import catalog_edits, shell_dialogs
from app.shell import Shell
from core.domain import AlbumId, PhotoId, RunId, Scope, ScopeKind, SuggestionRun


class ShelfWiring(QObject):
    """Connects albums, tags, folders and suggestions of a shell."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._accepted: tuple[RunId, int] | None = None
        sidebar, review = shell.sidebar, shell.review
        sidebar.scope_chosen.connect(shell.browsing.browse)
        sidebar.place_chosen.connect(shell.search_for)
        sidebar.suggestions_chosen.connect(shell.shelf_deeds.review_pending)
        sidebar.add_requested.connect(self._add)
        sidebar.renamed.connect(self._rename)
        sidebar.photos_dropped.connect(self._drop)
        sidebar.menu_requested.connect(lambda scope, at: shell_dialogs.open_scope_menu(shell, scope, at))
        sidebar.album_suggestions_requested.connect(shell.suggest_albums)
        shell.suggested_albums.photos_opened.connect(lambda ids: shell.view_photos(ids, 0))
        shell.suggested_albums.finished.connect(shell.go_to_library)
        shell.shelf_deeds.run_ready.connect(self._review)
        review.accepted.connect(self._count_accepted)
        review.photos_opened.connect(shell.view_photos)
        review.finished.connect(self._review_finished)
        sidebar.duplicates_requested.connect(shell.show_duplicates)
        shell.duplicates.finished.connect(shell.go_to_library)
        shell.welcome.started.connect(self._welcomed)

    def _add(self, kind: ScopeKind) -> None:
        shell = self._shell
        match kind:
            case ScopeKind.ALBUM:
                shell.ask_for_new_album()
            case ScopeKind.TAG if shell.chosen():
                shell.photo_deeds.ask_for_tag()
            case ScopeKind.TAG:
                shell.notices.say(self.tr("Choose photos first, then press T to tag them."), key="tag")
            case _:
                shell.shelf_deeds.ask_for_folder()

    def _rename(self, scope: Scope, name: str) -> None:
        contents = self._shell.contents.now
        old = contents.name_of(scope) if contents else None
        if old is not None:
            self._shell.shelf_deeds.rename(scope, old, name)
            self._shell.contents.refresh_names()

    def _drop(self, scope: Scope, ids: list[PhotoId]) -> None:
        contents, deeds = self._shell.contents.now, self._shell.photo_deeds
        name = (contents.name_of(scope) if contents else None) or ""
        match scope.kind:
            case ScopeKind.ALBUM:
                deeds.add_to_album(AlbumId(scope.id or 0), name, ids)
            case ScopeKind.TAG:
                deeds.add_tag(name, ids)
            case ScopeKind.FAVOURITES:
                deeds.make_favourite(ids)

    def _review(self, run: SuggestionRun) -> None:
        shell = self._shell
        self._accepted = None
        shell.window.show_page(shell.review)
        shell.review.show_run(run)
        shell.situation_changed.emit()

    def _count_accepted(self, run_id: RunId, count: int) -> None:
        already = self._accepted[1] if self._accepted and self._accepted[0] == run_id else 0
        self._accepted = (run_id, already + count)

    def _review_finished(self) -> None:
        shell = self._shell
        shell.go_to_library()
        shell.sidebar.show_scope(shell.browsing.view.scope)
        if self._accepted is not None:
            change = catalog_edits.accepted_run(shell.library, *self._accepted)
            if change is not None:
                shell.undo.remember(change)
        self._accepted = None

    def _welcomed(self, folders: list[Path]) -> None:
        shell = self._shell
        library = shell.library

        def work() -> None:
            library.change_settings(has_seen_welcome=True)

        shell.tasks.edit(work, lambda _none: None)
        shell.shelf_deeds.add_folders(folders)
        shell.go_to_library()
