"""Records of the encoders a person can choose from. Frozen; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EncoderState(StrEnum):
    """Where an encoder stands on this machine."""

    ACTIVE = "active"
    """Answers queries."""
    EMBEDDING = "embedding"
    """Chosen; answers as soon as it has embedded the whole library."""
    INSTALLED = "installed"
    AVAILABLE = "available"
    """Known, not fetched."""
    DAMAGED = "damaged"
    """Installed, but its files do not load."""


@dataclass(frozen=True, slots=True)
class EncoderEntry:
    """A known encoder, as listed in settings."""

    name: str
    """`starter`, or `architecture/tag` as in open_clip."""
    title: str
    license: str
    languages: str
    size_mb: int
    dimension: int
    description: str
    state: EncoderState
    photos_per_s: float | None
    """Measured on this machine, or None."""
    embedded_count: int
    is_recommended: bool
