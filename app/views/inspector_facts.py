"""The facts of the inspector as rows: when, how large, taken with what, where, which folder. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import photo_facts
from app.views.fact_row import FactRow
from app.views.icon_button import IconButton
from core.domain import InCommon, PhotoDetails

_COPIED_MS = 1500


class InspectorFacts(QWidget):
    """Rows that hide themselves when the fact is not known."""

    show_in_folder_requested = Signal()
    place_clicked = Signal(str)
    """What to search for"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinates = ""
        self._place_query = ""
        self.when = FactRow("calendar", self.tr("Date"), self)
        self.picture = FactRow("image", self.tr("Picture"), self)
        self.camera = FactRow("camera", self.tr("Camera"), self)
        self.place = FactRow("pin", self.tr("Place"), self)
        self.folder = FactRow("folder", self.tr("Folder"), self)
        self._copy = IconButton("copy", self.tr("Copy coordinates"), self)
        self._copy.clicked.connect(self._copy_coordinates)
        self._here = IconButton("search", "", self)
        self._here.clicked.connect(lambda: self.place_clicked.emit(self._place_query))
        self.place.add_button(self._here)
        self.place.add_button(self._copy)
        self._open = IconButton("folder-open", self.tr("Show in folder"), self)
        self._open.clicked.connect(self.show_in_folder_requested)
        self.folder.add_button(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for row in (self.when, self.picture, self.camera, self.place, self.folder):
            column.addWidget(row)

    def show_details(self, details: PhotoDetails) -> None:
        """The facts of one photo."""
        photo = details.photo
        self.when.say(photo_facts.day(photo.taken_at), photo_facts.time(photo.taken_at))
        kind = " · ".join(part for part in (photo.format, photo_facts.size(details.size_bytes)) if part)
        self.picture.say(photo_facts.pixels(photo), kind)
        self.camera.say(details.camera or "", details.lens or "", photo_facts.exposure(details))
        self._show_place(details)
        self._coordinates = photo_facts.coordinates(details) if details.latitude is not None else ""
        self.folder.say(details.folder.name or str(details.folder), str(details.folder.parent))
        self.folder.setToolTip(str(photo.path))

    def _show_place(self, details: PhotoDetails) -> None:
        where, place = photo_facts.place(details), details.place
        if place is None:
            self.place.say(where, photo_facts.altitude(details))
        else:
            self.place.say(*photo_facts.place_names(place), photo_facts.altitude(details))
            name = place.town or place.country
            self._place_query = photo_facts.place_query(name)
            self._here.describe(self.tr("Show photos taken in {0}").format(name))
        self.place.setToolTip(where if place is not None else "")
        self._here.setVisible(place is not None)

    def show_summary(self, summary: InCommon) -> None:
        """The facts of several photos together."""
        self.when.say(photo_facts.days(summary.first_taken_at, summary.last_taken_at))
        locale = QLocale()
        many = len(summary.formats) > 1
        kinds = " · ".join(f"{locale.toString(n)} {name}" if many else name for name, n in summary.formats)
        total = QCoreApplication.translate("InspectorFacts", "{size} together")
        self.picture.say(total.format(size=photo_facts.size(summary.size_bytes)), kinds)
        for row in (self.camera, self.place, self.folder):
            row.say()

    def _copy_coordinates(self) -> None:
        QGuiApplication.clipboard().setText(self._coordinates)
        self._copy.show_icon("check")
        QTimer.singleShot(_COPIED_MS, self._copy, lambda: self._copy.show_icon("copy"))
