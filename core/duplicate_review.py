"""What a person sees and decides about duplicates: the groups, "not duplicates", and the way to the trash.

Any thread but one that paints: finding similar photos and moving files take their time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import numpy as np

from core.catalog import duplicate_rows, edits, not_duplicates, photo_files, picture_hashes, vectors
from core.catalog.catalog import Catalog
from core.catalog.duplicate_rows import Shot
from core.catalog.vectors import EncoderRow
from core.domain import (
    ContentPairs,
    DuplicateGroup,
    DuplicateKind,
    DuplicatePhoto,
    KeepChoice,
    PhotoId,
    Problem,
    TrashReport,
)
from core.duplicates import companions, grouping, keep_rules, similar
from core.errors import LibraryError
from core.jobs import JobControl
from core.settings import Settings

_NO_KEPT_FILE = "It was left alone, because the file that was to be kept cannot be found."
_BY_LOOKS = (DuplicateKind.SAME, DuplicateKind.SIMILAR)
_SAME_FILE = "It was left alone, because it is the very file that is to be kept, by another path."


@dataclass(slots=True)
class _Outcome:
    """What became of the files so far."""

    moved: list[PhotoId] = field(default_factory=list)
    size_bytes: int = 0
    failed: list[Problem] = field(default_factory=list)


class DuplicateReview:
    """Finds groups and acts on what was decided about them."""

    def __init__(
        self,
        catalog: Catalog,
        encoder_row: Callable[[], EncoderRow],
        settings: Callable[[], Settings],
        trash: Callable[[Sequence[PhotoId]], tuple[PhotoId, ...]],
    ) -> None:
        """`trash` moves files to the system trash and returns those that went; it may raise LibraryError."""
        self._catalog = catalog
        self._encoder_row = encoder_row
        self._settings = settings
        self._trash = trash

    def groups(self, kind: DuplicateKind, job: JobControl) -> list[DuplicateGroup]:
        """Every group of a kind; of duplicates those with the most to win first. Raises Cancelled."""
        found = self._shots_together(kind, job)
        with self._catalog.reading() as connection:
            known = duplicate_rows.load(connection, [shot.photo_id for group in found for shot in group])
        groups = []
        for shots in found:
            members = [known[shot.photo_id] for shot in shots if shot.photo_id in known]
            if len(members) > 1:
                groups.append(self._group(kind, members, len({shot.content for shot in shots}) == 1))
        if kind is not DuplicateKind.SAME:
            return groups
        groups = [group for group in groups if sum(one.is_available for one in group.photos) > 1]
        return sorted(groups, key=lambda group: (-_to_win(group), group.photos[0].id))

    def copies_among(self, photo_ids: Sequence[PhotoId]) -> list[tuple[PhotoId, ...]]:
        """Those of these photos that show the same picture, the largest of a group first, then in the order given.

        Milliseconds for 1,000.
        """
        with self._catalog.reading() as connection:
            shots = duplicate_rows.shots_of(connection, photo_ids)
            pairs = picture_hashes.same_pictures_among(connection, photo_ids)
            settled = not_duplicates.all_of_them(connection)
        places = {photo_id: place for place, photo_id in enumerate(photo_ids)}
        groups = grouping.same_picture_groups(shots, pairs, settled)

        def rank(shot: Shot) -> tuple[int, int]:
            return -shot.width_px * shot.height_px, places[shot.photo_id]

        return [tuple(shot.photo_id for shot in sorted(group, key=rank)) for group in groups]

    def settle_not_duplicates(self, photo_ids: Sequence[PhotoId]) -> ContentPairs:
        """These photos are no duplicates of each other, and are never shown as such again."""
        with self._catalog.reading() as connection:
            contents = photo_files.content_hashes(connection, photo_ids)
        pairs = {
            not_duplicates.ordered(contents[one], contents[other])
            for one, other in combinations([one for one in photo_ids if one in contents], 2)
        }
        wanted = sorted(pairs)
        return ContentPairs(
            self._catalog.write(lambda connection, changes: edits.settle_not_duplicates(connection, changes, wanted))
        )

    def forget_not_duplicates(self, decision: ContentPairs) -> None:
        """Take `settle_not_duplicates` back."""
        self._catalog.write(
            lambda connection, changes: edits.forget_not_duplicates(connection, changes, decision.pairs)
        )

    def trash(self, choices: Sequence[KeepChoice], job: JobControl) -> TrashReport:
        """Move what is not kept to the system trash, group by group; stopping ends it between two files.

        The file that is kept is looked for on the disk just before: the last one never goes. It inherits tags,
        albums, rating and favourite of the others before any of them is touched. A file that cannot be moved
        stays and is reported.
        """
        outcome = _Outcome()
        spared = {one for choice in choices for one in choice.keep}
        total, done = sum(len(choice.drop) for choice in choices), 0
        for choice in choices:
            if job.is_stopped:
                break
            self._trash_rest(choice, spared, outcome, job)
            done += len(choice.drop)
            if not job.is_stopped:
                job.report(done, total)
        return TrashReport(tuple(outcome.moved), outcome.size_bytes, tuple(outcome.failed))

    # -- inside -----------------------------------------------------------------------------------------------

    def _shots_together(self, kind: DuplicateKind, job: JobControl) -> Sequence[Sequence[Shot]]:
        with self._catalog.reading() as connection:
            shots = duplicate_rows.shots(connection)
            pairs = picture_hashes.same_pictures(connection) if kind in _BY_LOOKS else []
            settled = not_duplicates.all_of_them(connection)
        match kind:
            case DuplicateKind.SAME:
                return grouping.same_picture_groups(shots, pairs, settled)
            case DuplicateKind.RAW_PAIR:
                return companions.raw_pairs(shots)
            case DuplicateKind.BURST:
                return companions.bursts(shots)
            case DuplicateKind.SIMILAR:
                return self._similar(shots, pairs, settled, job)

    def _similar(
        self,
        shots: Sequence[Shot],
        pairs: Sequence[picture_hashes.SamePicture],
        settled: set[not_duplicates.ContentPair],
        job: JobControl,
    ) -> list[list[Shot]]:
        """Groups of similar pictures; of one picture that is there several times, only the first counts."""
        same = grouping.same_picture_groups(shots, pairs, settled)
        others = {shot.photo_id for group in same for shot in group[1:]}
        shots = [shot for shot in shots if shot.photo_id not in others]
        row = self._encoder_row()
        with self._catalog.reading() as connection:
            ids, embeddings = vectors.load(connection, row)
        shot_of = {int(shot.photo_id): shot for shot in shots}
        known = np.array([one in shot_of for one in ids.tolist()], dtype=np.bool_)
        ids, embeddings = ids[known], embeddings[known]
        order = np.argsort([shot_of[one].taken_at for one in ids.tolist()], kind="stable")
        alike = similar.nearly_same(ids[order], embeddings[order], job)
        wanted = [
            pair
            for pair in alike
            if not_duplicates.ordered(shot_of[pair[0]].content, shot_of[pair[1]].content) not in settled
        ]
        groups = grouping.complete_groups(wanted)
        return [[shot_of[one] for one in group] for group in groups if len({shot_of[one].content for one in group}) > 1]

    def _group(self, kind: DuplicateKind, members: Sequence[DuplicatePhoto], are_identical: bool) -> DuplicateGroup:
        if kind is not DuplicateKind.SAME:
            return DuplicateGroup(kind, tuple(members))
        settings = self._settings()
        photos, reasons = keep_rules.ranked(members, settings.keep_rules, settings.preferred_folders)
        return DuplicateGroup(kind, photos, reasons, are_identical)

    def _trash_rest(self, choice: KeepChoice, spared: Container[PhotoId], outcome: _Outcome, job: JobControl) -> None:
        """One group: check what is on the disk, hand the marks down, move the files."""
        known = self._load((*choice.keep, *choice.drop))
        kept = [known[one] for one in choice.keep if one in known and _is_there(known[one])]
        leaving = []
        for one in (known[one] for one in choice.drop if one in known and one not in spared):
            reason = _why_not(one, kept)
            if reason is None:
                leaving.append(one)
            else:
                outcome.failed.append(Problem(one.photo.path, reason))
        if leaving:
            self._inherit(kept[0].id, [one.id for one in leaving])
        for one in leaving:
            if job.is_stopped:
                return
            problem = self._move(one)
            if problem is None:
                outcome.moved.append(one.id)
                outcome.size_bytes += one.size_bytes
            else:
                outcome.failed.append(problem)

    def _load(self, ids: Sequence[PhotoId]) -> dict[PhotoId, DuplicatePhoto]:
        with self._catalog.reading() as connection:
            return duplicate_rows.load(connection, ids)

    def _inherit(self, heir: PhotoId, sources: Sequence[PhotoId]) -> None:
        self._catalog.write(lambda connection, changes: edits.inherit(connection, changes, {heir: sources}))

    def _move(self, one: DuplicatePhoto) -> Problem | None:
        try:
            if self._trash([one.id]):
                return None
        except LibraryError as error:
            return Problem(one.photo.path, error.detail or error.title)
        return Problem(one.photo.path, "It is no longer there.")


def _to_win(group: DuplicateGroup) -> int:
    return sum(one.size_bytes for one in group.photos[1:] if one.is_available)


def _is_there(one: DuplicatePhoto) -> bool:
    """Whether the file is on the disk as it was when it was compared."""
    try:
        return one.is_available and one.photo.path.stat().st_size == one.size_bytes
    except OSError:
        return False


def _why_not(one: DuplicatePhoto, kept: Sequence[DuplicatePhoto]) -> str | None:
    """Why a file may not go, or None."""
    if not kept:
        return _NO_KEPT_FILE
    if not one.is_available:
        return "It is offline."
    if any(_are_one_file(one.photo.path, other.photo.path) for other in kept):
        return _SAME_FILE
    return None


def _are_one_file(one: Path, other: Path) -> bool:
    """Two paths to one file (through a link, or in another case), unlike two hard links, of which one may go."""
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return os.path.samefile(one, other) and one.lstat().st_nlink == 1  # noqa: PTH121
    except OSError:
        return False
