"""An `Encoder` whose towers live in another process. Any thread; torch is not imported here.

What needs no torch stays: the properties, opening the door for pictures, and the starter's typed texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from core.domain import Embedding
from core.embedding import starter_encoder
from core.embedding.encoder import PreparedImage
from core.embedding.encoder_recipe import Recipe
from core.embedding.encoding_process import EncodingProcess, NoProcess
from core.embedding.open_clip_encoder import OpenClipEncoder

_CROSSING_PX = 512 * 512
"""A picture of no more pixels, like a thumbnail, crosses as it is: torch, over there, resizes it in half the time."""
_CROSSING_BYTES = 1 << 20
"""A JPEG file of no more bytes, like a thumbnail's, crosses and is opened over there."""
_WHOLE_AT_MOST = 64
"""Pictures at a time: more would be too much that waits in memory.

And only for the processor, from which opening and resizing takes wherever they are done; another device goes on with
one batch while the next is made ready here."""


class ForwardedEncoder:
    """Implements `core.embedding.encoder.Encoder`; where no process can be started, `here` encodes."""

    def __init__(self, recipe: Recipe, here: OpenClipEncoder, process: EncodingProcess) -> None:
        self._recipe = recipe
        self._here = here
        self._process = process
        self._is_crossing_whole = True

    @property
    def name(self) -> str:
        """As in the registry."""
        return self._here.name

    @property
    def fingerprint(self) -> str:
        """Identity of weights and preprocessing."""
        return self._here.fingerprint

    @property
    def dimension(self) -> int:
        """Length of an embedding."""
        return self._here.dimension

    @property
    def input_side_px(self) -> int:
        """Side of the square input."""
        return self._here.input_side_px

    def batch_size(self) -> int:
        """How many images at a time suit this device; loads the image tower. Raises LibraryError, Cancelled."""
        try:
            size, is_on_processor = self._process.batch_size(self._recipe)
        except NoProcess:
            return self._here.batch_size()
        self._is_crossing_whole = is_on_processor and size <= _WHOLE_AT_MOST
        return size

    def prepare_image(self, image: Image.Image) -> PreparedImage:
        """A small picture as it is, a larger one as the input square."""
        if not self._is_crossing_whole or image.width * image.height > _CROSSING_PX:
            return self._here.prepare_image(image)
        return np.array(image if image.mode == "RGB" else image.convert("RGB"), dtype=np.uint8)

    def prepare_jpeg(self, jpeg: bytes) -> PreparedImage:
        """The file of a thumbnail as it is: opened here, it would hold Python's lock while the processors are busy.

        Raises UnreadableImage for another one.
        """
        if not self._is_crossing_whole or len(jpeg) > _CROSSING_BYTES:
            return self._here.prepare_jpeg(jpeg)
        return np.frombuffer(jpeg, dtype=np.uint8)

    def encode_prepared(self, images: Sequence[PreparedImage]) -> Embedding:
        """Embed prepared images: (n, d) float32, unit rows.

        Raises LibraryError, UnreadableImage if a JPEG is damaged, and Cancelled at closing.
        """
        if not images:
            return np.zeros((0, self.dimension), dtype=np.float32)
        try:
            return self._process.encode_images(self._recipe, images)
        except NoProcess:
            return self._here.encode_prepared(images)

    def encode_texts(self, texts: Sequence[str]) -> Embedding:
        """Embed texts of any length: (n, d) float32, unit rows. Raises LibraryError, and Cancelled at closing."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        try:
            return self._process.encode_texts(self._recipe, texts)
        except NoProcess:
            return self._here.encode_texts(texts)

    def release_image_tower(self) -> None:
        """Give back the image tower's memory, with the whole process where that keeps nothing else warm."""
        self._process.release(self._recipe)
        self._here.release_image_tower()

    def let_go(self) -> None:
        """Nobody uses this encoder any more: its memory goes back, the text tower's too."""
        self._process.forget(self._recipe)


class ForwardedStarter(ForwardedEncoder):
    """The starter: typed texts are answered here, in NumPy; many at a time by torch, if it is there already."""

    def encode_texts(self, texts: Sequence[str]) -> Embedding:
        """Embed texts of any length: (n, d) float32, unit rows. Raises LibraryError, and Cancelled at closing."""
        if starter_encoder.are_many(texts) and self._process.has_torch:  # which may wait for a start
            return super().encode_texts(texts)
        return self._here.encode_texts(texts)


def forwarded(recipe: Recipe, here: OpenClipEncoder, process: EncodingProcess) -> ForwardedEncoder:
    """The encoder of a recipe, encoding in `process`."""
    return (ForwardedStarter if recipe.is_starter else ForwardedEncoder)(recipe, here, process)
