"""The whole program in a test: the real window over a real library, with the colour encoder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.application import Application
from app.shell import Shell
from app.views.picker import Picker
from core.domain import PhotoId, Query
from core.library import Library
from core.places import Places
from tests.support import colour_library
from tests.support.colour_encoder import COLOURS, colour_registry
from tests.support.colour_names import ColourNames

PATIENCE_MS = 30_000


class Desk:
    """One person's computer: a folder of photos, Recollect's own files, and the open window."""

    def __init__(self, qtbot: QtBot, home: Path, photos: Path) -> None:
        self._qtbot = qtbot
        self.home = home
        self.bugs: list[str] = []
        self.photos = photos
        photos.mkdir(parents=True, exist_ok=True)
        with colour_library.open_library(home):
            pass  # settings that name the colour encoder
        self.open()

    def open(self) -> None:
        """Start the program."""
        places = colour_library.places_in(self.home)
        self.program = Application(places, self._library)
        self.program.notices.bug_found.connect(self.bugs.append)
        self.program.start()
        self.until(lambda: self.shell.contents.now is not None)

    def _library(self, places: Places) -> Library:
        return Library(places, colour_registry(places.encoders, places.cache), ColourNames)

    def close(self) -> None:
        """Close the window and let the program end."""
        self.shell.window.close()
        self.program.close()

    @property
    def shell(self) -> Shell:
        return self.program.shell

    # -- the disk ---------------------------------------------------------------------------------------------

    def put(self, name: str, colour: str, second: str | None = None) -> Path:
        """Copy a picture into the folder: one colour, or two halves."""
        path = self.photos / name
        image = Image.new("RGB", (120, 80), COLOURS[colour])
        if second is not None:
            image.paste(COLOURS[second], (60, 0, 120, 80))
        image.save(path, "PNG")
        return path

    def watch(self) -> None:
        """Choose the folder on the welcome page."""
        welcome = self.shell.welcome
        self.until(welcome.isVisible)
        for box in welcome.boxes:
            box.setChecked(False)
        welcome.add_folder(self.photos)
        self.press(welcome, "Start")

    # -- looking ----------------------------------------------------------------------------------------------

    def until(self, condition: Callable[[], object]) -> None:
        """Let the program run until something is true; a bug that was reported ends the wait."""
        self._qtbot.waitUntil(lambda: bool(self.bugs or condition()), timeout=PATIENCE_MS)
        assert not self.bugs, self.bugs[0]

    def until_even_with_bugs(self, condition: Callable[[], object]) -> None:
        """Like `until`, where a bug is what the test is about."""
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def names(self) -> list[str]:
        """The photos on screen, in order."""
        ids = [PhotoId(int(one)) for one in self.shell.model.ids]
        return [photo.name for photo in self.program.library.photos(ids)]

    def until_shown(self, *names: str, ordered: bool = False) -> None:
        """Wait until exactly these photos are on screen."""
        if ordered:
            self.until(lambda: self.names() == list(names))
        else:
            self.until(lambda: sorted(self.names()) == sorted(names))

    def until_searchable(self) -> None:
        """Wait until every photo has an embedding, and a search sees it."""
        library = self.program.library

        def is_done() -> bool:
            status = library.status()
            if not status.photos or status.embedded < status.photos:
                return False
            return library.search(Query("anything")).searchable_count == status.photos

        self.until(is_done)

    def toasts(self) -> list[str]:
        """What the notices on screen say."""
        return [toast.text for toast in self.shell.window.toasts.shown]

    # -- acting -----------------------------------------------------------------------------------------------

    def type(self, words: str) -> None:
        """Type into the search field."""
        line = self.shell.search.line
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, words)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the grid."""
        window = self.shell.window
        window.activateWindow()  # the offscreen platform does not give it back when a popup closes
        self.until(window.isActiveWindow)
        self.shell.grid.setFocus()
        QTest.keyClick(self.shell.grid, key, modifier)

    def choose(self, *names: str) -> None:
        """Select photos on screen by name."""
        ids = [PhotoId(int(one)) for one in self.shell.model.ids]
        wanted = [photo.id for photo in self.program.library.photos(ids) if photo.name in names]
        assert len(wanted) == len(names)
        self.shell.grid.select_ids(wanted, wanted[0])

    def press(self, parent: QWidget, text: str) -> None:
        """Press the visible button with this text, as soon as it can be pressed."""

        def ready() -> list[QPushButton]:
            buttons = parent.findChildren(QPushButton)
            return [one for one in buttons if one.text() == text and one.isVisible() and one.isEnabled()]

        self.until(ready)
        ready()[0].click()

    def pick(self, words: str) -> None:
        """Type into the box that is open and press Enter."""
        self.until(lambda: self._picker() is not None)
        picker = self._picker()
        assert picker is not None
        QTest.keyClicks(picker.line, words)
        QTest.keyClick(picker.line, Qt.Key.Key_Return)

    def drop_file(self, path: Path) -> None:
        """Drop a file from outside on the window."""
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(path))])
        window = self.shell.window
        point, button = window.rect().center(), Qt.MouseButton.LeftButton
        enter = QDragEnterEvent(point, Qt.DropAction.CopyAction, content, button, Qt.KeyboardModifier.NoModifier)
        window.dragEnterEvent(enter)
        assert enter.isAccepted()
        drop = QDropEvent(QPointF(point), Qt.DropAction.CopyAction, content, button, Qt.KeyboardModifier.NoModifier)
        window.dropEvent(drop)

    def _picker(self) -> Picker | None:
        windows = QApplication.topLevelWidgets()
        return next((one for one in windows if isinstance(one, Picker) and one.isVisible()), None)
