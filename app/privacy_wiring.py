"""Who tells whom: photos that are covered until asked for. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.shell import Shell


class PrivacyWiring(QObject):
    """Connects the marks of a shell with its grid, its lists and its viewer."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        shell.bridge.catalog_changed.connect(shell.privacy.catalog_changed)
        shell.privacy.changed.connect(self._changed)
        shell.viewer.current_changed.connect(lambda _photo_id: self._cover())
        shell.cover.show_requested.connect(self._show_current)
        shell.cover.harmless_requested.connect(self._clear_current)
        shell.cover.close_requested.connect(shell.viewer.leave)
        shell.settings.sensitive_chosen.connect(self._treat)
        shell.privacy.look()

    def _changed(self) -> None:
        shell = self._shell
        shell.answers.hide_photos(shell.privacy.hidden)
        shell.grid.viewport().update()
        self._cover()

    def _cover(self) -> None:
        current = self._shell.viewer.current
        self._shell.cover.cover(current is not None and self._shell.privacy.is_covered(current))

    def _show_current(self) -> None:
        current = self._shell.viewer.current
        if current is not None:
            self._shell.privacy.show([current])
            self._shell.viewer.setFocus()

    def _clear_current(self) -> None:
        current = self._shell.viewer.current
        if current is not None:
            self._shell.privacy.clear([current])
            self._shell.viewer.setFocus()

    def _treat(self, treatment: str) -> None:
        library = self._shell.library
        self._shell.tasks.edit(lambda: library.treat_sensitive(treatment), lambda _none: None)
