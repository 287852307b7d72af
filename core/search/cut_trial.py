"""Measures the cut on captioned photos: words the photos show, and words they do not. Long; any thread.

What a photo shows is read from its captions, which name less than it shows: precision and recall are lower bounds.
The measure of survival does not suffer from that: of a word that R captions name, only the photos that are among the R
best of the ranking and named ("the true top") are looked for among the good matches. The good matches are those that a
person sees: the cut says how many, and their order which.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import places
from core.domain import Embedding
from core.embedding.encoder import Encoder
from core.search import calibration, chance
from core.search.background_file import Background
from core.search.captioned_photos import CaptionedPhoto
from core.search.vector_matrix import VectorMatrix

PRESENT_IN = 3
"""An everyday word is present when so many photos' captions name it (one, where photos carry labels)."""
SIZES = (100, 300, 1000)
"""Smaller libraries, drawn at random, on which the cut must hold as well."""
DRAWS = 3
_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "foot": "feet", "mouse": "mice", "person": "people"}
_EMPTY_WORDS = frozenset(("and", "at", "for", "from", "in", "of", "on", "the", "with"))


@dataclass(frozen=True, slots=True)
class Concepts:
    """Words to ask for."""

    everyday: tuple[str, ...]
    unusual: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CutFigures:
    """What the cut did; shares from 0 to 1, None where nothing could be measured."""

    photos: int
    present_words: int
    absent_words: int
    absent_answered_with_nothing: float | None
    present_answered: float | None
    """Share of the present words that the ranking finds at all which are not answered with nothing."""
    true_top_survival: float | None
    """Share of photos in the true top of their present word that are good matches."""
    precision: float | None
    """Share of the good matches whose caption names the word, mean over the present words that are answered."""
    recall: float | None
    """Share of the photos whose caption names the word that are good matches, mean over the present words."""
    shown: float | None
    """Good matches of an answered present word, as a share of the photos; the mean."""


@dataclass(frozen=True, slots=True)
class CutTrial:
    """The figures of one encoder on one set of captioned photos and on smaller libraries drawn from it."""

    encoder: str
    chosen_with: dict[str, CutFigures]
    """Over the words the method was chosen with, by the library ("all" or its size)."""
    held_out: dict[str, CutFigures]

    def as_json(self) -> dict[str, Any]:
        """The object that `recollect evaluate --cut --json` prints."""
        return asdict(self)


def concepts(held_out: bool) -> Concepts:
    """The shipped words: those the method was chosen with, or those it never saw."""
    lists = tomllib.loads(places.resource("cut_concepts.toml").read_text(encoding="utf-8"))
    suffix = "_held_out" if held_out else ""
    return Concepts(tuple(lists[f"everyday{suffix}"]), tuple(lists[f"unusual{suffix}"]))


def run(encoder: Encoder, background: Background, captioned: Sequence[CaptionedPhoto], photos: Embedding) -> CutTrial:
    """Measure the cut over `photos` (n, d), the embeddings of `captioned`."""
    found: list[dict[str, CutFigures]] = []
    for held_out in (False, True):
        words = concepts(held_out)
        texts = encoder.encode_texts([*words.everyday, *words.unusual])
        libraries: dict[str, list[CutFigures]] = {}
        for name, rows in _libraries(len(captioned)):
            some = [captioned[row] for row in rows]
            libraries.setdefault(name, []).append(measure(words, texts, background, some, photos[rows]))
        found.append({name: _mean(figures) for name, figures in libraries.items()})
    return CutTrial(encoder.name, *found)


def measure(
    words: Concepts, texts: Embedding, background: Background, captioned: Sequence[CaptionedPhoto], photos: Embedding
) -> CutFigures:
    """One library: `texts` (w, d) are the embeddings of the everyday words, then of the unusual ones."""
    matrix = VectorMatrix(photos.shape[1])
    matrix.load([(np.arange(len(photos), dtype=np.int64), photos)])
    _, z_scores = matrix.z_scores(texts, background.unusual)
    by_chance = matrix.chance(background)
    names = (*words.everyday, *words.unusual)
    order = [
        calibration.ordering(name, photos @ text, z) for name, text, z in zip(names, texts, z_scores.T, strict=True)
    ]
    good = [_best(order[one], chance.cut(z_scores[:, one], text, by_chance).count) for one, text in enumerate(texts)]
    named = [_words_of(photo) for photo in captioned]
    least = 1 if any(photo.labels for photo in captioned) else PRESENT_IN
    answers = []
    for place, word in enumerate(words.everyday):
        true = _showing(word, named)
        if true.sum() >= least:
            answers.append(_Answer(good[place], true, _true_top(order[place], true)))
    any_word = frozenset[str]().union(*named)
    nothing = [
        not good[len(words.everyday) + place].any()
        for place, word in enumerate(words.unusual)
        if not any(_forms(part) & any_word for part in _parts(word))
    ]
    return _figures(len(photos), answers, nothing)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one word got, (n,) each."""

    good: NDArray[np.bool_]
    true: NDArray[np.bool_]
    """By the captions."""
    true_top: NDArray[np.bool_]


def _true_top(scores: NDArray[np.float32], true: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return _best(scores, int(np.count_nonzero(true))) & true


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.bool_]:
    best = np.zeros(len(scores), dtype=np.bool_)
    best[np.argsort(-scores, kind="stable")[:count]] = True
    return best


def _figures(photos: int, answers: Sequence[_Answer], nothing: Sequence[bool]) -> CutFigures:
    found = [one for one in answers if one.true_top.any()]
    answered = [one for one in found if one.good.any()]
    top = sum(int(one.true_top.sum()) for one in found)
    survived = sum(int((one.true_top & one.good).sum()) for one in found)
    return CutFigures(
        photos=photos,
        present_words=len(found),
        absent_words=len(nothing),
        absent_answered_with_nothing=_mean_of(nothing),
        present_answered=len(answered) / len(found) if found else None,
        true_top_survival=survived / top if top else None,
        precision=_mean_of([float((one.good & one.true).sum() / one.good.sum()) for one in answered]),
        recall=_mean_of([float((one.good & one.true).sum() / one.true.sum()) for one in found]),
        shown=_mean_of([float(one.good.mean()) for one in answered]),
    )


def _mean(draws: Sequence[CutFigures]) -> CutFigures:
    """The mean figures of several libraries of the same size."""
    columns = {name: [asdict(one)[name] for one in draws] for name in asdict(draws[0])}
    means = {name: _mean_of([value for value in values if value is not None]) for name, values in columns.items()}
    counts = {name: round(means[name] or 0) for name in ("photos", "present_words", "absent_words")}
    return CutFigures(**(means | counts))  # type: ignore[arg-type]


def _mean_of(values: Sequence[float] | Sequence[bool]) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _libraries(count: int) -> Iterator[tuple[str, NDArray[np.int64]]]:
    yield "all", np.arange(count)
    random = np.random.default_rng(0)
    for size in SIZES:
        for _ in range(DRAWS if size < count else 0):
            yield str(size), np.sort(random.permutation(count)[:size])


def _words_of(photo: CaptionedPhoto) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", " ".join((*photo.captions, *photo.labels)).lower()))


def _showing(concept: str, named: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    parts = [_forms(part) for part in _parts(concept)]
    return np.array([all(forms & words for forms in parts) for words in named], dtype=np.bool_)


def _parts(concept: str) -> list[str]:
    return [one for one in re.findall(r"[a-z]+", concept.lower()) if len(one) > 2 and one not in _EMPTY_WORDS]


def _forms(word: str) -> frozenset[str]:
    """A word with its plural and its singular, by the rules of English spelling."""
    forms = {word, f"{word}s", f"{word}es", _IRREGULAR.get(word, word)}
    for ending, other in (("y", "ies"), ("f", "ves"), ("fe", "ves"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss"):
            forms.add(word.removesuffix(ending) + other)
    return frozenset(forms)
