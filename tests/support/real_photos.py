"""Where real captioned photos lie on this machine, if anywhere; nothing of them is part of the project."""

from __future__ import annotations

import os
from pathlib import Path


def real_photos_folder() -> Path | None:
    """The folder named by RECOLLECT_TEST_PHOTOS, else `../shared/photos` beside the checkout, else None."""
    named = os.environ.get("RECOLLECT_TEST_PHOTOS")
    folder = Path(named) if named else Path(__file__).resolve().parents[3] / "shared" / "photos"
    return folder if folder.is_dir() else None
