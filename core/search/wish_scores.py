"""Scores every embedded photo for the wishes of a query, in words and pictures. Runs on the thread that asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.domain import ExamplePicture
from core.search import calibration, fusion, scopes, shortlist, side_by_side
from core.search.calibration import NO_CUT, Cut
from core.search.fusion import Fused, Part, Scores
from core.search.ranking import Ranked
from core.search.scopes import Ids, Mask, Members
from core.search.shortlist import Exactly
from core.search.wanted import Liked, Wanted

NOTHING = Ranked(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32), NO_CUT)
_CANDIDATES = 2000
"""Photos that several wishes as one text bring up, to be put in order by each of the wishes too."""
Judge = Callable[[int, Scores], Cut]
"""Where the good matches of a text end, by its place among `Wanted.texts` and its z-scores (n,) over the library or
over an even sample of it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The photos `ids` (n,), and what they score."""

    ids: Ids
    raw: Scores
    """(n, q): cosines of the texts of `Wanted.scanned`, then of the pictures."""
    usual: Scores | None
    """(n, 2): what each photo scores for unrelated texts; None: there are no texts."""
    judge: Judge
    sampled: Callable[[], Scores]
    """The z-scores (s, e) of `Wanted.each` over an even sample of the library."""
    exactly: Callable[[Ids], Scores]
    """The exact cosines (m, t) of some photos (m,) for all `Wanted.texts`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who may be found, and how many."""

    members: Members
    refused: Mask
    """Photos refused by their words; empty: none are."""
    exact: Ids
    """Photos that hold the words, and come before the others."""
    limit: int


def rank(wanted: Wanted, scored: Scored, asked: Asked) -> Ranked:
    """Order photos by what is wanted. The cut is found over all of them, then the members are kept."""
    ids, count = scored.ids, len(scored.ids)
    own = _own(wanted, ids)
    texts = _text_parts(wanted, scored)
    pictures = [
        _picture(example, scored.raw[:, len(wanted.scanned) + at], own)
        for at, (example, _) in enumerate(wanted.pictures)
    ]
    liked = _liked(wanted, scored, texts, [one for one in pictures if one.weight > 0])
    fused = _together(liked.scanned, own, count)
    if len(liked.words) == 1 and not pictures:
        fused = replace(fused, scores=calibration.ordering(wanted.texts[0], scored.raw[:, 0], fused.z_scores))
    inside = asked.members.holds(ids)
    if own is not None:
        inside = ~own if inside is None else inside & ~own
    unwanted = [*(texts if wanted.is_listing else []), *(one for one in pictures if one.weight < 0)]
    if wanted.each or wanted.taken_off:
        candidates = _CANDIDATES if wanted.each else 0
        shown = shortlist.Shown(inside, scopes.held(scopes.mask_of(asked.exact), ids), asked.limit, candidates)
        score = partial(_exactly, wanted, scored, asked.refused, liked, unwanted, fused)
        fused = shortlist.exact_for_best(fused, shown, score)
    else:
        fused = _without(fused, unwanted, scopes.held(asked.refused, ids) if len(asked.refused) else None)
    parts, cuts = (*liked.words, *liked.pictures), _cuts(wanted, scored, liked)
    if inside is None:
        return Ranked(ids, fused.scores, fused.z_scores, fused.cut, parts, cuts=cuts)
    rows = np.flatnonzero(inside)
    return Ranked(ids[rows], fused.scores[rows], fused.z_scores[rows], fused.cut, parts, rows, cuts)


def refused(ranked: Ranked) -> Ids:
    """The photos that clearly show something that is not wanted."""
    return ranked.ids[ranked.z_scores <= fusion.REFUSED]


def _own(wanted: Wanted, ids: Ids) -> Mask | None:
    """Where the example pictures themselves are: they are no matches of themselves. None: nowhere."""
    own = [example.photo_id for example, _ in wanted.pictures if example.photo_id is not None]
    return np.isin(ids, own) if own else None


def _text_parts(wanted: Wanted, scored: Scored) -> list[Part]:
    """Each of `Wanted.scanned`, judged."""
    wishes, usual = wanted.scanned, scored.usual
    if usual is None or not wishes:
        return []
    z_scores = np.empty((len(scored.raw), len(wishes)), np.float32, order="F")

    def judge_some(rows: slice) -> None:
        z_scores[rows] = calibration.against_background(scored.raw[rows, : len(wishes)], usual[rows])

    side_by_side.in_pieces(len(scored.raw), judge_some, side_by_side.FEW_STEPS)
    # What is not wanted has a line of its own (`fusion.refused_from`).
    return [
        Part(
            wish.text,
            z_scores[:, at],
            NO_CUT if wanted.is_listing else scored.judge(at, z_scores[:, at]),
            wish.weight,
        )
        for at, wish in enumerate(wishes)
    ]


def _liked(wanted: Wanted, scored: Scored, texts: list[Part], pictures: Sequence[Part]) -> Liked:
    if wanted.is_listing:
        return Liked([], None, [])
    if not wanted.each:
        return Liked(texts, None, pictures)
    # `_exactly` fills in the z-scores, `_cuts` judges.
    each = [Part(wish.text, np.zeros(len(scored.ids), np.float32), NO_CUT, wish.weight) for wish in wanted.each]
    return Liked(each, texts[0], pictures)


def _cuts(wanted: Wanted, scored: Scored, liked: Liked) -> Callable[[], list[Cut]]:
    """Finds where the good matches of each wish end: only how strong a match is called depends on it."""
    known = [one.cut for one in (*liked.words, *liked.pictures)]
    if not wanted.each:
        return lambda: known
    sampled, judge, of_pictures = scored.sampled, scored.judge, known[len(liked.words) :]

    def cuts() -> list[Cut]:
        z_scores = sampled()  # a sample is enough for that
        return [*(judge(1 + at, z_scores[:, at]) for at in range(z_scores.shape[1])), *of_pictures]

    return cuts


def _exactly(
    wanted: Wanted, scored: Scored, refused: Mask, liked: Liked, unwanted: Sequence[Part], fused: Fused,
    rows: NDArray[np.intp],
) -> Exactly:  # fmt: skip
    """Some photos, scored exactly for everything."""
    ids = scored.ids[rows]
    raw, by_words = scored.exactly(ids), scopes.held(refused, ids) if len(refused) else None
    z_scores = raw if scored.usual is None else calibration.against_background(raw, scored.usual[rows])
    first = len(wanted.scanned) + len(wanted.each)
    words = [Part(wish.text, z_scores[:, first + at], NO_CUT, wish.weight) for at, wish in enumerate(wanted.taken_off)]
    taken_off = words + [one.of(rows) for one in unwanted]
    if liked.all_words is None:  # what orders and judges is exact already
        return Exactly(Fused(fused.scores[rows], fused.z_scores[rows], fused.cut), taken_off, by_words)
    for at, one in enumerate((liked.all_words, *liked.words)):
        one.z_scores[rows] = z_scores[:, at]
    some = liked.of(rows)
    at_once = fusion.together(some.scanned.words, None, some.pictures)
    one_by_one = fusion.together(some.words, some.all_words, some.pictures)
    return Exactly(replace(at_once, cut=fused.cut), taken_off, by_words, replace(one_by_one, cut=fused.cut))


def _together(liked: Liked, own: Mask | None, count: int) -> Fused:
    """What is wanted, fused over `count` photos; where nothing is wanted by itself, everything is."""
    every = (*liked.words, *liked.pictures)
    if not every:
        return Fused(np.zeros(count, np.float32), np.zeros(count, np.float32), Cut(0.0, count))
    if len(every) == 1:
        return _judged(fusion.together(liked.words, None, liked.pictures), liked, own)
    scores, z_scores = np.empty(count, np.float32), np.empty(count, np.float32)

    def fuse_some(rows: slice) -> None:
        some = liked.of(rows)
        part = fusion.together(some.words, None, some.pictures)
        scores[rows], z_scores[rows] = part.scores, part.z_scores

    side_by_side.in_pieces(count, fuse_some, side_by_side.FEW_STEPS)
    return _judged(Fused(scores, z_scores, NO_CUT), liked, own)


def _without(fused: Fused, unwanted: Sequence[Part], by_words: Mask | None) -> Fused:
    """Take off what is not wanted, and count the good matches that are left."""
    if not unwanted and by_words is None:
        return fused
    scores, z_scores = np.empty_like(fused.scores), np.empty_like(fused.z_scores)

    def take_off_some(rows: slice) -> None:
        part = Fused(fused.scores[rows], fused.z_scores[rows], fused.cut)
        left = fusion.without(part, [one.of(rows) for one in unwanted], None if by_words is None else by_words[rows])
        scores[rows], z_scores[rows] = left.scores, left.z_scores

    side_by_side.in_pieces(len(scores), take_off_some, side_by_side.FEW_STEPS)
    return Fused(scores, z_scores, fusion.recounted(fused.cut, z_scores))


def _picture(example: ExamplePicture, raw: Scores, own: Mask | None) -> Part:
    z_scores = calibration.against_itself(raw)
    others = z_scores if own is None else z_scores[~own]
    return Part(example.title, z_scores, _cut_of_picture(others), example.weight, is_picture=True)


def _judged(fused: Fused, liked: Liked, own: Mask | None) -> Fused:
    """With a cut, where pictures have a say in it."""
    if not liked.pictures:
        return fused
    others = fused.z_scores if own is None else fused.z_scores[~own]
    cut = calibration.cut(others) if liked.words else _cut_of_picture(others)
    return Fused(fused.scores, fused.z_scores, cut)


def _cut_of_picture(z_scores: Scores) -> Cut:
    return calibration.cut(z_scores) if len(z_scores) >= calibration.FEW else calibration.better_half(z_scores)
