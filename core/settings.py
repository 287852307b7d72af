"""What the person chose, kept as TOML. Frozen: a change is a new object, saved whole and atomically."""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path
from typing import Literal

import tomli_w
from pydantic import BaseModel, ConfigDict, ValidationError

from core.domain import KeepRule
from core.errors import LibraryError, cannot_save

Speed = Literal["full", "considerate", "slow"]


class Settings(BaseModel):
    """All settings, with their defaults."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    encoder: str = "starter"
    """The encoder that answers queries."""
    next_encoder: str | None = None
    """An encoder that takes over as soon as it has embedded the whole library."""
    appearance: Literal["system", "light", "dark"] = "system"
    thumbnail_size_px: int = 176
    is_indexing_paused: bool = False
    indexing_speed: Speed = "considerate"
    """Considerate: half as much while the window is in use or on battery."""
    has_seen_welcome: bool = False
    suggests_tags: bool = True
    """New photos are compared with the words for tags; what stands out waits for a review."""
    sensitive_photos: Literal["show", "blur", "hide"] = "show"
    """What happens to photos that may be private or upsetting. `show` does not even look for them."""
    keep_rules: tuple[KeepRule, ...] = ()
    """Which duplicate to keep, the most important rule first; rules that are not named follow in their usual order."""
    preferred_folders: tuple[Path, ...] = ()
    """Where duplicates are best kept, the best first."""
    is_text_read: bool = False
    """Whether text in pictures is read in the background."""
    writes_sidecars: bool = False
    """Keep tags, stars and captions in XMP sidecars beside the photos, too."""


def load(path: Path) -> Settings:
    """Read the settings; a missing file gives the defaults. Raises LibraryError on a broken one."""
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError, OSError) as error:
        raise LibraryError(
            "The settings file cannot be read.",
            f"{path}: {error}",
            "Correct it, or delete it to start from the defaults.",
        ) from error


def save(settings: Settings, path: Path) -> None:
    """Write the settings in one step, so that a crash leaves the old or the new file, never half of one.

    Raises LibraryError when they cannot be written.
    """
    try:
        _write(settings, path)
    except OSError as error:
        raise cannot_save("The settings", path, error) from error


def _write(settings: Settings, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = tomli_w.dumps(settings.model_dump(mode="json", exclude_none=True))
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
