"""Full pictures for the viewer: decoded on task threads, the neighbours ahead of time, memory bounded.

`PictureLoader` lives on the GUI thread; decoding and conversion run on the threads of `Tasks`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.tasks import Tasks
from core.domain import PhotoId
from core.errors import LibraryError
from core.library import Library

CACHE_BYTES = 192 * 1024 * 1024
FULL_SIDE_PX = 12_000
"""A picture larger than this is shown a little reduced even when zoomed in: 12,000 x 8,000 takes 384 MB."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One picture at one size; `longest_side_px` is in device pixels."""

    photo_id: PhotoId
    longest_side_px: int


def to_qimage(image: Image.Image) -> QImage:
    """An RGB image as QImage in the format Qt paints fastest. Any thread."""
    width, height = image.size
    pixels = image.convert("RGB").tobytes("raw", "BGRX")
    # The copy owns its pixels: the bytes object may go away at once.
    return QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()


class PictureLoader(QObject):
    """Delivers the pictures asked for, best effort for the neighbours, and remembers the last few."""

    loaded = Signal(object, object)
    """PhotoId, QImage. Also for sizes asked for earlier: the receiver keeps what it can use."""
    failed = Signal(object, object)
    """PhotoId, LibraryError."""

    def __init__(
        self, library: Library, tasks: Tasks, parent: QObject | None = None, most_bytes: int = CACHE_BYTES
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._most_bytes = most_bytes
        self._cache: OrderedDict[Wanted, QImage] = OrderedDict()
        self._under_way: set[Wanted] = set()
        self._wanted: frozenset[Wanted] = frozenset()
        self._waiting: list[Wanted] = []

    @property
    def cached_bytes(self) -> int:
        """Memory the remembered pictures take."""
        return sum(image.sizeInBytes() for image in self._cache.values())

    def show(self, photo_id: PhotoId, longest_side_px: int, neighbours: Sequence[PhotoId]) -> QImage | None:
        """The picture if it is remembered; otherwise it is `loaded` soon, and then the neighbours are fetched."""
        wanted = Wanted(photo_id, longest_side_px)
        others = [Wanted(other, longest_side_px) for other in neighbours if other != photo_id]
        self._only(frozenset({wanted, *others}))
        self._waiting = [other for other in others if other not in self._cache]
        remembered = self._cache.get(wanted)
        if remembered is None:
            self._start(wanted)
            return None
        self._cache.move_to_end(wanted)
        self._start_waiting()
        return remembered

    def show_in_full(self, photo_id: PhotoId) -> None:
        """Also fetch the photo at its own size. It is not remembered: the receiver holds the only one."""
        wanted = Wanted(photo_id, FULL_SIDE_PX)
        self._wanted |= {wanted}
        self._start(wanted)

    def forget(self, photo_ids: Sequence[PhotoId]) -> None:
        """These photos changed on disk: what is remembered of them is worthless."""
        for wanted in [one for one in self._cache if one.photo_id in photo_ids]:
            del self._cache[wanted]
        for wanted in [one for one in self._under_way if one.photo_id in photo_ids]:
            self._drop(wanted)

    def clear(self) -> None:
        """Give all memory back and drop what is under way."""
        self._only(frozenset())
        self._waiting = []
        self._cache.clear()

    def _only(self, wanted: frozenset[Wanted]) -> None:
        for stale in self._under_way - wanted:
            self._drop(stale)
        self._wanted = wanted

    def _drop(self, wanted: Wanted) -> None:
        self._tasks.forget(_key(wanted))
        self._under_way.discard(wanted)

    def _start(self, wanted: Wanted) -> None:
        if wanted in self._under_way:
            return
        self._under_way.add(wanted)
        library = self._library

        def work() -> QImage:
            return to_qimage(library.picture(wanted.photo_id, wanted.longest_side_px))

        self._tasks.run(
            _key(wanted),
            work,
            lambda image: self._arrived(wanted, image),
            lambda error: self._refused(wanted, error),
        )

    def _start_waiting(self) -> None:
        # One neighbour at a time, so that turning the page never queues behind work done in advance.
        if not self._under_way and self._waiting:
            self._start(self._waiting.pop(0))

    def _arrived(self, wanted: Wanted, image: QImage) -> None:
        self._under_way.discard(wanted)
        if wanted.longest_side_px != FULL_SIDE_PX:
            self._cache[wanted] = image
            while len(self._cache) > 1 and self.cached_bytes > self._most_bytes:
                self._cache.popitem(last=False)
        self.loaded.emit(wanted.photo_id, image)
        self._start_waiting()

    def _refused(self, wanted: Wanted, error: LibraryError) -> None:
        self._under_way.discard(wanted)
        self.failed.emit(wanted.photo_id, error)
        self._start_waiting()


def _key(wanted: Wanted) -> str:
    return f"picture:{wanted.photo_id}:{wanted.longest_side_px}"
