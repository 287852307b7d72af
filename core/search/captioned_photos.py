"""Reads captioned photos to measure an encoder with: one JSON object a line. Any thread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import LibraryError

_HINT = 'Each line is like {"file": "dog.jpg", "captions": ["a dog"], "split": "val", "labels": ["dog"]}.'


DEVELOPMENT_SPLIT = "val"
"""What is measured on, and never trained on."""


@dataclass(frozen=True, slots=True)
class CaptionedPhoto:
    """One photo with what is known about it."""

    file: str
    """Relative to the photos' folder."""
    captions: tuple[str, ...]
    split: str
    labels: tuple[str, ...] = ()


def read(path: Path, split: str | None = None) -> list[CaptionedPhoto]:
    """The photos of that split, or of all. Raises LibraryError for a file that is missing, broken or empty."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path.name} cannot be read.", str(error)) from error
    found = [photo for photo in _parsed(path.name, text) if split in (None, photo.split)]
    if not found:
        raise LibraryError(f"{path.name} lists no photos{f' of the split {split}' if split else ''}.", hint=_HINT)
    return found


def read_split(path: Path, split: str | None) -> list[CaptionedPhoto]:
    """As `read`; None: the development split where there is one, else everything."""
    found = read(path, split)
    developing = [photo for photo in found if photo.split == DEVELOPMENT_SPLIT]
    return developing if split is None and developing else found


def _parsed(name: str, text: str) -> Iterator[CaptionedPhoto]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _photo(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise LibraryError(f"Line {number} of {name} does not describe a photo.", hint=_HINT) from error


def _photo(record: Any) -> CaptionedPhoto:
    captions, labels = record["captions"], record.get("labels", [])
    if not (_is_texts(captions) and _is_texts(labels) and isinstance(record["file"], str)):
        raise ValueError
    return CaptionedPhoto(record["file"], tuple(captions), str(record.get("split", "")), tuple(labels))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
