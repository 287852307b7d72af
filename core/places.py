"""Where Recollect's own files live. `RECOLLECT_HOME` moves all of them, `RECOLLECT_LIBRARY` the catalog."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_APP = "Recollect"


@dataclass(frozen=True, slots=True)
class Places:
    """Recollect's own files. Nothing here is ever inside a photo folder."""

    catalog: Path
    settings: Path
    encoders: Path
    """One folder per installed encoder."""
    cache: Path
    """Can be deleted at any time: measurements of this machine, downloads in progress."""
    logs: Path
    vocabulary: Path
    """The person's own edition of the tag vocabulary, if they edited it."""


def places(catalog: Path | None = None) -> Places:
    """The places of this person on this machine; `catalog` wins over `RECOLLECT_LIBRARY`."""
    home = os.environ.get("RECOLLECT_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        data, config, cache, logs = root / "data", root / "config", root / "cache", root / "logs"
    else:
        data = Path(platformdirs.user_data_dir(_APP, appauthor=False))
        config = Path(platformdirs.user_config_dir(_APP, appauthor=False))
        cache = Path(platformdirs.user_cache_dir(_APP, appauthor=False))
        logs = Path(platformdirs.user_log_dir(_APP, appauthor=False))
    named = catalog or (Path(os.environ["RECOLLECT_LIBRARY"]) if os.environ.get("RECOLLECT_LIBRARY") else None)
    return Places(
        catalog=named.expanduser().absolute() if named else data / "library.sqlite",
        settings=config / "settings.toml",
        encoders=data / "encoders",
        cache=cache,
        logs=logs,
        vocabulary=config / "vocabulary.toml",
    )


def pictures_folder() -> Path | None:
    """The system's Pictures folder of this person, if there is one."""
    folder = Path(platformdirs.user_pictures_dir())
    return folder if folder.is_dir() else None


def resource(name: str) -> Path:
    """A file or folder of `resources/`: beside the sources, inside the wheel, or in a frozen program."""
    core = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", core)) / "resources"
    for root in (core / "_resources", core.parent / "resources", frozen):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"Recollect's own file {name} is missing: reinstall Recollect.")
