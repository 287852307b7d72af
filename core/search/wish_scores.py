"""Scores every embedded photo for the wishes of a query, in words and pictures. Runs on the thread that asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.domain import Embedding, ExamplePicture
from core.query_parts import Wish
from core.search import calibration, fusion, ranking
from core.search.calibration import Cut
from core.search.fusion import Fused, Part, Scores
from core.search.ranking import Ranked
from core.search.scopes import Ids, Members

NOTHING = Ranked(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32), calibration.NO_CUT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is scored: the wishes in words, and example pictures with their embeddings (d,)."""

    wishes: tuple[Wish, ...]
    pictures: tuple[tuple[ExamplePicture, Embedding], ...]

    @property
    def texts(self) -> list[str]:
        """The texts to embed: each wish, and where several are wanted, all of these as one text."""
        wanted = [wish.text for wish in self.wishes if wish.weight > 0]
        return [wish.text for wish in self.wishes] + ([" and ".join(wanted)] if len(wanted) > 1 else [])


Judge = Callable[[int, Scores], Cut]
"""Where the good matches of a text end, by its place among `Wanted.texts` and its z-scores (n,) over the library."""


def rank(
    wanted: Wanted, raw: Scores, usual: Scores | None, ids: Ids, told: tuple[Members, Ids], judge: Judge
) -> Ranked:
    """Order the photos `ids` (n,) by what is wanted.

    `raw` (n, q) are the cosines of `wanted.texts`, then of the pictures; `usual` (n, 2) what each photo scores for
    unrelated texts, None where there are no texts. `told`: the members, and photos refused by their words. The cut
    is found over all photos by `judge`, then the members are kept.
    """
    members, refused_by_words = told
    own = _own(wanted, ids)
    words, all_words = _words(wanted, raw, usual, judge)
    first_picture = len(wanted.texts)
    pictures = [_picture(example, raw[:, first_picture + at], own) for at, (example, _) in enumerate(wanted.pictures)]
    liked = [one for one in words if one.weight > 0], [one for one in pictures if one.weight > 0]
    if not liked[0] and not liked[1]:  # everything is wanted but this
        fused = Fused(np.zeros(len(ids), np.float32), np.zeros(len(ids), np.float32), Cut(0.0, len(ids)))
    else:
        fused = _judged(fusion.together(liked[0], all_words, liked[1]), liked, own, usual is not None)
        if len(liked[0]) == 1 and not pictures:
            at, wish = next((at, wish) for at, wish in enumerate(wanted.wishes) if wish.weight > 0)
            fused = replace(fused, scores=calibration.ordering(wish.text, raw[:, at], fused.z_scores))
    by_words = np.isin(ids, refused_by_words)
    fused = fusion.without(fused, [one for one in (*words, *pictures) if one.weight < 0], by_words)
    inside = members.holds(ids)
    kept = ~own if inside is None else inside & ~own
    parts = tuple(
        Part(one.label, one.z_scores[kept], one.cut, one.weight, one.is_picture) for one in (*liked[0], *liked[1])
    )
    return Ranked(ids[kept], fused.scores[kept], fused.z_scores[kept], fused.cut, parts)


def refused(ranked: Ranked) -> Ids:
    """The photos that clearly show something that is not wanted."""
    return ranked.ids[ranked.z_scores <= ranking.REFUSED]


def _own(wanted: Wanted, ids: Ids) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where the example pictures themselves are: they are no matches of themselves."""
    own = [example.photo_id for example, _ in wanted.pictures if example.photo_id is not None]
    return np.isin(ids, own) if own else np.zeros(len(ids), dtype=np.bool_)


def _words(wanted: Wanted, raw: Scores, usual: Scores | None, judge: Judge) -> tuple[list[Part], Part | None]:
    if usual is None or not wanted.wishes:
        return [], None
    z_scores = calibration.against_background(raw[:, : len(wanted.texts)], usual)
    parts = [
        Part(wish.text, z_scores[:, at], judge(at, z_scores[:, at]), wish.weight)
        for at, wish in enumerate(wanted.wishes)
    ]
    if len(wanted.texts) == len(wanted.wishes):
        return parts, None
    last = len(wanted.texts) - 1
    return parts, Part(wanted.texts[-1], z_scores[:, last], judge(last, z_scores[:, last]))


def _picture(example: ExamplePicture, raw: Scores, own: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Part:
    z_scores = calibration.against_itself(raw)
    return Part(example.title, z_scores, _cut_of_picture(z_scores[~own]), example.weight, is_picture=True)


def _judged(fused: Fused, liked: tuple[Sequence[Part], Sequence[Part]], own: object, has_words: bool) -> Fused:
    """With a cut, where pictures have a say in it."""
    if not liked[1]:
        return fused
    others = fused.z_scores[~np.asarray(own, dtype=np.bool_)]
    cut = calibration.cut(others) if has_words else _cut_of_picture(others)
    return Fused(fused.scores, fused.z_scores, cut)


def _cut_of_picture(z_scores: Scores) -> Cut:
    return calibration.cut(z_scores) if len(z_scores) >= calibration.FEW else calibration.better_half(z_scores)
