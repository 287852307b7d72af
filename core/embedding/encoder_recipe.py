"""What a process needs to know to make an encoder that is installed here. Any thread; torch-free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.embedding.installation import Installed
from core.embedding.open_clip_encoder import OpenClipEncoder
from core.embedding.starter_encoder import StarterEncoder

if TYPE_CHECKING:
    from core.embedding.towers import Towers


@dataclass(frozen=True, slots=True)
class Recipe:
    """An encoder and where its measurements are kept; it can be sent to another process."""

    name: str
    fingerprint: str
    cache: Path
    installed: Installed | None
    """None: the starter."""

    @property
    def key(self) -> tuple[str, str]:
        """The same for recipes of the same encoder."""
        return self.name, self.fingerprint

    @property
    def is_starter(self) -> bool:
        """Whether typed texts are answered without torch."""
        return self.installed is None


def make(recipe: Recipe, on_damage: Callable[[str], None] = lambda name: None) -> OpenClipEncoder:
    """The encoder, which loads nothing yet; `on_damage` hears its name when its weights turn out not to load."""
    installed = recipe.installed
    if installed is None:
        return StarterEncoder(recipe.cache)
    return OpenClipEncoder(
        recipe.name,
        recipe.fingerprint,
        installed.spec.dimension,
        installed.preprocessing,
        lambda: _load(installed, on_damage),
        recipe.cache,
    )


def _load(installed: Installed, on_damage: Callable[[str], None]) -> Towers:
    from core.embedding import open_clip_towers

    return open_clip_towers.load(installed, on_damage=lambda: on_damage(installed.spec.name))
