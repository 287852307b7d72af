"""Indexing in the background or at once: start, pause, rescan, read text. Any thread."""

from __future__ import annotations

from collections.abc import Sequence

from core.catalog import (
    edits,
)
from core.domain import (
    FolderId,
    PhotoId,
    ScanReport,
)
from core.events import CatalogChanged
from core.library.folders import FolderVerbs
from core.recognition import rapid_text_reader
from core.recognition.rapid_text_reader import RapidTextReader


class IndexingVerbs(FolderVerbs):
    """What runs in the background, and what is done at once instead."""

    def start(self) -> None:
        """Watch all folders, reconcile them with the disk and embed what lacks an embedding, in the background."""
        self._work.start()
        if not self._is_started:
            self._is_started = True
            self._smart.start()

    def index_until_done(self, folder_ids: Sequence[FolderId] | None = None) -> ScanReport:
        """Scan folders (None: all), embed and compare everything, read text where that is switched on.

        On the calling thread. Long. Raises Cancelled.
        """
        report = self.scan_until_done(folder_ids)
        self._work.embed()
        if self.settings.writes_sidecars:
            self._work.sidecars.write(None)
        self._smart.fill()
        self._work.look_for_duplicates()
        if self.settings.is_text_read:
            self._work.read_texts()
        return report

    def scan_until_done(self, folder_ids: Sequence[FolderId] | None = None) -> ScanReport:
        """Only the first half of `index_until_done`: the photos can be seen, but not searched yet."""
        return self._work.scan([one for one in self.folders() if folder_ids is None or one.id in folder_ids])

    def rescan(self) -> None:
        """Look through all folders again in the background."""
        self._work.rescan()

    def catch_up(self) -> None:
        """Notice what another process (the command line) wrote into the catalog; cheap when it wrote nothing."""
        if self._catalog.was_written_elsewhere():
            everything = CatalogChanged(folders=True, albums=True, tags=True, problems=True, encoders=True)
            self.events.publish(everything)
            self._choice.catch_up()
            self._work.rescan()

    @property
    def is_indexing_paused(self) -> bool:
        """Whether the person paused the background work."""
        return self._work.is_paused

    def pause_indexing(self) -> None:
        """Hold the background work; remembered over restarts."""
        self._work.pause()
        self.change_settings(is_indexing_paused=True)

    def resume_indexing(self) -> None:
        """Go on after a pause or a stop."""
        self.change_settings(is_indexing_paused=False)
        self._work.resume()

    def look_at(self, photo_ids: Sequence[PhotoId]) -> None:
        """The person looks at these photos now: they are embedded first. Returns at once."""
        self._work.look_at(photo_ids)

    def note_use(self) -> None:
        """The person did something in the window: the background work steps back for a moment. Returns at once."""
        self._work.note_use()

    def stop_indexing(self) -> None:
        """Stop embedding until `resume_indexing` or the next start."""
        self._work.stop("index")

    def set_text_reading(self, is_on: bool) -> None:
        """Read the text in pictures in the background, or no longer. Raises LibraryError when it is not installed."""
        if is_on and self._make_text_reader is RapidTextReader:
            rapid_text_reader.ensure_installed()
        self.change_settings(is_text_read=is_on)
        self._work.restart_text_reading()

    def stop_text_reading(self) -> None:
        """Stop reading text until `resume_indexing`, `set_text_reading` or the next start."""
        self._work.stop("text")

    def read_texts_until_done(self) -> None:
        """Read the text of every picture that was not read yet, on the calling thread, whatever the settings say.

        Long. Raises Cancelled, LibraryError.
        """
        self._work.read_texts()

    def forget_texts(self) -> int:
        """Forget all text that was read in pictures; returns how many photos had some."""
        return self._catalog.write(edits.forget_texts)
