"""Makes the window as it was left, and keeps how it is. GUI thread only; settings are written by an edit."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.shell import Shell
from app.window_state import WindowState

_SAVE_MS = 800


class Remembering(QObject):
    """Geometry, folded parts, the size of the thumbnails, recent queries."""

    def __init__(self, shell: Shell, state: WindowState) -> None:
        super().__init__(shell)
        self._shell = shell
        self._state = state
        self._save_soon = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._save_soon.timeout.connect(self._save_size)
        self.restore()
        shell.search.searched.connect(lambda _text: state.keep_history(shell.search.history()))
        shell.grid.cell_size_changed.connect(self._size_changed)
        shell.top.size_slider.valueChanged.connect(shell.grid.set_cell_size_px)
        shell.window.closing.connect(self.remember)

    def restore(self) -> None:
        """Make the window as it was left."""
        shell, state = self._shell, self._state
        window = shell.window
        shell.grid.set_cell_size_px(shell.library.settings.thumbnail_size_px)
        shell.top.size_slider.setValue(shell.grid.cell_size_px)
        shell.grid.set_cropped(state.flag("window/cropped", True))
        shell.show_stacking(state.flag("window/stacks", True))
        shell.search.set_history(state.history())
        if (geometry := state.bytes_of("window/geometry")) is not None:
            window.restoreGeometry(geometry)
        if (sizes := state.bytes_of("window/splitter")) is not None:
            window.splitter.restoreState(sizes)
        window.fit_into(window.screen().availableGeometry())
        window.show_sidebar(state.flag("window/sidebar", True))
        window.show_inspector(state.flag("window/inspector", False))

    def remember(self) -> None:
        """Keep how the window is now."""
        shell, state = self._shell, self._state
        window = shell.window
        state.keep("window/geometry", window.saveGeometry())
        state.keep("window/splitter", window.splitter.saveState())
        state.keep("window/sidebar", window.wants_sidebar)
        state.keep("window/inspector", window.wants_inspector)
        state.keep("window/cropped", shell.grid.is_cropped)
        state.keep("window/stacks", shell.screen.is_stacking)
        state.save()
        for dialog in QApplication.topLevelWidgets():
            if dialog is not window and dialog.parent() is window:
                dialog.close()

    def _size_changed(self, size_px: int) -> None:
        self._shell.top.size_slider.setValue(size_px)
        self._save_soon.start()

    def _save_size(self) -> None:
        library, size_px = self._shell.library, self._shell.grid.cell_size_px

        def work() -> None:
            library.change_settings(thumbnail_size_px=size_px)

        self._shell.tasks.edit(work, lambda _none: None)
