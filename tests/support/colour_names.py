"""A reader of text for tests: a picture of one colour says the colour's name. Red ones can be made to fail."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from core.recognition.text_reader import Line
from tests.support.colour_encoder import COLOURS


class ColourNames:
    """Counts what it reads; `on_read` is called before each picture."""

    name = "colour names 1"
    longest_side_px = 64

    def __init__(self) -> None:
        self.said: list[str] = []
        self.failing: set[str] = set()
        self.silent: set[str] = set()
        self.on_read: Callable[[], object] = lambda: None

    def read(self, image: Image.Image) -> list[Line]:
        """The lines in a picture: `shop GREEN 12`, and one that nobody should be sure of."""
        self.on_read()
        pixel = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
        colour = next(name for name, value in COLOURS.items() if value == pixel)
        self.said.append(colour)
        if colour in self.failing:
            raise RuntimeError("this picture breaks the reader")
        if colour in self.silent:
            return []
        return [Line(f"shop {colour.upper()} 12", 0.95), Line("scribble", 0.2)]
