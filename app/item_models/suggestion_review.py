"""What is decided and what is still open of one run of suggestions. Pure state, no Qt; GUI thread only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain import PhotoId, Suggestion, SuggestionRun


@dataclass(frozen=True, slots=True)
class TagLine:
    """One tag with the number of open suggestions and how sure Recollect is of them on average (0 to 1)."""

    tag: str
    count: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing the person decided, which can be taken back."""

    suggestions: tuple[Suggestion, ...]
    is_accepted: bool


class SuggestionReview:
    """The suggestions of a run, each open, accepted or rejected."""

    def __init__(self, run: SuggestionRun) -> None:
        self.run = run
        self._open: dict[str, dict[Suggestion, None]] = {}
        """By tag, strongest first: a decision costs as much as its tag has photos, not as the run has."""
        self._total_confidence: dict[str, float] = {}
        for one in sorted(run.suggestions, key=_strongest_first):
            self._open.setdefault(one.tag, {})[one] = None
        for tag, found in self._open.items():
            self._total_confidence[tag] = sum(one.confidence for one in found)
        self._open_count = sum(map(len, self._open.values()))
        self._decisions: list[Decision] = []

    @property
    def total(self) -> int:
        """Number of suggestions of the run."""
        return len(self.run.suggestions)

    @property
    def open_count(self) -> int:
        """Number of suggestions nobody decided yet."""
        return self._open_count

    @property
    def can_undo(self) -> bool:
        """Whether there is a decision to take back."""
        return bool(self._decisions)

    @property
    def rejected(self) -> tuple[Suggestion, ...]:
        """All suggestions rejected so far."""
        return tuple(one for decision in self._decisions if not decision.is_accepted for one in decision.suggestions)

    @property
    def accepted_photos(self) -> frozenset[PhotoId]:
        """The photos of all accepted suggestions."""
        return frozenset(
            one.photo_id for decision in self._decisions if decision.is_accepted for one in decision.suggestions
        )

    def lines(self) -> list[TagLine]:
        """The tags that have open suggestions: most photos first, then by name."""
        lines = [
            TagLine(tag, len(found), self._total_confidence[tag] / len(found))
            for tag, found in self._open.items() if found
        ]  # fmt: skip
        return sorted(lines, key=lambda line: (-line.count, line.tag.casefold()))

    def open_of(self, tag: str | None = None) -> list[Suggestion]:
        """Open suggestions of a tag (of all), strongest first."""
        if tag is not None:
            return list(self._open.get(tag, ()))
        return sorted((one for found in self._open.values() for one in found), key=_strongest_first)

    def has_open(self, tag: str) -> bool:
        """Whether anything of a tag is left to decide."""
        return bool(self._open.get(tag))

    def decide(self, suggestions: Iterable[Suggestion], *, is_accepted: bool) -> Decision | None:
        """Take suggestions out of the open ones; those that are not open are passed over."""
        decided = tuple(one for one in dict.fromkeys(suggestions) if one in self._open.get(one.tag, ()))
        if not decided:
            return None
        for one in decided:
            del self._open[one.tag][one]
            self._total_confidence[one.tag] -= one.confidence
        self._open_count -= len(decided)
        decision = Decision(decided, is_accepted)
        self._decisions.append(decision)
        return decision

    def reopen(self, decision: Decision) -> None:
        """A decision could not be carried out, or was taken back: its suggestions are open again."""
        if decision in self._decisions:
            self._decisions.remove(decision)
            for one in decision.suggestions:
                self._open[one.tag][one] = None
                self._total_confidence[one.tag] += one.confidence
            for tag in {one.tag for one in decision.suggestions}:
                self._open[tag] = dict.fromkeys(sorted(self._open[tag], key=_strongest_first))
            self._open_count += len(decision.suggestions)

    def last(self) -> Decision | None:
        """The decision that undo takes back."""
        return self._decisions[-1] if self._decisions else None


def _strongest_first(one: Suggestion) -> tuple[float, int, str]:
    return (-one.confidence, one.photo_id, one.tag)


def next_row(removed: Sequence[int], count_before: int) -> int | None:
    """The row to stand on after `removed` rows left a list: the one that moves up to the first gap."""
    left = count_before - len(removed)
    return min(min(removed), left - 1) if removed and left > 0 else None
