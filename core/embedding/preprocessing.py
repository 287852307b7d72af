"""From an upright picture to the square of pixels an encoder takes. Pure, loads no torch, safe on any thread."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.embedding import resizing
from core.embedding.encoder import PreparedImage
from core.embedding.resizing import Interpolation
from core.errors import UnreadableImage

Resize = Literal["squash", "shortest", "longest"]
"""How a picture becomes a square, in open_clip's words: `squash` ignores the aspect ratio, `shortest` scales the
shorter side and crops the middle, `longest` scales the longer side and pads with black."""

_LONGEST_RATIO = 8


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """What an image tower takes: a square of `side_px`, and (x / 255 - mean) / std, which is applied on the device."""

    side_px: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    resize: Resize = "squash"
    interpolation: Interpolation = "bicubic"

    def prepare(self, image: Image.Image) -> PreparedImage:
        """One upright picture, any size and mode, as (side, side, 3) uint8 RGB, as torchvision's recipe would give."""
        if image.mode != "RGB":
            image = image.convert("RGB")
        if self.resize == "shortest":
            image = self._cropped(image)
        elif self.resize == "longest":
            image = self._padded(image)
        else:
            image = self._resized(image, (self.side_px, self.side_px))
        return np.asarray(image, dtype=np.uint8)

    def prepare_jpeg(self, jpeg: bytes) -> PreparedImage:
        """The same from a JPEG file. Raises UnreadableImage."""
        try:
            with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
                return self.prepare(image.convert("RGB"))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise UnreadableImage("The stored thumbnail is damaged.") from error

    def is_square(self, pixels: NDArray[np.uint8]) -> bool:
        """Whether this is an input square already."""
        return pixels.shape[:2] == (self.side_px, self.side_px)

    def square(self, pixels: NDArray[np.uint8]) -> PreparedImage:
        """The same from an upright RGB picture as an array (height, width, 3), itself if it is that square; or from
        (n,), the bytes of a JPEG file. Raises UnreadableImage."""
        if pixels.ndim == 1:
            return self.prepare_jpeg(pixels.tobytes())
        if self.is_square(pixels):
            return pixels
        if self.resize == "squash":
            return resizing.resized_pixels(pixels, (self.side_px, self.side_px), self.interpolation)
        return np.array(self.prepare(Image.fromarray(pixels)))

    def _cropped(self, image: Image.Image) -> Image.Image:
        width, height = image.size
        shorter = min(width, height)
        if max(width, height) > _LONGEST_RATIO * shorter:  # a panorama of one row of pixels must not become huge
            image = _middle(image, min(width, _LONGEST_RATIO * shorter), min(height, _LONGEST_RATIO * shorter))
            width, height = image.size
        size = self.side_px * width // shorter, self.side_px * height // shorter
        return _middle(self._resized(image, size), self.side_px, self.side_px)

    def _padded(self, image: Image.Image) -> Image.Image:
        scale = self.side_px / max(image.size)
        width, height = (max(1, round(length * scale)) for length in image.size)
        square = Image.new("RGB", (self.side_px, self.side_px))
        left, top = (self.side_px - width) // 2, (self.side_px - height) // 2
        square.paste(self._resized(image, (width, height)), (left, top))
        return square

    def _resized(self, image: Image.Image, size: tuple[int, int]) -> Image.Image:
        return resizing.resized(image, size, self.interpolation)


def _middle(image: Image.Image, width: int, height: int) -> Image.Image:
    left, top = round((image.width - width) / 2), round((image.height - height) / 2)
    return image.crop((left, top, left + width, top + height))
