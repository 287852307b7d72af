"""One pass over the pictures whose text was not read yet: decode ahead on a thread, read, write in small steps.

Runs on the thread that calls it (the indexer thread, or the command line's). The to-do list is in the catalog.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from PIL import Image

from core import manners
from core.catalog import photo_files, picture_texts
from core.catalog.catalog import Catalog, Changes
from core.catalog.connection import Connection
from core.catalog.picture_texts import ReadPicture
from core.domain import PhotoId
from core.errors import UnreadableImage
from core.images import decoding
from core.indexing.pace import Pace
from core.jobs import JobControl
from core.recognition import text_reader
from core.recognition.text_reader import TextReader

log = logging.getLogger(__name__)

_AHEAD = 2
_KEPT_AT_ONCE = 16
_KEPT_AFTER_S = 3.0
CANNOT_BE_READ = "Its text cannot be recognised."
_TOO_LARGE = "The picture is too large for the memory of this computer."


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A picture to read, or why it cannot be; None of both when its file is away."""

    content_hash: bytes
    image: Image.Image | None = None
    failure: str | None = None


def read_all(
    catalog: Catalog,
    make_reader: Callable[[], TextReader],
    decoders: ThreadPoolExecutor,
    job: JobControl,
    pace: Pace | None = None,
    is_wanted_elsewhere: Callable[[], bool] = lambda: False,
) -> bool:
    """Read the text of every picture that was not read, newest first; returns whether it came to the end.

    It rests at the `pace` (None: never) and gives way as soon as `is_wanted_elsewhere`. The reader is made only when
    there is something to read, and let go of at the end. Stopping (Cancelled) loses a few pictures at most. Raises
    LibraryError.
    """
    try:
        return _read_all(catalog, make_reader, decoders, job, pace, is_wanted_elsewhere)
    finally:
        _give_memory_back()


def _read_all(
    catalog: Catalog,
    make_reader: Callable[[], TextReader],
    decoders: ThreadPoolExecutor,
    job: JobControl,
    pace: Pace | None,
    is_wanted_elsewhere: Callable[[], bool],
) -> bool:
    with catalog.reading() as connection:
        todo = picture_texts.lacking(connection)
        already = picture_texts.counts(connection)[0] if todo else 0
    if not todo:
        return True
    total = already + len(todo)
    job.report(already, total)
    reader = make_reader()
    kept: list[ReadPicture] = []
    kept_at = began_at = time.monotonic()
    try:
        for done, read in enumerate(_read_in_order(catalog, reader, todo, decoders), start=1):
            if read is not None:
                kept.append(read)
            if len(kept) >= _KEPT_AT_ONCE or time.monotonic() - kept_at > _KEPT_AFTER_S:
                _keep(catalog, reader.name, kept)
                kept, kept_at = [], time.monotonic()
            job.report(already + done, total)
            if is_wanted_elsewhere():
                return False
            if pace is not None:
                job.rest(pace.rest_s(time.monotonic() - began_at))
            began_at = time.monotonic()
    finally:
        _keep(catalog, reader.name, kept)
    return True


def _read_in_order(
    catalog: Catalog, reader: TextReader, todo: Sequence[PhotoId], decoders: ThreadPoolExecutor
) -> Iterator[ReadPicture | None]:
    """Pictures in order, read one by one on a thread that lets all others go first; None where the file is away."""
    with ThreadPoolExecutor(1, thread_name_prefix="text-reader", initializer=manners.step_back) as thread:
        for decoded in _decoded(catalog, todo, decoders, reader.longest_side_px):
            yield thread.submit(_read, reader, decoded).result() if decoded is not None else None


def _give_memory_back() -> None:
    """glibc keeps what was freed, 200 MB after a reader; other systems have no such call."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def _read(reader: TextReader, decoded: _Decoded) -> ReadPicture:
    if decoded.image is None:
        return ReadPicture(decoded.content_hash, failure=decoded.failure)
    try:
        return ReadPicture(decoded.content_hash, text_reader.cleaned(reader.read(decoded.image)))
    except (Exception, MemoryError):
        log.exception("reading the text of a picture failed")
        return ReadPicture(decoded.content_hash, failure=CANNOT_BE_READ)


def _keep(catalog: Catalog, reader: str, read: Sequence[ReadPicture]) -> None:
    if read:
        catalog.write(partial(_write, reader=reader, read=list(read)))


def _write(connection: Connection, changes: Changes, reader: str, read: Sequence[ReadPicture]) -> None:
    changes.texts.update(picture_texts.put(connection, reader, read))


def _decoded(
    catalog: Catalog, todo: Sequence[PhotoId], decoders: ThreadPoolExecutor, longest_side_px: int
) -> Iterator[_Decoded | None]:
    """Pictures in order, decoded a little ahead; None for one whose file is away: it is asked for next time."""
    waiting = iter(todo)
    pending: deque[Future[_Decoded | None]] = deque()
    try:
        while True:
            while len(pending) < _AHEAD and (one := next(waiting, None)) is not None:
                pending.append(decoders.submit(_decode, catalog, one, longest_side_px))
            if not pending:
                return
            yield pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()


def _decode(catalog: Catalog, photo_id: PhotoId, longest_side_px: int) -> _Decoded | None:
    with catalog.reading() as connection:
        row = photo_files.file_of(connection, photo_id)
    if row is None:
        return None
    try:
        content = row.path.read_bytes()
    except OSError:
        return None
    try:
        image = decoding.decode(content, row.path.name, 1, longest_side_px).image
    except UnreadableImage as error:
        return _Decoded(row.content_hash, failure=str(error))
    except MemoryError:
        return _Decoded(row.content_hash, failure=_TOO_LARGE)
    return _Decoded(row.content_hash, image)
