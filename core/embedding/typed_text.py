"""What people type, made fit for a tokenizer. Pure, any thread."""

from __future__ import annotations

_LONGEST_TEXT = 1000
"""Characters; more than any context holds. Tokenizers take quadratic time for very long words."""


def tidy(text: str) -> str:
    """The text as a tokenizer can take it: no lone surrogates, no needless white space, of a sane length."""
    words = text[: 4 * _LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8").split()
    return " ".join(words)[:_LONGEST_TEXT]
