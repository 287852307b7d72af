"""The process that encodes, as the rest of the program sees it: started when it is needed, once more when it dies.

Torch lives there: importing and running it would make frames of the window late, and its memory comes back only when
its process ends. One process serves all encoders; several threads may ask at once, pictures and texts apart.
"""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable, Sequence
from ctypes import Array, c_uint8
from multiprocessing.connection import Connection

import numpy as np

from core import child_process
from core.child_process import ChildProcess
from core.domain import Embedding
from core.embedding import encoding_child, encoding_wire
from core.embedding.encoder import PreparedImage
from core.embedding.encoder_recipe import Recipe
from core.embedding.encoding_wire import Answer, Request
from core.errors import LibraryError
from core.jobs import Cancelled

log = logging.getLogger(__name__)

IDLE_S = 60.0
_IMAGES, _TEXTS = "images", "texts"
_TRIES = {_IMAGES: 2, _TEXTS: 3}
"""A batch that ends the process twice is given up; a text that was asked for meanwhile outlives that."""

Serve = Callable[[Connection, Connection, "Array[c_uint8]", float], None]


class NoProcess(Exception):
    """This system starts no process for encoding."""


class EncodingProcess:
    """Starts the process for the first call that needs it. `close` ends it, and whoever waits gets Cancelled."""

    def __init__(
        self,
        on_damage: Callable[[str], None] = lambda name: None,
        serve: Serve = encoding_child.serve,
        idle_s: float = IDLE_S,
    ) -> None:
        """`on_damage` hears the name of an encoder whose weights do not load; `serve` is what the process runs."""
        self._on_damage = on_damage
        self._serve = serve
        self._idle_s = idle_s
        self._lanes = {lane: threading.Lock() for lane in _TRIES}
        self._state = threading.Lock()
        self._child: _Child | None = None
        self._is_closed = threading.Event()
        self._cannot_start = False

    @property
    def has_torch(self) -> bool:
        """Whether the process is there and has imported torch."""
        with self._state:
            child = self._alive()
            return child is not None and child.has_torch

    def batch_size(self, recipe: Recipe) -> tuple[int, bool]:
        """How many images at a time the encoder wants, and whether the processor encodes them.

        Raises LibraryError, Cancelled, NoProcess.
        """
        answer = self._ask(_IMAGES, lambda child: child.ask(_IMAGES, Request("batch_size", recipe)))
        return answer.value, answer.is_on_processor

    def encode_images(self, recipe: Recipe, pictures: Sequence[PreparedImage]) -> Embedding:
        """Embed at least one picture: (n, d) float32. Raises LibraryError, Cancelled, NoProcess."""
        return _rows(self._ask(_IMAGES, lambda child: child.encode(recipe, pictures)))

    def encode_texts(self, recipe: Recipe, texts: Sequence[str]) -> Embedding:
        """Embed at least one text: (n, d) float32. Raises LibraryError, Cancelled, NoProcess."""
        request = Request("texts", recipe, texts=tuple(texts))
        return _rows(self._ask(_TEXTS, lambda child: child.ask(_TEXTS, request)))

    def release(self, recipe: Recipe) -> None:
        """Give the image half's memory back; the process ends if nothing of it must stay warm. Waits for a batch."""
        self._tell(Request("release", recipe), ends_when_cold=True)

    def forget(self, recipe: Recipe) -> None:
        """This encoder is not used any more. Waits for a running batch."""
        self._tell(Request("forget", recipe), ends_when_cold=False)

    def close(self) -> None:
        """End the process at once, and refuse further calls."""
        self._is_closed.set()
        with self._state:
            self._end()

    def _ask(self, lane: str, talk: Callable[[_Child], Answer]) -> Answer:
        with self._lanes[lane]:
            for _ in range(_TRIES[lane]):
                child = self._started()
                try:
                    answer = talk(child)
                except (EOFError, OSError):
                    self._gone(child)
                    continue
                except BaseException:  # interrupted half-way: the next answer would be to this question
                    self._gone(child)
                    raise
                return self._taken(answer)
        raise LibraryError(
            "Encoding failed: its process ended twice over the same photos or words.",
            "The computer may be short of memory.",
            "Close other programs, or choose a smaller encoder.",
        )

    def _tell(self, request: Request, *, ends_when_cold: bool) -> None:
        """Ask a process that is there anyway."""
        with self._lanes[_IMAGES], self._lanes[_TEXTS]:  # nobody is being answered, so none becomes warm meanwhile
            with self._state:
                child = self._alive()
            if child is None:
                return
            try:
                warm = self._taken(child.ask(_IMAGES, request)).value
            except (EOFError, OSError):
                self._gone(child)
                return
            except BaseException:  # interrupted: see _ask
                self._gone(child)
                raise
            if ends_when_cold and not warm:
                with self._state:
                    self._end()

    def _taken(self, answer: Answer) -> Answer:
        for name, level, message in answer.log:
            logging.getLogger(name).log(level, "%s", message)
        for damaged in answer.damaged:
            self._on_damage(damaged)
        answer.raise_error()
        return answer

    def _started(self) -> _Child:
        with self._state:
            if self._is_closed.is_set():
                raise Cancelled
            child = self._alive()
            if child is None:
                child = self._child = self._start()
            return child

    def _alive(self) -> _Child | None:
        if self._child is not None and not self._child.is_alive:  # it had nothing to do
            self._end()
        return self._child

    def _start(self) -> _Child:
        if self._cannot_start:
            raise NoProcess
        try:
            return _Child(self._serve, self._idle_s, self._is_closed)
        except (OSError, EOFError, TimeoutError, RuntimeError) as error:
            if self._is_closed.is_set():
                raise Cancelled from error
            log.exception("no process for encoding could be started: this one encodes")
            self._cannot_start = True
            raise NoProcess from error

    def _gone(self, child: _Child) -> None:
        with self._state:
            if self._is_closed.is_set():
                raise Cancelled
            if self._child is child:
                log.warning("the process that encodes ended by itself, or was interrupted")
                self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Child:
    """One process. Its pipes close with the last thread that uses them, never under one that still waits."""

    def __init__(self, serve: Serve, idle_s: float, is_closed: threading.Event) -> None:
        context = child_process.context()
        images, their_images = context.Pipe()
        texts, their_texts = context.Pipe()
        self._pipes: dict[str, Connection] = {_IMAGES: images, _TEXTS: texts}
        self._shared = context.RawArray(ctypes.c_uint8, encoding_wire.SLOT_BYTES)
        self._slot = np.frombuffer(memoryview(self._shared), dtype=np.uint8)
        self.has_torch = False
        arguments = (their_images, their_texts, self._shared, idle_s)
        self._process = ChildProcess("encoding", serve, arguments, is_closed.is_set)

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive

    def ask(self, lane: str, request: Request) -> Answer:
        """Raises EOFError or OSError when the process is gone."""
        self._pipes[lane].send(request)
        answer = encoding_wire.receive(self._pipes[lane])
        self.has_torch = self.has_torch or request.verb in ("batch_size", "encode")
        return answer

    def encode(self, recipe: Recipe, pictures: Sequence[PreparedImage]) -> Answer:
        """Lay the pictures into the shared memory, piece by piece, and have them embedded."""
        answer, left = Answer(), len(pictures)
        for piece in encoding_wire.pieces(pictures):
            is_first = left == len(pictures)
            left -= len(piece)
            shapes = encoding_wire.put(self._slot, piece)
            answer = self.ask(_IMAGES, Request("pixels" if left else "encode", recipe, (), shapes, is_first))
            if answer.error:
                break
        return answer

    def end(self) -> None:
        self._process.end()


def _rows(answer: Answer) -> Embedding:
    if answer.rows is None:
        raise RuntimeError("an answer without embeddings")
    return answer.rows
