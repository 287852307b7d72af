"""What a person does with background work: look again, hold it, go on, stop it. GUI thread only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from app.shell import Shell


class BackgroundDeeds(QObject):
    """Each job of the strip is stopped where it was begun."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell

    def rescan(self) -> None:
        """Look through all folders again."""
        self._shell.tasks.edit(self._shell.library.rescan, lambda _none: None)

    def pause(self) -> None:
        """Hold the background work."""
        self._shell.tasks.edit(self._shell.library.pause_indexing, lambda _none: None)

    def resume(self) -> None:
        """Go on with the background work."""
        self._shell.tasks.edit(self._shell.library.resume_indexing, lambda _none: None)

    def stop(self, key: str) -> None:
        """Stop what the strip shows."""
        if key == "tag":
            self._shell.shelf_deeds.stop_auto_tag()
        elif key == "albums":
            self._shell.suggested_albums.stop()
        elif key in ("similar", "trash"):
            self._shell.duplicate_deeds.stop()
        elif key == "sidecars":
            self._shell.library.stop_writing_sidecars()
        elif key.startswith(("fetch", "import")):
            self._shell.encoder_settings.stop()
        elif key == "text":
            self._shell.library.stop_text_reading()
            detail = self.tr("It goes on at the next start; the settings switch it off.")
            self._say_stopped(self.tr("Reading text was stopped"), detail)
        else:
            self._shell.library.stop_indexing()
            self._say_stopped(self.tr("Indexing was stopped"), self.tr("It goes on at the next start."))

    def _say_stopped(self, text: str, detail: str) -> None:
        self._shell.notices.say(text, detail=detail, action=(self.tr("Resume"), self.resume), key="stopped")
