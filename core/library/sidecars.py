"""Tags and stars in XMP files beside the photos. Any thread."""

from __future__ import annotations

from collections.abc import Sequence

from core.catalog import (
    file_words,
)
from core.domain import (
    PhotoId,
    SidecarReport,
    SidecarStatus,
)
from core.library.parts import Parts


class SidecarVerbs(Parts):
    """What travels with the files."""

    def sidecar_status(self) -> SidecarStatus:
        """How the tags and stars of the library and those of its files compare."""
        with self._catalog.reading() as connection:
            waiting, with_sidecar = file_words.counts(connection)
            found = tuple(file_words.problems(connection))
            return SidecarStatus(self.settings.writes_sidecars, waiting, with_sidecar, found)

    def count_sidecars_to_write(self, photo_ids: Sequence[PhotoId]) -> int:
        """For how many of these photos `write_sidecars` has something to write."""
        with self._catalog.reading() as connection:
            return len(file_words.worth_writing(connection, photo_ids))

    def write_sidecars(self, photo_ids: Sequence[PhotoId] | None = None) -> SidecarReport:
        """Write tags, stars and captions into XMP files beside the photos; None: of all that differ. Long.

        The photos themselves are never touched, nor what other programs wrote. Raises Cancelled, LibraryError.
        """
        return self._work.sidecars.write(photo_ids)

    def stop_writing_sidecars(self) -> None:
        """Stop after the sidecar that is being written; the rest waits."""
        self._work.sidecars.stop()
