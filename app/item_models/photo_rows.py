"""Photo records on demand: what the grid looks at is fetched off the GUI thread and kept for a while. GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.tasks import Tasks
from core.domain import Photo, PhotoId
from core.errors import LibraryError

_MOST_KEPT = 5_000
_MOST_AT_ONCE = 192


class PhotoSource(Protocol):
    """The part of `Library` that is needed here."""

    def photos(self, ids: Sequence[PhotoId]) -> list[Photo]:
        """In the order of `ids`; unknown ids are left out."""


class PhotoRows(QObject):
    """A bounded memory of Photo records. The ids asked for last are fetched first."""

    loaded = Signal(object)
    """list[PhotoId] whose records are known now."""

    def __init__(self, source: PhotoSource, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._tasks = tasks
        self._key = f"photo rows {id(self)}"
        self._known: OrderedDict[int, Photo] = OrderedDict()
        self._wanted: dict[int, None] = {}
        """In the order of the wishes, the latest last."""
        self._in_flight: frozenset[int] = frozenset()
        self._unknown: set[int] = set()
        self._outdated: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fetch)

    def get(self, photo_id: int) -> Photo | None:
        """The record, possibly a moment old, or None while it is not known."""
        return self._known.get(photo_id)

    def want(self, ids: Iterable[int]) -> None:
        """Fetch those that are not known, before everything that was wanted earlier."""
        for one in ids:
            if self._is_missing(one):
                self._wanted.pop(one, None)
                self._wanted[one] = None
        if self._wanted and not self._soon.isActive():
            self._soon.start()

    def outdate(self, ids: Iterable[int]) -> None:
        """These records changed: the old ones stay visible until they are wanted and fetched again."""
        self._unknown.difference_update(ids)
        self._outdated.update(one for one in ids if one in self._known or one in self._in_flight)

    def forget(self, ids: Iterable[int]) -> None:
        """These photos are gone."""
        for one in ids:
            self._known.pop(one, None)
            self._wanted.pop(one, None)

    def _is_missing(self, photo_id: int) -> bool:
        if photo_id in self._outdated:
            return True
        return photo_id not in self._known and photo_id not in self._in_flight and photo_id not in self._unknown

    def _fetch(self) -> None:
        if self._in_flight or not self._wanted:
            return
        batch = [PhotoId(one) for one in self._wanted][-_MOST_AT_ONCE:]
        # What is beyond the batch was wanted longest ago; if it is still looked at, it will be wanted again.
        self._wanted.clear()
        self._in_flight = frozenset(batch)
        self._outdated -= self._in_flight
        self._tasks.run(self._key, lambda: self._source.photos(batch), self._keep, self._give_up)

    def _keep(self, photos: list[Photo]) -> None:
        asked, self._in_flight = self._in_flight, frozenset()
        for photo in photos:
            self._known[photo.id] = photo
            self._known.move_to_end(photo.id)
        self._unknown.update(asked.difference(photo.id for photo in photos))
        while len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)
        self.loaded.emit([photo.id for photo in photos])
        self._fetch()

    def _give_up(self, error: LibraryError) -> None:
        self._unknown |= self._in_flight
        self._in_flight = frozenset()
        self._tasks.failed.emit(error)
