"""What crosses between this program and the process that encodes: requests, answers, and pictures in shared memory.

Requests are pickled by the parent. Answers are JSON and plain float32 rows: the parent unpickles nothing that a process
sends which reads files from elsewhere. Pictures cross in shared memory because a pipe holds one or two thumbnails'
files, or a third of one's pixels: while the processors are busy, both ends would wait for their turn many times a
batch. Any thread; torch-free.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.embedding.encoder import PreparedImage
from core.embedding.encoder_recipe import Recipe
from core.errors import LibraryError, UnreadableImage
from core.jobs import Cancelled

SLOT_BYTES = 12 << 20
"""Of the memory that both processes see: twenty thumbnails' pixels, sixty squares of the starter, or many files."""

Slot = NDArray[np.uint8]
Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """`verb`: batch_size, pixels, encode, texts, release or forget."""

    verb: str
    recipe: Recipe
    texts: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    """Of the pictures that lie one after the other in the shared memory."""
    is_first: bool = True
    """Whether these are the first pictures of a batch."""


@dataclass(slots=True)
class Answer:
    """A value, or rows, or why there is none; and what happened meanwhile."""

    value: int = 0
    is_on_processor: bool = True
    """Whether the processor encodes images, and no other device."""
    rows: Embedding | None = None
    error: list[str] = field(default_factory=list)
    """The kind (library, unreadable, cancelled, bug) and its texts; empty: none."""
    damaged: list[str] = field(default_factory=list)
    """Encoders whose weights turned out not to load."""
    log: list[tuple[str, int, str]] = field(default_factory=list)
    """Logger, level and message."""

    def raise_error(self) -> None:
        """Raise what was raised there: LibraryError, UnreadableImage, Cancelled; anything else as RuntimeError."""
        match self.error:
            case []:
                return
            case ["library", title, detail, hint]:
                raise LibraryError(title, detail, hint)
            case ["unreadable", reason]:
                raise UnreadableImage(reason)
            case ["cancelled"]:
                raise Cancelled
            case _:
                raise RuntimeError("\n".join(self.error))


def send(pipe: Connection, answer: Answer) -> None:
    """Send an answer. Raises OSError when nobody is there any more."""
    shape = None if answer.rows is None else answer.rows.shape
    plain = {
        "value": answer.value,
        "is_on_processor": answer.is_on_processor,
        "error": answer.error,
        "damaged": answer.damaged,
        "log": answer.log,
    }
    pipe.send_bytes(json.dumps({**plain, "shape": shape}).encode())
    if answer.rows is not None and answer.rows.size:
        pipe.send_bytes(np.ascontiguousarray(answer.rows, dtype=np.float32).data.cast("B"))


def receive(pipe: Connection) -> Answer:
    """Wait for an answer. Raises EOFError or OSError when the process is gone."""
    plain: dict[str, Any] = json.loads(pipe.recv_bytes())
    shape = plain.pop("shape")
    answer = Answer(**plain)
    if shape is not None:
        answer.rows = np.empty(shape, dtype=np.float32)
        if answer.rows.size:
            pipe.recv_bytes_into(answer.rows.data.cast("B"))
    return answer


def pieces(pictures: Sequence[PreparedImage]) -> Iterator[Sequence[PreparedImage]]:
    """The pictures in runs that fit into the shared memory; a single one always does (up to 2,000 pixels a side)."""
    start, size = 0, 0
    for at, picture in enumerate(pictures):
        if at > start and size + picture.nbytes > SLOT_BYTES:
            yield pictures[start:at]
            start, size = at, 0
        size += picture.nbytes
    yield pictures[start:]


def put(slot: Slot, pictures: Sequence[PreparedImage]) -> tuple[Shape, ...]:
    """Lay pictures into the shared memory, one after the other; returns their shapes."""
    shapes = tuple(tuple(map(int, one.shape)) for one in pictures)
    for view, picture in zip(views(slot, shapes), pictures, strict=True):
        np.copyto(view, picture)
    return shapes


def views(slot: Slot, shapes: Sequence[Shape]) -> list[PreparedImage]:
    """The pictures in the shared memory, where they lie."""
    found, at = [], 0
    for shape in shapes:
        size = math.prod(shape)
        found.append(slot[at : at + size].reshape(shape))
        at += size
    return found
