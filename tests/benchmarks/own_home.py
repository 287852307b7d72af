"""A library of its own for a benchmark, in a folder that goes away."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import places
from core.places import Places


@contextmanager
def made(encoders: Path | None = None) -> Iterator[Places]:
    """Where an empty library lives; `encoders`: the folder of installed ones (None: none but the starter)."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["RECOLLECT_HOME"] = home
        own = places.places()
        if encoders is not None:
            own.encoders.parent.mkdir(parents=True, exist_ok=True)
            own.encoders.symlink_to(encoders, target_is_directory=True)
        yield own
