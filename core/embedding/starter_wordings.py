"""How the starter hears one or two typed words: as the mean over a few wordings. Pure, torch-free, any thread.

Captions, which the starter learned from, are sentences; what people type is often a word or two. As in zero-shot
classification (Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", 2021, section
3.1.4) the embeddings of the words in several templates are averaged. docs/starter-encoder.md has the figures, and
what did not help.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.domain import Embedding

TEMPLATES: Final = ("{}", "a photo of {}", "a photo of the {}")
_ARTICLES = ("a", "an", "the")
_SOMEBODY: Final = frozenset(("people", "person", "persons", "human", "humans", "somebody", "someone"))
_KINDS_OF_PEOPLE: Final = ("man", "woman", "boy", "girl")
"""What captions call people. They hardly ever say "person", so the starter does not know the word by itself."""
_LONGEST = 100
_FEW = 2
"""No more words than this are put into templates; sentences are what was learned."""


def of(text: str) -> tuple[str, ...]:
    """What is encoded in the place of `text`: the text itself; a word or two, or kinds of people, in each template."""
    words = text.strip().rstrip(" .")
    split = words.lower().split()
    if words.lower() in _SOMEBODY:
        return tuple(template.replace("{}", kind) for kind in _KINDS_OF_PEOPLE for template in TEMPLATES)
    if len(words) > _LONGEST or not 1 <= len(split) <= _FEW or split[0] in _ARTICLES:
        return (text,)
    if not any(letter.isalpha() for letter in words):
        return (text,)
    return tuple(template.replace("{}", words) for template in TEMPLATES)


def averaged(rows: Embedding, counts: Sequence[int]) -> Embedding:
    """Unit rows (n, d): the mean direction of each text's `counts` (n,) consecutive wordings among `rows` (m, d)."""
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    sums = np.add.reduceat(rows, starts, axis=0)
    means: Embedding = (sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)
    return means
