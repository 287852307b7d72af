"""Serves as the process that encodes does, over an encoder that kills its process, fails or hangs: runs in children."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from ctypes import Array, c_uint8
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding
from core.embedding import encoder_recipe, encoding_child, starter
from core.embedding.encoder import PreparedImage
from core.embedding.encoder_recipe import Recipe
from core.embedding.open_clip_encoder import OpenClipEncoder
from core.errors import LibraryError
from core.jobs import Cancelled

WELL, CRASHES, CRASHES_ONCE, FAILS, STOPS, BUG, HANGS, DAMAGED, LOGS = range(9)
"""What a picture of this grey does to the encoder, or a text that is this number."""


class WildEncoder(OpenClipEncoder):
    """A picture's embedding is its mean grey, a text's its length; some of them go wrong."""

    def __init__(self, folder: Path, on_damage: Callable[[str], None]) -> None:
        super().__init__("wild", "wild-1", 2, starter.PREPROCESSING, lambda: None, folder)  # type: ignore[arg-type, return-value]
        self._folder = folder
        self._on_damage = on_damage

    def batch_size(self) -> int:
        return 4

    def is_on_processor(self) -> bool:
        return True

    def encode_prepared(self, images: Sequence[PreparedImage]) -> Embedding:
        self._do(int(images[0].flat[0]))
        return np.array([[one.mean(), 1] for one in images], dtype=np.float32)

    def encode_texts(self, texts: Sequence[str]) -> Embedding:
        self._do(int(texts[0]) if texts[0].isdigit() else WELL)
        return np.array([[len(one), 2] for one in texts], dtype=np.float32)

    def _do(self, what: int) -> None:
        marker = self._folder / "crashed"
        if what == CRASHES or (what == CRASHES_ONCE and not marker.exists()):
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        elif what == FAILS:
            raise LibraryError("It failed.", "This is how.", "Do that.")
        elif what == STOPS:
            raise Cancelled
        elif what == BUG:
            raise ValueError("a bug")
        elif what == HANGS:
            (self._folder / "hanging").write_text(str(os.getpid()))
            threading.Event().wait()
        elif what == DAMAGED:
            self._on_damage("wild")
            raise LibraryError("The weights are damaged.")
        elif what == LOGS:
            logging.getLogger("core.embedding.runners").warning("moved to %s", "cpu")


def recipe(folder: Path, *, is_starter: bool = True) -> Recipe:
    """The recipe of the wild encoder; it is told to be another kind of encoder by what stays warm of it."""
    installed = None if is_starter else object()
    return Recipe("wild", "wild-1", folder, installed)  # type: ignore[arg-type]


def serve(images: Connection, texts: Connection, shared: Array[c_uint8], idle_s: float) -> None:
    """What the children run."""

    def make(recipe: Recipe, on_damage: Callable[[str], None]) -> OpenClipEncoder:
        return WildEncoder(recipe.cache, on_damage)

    encoder_recipe.make = make  # type: ignore[assignment]
    encoding_child.serve(images, texts, shared, idle_s)


def picture(grey: int, side_px: int = 8) -> NDArray[np.uint8]:
    """A square of one grey."""
    return np.full((side_px, side_px, 3), grey, dtype=np.uint8)
