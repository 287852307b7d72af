"""An encoder without a neural network: a picture is its colours, a text is the colour names in it.

Lets search, find similar and tagging be tested by meaning in milliseconds. `colours` and `colours-2` differ in
dimension and fingerprint, so switching encoders can be tested too. Thread-safe, deterministic, needs no torch.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.domain import Embedding
from core.embedding.encoder import PreparedImage
from core.embedding.registry import EncoderRegistry, EncoderSpec
from core.images import thumbnails

COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (220, 20, 30),
    "green": (30, 160, 40),
    "blue": (30, 60, 210),
    "yellow": (245, 225, 40),
    "orange": (250, 140, 20),
    "purple": (130, 40, 160),
    "pink": (250, 150, 190),
    "brown": (120, 70, 30),
    "black": (8, 8, 8),
    "white": (250, 250, 250),
    "grey": (128, 128, 128),
    "cyan": (30, 210, 220),
}
"""Colour names with the sRGB value that means them best."""

_SYNONYMS = {"gray": "grey", "violet": "purple", "turquoise": "cyan"}
_UNKNOWN = len(COLOURS)
"""The axis of texts without a colour name: no picture has any of it."""
_SIDE_PX = 16
_SOFTNESS = 45.0
"""Distance in sRGB at which a pixel still counts for a neighbouring colour."""


class ColourEncoder:
    """Implements core.embedding.encoder.Encoder over colour names.

    `images_encoded` and `texts_encoded` count the work done, so a test can tell that something was not encoded twice.
    """

    def __init__(self, name: str = "colours", dimension: int = 16, shift: int = 0) -> None:
        assert dimension > len(COLOURS)
        self._name = name
        self._dimension = dimension
        self._shift = shift
        self._lock = threading.Lock()
        self.images_encoded = 0
        self.texts_encoded = 0
        self.releases = 0

    @property
    def name(self) -> str:
        return self._name

    @property
    def fingerprint(self) -> str:
        return f"{self._name}:{self._dimension}:{self._shift}"

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def input_side_px(self) -> int:
        return _SIDE_PX

    def batch_size(self) -> int:
        return 8

    def prepare_image(self, image: Image.Image) -> PreparedImage:
        small = image.convert("RGB").resize((_SIDE_PX, _SIDE_PX), Image.Resampling.BOX)
        return np.asarray(small, dtype=np.uint8)

    def prepare_jpeg(self, jpeg: bytes) -> PreparedImage:
        return self.prepare_image(thumbnails.open_thumbnail(jpeg))

    def encode_prepared(self, images: Sequence[PreparedImage]) -> Embedding:
        with self._lock:
            self.images_encoded += len(images)
        return self._rows([_colour_shares(image) for image in images])

    def encode_texts(self, texts: Sequence[str]) -> Embedding:
        with self._lock:
            self.texts_encoded += len(texts)
        return self._rows([_named_colours(text) for text in texts])

    def release_image_tower(self) -> None:
        with self._lock:
            self.releases += 1

    def _rows(self, shares: Sequence[NDArray[np.float32]]) -> Embedding:
        rows = np.zeros((len(shares), self._dimension), dtype=np.float32)
        for row, share in zip(rows, shares, strict=True):
            row[: len(share)] = share
        rows = np.roll(rows, self._shift, axis=1)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Embedding = (rows / np.maximum(norms, 1e-12)).astype(np.float32)
        return unit


def _colour_shares(image: PreparedImage) -> NDArray[np.float32]:
    pixels = image.reshape(-1, 1, 3).astype(np.float32)
    named = np.array(list(COLOURS.values()), dtype=np.float32)[None]
    distances = np.square(pixels - named).sum(axis=2)
    nearness = np.exp(-(distances - distances.min(axis=1, keepdims=True)) / (2 * _SOFTNESS**2))
    shares: NDArray[np.float32] = (nearness / nearness.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares


def _named_colours(text: str) -> NDArray[np.float32]:
    words = [_SYNONYMS.get(word, word) for word in re.findall(r"\w+", text.lower())]
    row = np.zeros(len(COLOURS) + 1, dtype=np.float32)
    for position, colour in enumerate(COLOURS):
        row[position] = min(words.count(colour), 1)
    if not row.any():
        row[_UNKNOWN] = 1.0
    return row


def colour_spec(name: str = "colours", dimension: int = 16) -> EncoderSpec:
    """The registry's entry for a colour encoder."""
    return EncoderSpec(
        name=name,
        title=f"Colours ({name})",
        license="MIT",
        languages="English colour names",
        size_mb=0,
        dimension=dimension,
        description="Finds photos by the names of their colours.",
        recommended_for=None,
    )


def colour_registry(encoders_folder: Path, cache: Path) -> EncoderRegistry:
    """A registry that also knows `colours` and `colours-2`, both installed."""
    return EncoderRegistry(
        encoders_folder,
        cache,
        extra=(
            (colour_spec(), ColourEncoder),
            (colour_spec("colours-2", 24), lambda: ColourEncoder("colours-2", 24, shift=5)),
        ),
    )
