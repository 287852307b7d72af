"""Understands a typed query: wishes, exact words and filters; never raises. Pure; any thread."""

from __future__ import annotations

from core.query_parts import ParsedQuery, Wish


def parse(text: str) -> ParsedQuery:
    """What `text` asks for; docs/query-language.md describes the language."""
    words = " ".join(text.split())
    return ParsedQuery(text, (Wish(words),) if words else ())
