"""Searching by a part of a picture: from the viewer, and from an example in the search field. GUI thread only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.views.example_page import ExamplePage
from core.domain import ExamplePicture, PhotoId, Region

if TYPE_CHECKING:
    from app.shell import Shell


class PartSearch(QObject):
    """Opens the pages on which a part is drawn, and searches by it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self._shell = shell
        self._opened: ExamplePicture | None = None
        self.page = ExamplePage(shell.library, shell.tasks, shell.window)
        self.page.closed.connect(shell.go_to_library)
        self.page.chosen.connect(self._replace)
        shell.viewer.region_chosen.connect(self.search)
        shell.search.example_opened.connect(self.open)

    def search(self, photo_id: PhotoId, region: Region) -> None:
        """Search by a part of a photo of the library."""
        self._shell.photo_deeds.example(
            photo_id, lambda example: self._shell.search_by(replace(example, region=region))
        )

    def draw_on_chosen(self) -> None:
        """Draw on the photo that is viewed or chosen."""
        shell = self._shell
        if not shell.is_viewing:
            shell.open_current()
        if shell.is_viewing:
            shell.viewer.tools.toggle_drawing()

    def explain_chosen(self) -> None:
        """Show why, on the photo that is viewed or chosen."""
        shell = self._shell
        if not shell.is_viewing:
            shell.open_current()
        if shell.is_viewing:
            shell.viewer.tools.why.toggle()

    def open(self, index: int) -> None:
        """Draw on one of the example pictures that are searched by."""
        examples = self._shell.browsing.view.examples
        if 0 <= index < len(examples):
            self._opened = examples[index]
            self._shell.window.show_page(self.page)
            self.page.show_example(examples[index])
            self._shell.situation_changed.emit()

    def open_last(self) -> None:
        """Draw on the example that was added last."""
        self.open(len(self._shell.browsing.view.examples) - 1)

    def _replace(self, example: ExamplePicture) -> None:
        browsing = self._shell.browsing
        self._shell.go_to_library()
        now = tuple(example if one == self._opened else one for one in browsing.view.examples)
        browsing.go_to(replace(browsing.view, examples=now))
