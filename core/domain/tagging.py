"""Records of tags, of what is suggested and learned, and of the vocabulary. Frozen; they cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.domain.ids import PhotoId, RunId, TagId


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on photos."""

    id: TagId
    name: str
    photo_count: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed tag for a photo; nothing is written until it is accepted."""

    photo_id: PhotoId
    tag: str
    confidence: float
    """0 to 1."""
    source: str = "suggested"
    """suggested (a word of the vocabulary) or learned (from the person's own examples)."""


@dataclass(frozen=True, slots=True)
class SuggestionRun:
    """One auto-tagging run, its suggestions grouped by nothing, strongest first."""

    id: RunId
    title: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class TagRun:
    """A past auto-tagging run, for taking it back."""

    id: RunId
    title: str
    created_at: int
    accepted_count: int
    is_undone: bool


@dataclass(frozen=True, slots=True)
class TagLesson:
    """What a tag has to learn from, and what came of it."""

    tag: str
    example_count: int
    """Photos that a person tagged or accepted."""
    rejected_count: int
    is_automatic: bool
    """New photos get the tag without a review."""
    is_learned: bool
    """Its examples decide, together with the word; else the word alone."""
    expected_precision: float | None
    """How many of its suggestions should be right (0 to 1), by cross-validation; None where too few examples say."""


@dataclass(frozen=True, slots=True)
class VocabularyWord:
    """One word of the vocabulary as its file has it."""

    name: str
    synonyms: tuple[str, ...]
    prompts: tuple[str, ...]
    """Own sentences instead of the templates."""
    is_enabled: bool


@dataclass(frozen=True, slots=True)
class VocabularyGroup:
    """A group of the vocabulary as its file has it."""

    name: str
    words: tuple[VocabularyWord, ...]
    is_enabled: bool
    choose_one: bool
    """A photo gets at most one word of it."""
    is_sensitive: bool


class VocabularyEditKind(StrEnum):
    """What an edit does."""

    ADD_WORD = "add word"
    RENAME_WORD = "rename word"
    REMOVE_WORD = "remove word"
    TURN_WORD = "turn word"
    """On or off."""
    DESCRIBE_WORD = "describe word"
    """Its synonyms and prompts."""
    ADD_GROUP = "add group"
    RENAME_GROUP = "rename group"
    REMOVE_GROUP = "remove group"
    TURN_GROUP = "turn group"


@dataclass(frozen=True, slots=True)
class VocabularyEdit:
    """One change of a vocabulary; which fields count depends on its kind."""

    kind: VocabularyEditKind
    group: str = ""
    word: str = ""
    new: str = ""
    """The new name of a word or group, or the one to add."""
    is_on: bool = True
    synonyms: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
