"""An `Encoder` over a pair of towers. Any thread; torch is imported by the first call that encodes.

Image and text halves have a lock each, so that a typed query does not wait for a batch of pictures.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from core.domain import Embedding
from core.embedding.encoder import PreparedImage
from core.embedding.measurements import Measurements
from core.embedding.preprocessing import Preprocessing
from core.embedding.quiet_import import quietly

if TYPE_CHECKING:
    from core.embedding.runners import BestDevice, ImageRunner, TextRunner
    from core.embedding.towers import Towers


class OpenClipEncoder:
    """Implements `core.embedding.encoder.Encoder`; `load` gives the towers and is called at most once."""

    def __init__(
        self,
        name: str,
        fingerprint: str,
        dimension: int,
        preprocessing: Preprocessing,
        load: Callable[[], Towers],
        cache: Path,
        best_device: BestDevice | None = None,
    ) -> None:
        self._name = name
        self._fingerprint = fingerprint
        self._dimension = dimension
        self._preprocessing = preprocessing
        self._load = load
        self._measurements = Measurements(cache)
        self._best_device = best_device
        self._towers: Towers | None = None
        self._images: ImageRunner | None = None
        self._texts: TextRunner | None = None
        self._load_lock = threading.Lock()
        self._image_lock = threading.Lock()
        self._text_lock = threading.Lock()

    @property
    def name(self) -> str:
        """As in the registry."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """Identity of weights and preprocessing."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of an embedding."""
        return self._dimension

    @property
    def input_side_px(self) -> int:
        """Side of the square input."""
        return self._preprocessing.side_px

    def batch_size(self) -> int:
        """How many images at a time suit this device; loads the image tower. Raises LibraryError."""
        with self._image_lock:
            return self._image_runner().plan().batch_size

    def is_on_processor(self) -> bool:
        """Whether the processor encodes images, and no other device; loads the image tower. Raises LibraryError."""
        with self._image_lock:
            return self._image_runner().plan().device == "cpu"

    def prepare_image(self, image: Image.Image) -> PreparedImage:
        """Resize one upright image to the input square."""
        return self._preprocessing.prepare(image)

    def prepare_jpeg(self, jpeg: bytes) -> PreparedImage:
        """Open a JPEG file and resize it to the input square. Raises UnreadableImage."""
        return self._preprocessing.prepare_jpeg(jpeg)

    def encode_prepared(self, images: Sequence[PreparedImage]) -> Embedding:
        """Embed prepared images: (n, d) float32, unit rows. Raises LibraryError, UnreadableImage."""
        if not images:
            return np.zeros((0, self._dimension), dtype=np.float32)
        with self._image_lock:
            return self._image_runner().encode(images)

    def encode_texts(self, texts: Sequence[str]) -> Embedding:
        """Embed texts of any length: (n, d) float32, unit rows. Raises LibraryError."""
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        with self._text_lock:
            return self._text_runner().encode(texts)

    def release_image_tower(self) -> None:
        """Give back the image tower's memory; waits for a running batch."""
        with self._image_lock:
            if self._images is not None:
                self._images.release()

    def _image_runner(self) -> ImageRunner:
        if self._images is None:
            with quietly():
                from core.embedding import devices, runners

                self._images = runners.ImageRunner(
                    self._loaded(),
                    self._preprocessing,
                    self._fingerprint,
                    self._measurements,
                    self._best_device or devices.best,
                )
        return self._images

    def _text_runner(self) -> TextRunner:
        if self._texts is None:
            with quietly():
                from core.embedding import devices, runners

                self._texts = runners.TextRunner(self._loaded(), self._best_device or devices.best)
        return self._texts

    def _loaded(self) -> Towers:
        with self._load_lock:
            if self._towers is None:
                self._towers = self._load()
            return self._towers
