"""A page with one example picture, from anywhere, on which a part is drawn to search by. GUI thread only."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app import picture_loader
from app.tasks import Tasks
from app.views.elided_label import ElidedLabel
from app.views.icon_button import IconButton
from app.views.image_canvas import ImageCanvas
from app.views.picture_message import PictureMessage
from app.views.region_drawing import RegionDrawing
from core.domain import ExamplePicture, Region
from core.errors import LibraryError
from core.library import Library

_KEY = "example page"
_SHORTER_SIDE_PX = 1400


class ExamplePage(QWidget):
    """Shows and asks; the window searches."""

    closed = Signal()
    chosen = Signal(object)
    """ExamplePicture, with the region that was drawn, or without one: the whole picture."""

    def __init__(self, library: Library, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._example = ExamplePicture()
        self.setAccessibleName(self.tr("Search by a part of a picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._bar = QFrame(self)
        self._bar.setObjectName("viewerBar")
        self._title, self._hint = ElidedLabel(self._bar), QLabel(self._bar)
        self._title.setObjectName("viewerName")
        self._hint.setText(self.tr("Draw around what you are looking for"))
        self._hint.setProperty("role", "muted")
        self._whole = QPushButton(self.tr("Whole picture"), self._bar)
        self._whole.clicked.connect(lambda: self.chosen.emit(replace(self._example, region=None)))
        self._canvas = ImageCanvas(self)
        self.message = PictureMessage(self._canvas)
        self.drawing = RegionDrawing(self._canvas)
        self.drawing.chosen.connect(self._draw)
        self.drawing.cancelled.connect(self.closed)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(8, 6, 8, 6)
        back = IconButton("back", self.tr("Back to the photos"), self._bar, shortcut="Esc")
        back.clicked.connect(self.closed)
        words = QVBoxLayout()
        words.setContentsMargins(8, 0, 8, 0)
        words.setSpacing(1)
        for label in (self._title, self._hint):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            words.addWidget(label)
        row.addWidget(back)
        row.addLayout(words, 1)
        row.addWidget(self._whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._canvas, 1)

    def show_example(self, example: ExamplePicture) -> None:
        """Show the whole picture, with the region it has."""
        self._example = example
        self._title.show_text(example.title or self.tr("Picture"))
        self.message.hide()
        self.drawing.end()
        self._canvas.show_photo(QSize(), None)
        library, whole = self._library, replace(example, region=None)

        def work() -> QImage:
            return picture_loader.to_qimage(library.example_image(whole, _SHORTER_SIDE_PX))

        self._tasks.run(_KEY, work, self._show, self._fail)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, image: QImage) -> None:
        self._canvas.show_photo(image.size(), image)
        self._canvas.add_version(image)
        self.drawing.begin(self._example.region)

    def _fail(self, error: LibraryError) -> None:
        self.message.show_text("error", error.title, " ".join((error.detail, error.hint)).strip())

    def _draw(self, region: Region) -> None:
        self.chosen.emit(replace(self._example, region=region))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back, also while there is nothing to draw on; Qt override."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; Qt override."""
        super().resizeEvent(event)
        self.message.place()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give memory back; Qt override."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._tasks.forget(_KEY)
            self.drawing.end()
            self._canvas.show_photo(QSize(), None)
