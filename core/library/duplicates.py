"""Photos that are there more than once. Any thread."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain import (
    ContentPairs,
    DuplicateGroup,
    DuplicateKind,
    KeepChoice,
    PhotoId,
    TrashReport,
)
from core.jobs import JobControl
from core.library.parts import Parts


class DuplicateVerbs(Parts):
    """Duplicates."""

    def duplicates(
        self, kind: DuplicateKind = DuplicateKind.SAME, job: JobControl | None = None
    ) -> list[DuplicateGroup]:
        """Groups of photos, the one to keep first; what was compared so far. Similar ones: long. Raises Cancelled."""
        return self._duplicates.groups(kind, job or JobControl("similar", "Looking for similar photos"))

    def copies_among(self, photo_ids: Sequence[PhotoId]) -> list[tuple[PhotoId, ...]]:
        """Those of these photos that show the same picture, the largest of a group first, then in the order given."""
        return self._duplicates.copies_among(photo_ids)

    def look_for_duplicates(self) -> None:
        """Compare what was never compared, on the calling thread. Long. Raises Cancelled."""
        self._work.look_for_duplicates()

    def settle_not_duplicates(self, photo_ids: Sequence[PhotoId]) -> ContentPairs:
        """Never show these photos as duplicates of each other again, wherever their files go."""
        return self._duplicates.settle_not_duplicates(photo_ids)

    def forget_not_duplicates(self, decision: ContentPairs) -> None:
        """Take `settle_not_duplicates` back."""
        self._duplicates.forget_not_duplicates(decision)

    def trash_duplicates(self, choices: Sequence[KeepChoice], job: JobControl | None = None) -> TrashReport:
        """Hand tags, albums and marks down to what is kept, then move the rest to the system trash. Long.

        Stopping the job ends it between two files. The last file of a group never goes.
        """
        return self._duplicates.trash(choices, job or JobControl("trash", "Moving duplicates to the trash"))
