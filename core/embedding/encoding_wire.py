"""What crosses between this program and the process that encodes: requests, pictures, answers.

Requests are pickled by the parent. Answers are JSON and plain float32 rows: the parent unpickles nothing that a process
sends which reads files from elsewhere. Any thread; torch-free.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from core.domain import Embedding
from core.embedding.encoder import PreparedImage
from core.embedding.encoder_recipe import Recipe
from core.errors import LibraryError
from core.jobs import Cancelled

Shape = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Request:
    """`verb`: batch_size, encode, texts, release or forget."""

    verb: str
    recipe: Recipe
    texts: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    """Of the pictures that follow."""


@dataclass(slots=True)
class Answer:
    """A value, or rows, or why there is none; and what happened meanwhile."""

    value: int = 0
    rows: Embedding | None = None
    error: list[str] = field(default_factory=list)
    """The kind (library, cancelled, bug) and its texts; empty: none."""
    damaged: list[str] = field(default_factory=list)
    """Encoders whose weights turned out not to load."""
    log: list[tuple[str, int, str]] = field(default_factory=list)
    """Logger, level and message."""

    def raise_error(self) -> None:
        """Raise what was raised there. LibraryError and Cancelled as they were, anything else as RuntimeError."""
        match self.error:
            case []:
                return
            case ["library", title, detail, hint]:
                raise LibraryError(title, detail, hint)
            case ["cancelled"]:
                raise Cancelled
            case _:
                raise RuntimeError("\n".join(self.error))


def send(pipe: Connection, answer: Answer) -> None:
    """Send an answer. Raises OSError when nobody is there any more."""
    shape = None if answer.rows is None else answer.rows.shape
    plain = {"value": answer.value, "error": answer.error, "damaged": answer.damaged, "log": answer.log}
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


def send_pictures(pipe: Connection, pictures: Sequence[PreparedImage]) -> None:
    """Send the pictures of a request, one message each. Raises OSError when the process is gone."""
    for picture in pictures:
        pipe.send_bytes(np.ascontiguousarray(picture).data.cast("B"))


def receive_pictures(pipe: Connection, shapes: Sequence[Shape]) -> list[PreparedImage]:
    """Wait for the pictures of a request. Raises EOFError or OSError when nobody is there any more."""
    pictures = [np.empty(shape, dtype=np.uint8) for shape in shapes]
    for picture in pictures:
        pipe.recv_bytes_into(picture.data.cast("B"))
    return pictures
