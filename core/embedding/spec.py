"""What is known about an encoder before anything of it is loaded. Frozen, torch-free."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """An encoder Recollect can list: what it is called, costs and can do."""

    name: str
    """`starter`, or `architecture/tag` as in open_clip."""
    title: str
    license: str
    """Of the weights."""
    languages: str
    size_mb: int
    """To fetch, in units of 1,000,000 bytes."""
    dimension: int
    description: str
    recommended_for: str | None
    """cpu, gpu or None."""
    hub_repository: str | None = None
    """`owner/name` on the hub; None for an encoder that cannot be fetched."""
    weights_sha256: str | None = None
    """Where it is known beforehand; otherwise the hub's own record is used."""
