"""Text in which the words that were searched for stand out. Pure; any thread."""

from __future__ import annotations

import html
import re
import unicodedata

from app import theme

_TOKEN = re.compile(r"[^\W_]+")


def marked(text: str, words: str) -> str:
    """`text` as Qt's rich text, the words of `words` (and what begins with them) marked; nothing else is markup."""
    wanted = [_folded(one) for one in _TOKEN.findall(words)]
    colors = theme.colors()
    opening = f'<span style="background-color:{colors.accent_soft}; color:{colors.text};">'
    parts = []
    end = 0
    for token in _TOKEN.finditer(text):
        if any(_folded(token.group()).startswith(one) for one in wanted):
            parts += [html.escape(text[end : token.start()]), opening, html.escape(token.group()), "</span>"]
            end = token.end()
    parts.append(html.escape(text[end:]))
    return "".join(parts).replace("\n", "<br>")


def _folded(word: str) -> str:
    """As the catalog compares words: without case and without the marks on letters."""
    split = unicodedata.normalize("NFD", word.casefold())
    return "".join(one for one in split if not unicodedata.combining(one))
