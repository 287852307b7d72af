"""Reads the captioned photos that the starter encoder is trained and measured with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

TRAINING_FOLDERS = ("flickr8k", "visual7w")
MEASURING_FOLDERS = ("flickr8k", "visual7w", "coco", "phone", "imagenet")


@dataclass(frozen=True, slots=True)
class Captioned:
    """One photo with what people wrote about it."""

    path: Path
    captions: tuple[str, ...]
    split: str
    class_index: int | None


def read(photos: Path, folder: str, split: str) -> list[Captioned]:
    """The photos of one folder and split ("train" or "val"), in the order of its .jsonl file."""
    lines = (photos / f"{folder}.jsonl").read_text(encoding="utf-8").splitlines()
    records = (json.loads(line) for line in lines if line.strip())
    return [
        Captioned(photos / folder / r["file"], tuple(r["captions"]), r["split"], r.get("class_index"))
        for r in records
        if r["split"] == split
    ]
