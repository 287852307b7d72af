"""Scores every embedded photo for the wishes of a query, in words and pictures. Runs on the thread that asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.domain import Embedding, ExamplePicture
from core.query_parts import Wish
from core.search import calibration, fusion, ranking, side_by_side
from core.search.calibration import NO_CUT, Cut
from core.search.fusion import Fused, Part, Scores
from core.search.ranking import Ranked
from core.search.scopes import Ids, Mask, Members

NOTHING = Ranked(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32), NO_CUT)


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


@dataclass(frozen=True, slots=True)
class Liked:
    """What is wanted, scored over the same photos; `all_words`: the words as one text, where there are several."""

    words: Sequence[Part]
    all_words: Part | None
    pictures: Sequence[Part]

    def of(self, rows: slice) -> Liked:
        """The same, for some of the photos."""
        all_words = None if self.all_words is None else self.all_words.of(rows)
        return Liked([one.of(rows) for one in self.words], all_words, [one.of(rows) for one in self.pictures])


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
    liked = Liked([one for one in words if one.weight > 0], all_words, [one for one in pictures if one.weight > 0])
    fused = _together(liked, own, len(ids), usual is not None)
    if len(liked.words) == 1 and not pictures:
        at, wish = next((at, wish) for at, wish in enumerate(wanted.wishes) if wish.weight > 0)
        fused = replace(fused, scores=calibration.ordering(wish.text, raw[:, at], fused.z_scores))
    by_words = np.isin(ids, refused_by_words) if len(refused_by_words) else None
    fused = _without(fused, [one for one in (*words, *pictures) if one.weight < 0], by_words)
    parts = (*liked.words, *liked.pictures)
    inside = members.holds(ids)
    if own is not None:
        inside = ~own if inside is None else inside & ~own
    if inside is None:
        return Ranked(ids, fused.scores, fused.z_scores, fused.cut, parts)
    rows = np.flatnonzero(inside)
    return Ranked(ids[rows], fused.scores[rows], fused.z_scores[rows], fused.cut, parts, rows)


def refused(ranked: Ranked) -> Ids:
    """The photos that clearly show something that is not wanted."""
    return ranked.ids[ranked.z_scores <= ranking.REFUSED]


def _own(wanted: Wanted, ids: Ids) -> Mask | None:
    """Where the example pictures themselves are: they are no matches of themselves. None: nowhere."""
    own = [example.photo_id for example, _ in wanted.pictures if example.photo_id is not None]
    return np.isin(ids, own) if own else None


def _together(liked: Liked, own: Mask | None, count: int, has_words: bool) -> Fused:
    """What is wanted, fused over `count` photos; where nothing is wanted by itself, everything is."""
    every = (*liked.words, *liked.pictures)
    if not every:
        return Fused(np.zeros(count, np.float32), np.zeros(count, np.float32), Cut(0.0, count))
    if len(every) == 1:
        return _judged(fusion.together(liked.words, None, liked.pictures), liked, own, has_words)
    scores, z_scores = np.empty(count, np.float32), np.empty(count, np.float32)

    def fuse_some(rows: slice) -> None:
        some = liked.of(rows)
        part = fusion.together(some.words, some.all_words, some.pictures)
        scores[rows], z_scores[rows] = part.scores, part.z_scores

    side_by_side.in_pieces(count, fuse_some)
    cut = NO_CUT if liked.all_words is None else fusion.recounted(liked.all_words.cut, z_scores)
    return _judged(Fused(scores, z_scores, cut), liked, own, has_words)


def _without(fused: Fused, unwanted: Sequence[Part], by_words: Mask | None) -> Fused:
    """Take off what is not wanted, and count the good matches that are left."""
    if not unwanted and by_words is None:
        return fused
    scores, z_scores = np.empty_like(fused.scores), np.empty_like(fused.z_scores)

    def take_off_some(rows: slice) -> None:
        part = Fused(fused.scores[rows], fused.z_scores[rows], fused.cut)
        left = fusion.without(part, [one.of(rows) for one in unwanted], None if by_words is None else by_words[rows])
        scores[rows], z_scores[rows] = left.scores, left.z_scores

    side_by_side.in_pieces(len(scores), take_off_some)
    return Fused(scores, z_scores, fusion.recounted(fused.cut, z_scores))


def _words(wanted: Wanted, raw: Scores, usual: Scores | None, judge: Judge) -> tuple[list[Part], Part | None]:
    if usual is None or not wanted.wishes:
        return [], None
    texts = len(wanted.texts)
    z_scores = np.empty((len(raw), texts), np.float32, order="F")

    def judge_some(rows: slice) -> None:
        z_scores[rows] = calibration.against_background(raw[rows, :texts], usual[rows])

    side_by_side.in_pieces(len(raw), judge_some)
    parts = [
        # What is not wanted has a line of its own (`fusion.refused_from`).
        Part(wish.text, z_scores[:, at], judge(at, z_scores[:, at]) if wish.weight > 0 else NO_CUT, wish.weight)
        for at, wish in enumerate(wanted.wishes)
    ]
    if texts == len(wanted.wishes):
        return parts, None
    return parts, Part(wanted.texts[-1], z_scores[:, texts - 1], judge(texts - 1, z_scores[:, texts - 1]))


def _picture(example: ExamplePicture, raw: Scores, own: Mask | None) -> Part:
    z_scores = calibration.against_itself(raw)
    others = z_scores if own is None else z_scores[~own]
    return Part(example.title, z_scores, _cut_of_picture(others), example.weight, is_picture=True)


def _judged(fused: Fused, liked: Liked, own: Mask | None, has_words: bool) -> Fused:
    """With a cut, where pictures have a say in it."""
    if not liked.pictures:
        return fused
    others = fused.z_scores if own is None else fused.z_scores[~own]
    cut = calibration.cut(others) if has_words else _cut_of_picture(others)
    return Fused(fused.scores, fused.z_scores, cut)


def _cut_of_picture(z_scores: Scores) -> Cut:
    return calibration.cut(z_scores) if len(z_scores) >= calibration.FEW else calibration.better_half(z_scores)
