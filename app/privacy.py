"""Which photos are covered until asked for: those that may be private or upsetting. GUI thread only."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.tasks import Tasks
from core.domain import PhotoId
from core.events import CatalogChanged
from core.library import Library


class Privacy(QObject):
    """Follows the library's marks; what was asked for stays shown until the program ends."""

    changed = Signal()

    def __init__(self, library: Library, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._marked: frozenset[PhotoId] = frozenset()
        self._asked_for: set[PhotoId] = set()

    @property
    def count(self) -> int:
        """How many photos are covered or hidden now."""
        return len(self._marked - self._asked_for)

    @property
    def hidden(self) -> frozenset[PhotoId]:
        """Photos that are left out of every list."""
        is_hiding = self._library.settings.sensitive_photos == "hide"
        return self._marked - self._asked_for if is_hiding else frozenset()

    def is_covered(self, photo_id: int) -> bool:
        """Whether a photo must not be seen unasked."""
        return photo_id in self._marked and photo_id not in self._asked_for

    def look(self) -> None:
        """Ask the library which photos are marked."""
        self._tasks.run("sensitive", self._library.sensitive_photos, self._arrived)

    def catalog_changed(self, event: CatalogChanged) -> None:
        """Slot: the marks may have changed."""
        if event.sensitive:
            self.look()

    def show(self, ids: Iterable[PhotoId]) -> None:
        """Somebody asked for these: show them until the program ends."""
        self._asked_for.update(ids)
        self.changed.emit()

    def show_all(self) -> None:
        """Show everything until the program ends."""
        self.show(self._marked)

    def clear(self, ids: list[PhotoId]) -> None:
        """These are harmless, for good."""
        self.show(ids)
        self._tasks.edit(lambda: self._library.clear_sensitive(ids), lambda _changed: None)

    def _arrived(self, marked: frozenset[PhotoId]) -> None:
        if marked != self._marked:
            self._marked = marked
            self.changed.emit()
