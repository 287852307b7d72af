"""Thumbnails for what is on screen: visible cells first, the latest viewport wins, bounded memory. GUI thread.

Bytes are fetched and decoded at the size of the cells on task threads, a few photos at a time, so that
scrolling on makes at most a few photos of work worthless.
"""

from __future__ import annotations

import functools
import itertools
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from app.tasks import Tasks
from core.domain import PhotoId
from core.errors import LibraryError

MOST_BYTES = 192 * 1024 * 1024
_LANES = 2
_BATCH = 10
_BLUR_PX = 6
_BYTES_PER_PIXEL = 6
"""RGB32, and half as much again for the part of a landscape that a square cell cuts off."""
_numbers = itertools.count()


class ThumbnailSource(Protocol):
    """The part of `Library` that is needed here."""

    def thumbnails(self, ids: Sequence[PhotoId]) -> Mapping[PhotoId, bytes]:
        """JPEG bytes; photos without a thumbnail are left out."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large images are wanted, in device pixels."""

    side_px: int
    is_cover: bool
    """True: the shorter side is `side_px`, to fill a square; False: the longer side."""


@dataclass(frozen=True, slots=True)
class _Kept:
    image: QImage
    size: Size


@dataclass(frozen=True, slots=True)
class _Loaded:
    images: dict[PhotoId, _Kept]
    absent: frozenset[int]


class _Wishes:
    """The ids that are wanted now. Written by the GUI thread as one reference, read by the task threads."""

    ids: frozenset[int] = frozenset()


class ThumbnailProvider(QObject):
    """A bounded cache of decoded thumbnails, filled in the order in which a view needs them."""

    ready = Signal(object)
    """PhotoId whose image is new or sharper than before."""
    looked_at = Signal(object)
    """list[PhotoId] in sight now"""

    def __init__(
        self, library: ThumbnailSource, tasks: Tasks, parent: QObject | None = None, most_bytes: int = MOST_BYTES
    ) -> None:
        super().__init__(parent)
        self._source = library
        self._tasks = tasks
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._absent: set[int] = set()
        self._outdated: set[int] = set()
        self._wanted: list[int] = []
        self._wishes = _Wishes()
        self._visible: frozenset[int] = frozenset()
        self._size = Size(256, is_cover=True)
        self.is_covered: Callable[[int], bool] = lambda _photo_id: False
        """Whether a photo may only be shown so blurred that nothing can be made out."""
        self._blurred: dict[int, tuple[int, QImage]] = {}
        number = next(_numbers)
        self._lanes: dict[str, frozenset[int]] = {f"thumbnails {number}.{lane}": frozenset() for lane in range(_LANES)}

    def image(self, photo_id: int) -> QImage | None:
        """The thumbnail as it is now: maybe of another size than wanted, None if there is none yet."""
        kept = self._kept.get(photo_id)
        if kept is None:
            return None
        self._kept.move_to_end(photo_id)
        return self._blur(photo_id, kept.image) if self.is_covered(photo_id) else kept.image

    def _blur(self, photo_id: int, image: QImage) -> QImage:
        known = self._blurred.get(photo_id)
        if known is None or known[0] != image.cacheKey():
            smooth, ignore = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.IgnoreAspectRatio
            few = image.scaled(_BLUR_PX, _BLUR_PX, ignore, smooth)
            known = self._blurred[photo_id] = (image.cacheKey(), few.scaled(image.size(), ignore, smooth))
        return known[1]

    def is_absent(self, photo_id: int) -> bool:
        """Whether the library has no thumbnail for this photo (so far)."""
        return photo_id in self._absent

    def show(self, visible: Iterable[int], ahead: Iterable[int], size: Size) -> None:
        """Have `visible` ready first, then `ahead`; whatever was wanted before and is in neither is dropped."""
        self._size = size
        in_sight = list(visible)
        self._visible = frozenset(in_sight)
        self.looked_at.emit(in_sight)
        # Looking further ahead than fits would push out what was just fetched, and never come to rest.
        room = self._most_bytes // (size.side_px * size.side_px * _BYTES_PER_PIXEL) - len(in_sight)
        self._wanted = [*in_sight, *itertools.islice(ahead, max(0, room))]
        self._wishes.ids = frozenset(self._wanted)
        self._fill_lanes()

    def invalidate(self, ids: Iterable[int]) -> None:
        """The thumbnails of these photos changed: fetch them anew; the old ones are shown until then."""
        ids = set(ids)
        self._absent -= ids
        self._outdated |= ids.intersection(self._kept.keys() | self._in_flight())
        self._fill_lanes()

    def _in_flight(self) -> set[int]:
        return set().union(*self._lanes.values())

    def _is_needed(self, photo_id: int) -> bool:
        kept = self._kept.get(photo_id)
        if kept is None:
            return photo_id not in self._absent
        return kept.size != self._size or photo_id in self._outdated

    def _fill_lanes(self) -> None:
        for key, working_on in self._lanes.items():
            if working_on:
                continue
            busy = self._in_flight()
            needed = (one for one in self._wanted if one not in busy and self._is_needed(one))
            batch = [PhotoId(one) for one in itertools.islice(needed, _BATCH)]
            if not batch:
                return
            self._lanes[key] = frozenset(batch)
            self._outdated.difference_update(batch)
            work = functools.partial(_load, self._source, batch, self._size, self._wishes)
            self._tasks.run(key, work, functools.partial(self._keep, key), functools.partial(self._give_up, key))

    def _keep(self, key: str, loaded: _Loaded) -> None:
        self._lanes[key] = frozenset()
        self._absent |= loaded.absent - self._outdated
        for photo_id, kept in loaded.images.items():
            self._drop(photo_id)
            self._kept[photo_id] = kept
            self._bytes += kept.image.sizeInBytes()
        self._make_room()
        self._fill_lanes()
        for photo_id in loaded.images:
            self.ready.emit(photo_id)

    def _give_up(self, key: str, error: LibraryError) -> None:
        self._absent |= self._lanes[key]
        self._lanes[key] = frozenset()
        self._tasks.failed.emit(error)
        self._fill_lanes()

    def _make_room(self) -> None:
        oldest_first = (one for one in tuple(self._kept) if one not in self._visible)
        while self._bytes > self._most_bytes and (oldest := next(oldest_first, None)) is not None:
            self._drop(oldest)

    def _drop(self, photo_id: int) -> None:
        kept = self._kept.pop(photo_id, None)
        if kept is not None:
            self._bytes -= kept.image.sizeInBytes()


def _load(source: ThumbnailSource, ids: Sequence[PhotoId], size: Size, wishes: _Wishes) -> _Loaded:
    """On a task thread: fetch and decode what is still wanted; what does not decode counts as absent."""
    wanted = [one for one in ids if one in wishes.ids]
    encoded = source.thumbnails(wanted) if wanted else {}
    images: dict[PhotoId, _Kept] = {}
    absent = {int(one) for one in wanted if one not in encoded}
    for photo_id, jpeg in encoded.items():
        if photo_id not in wishes.ids:
            continue  # scrolled away meanwhile
        image = decode(jpeg, size)
        if image.isNull():
            absent.add(photo_id)
        else:
            images[photo_id] = _Kept(image, size)
    return _Loaded(images, frozenset(absent))


def decode(encoded: bytes, size: Size) -> QImage:
    """The picture no larger than `size` needs (never enlarged), as RGB32 for fast painting; null if damaged."""
    buffer = QBuffer()
    buffer.setData(QByteArray(encoded))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    full = reader.size()
    if full.isEmpty():
        return QImage()
    pick = min if size.is_cover else max
    scale = min(1.0, size.side_px / pick(full.width(), full.height()))
    if scale < 1.0:
        width, height = round(full.width() * scale), round(full.height() * scale)
        reader.setScaledSize(QSize(max(1, width), max(1, height)))
    return reader.read().convertToFormat(QImage.Format.Format_RGB32)
