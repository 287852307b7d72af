"""Where real captioned photos lie on this machine, if anywhere; nothing of them is part of the project."""

from __future__ import annotations

import os
from pathlib import Path


def real_photos_folder() -> Path | None:
    """The folder that RECOLLECT_TEST_PHOTOS names, if it is there."""
    named = os.environ.get("RECOLLECT_TEST_PHOTOS")
    return Path(named) if named and Path(named).is_dir() else None
