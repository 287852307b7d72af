"""The definition of a smart album as it is stored: JSON in `albums.definition`. Pure.

Pictures are referred to, not contained: photos by id and content, others by the hash of a kept picture.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from core.domain import ScopeKind


class StoredExample(BaseModel):
    """An example picture: a photo of the library, or a kept picture."""

    model_config = ConfigDict(frozen=True)
    title: str = ""
    weight: float = 1.0
    photo_id: int | None = None
    content_hash: str | None = None
    """Of the photo's file, in hex: finds a copy when the photo itself is gone."""
    kept_picture: str | None = None
    """The hash of the kept picture, in hex; with a `photo_id`, it is a part of that photo."""
    is_part_of_title: bool = False
    """Of a picture from outside, only a part is kept."""

    @property
    def is_part(self) -> bool:
        """Whether the kept picture is a part of the one that `title` names."""
        return self.kept_picture is not None and (self.is_part_of_title or self.photo_id is not None)

    @property
    def summary(self) -> str:
        """What photos are to be like, or not."""
        of = "a part of " if self.is_part else ""
        return f"{'not ' if self.weight < 0 else ''}like {of}{self.title or 'a picture'}"


class StoredDefinition(BaseModel):
    """What a smart album is filled with."""

    model_config = ConfigDict(frozen=True)
    text: str = ""
    examples: tuple[StoredExample, ...] = ()
    scope: ScopeKind = ScopeKind.ALL
    scope_id: int | None = None
    scope_name: str = ""
    """What the scope was called, to say it, and to find it again when it was made anew."""

    @property
    def summary(self) -> str:
        """What it searches for, on one line."""
        parts = [" ".join(self.text.split())] if self.text.strip() else []
        parts += [one.summary for one in self.examples]
        if self.scope is not ScopeKind.ALL:
            parts.append(f"in {self.scope_name or self.scope.value}")
        return " · ".join(parts)


def to_json(definition: StoredDefinition) -> str:
    """For `albums.definition`."""
    return definition.model_dump_json(exclude_defaults=True)


def from_json(text: str) -> StoredDefinition:
    """What `to_json` wrote."""
    return StoredDefinition.model_validate_json(text)
