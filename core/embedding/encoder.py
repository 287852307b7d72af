"""The one face every encoder shows to the rest of Recollect. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.domain import Embedding

PreparedImage = NDArray[np.uint8]
"""One image as the encoder that prepared it takes it: (height, width, 3) uint8 RGB, its input square as a rule; or (n,)
uint8, the bytes of a JPEG file that it will open itself."""


class Encoder(Protocol):
    """An image tower and a text tower that share one embedding space.

    Implementations are safe to call from several threads at once, and load their weights
    on the first call that needs them; the properties never load anything.
    """

    @property
    def name(self) -> str:
        """`starter`, or `architecture/tag` as in open_clip."""

    @property
    def fingerprint(self) -> str:
        """Identity of weights and preprocessing; embeddings of equal fingerprints are comparable."""

    @property
    def dimension(self) -> int:
        """Length d of an embedding."""

    @property
    def input_side_px(self) -> int:
        """Side of the square input; a decoder need not deliver more than this on the shorter side."""

    def batch_size(self) -> int:
        """How many images at a time this device encodes best (a short self-test, cached per machine)."""

    def prepare_image(self, image: Image.Image) -> PreparedImage:
        """One upright image, ready for `encode_prepared`. Cheap and thread-safe: decoder threads call it."""

    def prepare_jpeg(self, jpeg: bytes) -> PreparedImage:
        """The same from the JPEG file of an upright image, a thumbnail as a rule; here or later.

        Raises UnreadableImage, if it is opened here.
        """

    def encode_prepared(self, images: Sequence[PreparedImage]) -> Embedding:
        """Embed prepared images: (n, d) float32, rows L2-normalised. Raises UnreadableImage if a JPEG is damaged."""

    def encode_texts(self, texts: Sequence[str]) -> Embedding:
        """Embed texts of any length (cut to the context): (n, d) float32, rows L2-normalised."""

    def release_image_tower(self) -> None:
        """Give back the memory of the image tower; the next `encode_prepared` loads it again."""
