"""Turns visual7w's question-and-answer strings into sentences that read like captions."""

from __future__ import annotations

import re

_PICTURE = r"(?:picture|photo|photograph|image|pic|scene|shot)"
_WHERE_TAKEN = re.compile(
    rf"where (?:is|was|are|were) (?:the |this |that )?(?:{_PICTURE}|it|this|setting|location)\b.*"
)
_WHERE = re.compile(r"where(?:'s| is| are| was| were) (.+)")
_WHEN_TAKEN = re.compile(rf"when (?:is (?:it|this)$|.*\b(?:{_PICTURE}|taken)\b)")
_WHEN = re.compile(r"when (?:is|are|was|were) (.+)")
_WHO_IS_SEEN = re.compile(
    rf"who (?:is|are|was|were)(?: seen| shown| pictured)?(?: in| on)? ?(?:the |this )?"
    rf"(?:{_PICTURE}|pictured|shown|there|this|it)\b.*"
)
_WHO_TOOK = re.compile(r"\b(took|captured|photographer)\b")
_ASKING = re.compile(
    r"^(?:where|when|who|what|how|which|why)\b ?(?:(?:is|are|was|were|does|do|did|will|can|would)\b ?)?"
)
_NOTHING = ("nobody", "no one", "noone", "none", "nothing", "unknown", "not sure", "no indication", "i don't", "unsure")
_PLACES = ("in", "on", "at", "by", "near", "under", "behind", "inside", "outside", "above", "below", "over", "against")
_WAYS = (
    "next",
    "to",
    "around",
    "across",
    "beside",
    "between",
    "along",
    "outdoors",
    "indoors",
    "from",
    "off",
    "beneath",
)


def from_question(text: str) -> str | None:
    """One caption-like sentence, or None where the answer says nothing about what is seen."""
    question, _, answer = text.strip().partition("?")
    question, answer = question.strip().lower(), answer.strip().rstrip(".").strip().lower()
    if not question or not answer or answer.startswith(_NOTHING) or answer in ("no", "yes", "not there"):
        return None
    first = question.split(maxsplit=1)[0].removesuffix("'s")
    return {"where": _where, "when": _when, "who": _who}.get(first, _other)(question, answer)


def _where(question: str, answer: str) -> str | None:
    if _WHERE_TAKEN.fullmatch(question):
        return answer
    match = _WHERE.fullmatch(question)
    return f"{match[1] if match else _ASKING.sub('', question)} {_placed(answer)}"


def _placed(answer: str) -> str:
    words = answer.split()
    return f"in the {answer}" if len(words) == 1 and words[0] not in _PLACES + _WAYS else answer


def _when(question: str, answer: str) -> str | None:
    if _WHEN_TAKEN.search(question):
        return answer
    match = _WHEN.fullmatch(question)
    return f"{match[1] if match else _ASKING.sub('', question)}, {answer}"


def _who(question: str, answer: str) -> str | None:
    if _WHO_TOOK.search(question):
        return None
    return answer if _WHO_IS_SEEN.fullmatch(question) else f"{answer} {question.removeprefix('who').strip()}"


def _other(question: str, answer: str) -> str | None:
    return f"{_ASKING.sub('', question)} {answer}"
