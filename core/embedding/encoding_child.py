"""What the process that encodes does: pictures on one thread, texts on another, until nobody asks any more.

A typed query does not wait for a batch of pictures: each thread has a pipe, and the encoder a lock for each half.
The texts' thread is the main one and keeps its priority; the pictures' steps back.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable
from ctypes import Array, c_uint8
from functools import partial
from multiprocessing.connection import Connection
from typing import NoReturn

import numpy as np

from core import manners
from core.embedding import encoder_recipe, encoding_wire
from core.embedding.encoder import PreparedImage
from core.embedding.encoder_recipe import Recipe
from core.embedding.encoding_wire import Answer, Request, Slot
from core.embedding.open_clip_encoder import OpenClipEncoder
from core.errors import LibraryError, UnreadableImage
from core.jobs import Cancelled


def serve(images: Connection, texts: Connection, shared: Array[c_uint8], idle_s: float) -> None:
    """Answer on both pipes. Ends with the program that asks, and after `idle_s` in which nothing must stay warm."""
    if sys.platform != "linux":  # where only a whole process can step back
        manners.step_back()
    kept = _KeptLog()
    logging.getLogger().addHandler(kept)
    logging.getLogger("core").setLevel(logging.INFO)
    service = _Service(np.frombuffer(memoryview(shared), dtype=np.uint8), kept)
    threading.Thread(target=_serve_images, args=(images, service, idle_s), name="images", daemon=True).start()
    _loop(texts, service.texts)


def _serve_images(pipe: Connection, service: _Service, idle_s: float) -> None:
    manners.step_back()
    _loop(pipe, service.images, idle_s, service.rest)


def _loop(
    pipe: Connection,
    answer: Callable[[Request], Answer],
    idle_s: float | None = None,
    on_idle: Callable[[], None] = lambda: None,
) -> NoReturn:
    """Answer until the other end is closed; then the process ends, whatever its other thread is in the middle of."""
    try:
        while True:
            while not pipe.poll(idle_s):
                on_idle()
            encoding_wire.send(pipe, answer(pipe.recv()))
    except (EOFError, OSError):
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


class _KeptLog(logging.Handler):
    """Records that wait to be sent with the next answer: the parent has the log file."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._records: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append((record.name, record.levelno, self.format(record)))

    def take(self) -> list[tuple[str, int, str]]:
        taken, self._records = self._records, []
        return taken


class _Service:
    """The encoders of this process. `images` is called by one thread, `texts` by another."""

    def __init__(self, slot: Slot, log: _KeptLog) -> None:
        self._slot = slot
        self._log = log
        self._lock = threading.Lock()
        self._encoders: dict[tuple[str, str], OpenClipEncoder] = {}
        self._warm: set[tuple[str, str]] = set()
        """Those whose text half must stay loaded."""
        self._damaged: list[str] = []
        self._batch: list[PreparedImage] = []
        self._is_answering_texts = False

    def images(self, request: Request) -> Answer:
        """Answer a request about the image half."""
        return self._answered(partial(self._for_images, request))

    def texts(self, request: Request) -> Answer:
        """Embed texts."""
        self._is_answering_texts = True
        try:
            return self._answered(partial(self._for_texts, request))
        finally:
            self._is_answering_texts = False

    def rest(self) -> None:
        """Nothing was asked for a while: give back what can be loaded again, or all of it."""
        with self._lock:
            encoders = list(self._encoders.values())
        for encoder in encoders:
            encoder.release_image_tower()
        if not self._warm and not self._is_answering_texts:
            os._exit(0)

    def _for_texts(self, request: Request) -> Answer:
        encoder = self._encoder(request.recipe)
        if not request.recipe.is_starter:
            self._warm.add(request.recipe.key)
        return Answer(rows=encoder.encode_texts(request.texts))

    def _for_images(self, request: Request) -> Answer:
        encoder = self._encoder(request.recipe)
        match request.verb:
            case "batch_size":
                return Answer(encoder.batch_size(), encoder.is_on_processor())
            case "pixels":
                self._take_pixels(request)
            case "encode":
                self._take_pixels(request)
                batch, self._batch = self._batch, []
                return Answer(rows=encoder.encode_prepared(batch))
            case "release":
                encoder.release_image_tower()
            case "forget":
                with self._lock:
                    self._encoders.pop(request.recipe.key, None)
                    self._warm.discard(request.recipe.key)
        return Answer(len(self._warm))

    def _take_pixels(self, request: Request) -> None:
        """Out of the shared memory, which the next pictures will lie in."""
        taken = [one.copy() for one in encoding_wire.views(self._slot, request.shapes)]
        self._batch = taken if request.is_first else self._batch + taken

    def _encoder(self, recipe: Recipe) -> OpenClipEncoder:
        with self._lock:
            if recipe.key not in self._encoders:
                self._encoders[recipe.key] = encoder_recipe.make(recipe, self._damaged.append)
            return self._encoders[recipe.key]

    def _answered(self, work: Callable[[], Answer]) -> Answer:
        try:
            answer = work()
        except LibraryError as error:
            answer = Answer(error=["library", error.title, error.detail, error.hint])
        except UnreadableImage as error:
            answer = Answer(error=["unreadable", str(error)])
        except Cancelled:
            answer = Answer(error=["cancelled"])
        except Exception:
            answer = Answer(error=["bug", traceback.format_exc()])
        answer.damaged, self._damaged[:] = list(self._damaged), []
        answer.log = self._log.take()
        return answer
