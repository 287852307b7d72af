"""`--region`: a part of an example picture, as people type it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.domain import ExamplePicture, Region
from core.errors import QueryError
from core.library import Library

_NUMBER = re.compile(r"\d*\.?\d+(%?)")


def add_to(command: Any, *, many: bool = False) -> None:
    """Add the option to a command."""
    several = " (the first for the first IMAGE, and so on)" if many else ""
    command.add_argument(
        "--region",
        action="append",
        type=region,
        default=[],
        metavar="L,T,R,B",
        help=f"only this part of the picture: its edges as fractions (0 to 1) or per cent{several}",
    )


def region(text: str) -> Region:
    """`0.1,0.2,0.5,0.9`, `10,20,50,90` or `10%,20%,50%,90%`: left, top, right, bottom of the upright picture."""
    parts = [part.strip() for part in text.split(",")]
    matches = [_NUMBER.fullmatch(part) for part in parts]
    if len(parts) != 4 or not all(matches):
        raise argparse.ArgumentTypeError(f"{text} is not four numbers such as 0.1,0.2,0.5,0.9 or 10%,20%,50%,90%")
    numbers = [float(part.rstrip("%")) for part in parts]
    if any(part.endswith("%") for part in parts) or max(numbers) > 1:
        numbers = [number / 100 for number in numbers]
    try:
        return Region(*numbers)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text} is no part of a picture; give left, top, right, bottom, each edge between 0 and 1"
        ) from error


def examples(library: Library, paths: Sequence[Path], chosen: Sequence[Region]) -> tuple[ExamplePicture, ...]:
    """The pictures to search by, each with its region. Raises QueryError when there are more regions than pictures."""
    if len(chosen) > len(paths):
        raise QueryError("There are more regions than pictures.", hint="Give one --like IMAGE for each --region.")
    found = [library.example(path.absolute()) for path in paths]
    found[: len(chosen)] = [
        replace(example, region=one) for example, one in zip(found[: len(chosen)], chosen, strict=True)
    ]
    return tuple(found)
