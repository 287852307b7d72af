"""The window with everything in it: builds the parts and holds what they share. GUI thread only.

`app.wiring` says who tells whom; `app.shell_dialogs` opens what opens over the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app import command_list, desktop, shell_dialogs
from app.answers import Answers
from app.background_deeds import BackgroundDeeds
from app.browsing import Order, View
from app.commands import Commands
from app.contents import ContentsWatch
from app.duplicate_deeds import DuplicateDeeds
from app.event_bridge import EventBridge
from app.item_models.photo_model import PhotoModel
from app.notices import Notices
from app.part_search import PartSearch
from app.photo_deeds import PhotoDeeds
from app.privacy import Privacy
from app.screen import Screen
from app.shelf_deeds import ShelfDeeds
from app.sidecar_deeds import SidecarDeeds
from app.smart_album_deeds import SmartAlbumDeeds
from app.stacks import leader_of
from app.tasks import Tasks
from app.thumbnail_provider import ThumbnailProvider
from app.undo import Undo
from app.views.duplicates_page import DuplicatesPage
from app.views.encoder_settings import EncoderSettings
from app.views.inspector import Inspector
from app.views.main_window import MainWindow
from app.views.photo_grid import PhotoGrid
from app.views.search_bar import SearchBar
from app.views.sensitive_cover import SensitiveCover
from app.views.sidebar import Sidebar
from app.views.suggested_albums import SuggestedAlbums
from app.views.tag_review import TagReview
from app.views.top_bar import TopBar
from app.views.viewer import PhotoViewer
from app.views.welcome import Welcome
from core import places
from core.domain import ExamplePicture, Photo, PhotoId, ScopeKind
from core.library import Library

_MOST_EXAMPLES = 5


class Shell(QObject):
    """Every part of the window, and the deeds that concern more than one of them."""

    situation_changed = Signal()
    """What can be done may differ now."""

    def __init__(self, library: Library, tasks: Tasks, bridge: EventBridge, notices: Notices) -> None:
        super().__init__()
        self.library = library
        self.tasks = tasks
        self.bridge = bridge
        self.notices = notices
        self.undo = Undo(tasks, notices, self)
        self.contents = ContentsWatch(library, tasks, self)
        self.answers = Answers(library, tasks, self)
        self.model = PhotoModel(library, tasks, self)
        self.thumbnails = ThumbnailProvider(library, tasks, self)
        self.privacy = Privacy(library, tasks, self)
        self.thumbnails.is_covered = self.privacy.is_covered
        self.window = window = MainWindow()
        self.grid = PhotoGrid(self.model, self.thumbnails, window)
        self.sidebar = Sidebar(window)
        self.inspector = Inspector(library, tasks, window)
        self.viewer = PhotoViewer(library, tasks, window)
        self.cover = SensitiveCover(self.viewer)
        self.review = TagReview(library, tasks, window)
        self.encoder_settings = EncoderSettings(library, tasks, bridge)
        suggested = places.pictures_folder()
        self.welcome = Welcome([suggested] if suggested else [], window)
        self.search = SearchBar(window)
        self.screen = Screen(self)
        self.browsing = self.screen.browsing
        self.photo_deeds = PhotoDeeds(library, tasks, self.undo, notices, self.chosen, window)
        self.shelf_deeds = ShelfDeeds(library, tasks, self.undo, notices, desktop.show_in_folder, window)
        self.smart_deeds = SmartAlbumDeeds(self)
        self.suggested_albums = SuggestedAlbums(library, tasks, self.undo, window)
        self.duplicate_deeds = DuplicateDeeds(library, tasks, self.undo, notices, window)
        self.background = BackgroundDeeds(self)
        self.sidecar_deeds = SidecarDeeds(library, tasks, notices, self.chosen, window)
        self.duplicates = DuplicatesPage(library, tasks, self.duplicate_deeds, window)
        self.commands = Commands(window)
        self.commands.add(command_list.all_of_them(self))
        menu = shell_dialogs.fill_menu(QMenu(window), self.commands)
        self.top = TopBar(self.search, self.commands, menu, window)
        self.settings = shell_dialogs.settings_dialog(self)
        window.arrange(self.top, self.sidebar, self.grid, self.inspector)
        self.parts = PartSearch(self)
        self.other_pages = (self.review, self.duplicates, self.welcome, self.suggested_albums, self.parts.page)
        for page in (self.viewer, *self.other_pages):
            window.add_page(page)
        self._viewed_from: QWidget | None = None

    # -- what is chosen ---------------------------------------------------------------------------------------

    @property
    def is_viewing(self) -> bool:
        """Whether one photo fills the window."""
        return self.window.pages.currentWidget() is self.viewer

    def chosen(self) -> list[PhotoId]:
        """The photos a command is about: the one being viewed, else the selection."""
        if self.is_viewing:
            return [self.viewer.current] if self.viewer.current is not None else []
        return self.grid.selected_ids()

    def go_to_library(self) -> None:
        """Back to the list of photos."""
        self.window.show_page(self.window.library_page)
        self.grid.setFocus()
        self.situation_changed.emit()

    # -- looking ----------------------------------------------------------------------------------------------

    def open_photo(self, photo_id: PhotoId) -> None:
        """Fill the window with a photo of the list."""
        row = self.model.row_of(photo_id)
        if row is not None:
            self.view_photos(self.model.ids.tolist(), row)

    def view_photos(self, ids: Sequence[PhotoId], row: int) -> None:
        """Fill the window with one of these photos; closing it leads back to the page of now."""
        self._viewed_from = self.window.pages.currentWidget()
        self.window.show_page(self.viewer)
        is_answer = self._viewed_from is self.window.library_page and self.browsing.view.is_search
        self.viewer.show_photos(ids, row, self.browsing.view.query() if is_answer else None)
        self.situation_changed.emit()

    def open_current(self) -> None:
        """Fill the window with the current photo."""
        current = self.grid.current_id() or next(iter(self.grid.selected_ids()), None)
        if current is not None:
            self.open_photo(current)

    def close_viewer(self) -> None:
        """Back to where the viewer was opened, at the photo that was viewed last."""
        current = self.viewer.current
        for page in (self.review, self.suggested_albums):
            if self._viewed_from is page:
                self.window.show_page(page)
                self.situation_changed.emit()
                return
        self.go_to_library()
        if current is not None:
            self.grid.select_ids([current])
            self.grid.reveal(current)

    # -- searching --------------------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Start typing a query."""
        self.search.focus()

    def find_similar(self, photo_id: PhotoId) -> None:
        """Search by a photo of the library."""
        self.photo_deeds.example(photo_id, self.search_by)

    def find_similar_to_chosen(self) -> None:
        """Search by the chosen photo."""
        for photo_id in self.chosen()[:1]:
            self.find_similar(photo_id)

    def search_for(self, text: str) -> None:
        """Search the whole library for these words."""
        self.go_to_library()
        self.browsing.go_to(View(text=text, order=Order.RELEVANCE))

    def search_by(self, example: ExamplePicture) -> None:
        """Search by any picture."""
        self.browsing.find_similar(example)  # first, so that Back leads to the photo that is viewed now
        self.go_to_library()

    def search_by_photos(self, photo_ids: Sequence[PhotoId]) -> None:
        """Search by photos of the library, with whatever is searched for already."""
        ids = list(photo_ids)[:_MOST_EXAMPLES]

        def add(found: list[Photo]) -> None:
            self.browsing.add_examples([ExamplePicture(photo_id=one.id, title=one.name) for one in found])

        self.tasks.run("examples", lambda: self.library.photos(ids), add)

    def ask_for_picture(self) -> None:
        """Let the person choose a picture file to search by."""
        path, _filter = QFileDialog.getOpenFileName(self.window, self.tr("Find photos like a picture"))
        if path:
            self.search_by(ExamplePicture(path=Path(path), title=Path(path).name))

    def paste(self) -> None:
        """Search by the picture on the clipboard."""
        content = QGuiApplication.clipboard().mimeData()
        if content is not None:
            self.take(content, self.tr("pasted picture"))

    def take(self, content: QMimeData, title: str) -> None:
        """Search by a picture from outside; folders are added to the library instead."""
        folders = desktop.folders_in(content)
        example = desktop.picture_in(content, title)
        if folders:
            self.shelf_deeds.add_folders(folders)
        elif example is not None:
            self.search_by(example)
        else:
            self.notices.say(self.tr("There is no picture in this."), key="no picture")

    def escape(self) -> None:
        """One step out: the selection, then the search."""
        if self.grid.selected_count():
            self.grid.clearSelection()
        elif self.browsing.view.is_search:
            self.browsing.clear_search()
        self.grid.setFocus()

    # -- albums, tags, folders --------------------------------------------------------------------------------

    def ask_for_new_album(self) -> None:
        """Name a new album for the chosen photos."""
        self.shelf_deeds.ask_for_new_album(self.chosen())

    def leave_album(self) -> None:
        """Take the chosen photos out of the album on screen."""
        album = self.screen.album()
        if album is not None:
            self.photo_deeds.remove_from_album(album)

    def suggest_albums(self) -> None:
        """Show albums that might be made of the library."""
        self.window.show_page(self.suggested_albums)
        self.suggested_albums.look()
        self.situation_changed.emit()

    def auto_tag(self) -> None:
        """Suggest tags for the part of the library on screen."""
        self.shelf_deeds.auto_tag(self.browsing.view.scope)

    def find_more_of_tag(self) -> None:
        """Suggest the tag on screen for photos like those that have it."""
        name = self.screen.scope_name(View(self.browsing.view.scope))
        if name is not None and self.browsing.view.scope.kind is ScopeKind.TAG:
            self.shelf_deeds.find_more(name)

    def edit_vocabulary(self) -> None:
        """Edit the words that can be suggested."""
        self.review.edit_vocabulary()

    def show_duplicates(self) -> None:
        """Review photos that are there more than once."""
        self.window.show_page(self.duplicates)
        self.duplicates.open()
        self.situation_changed.emit()

    # -- the window -------------------------------------------------------------------------------------------

    def toggle_sidebar(self) -> None:
        """Fold the sidebar in or out."""
        self.window.show_sidebar(not self.sidebar.isVisible())

    def toggle_inspector(self) -> None:
        """Fold the inspector in or out."""
        self.window.show_inspector(not self.inspector.isVisible())
        self.situation_changed.emit()

    def toggle_crop(self) -> None:
        """Fill the squares, or show whole pictures."""
        self.grid.set_cropped(not self.grid.is_cropped)

    def has_copies(self) -> bool:
        """Whether the one chosen photo of a result is in a stack."""
        chosen, answer = self.grid.selected_ids(2), self.screen.answer
        return len(chosen) == 1 and answer is not None and bool(leader_of(chosen[0], answer.copies, self.model.stacks))

    def toggle_copies(self) -> None:
        """Show the copies behind the chosen photo, or no longer."""
        for photo_id in self.grid.selected_ids(1):
            self.screen.toggle_stack(photo_id)

    def toggle_stacking(self) -> None:
        """Show copies of a picture as one cell of a result, or every photo."""
        self.show_stacking(not self.screen.is_stacking)

    def show_stacking(self, is_stacking: bool) -> None:
        """Like `toggle_stacking`, as it was left the last time."""
        self.screen.set_stacking(is_stacking)
        self.commands.action("view.stacks").setChecked(is_stacking)

    def show_palette(self) -> None:
        """Open the command palette."""
        shell_dialogs.open_palette(self)

    def show_keyboard(self) -> None:
        """Open the sheet of all keys."""
        shell_dialogs.open_keyboard(self)

    def show_search_help(self) -> None:
        """Open the sheet about searching."""
        shell_dialogs.open_search_help(self)

    def show_settings(self) -> None:
        """Open the settings."""
        self.settings.open_page(0)
