"""`recollect why`: what in a photo speaks for some words, and what the photo looks like."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from core import heat_colours, places
from core.command_line import output
from core.domain import Explanation, Query
from core.errors import LibraryError
from core.library import Library

_PAINTED_SIDE_PX = 1600
_STANDS_OUT = 0.5


def add_to(commands: Any, library: argparse.ArgumentParser) -> None:
    """Add the command of this module."""
    why = commands.add_parser(
        "why",
        parents=[library],
        help="show what in a photo speaks for some words",
        description="Say where in a photo the words are answered, and which words the photo looks like most.",
    )
    why.add_argument("photo", type=Path, metavar="PHOTO", help="a photo of the library")
    why.add_argument("words", nargs="*", metavar="WORDS", help="what was searched for; without, its strongest word")
    why.add_argument("--out", type=Path, metavar="PNG", help="write the photo with the heat map painted over it")
    why.add_argument("--json", action="store_true", help="print one JSON object")
    why.set_defaults(run=_why)


def _why(arguments: argparse.Namespace) -> int:
    with Library(places.places(arguments.library)) as library:
        example = library.example(arguments.photo.absolute())
        if example.photo_id is None:
            raise LibraryError(
                f"{output.shown(arguments.photo)} is not in the library.",
                hint="Add its folder with: recollect index FOLDER",
            )
        explanation = library.explain(example.photo_id, Query(" ".join(arguments.words)))
        if arguments.out is not None:
            _write(library.picture(example.photo_id, _PAINTED_SIDE_PX), explanation, arguments.out)
    if arguments.json:
        output.write_json(_as_json(arguments.photo, explanation))
    else:
        _print(explanation)
    return 0


def _write(photo: Image.Image, explanation: Explanation, path: Path) -> None:
    """The photo with the map over it. Raises LibraryError when the file cannot be written."""
    small = Image.fromarray((explanation.heat * 255).astype(np.uint8))
    heat = np.asarray(small.resize(photo.size, Image.Resampling.BICUBIC)).astype(np.float32) / np.float32(255)
    painted = photo.convert("RGBA")
    painted.alpha_composite(Image.fromarray(heat_colours.rgba(heat)))
    try:
        painted.convert("RGB").save(path, "PNG")
    except OSError as error:
        raise LibraryError(
            f"{output.shown(path)} cannot be written.", error.strerror or "", "Choose another place."
        ) from error


def place(explanation: Explanation) -> tuple[float, float]:
    """The hottest place, as fractions of the upright photo from the left and from the top."""
    rows, columns = explanation.heat.shape
    row, column = np.unravel_index(int(explanation.heat.argmax()), explanation.heat.shape)
    return (float(column) + 0.5) / columns, (float(row) + 0.5) / rows


def _as_json(photo: Path, explanation: Explanation) -> dict[str, object]:
    wish = explanation.wishes[explanation.wish].words if explanation.wish >= 0 else None
    x, y = place(explanation)
    return {
        "path": str(photo.absolute()),
        "encoder": explanation.encoder,
        "words": wish,
        "strength": round(explanation.strength, 3),
        "hottest": {"x": round(x, 3), "y": round(y, 3)} if explanation.heat.any() else None,
        "looks_like": [{"word": word.name, "strength": round(word.strength, 3)} for word in explanation.words],
    }


def _print(explanation: Explanation) -> None:
    if explanation.wish >= 0:
        words = explanation.wishes[explanation.wish].words
        x, y = place(explanation)
        if explanation.strength >= _STANDS_OUT:
            where = f"most at {x:.0%} from the left, {y:.0%} from the top"
            print(f'"{words}": strength {explanation.strength:.0%}, {where}.')
        else:
            print(f'Nothing in this photo stands out for "{words}".')
    if explanation.words:
        print("Looks like: " + ", ".join(f"{word.name} {word.strength:.0%}" for word in explanation.words))
