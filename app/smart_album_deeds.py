"""What can be done with saved searches. GUI thread; the work itself is an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtWidgets import QInputDialog

from app import catalog_edits, wording
from app.browsing import View
from app.catalog_edits import Change
from app.contents import Contents
from core.domain import Album, AlbumDefinition, AlbumId, FilledAlbum, Scope, ScopeKind

if TYPE_CHECKING:
    from app.shell import Shell

_LONGEST_NAME = 60


class SmartAlbumDeeds(QObject):
    """Saves the search on screen, changes and fills smart albums, turns them into plain ones."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self._shell = shell
        self._library = shell.library
        self._undo = shell.undo
        self._to_show: AlbumId | None = None
        shell.contents.changed.connect(self._show_new_one)

    def save_search(self) -> None:
        """Keep the search on screen: in the album whose search it was, else in a new one."""
        view = self._shell.browsing.view
        album = self._album(view.edits)
        if not view.is_search:
            return
        if album is not None:
            definition = definition_of(view)
            self._undo.make(
                lambda: catalog_edits.define_album(self._library, album, definition), lambda: self._browse(album.id)
            )
        else:
            self.ask_for_name(view)

    def ask_for_name(self, view: View | None = None) -> None:
        """Let the person name a new album for a search (None: the one on screen)."""
        wanted = view or self._shell.browsing.view
        dialog = QInputDialog(self._shell.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Save this search as an album"))
        dialog.setLabelText(self.tr("New photos that match it enter the album by themselves.\n\nName of the album:"))
        dialog.setTextValue(_first_name(wanted))
        dialog.setOkButtonText(self.tr("Save"))
        dialog.textValueSelected.connect(lambda name: self._create(name.strip(), wanted))
        dialog.open()

    def edit_search(self, album: Album) -> None:
        """Search for what an album searches for, to change the search and save it again."""

        def show(definition: AlbumDefinition | None) -> None:
            if definition is not None:
                self._shell.go_to_library()
                self._shell.browsing.edit_album(album.id, definition)
                self._shell.search.focus()

        self._shell.tasks.run("album definition", lambda: self._library.album_definition(album.id), show)

    def fill(self, album: Album) -> None:
        """Bring an album in step now, and say what that changed."""
        self._shell.tasks.edit(lambda: self._library.fill_albums([album.id]), self._tell)

    def make_plain(self, album: Album) -> None:
        """Keep the photos, forget the search."""
        self._undo.make(lambda: catalog_edits.define_album(self._library, album, None))

    def _create(self, name: str, view: View) -> None:
        if not name:
            return
        made: list[Album] = []

        def work() -> Change:
            change, album = catalog_edits.create_smart_album(self._library, name, definition_of(view))
            made.append(album)
            return change

        self._undo.make(work, lambda: self._browse(made[0].id))

    def _browse(self, album_id: AlbumId) -> None:
        self._to_show = album_id
        self._shell.contents.look()
        self._show_new_one(self._shell.contents.now)

    def _show_new_one(self, contents: Contents | None) -> None:
        """Go to an album as soon as the sidebar knows it."""
        if self._to_show is not None and contents is not None and contents.album(self._to_show) is not None:
            scope, self._to_show = Scope(ScopeKind.ALBUM, self._to_show), None
            self._shell.browsing.browse(scope)

    def _album(self, album_id: AlbumId | None) -> Album | None:
        contents = self._shell.contents.now
        return contents.album(album_id) if contents is not None and album_id is not None else None

    def _tell(self, filled: list[FilledAlbum]) -> None:
        for one in filled:
            if one.trouble:
                self._shell.notices.say(one.trouble, level="warning", key="filled")
            elif one.added or one.removed:
                locale = QLocale()
                self._shell.notices.say(
                    self.tr("“{0}” is filled").format(one.name),
                    detail=self.tr("{0} entered, {1} left.").format(
                        wording.photos(len(one.added)), locale.toString(len(one.removed))
                    ),
                    key="filled",
                )
            else:
                self._shell.notices.say(self.tr("“{0}” is up to date").format(one.name), key="filled")


def definition_of(view: View) -> AlbumDefinition:
    """What a view searches for, as an album keeps it."""
    return AlbumDefinition(view.text.strip(), view.examples, view.scope)


def _first_name(view: View) -> str:
    """A name to begin with: the words, else the example's."""
    words = " ".join(view.text.split()) or next((one.title for one in view.examples if one.title), "")
    return (words[:1].upper() + words[1:])[:_LONGEST_NAME]
