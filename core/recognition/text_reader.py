"""What every reader of text in pictures can do, and how what it read is cleaned before it is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

MOST_CHARACTERS = 4000
LEAST_CONFIDENCE = 0.7
_LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it was recognised."""

    text: str
    confidence: float
    """0 to 1."""


class TextReader(Protocol):
    """Reads text in pictures. One thread at a time; it may hold a few hundred MB until it is let go of."""

    @property
    def name(self) -> str:
        """Which reader this is, with its version."""
        ...

    @property
    def longest_side_px(self) -> int:
        """How large a picture it can make use of."""
        ...

    def read(self, image: Image.Image) -> list[Line]:
        """The lines of text in an upright RGB image, from the top."""
        ...


def cleaned(lines: Iterable[Line]) -> str:
    """The lines worth keeping, one a line: sure enough, with at least two letters or digits, within bounds."""
    kept: list[str] = []
    left = MOST_CHARACTERS
    for line in lines:
        text = " ".join(unicodedata.normalize("NFC", line.text).split())[:_LONGEST_LINE]
        says_something = sum(one.isalnum() for one in text) >= 2 or any(_is_ideograph(one) for one in text)
        if line.confidence >= LEAST_CONFIDENCE and says_something and len(text) < left:
            kept.append(text)
            left -= len(text) + 1
    return "\n".join(kept)


def _is_ideograph(letter: str) -> bool:
    return unicodedata.category(letter) == "Lo"
