"""Builds the application and takes it down again, both in order. GUI thread only."""

from __future__ import annotations

import logging
import logging.handlers
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from app import notices as notices_module
from app import recovery, single_instance, smoothness, theme
from app.event_bridge import EventBridge
from app.notices import Notices
from app.privacy_wiring import PrivacyWiring
from app.remembering import Remembering
from app.shelf_wiring import ShelfWiring
from app.shell import Shell
from app.single_instance import Doorbell
from app.tasks import Tasks
from app.window_state import WindowState
from app.wiring import Wiring
from core import places
from core.errors import DamagedCatalog, LibraryError
from core.library import Library
from core.places import Places

_LOG_BYTES = 1_000_000
_SIGNAL_POLL_MS = 250
_ELSEWHERE_MS = 2000
"""How often the catalog is asked whether the command line wrote into it."""


class Application:
    """An open library in a window. `close` ends everything, in the order the parts depend on each other."""

    def __init__(self, own_places: Places, open_library: Callable[[Places], Library] = Library) -> None:
        """Open the library and build the window. Raises LibraryError when the catalog cannot be opened."""
        self.library = open_library(own_places)
        app = QApplication.instance()
        if isinstance(app, QApplication):  # before any widget is made: pictures are tinted when they are
            theme.apply(app, self.library.settings.appearance)
        self.notices = Notices()
        self.bridge = EventBridge(self.library.events)
        self.tasks = Tasks()
        self.shell = Shell(self.library, self.tasks, self.bridge, self.notices)
        state = WindowState(own_places.settings.with_name("window.ini"))
        self._wiring = Wiring(self.shell)
        self._shelf_wiring = ShelfWiring(self.shell)
        self._privacy_wiring = PrivacyWiring(self.shell)
        self._remembering = Remembering(self.shell, state)
        self.doorbell = Doorbell(own_places.catalog)
        self.doorbell.rung.connect(self.shell.window.come_to_front)
        self._elsewhere = QTimer(interval=_ELSEWHERE_MS)
        self._elsewhere.timeout.connect(
            lambda: self.tasks.run("elsewhere", self.library.catch_up, lambda _none: None, lambda _error: None)
        )
        self._restore_hook: Callable[[], None] | None = None
        self._is_closed = False

    def start(self) -> None:
        """Show the window, then begin the background work."""
        self._restore_hook = notices_module.catch_bugs(self.notices)
        self.shell.window.show()
        self._wiring.start()
        self.tasks.edit(self.library.start, lambda _none: None)
        self._elsewhere.start()
        smoothness.settle()

    def close(self) -> None:
        """Stop what runs, let edits finish, close the library last."""
        if self._is_closed:
            return
        self._is_closed = True
        self._elsewhere.stop()
        self.doorbell.close()
        self.shell.window.hide()
        self.shell.shelf_deeds.stop_auto_tag()
        self.shell.suggested_albums.stop()
        self.shell.duplicate_deeds.stop()
        self.shell.encoder_settings.stop()
        self.bridge.close()
        self.tasks.close()
        self.library.close()
        if self._restore_hook is not None:
            self._restore_hook()
        # A stack that is destroyed says so, to a window that is no longer there.
        self.shell.undo.stack.blockSignals(True)
        for part in (self.shell.window, self.shell, self.bridge, self.tasks):
            part.deleteLater()


def run() -> int:
    """Run the window until it is closed; returns the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Recollect")
    app.setApplicationDisplayName("Recollect")
    app.setDesktopFileName("recollect")
    _translate(app)
    own_places = places.places()
    _log_to(own_places.logs)
    if single_instance.show_other(own_places.catalog):
        return 0
    application = _opened(own_places)
    if application is None:
        return 1
    app.setQuitOnLastWindowClosed(True)
    heartbeat = _end_on_signals(app)
    application.start()
    try:
        return app.exec()
    finally:
        heartbeat.stop()
        application.close()


def _opened(own_places: Places) -> Application | None:
    """The application, after the repair of a damaged library if the person wants it; None: it cannot be opened."""
    try:
        return Application(own_places)
    except DamagedCatalog as damaged:
        return _opened(own_places) if recovery.offer(damaged) else None
    except LibraryError as error:
        QMessageBox.critical(None, "Recollect", "\n\n".join(filter(None, (error.title, error.detail, error.hint))))
        return None


def _translate(app: QApplication) -> None:
    for catalog, folder in (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("recollect", str(places.resource("icons").parent / "translations")),
    ):
        translator = QTranslator(app)
        if translator.load(QLocale(), catalog, "_", folder):
            app.installTranslator(translator)


def _log_to(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "recollect.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()  # a full or read-only disk must not keep the window from opening
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(os.environ.get("RECOLLECT_LOG", "INFO"))


def _end_on_signals(app: QApplication) -> QTimer:
    """Ctrl+C in the terminal, and a polite end of the session, close the window properly."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: app.closeAllWindows())
    # Python only sees a signal when it runs; Qt's loop alone never gives it the chance.
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(_SIGNAL_POLL_MS)
    return heartbeat
