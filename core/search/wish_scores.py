"""Scores every embedded photo for the wishes of a query, in words and pictures. Runs on the thread that asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.domain import Embedding, ExamplePicture
from core.query_parts import Wish
from core.search import calibration, fusion, ranking, scopes, shortlist, side_by_side
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
    def liked(self) -> list[Wish]:
        """The wishes that are wanted."""
        return [wish for wish in self.wishes if wish.weight > 0]

    @property
    def unwanted(self) -> list[Wish]:
        """The wishes that are not."""
        return [wish for wish in self.wishes if wish.weight < 0]

    @property
    def is_listing(self) -> bool:
        """Whether everything is wanted but something."""
        return not self.liked and not any(example.weight > 0 for example, _ in self.pictures)

    @property
    def texts(self) -> list[str]:
        """The texts that all photos are scored for: each wish, and where several are wanted, all of these as one text.

        What is not wanted is among them only where nothing else is.
        """
        wanted = [wish.text for wish in (self.unwanted if self.is_listing else self.liked)]
        return wanted + ([" and ".join(wanted)] if len(wanted) > 1 and not self.is_listing else [])

    @property
    def unwanted_texts(self) -> list[str]:
        """The texts that only the best photos have to be scored for."""
        return [] if self.is_listing else [wish.text for wish in self.unwanted]

    @property
    def ordering(self) -> list[int]:
        """Which of the texts and pictures are scored exactly at once: several texts are, for the best photos, later."""
        texts = len(self.texts)
        return ([0] if texts == 1 else []) + list(range(texts, texts + len(self.pictures)))


Judge = Callable[[int, Scores], Cut]
"""Where the good matches of a text end, by its place among `Wanted.texts` and its z-scores (n,) over the library."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The photos `ids` (n,), and what they score."""

    ids: Ids
    raw: Scores
    """(n, q): cosines of `Wanted.texts`, then of the pictures."""
    usual: Scores | None
    """(n, 2): what each photo scores for unrelated texts; None: there are no texts."""
    judge: Judge
    exactly: Callable[[Ids], Scores]
    """The exact cosines (m, t + u) of some photos (m,) for `Wanted.texts`, then for `Wanted.unwanted_texts`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who may be found, and how many."""

    members: Members
    refused: Ids
    """Photos refused by their words."""
    exact: Ids
    """Photos that hold the words, and come before the others."""
    limit: int


@dataclass(frozen=True, slots=True)
class Liked:
    """What is wanted, scored over the same photos; `all_words`: the words as one text, where there are several."""

    words: Sequence[Part]
    all_words: Part | None
    pictures: Sequence[Part]

    def of(self, rows: slice | NDArray[np.intp]) -> Liked:
        """The same, for some of the photos."""
        all_words = None if self.all_words is None else self.all_words.of(rows)
        return Liked([one.of(rows) for one in self.words], all_words, [one.of(rows) for one in self.pictures])


def rank(wanted: Wanted, scored: Scored, asked: Asked) -> Ranked:
    """Order photos by what is wanted. The cut is found over all of them, then the members are kept."""
    ids, count = scored.ids, len(scored.ids)
    own = _own(wanted, ids)
    texts = _text_parts(wanted, scored)
    pictures = [
        _picture(example, scored.raw[:, len(wanted.texts) + at], own) for at, (example, _) in enumerate(wanted.pictures)
    ]
    liked_pictures = [one for one in pictures if one.weight > 0]
    liked = Liked([], None, []) if wanted.is_listing else _liked(wanted, texts, liked_pictures)
    fused = _together(liked, own, count, bool(texts))
    if len(liked.words) == 1 and not pictures:
        fused = replace(fused, scores=calibration.ordering(wanted.texts[0], scored.raw[:, 0], fused.z_scores))
    inside = asked.members.holds(ids)
    if own is not None:
        inside = ~own if inside is None else inside & ~own
    by_words = scopes.held(scopes.mask_of(asked.refused), ids) if len(asked.refused) else None
    unwanted = [*(texts if wanted.is_listing else []), *(one for one in pictures if one.weight < 0)]
    if wanted.unwanted_texts or len(liked.words) > 1:
        shown = shortlist.Shown(inside, scopes.held(scopes.mask_of(asked.exact), ids), asked.limit)
        score = partial(_exactly, wanted, scored, liked, unwanted, fused)
        fused = shortlist.exact_for_best(fused, shown, score, by_words)
    else:
        fused = _without(fused, unwanted, by_words)
    parts = (*liked.words, *liked.pictures)
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


def _text_parts(wanted: Wanted, scored: Scored) -> list[Part]:
    """Each of `Wanted.texts`, judged."""
    texts, usual = len(wanted.texts), scored.usual
    if usual is None or not texts:
        return []
    z_scores = np.empty((len(scored.raw), texts), np.float32, order="F")

    def judge_some(rows: slice) -> None:
        z_scores[rows] = calibration.against_background(scored.raw[rows, :texts], usual[rows])

    side_by_side.in_pieces(len(scored.raw), judge_some)
    weights = [wish.weight for wish in (wanted.unwanted if wanted.is_listing else wanted.liked)] + [1.0]
    # What is not wanted has a line of its own (`fusion.refused_from`).
    return [
        Part(text, z_scores[:, at], NO_CUT if wanted.is_listing else scored.judge(at, z_scores[:, at]), weights[at])
        for at, text in enumerate(wanted.texts)
    ]


def _liked(wanted: Wanted, texts: list[Part], pictures: Sequence[Part]) -> Liked:
    count = len(wanted.liked)
    return Liked(texts[:count], texts[count] if len(texts) > count else None, pictures)


def _exactly(
    wanted: Wanted, scored: Scored, liked: Liked, unwanted: Sequence[Part], fused: Fused, rows: NDArray[np.intp]
) -> tuple[Fused, list[Part]]:
    """Some photos, scored exactly: what is wanted together, and each thing that is not, which is not yet taken off."""
    raw = scored.exactly(scored.ids[rows])
    z_scores = raw if scored.usual is None else calibration.against_background(raw, scored.usual[rows])
    texts = len(wanted.texts)
    words = [Part(wish.text, z_scores[:, texts + at], NO_CUT, wish.weight) for at, wish in enumerate(wanted.unwanted)]
    taken_off = words + [one.of(rows) for one in unwanted]
    if liked.all_words is None:  # what orders and judges is exact already
        return Fused(fused.scores[rows], fused.z_scores[rows], fused.cut), taken_off
    for at, one in enumerate((*liked.words, liked.all_words)):
        one.z_scores[rows] = z_scores[:, at]
    some = liked.of(rows)
    together = fusion.together(some.words, some.all_words, some.pictures)
    return Fused(together.scores, together.z_scores, fused.cut), taken_off


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
